"""Random walks over the screens by a fake worker: no view without its question, no line lost, no sentence untrue."""

import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.clock import Stamp
from scanner_app.languages.language import LANGUAGES
from scanner_app.store.log import MAIN
from scanner_app.store.store import open_store
from tests.extent import SEED, extent
from tests.torture.tools.site import DEVICES, Site
from tests.torture.walks.claims.claims import BESIDE, CLAIMS, posted
from tests.torture.walks.line import LineWalk
from tests.torture.walks.terminal import TerminalWalk
from tests.torture.walks.walk import Walk

WALKS = extent(12, 1_000)
STEPS = extent(30, 80)
PORTION = extent(6, 20)
FIRST = SEED * 1_000_000


def test_every_sentence_that_says_it_is_booked_is_held_against_its_event() -> None:
    assert CLAIMS.keys() | BESIDE.keys() == posted()


@pytest.mark.parametrize("start", range(0, WALKS, PORTION))
def test_no_view_without_its_question_no_line_lost_no_sentence_untrue(start: int) -> None:
    kinds: Counter[str] = Counter()
    claims = 0
    for number in range(start, min(start + PORTION, WALKS)):
        with tempfile.TemporaryDirectory() as folder:
            walk = walked(Path(folder), FIRST + number)
        kinds += walk.kinds
        claims += walk.claims
    print(f"{kinds.total()} steps, {claims} bookings: {dict(kinds)}")


def walked(folder: Path, seed: int) -> Walk:
    """A whole walk; where a law is broken the way there is told: ``walked(folder, seed)`` goes it again."""
    walk = Walk(folder, seed)
    try:
        walk.go(STEPS)
    except BaseException as error:
        way = "\n".join(walk.trail[-25:])
        error.add_note(f"walk {seed} in {walk.language}, step {len(walk.trail)} of {STEPS}, so far:\n{way}")
        raise
    finally:
        walk.station.close()
    return walk


@pytest.mark.parametrize("number", range(extent(2, 40)))
def test_the_real_program_in_a_terminal_loses_nothing_however_it_is_killed(site: Site, number: int) -> None:
    seed, language = FIRST + number, LANGUAGES[number % len(LANGUAGES)]
    walk = TerminalWalk(site.devices[DEVICES[number % len(DEVICES)]], seed, language)
    try:
        walk.go(extent(10, 60))
        walk.look_back()
    except BaseException as error:
        error.add_note(f"terminal walk {seed} in {language}, so far:\n" + "\n".join(walk.trail[-25:]))
        raise
    finally:
        walk.close()
    print(f"{len(walk.trail)} steps, {walk.deaths} deaths, {walk.bookings} bookings")


@pytest.mark.parametrize("number", range(extent(1, 40)))
def test_the_real_program_in_line_mode_loses_nothing_of_a_count_however_it_is_killed(site: Site, number: int) -> None:
    walk = LineWalk(site.devices[DEVICES[number % len(DEVICES)]], FIRST + number)
    try:
        walk.go(extent(12, 80))
        walk.look_back()
    except BaseException as error:
        error.add_note(f"line walk {FIRST + number}, so far:\n" + "\n".join(walk.trail[-25:]))
        raise
    finally:
        walk.close()
    print(f"{len(walk.trail)} steps, {walk.deaths} deaths, {walk.bookings} bookings")


def test_a_walk_in_a_terminal_begins_behind_a_death_between_storing_and_judging(site: Site) -> None:
    device = site.devices[DEVICES[0]]
    stored = [Entry(b".k", Source.KEYBOARD, Stamp(1, 1, "boot"))] * 3
    with closing(open_store(device.data)) as store, store.transaction:
        store.log.add(MAIN, stored)
    TerminalWalk(device, FIRST, LANGUAGES[0]).close()
    assert device.look("SELECT 1 FROM entry LEFT JOIN verdict USING (entry) WHERE verdict.entry IS NULL") == []
