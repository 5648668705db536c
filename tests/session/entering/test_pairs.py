"""Paired readers: a code that both read at once is one scan; of one reader, later, or where it adds, it is two."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from scanner_app.domain.capture.answered import Answered
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.clock import Stamp
from scanner_app.session.context import Settings
from scanner_app.session.entries.pairs import TOGETHER_US, Pairs
from scanner_app.workflows.questions.limits import Limits
from tests.session.counting.test_count import facts
from tests.warehouse import GTIN, Floor

ONE, TWO, THREE = "GUN-1", "GUN-2", "GUN-3"
SAME_AS = ((TWO, ONE), (THREE, ONE))


@pytest.fixture
def paired(tmp_path: Path) -> Floor:
    floor = Floor(tmp_path, settings=Settings(same_as=SAME_AS))
    floor.move()
    return floor


def entry(reader: str, text: str, at_us: int) -> Entry:
    return Entry(text.encode(), Source.SERIAL, Stamp(1, at_us, "boot"), reader=reader)


def scan(floor: Floor, *scans: tuple[str, str, int]) -> list[str]:
    """Scans by reader, text and how long after the first; what became of each."""
    now = floor.clock.stamp()
    entries = [
        Entry(text.encode(), Source.SERIAL, replace(now, monotonic_us=now.monotonic_us + after_us), reader=reader)
        for reader, text, after_us in scans
    ]
    floor.desk.take(entries)
    floor.desk.shown(floor.clock.stamp())
    return [outcome for _raw, outcome in floor.log()[-len(scans) :]]


@pytest.mark.parametrize(
    ("situation", "second", "is_one"),
    [
        ("at once", (TWO, "A-01-01", 0), True),
        ("at the edge", (TWO, "A-01-01", TOGETHER_US), True),
        ("later", (TWO, "A-01-01", TOGETHER_US + 1), False),
        ("captured before, queued behind", (TWO, "A-01-01", -TOGETHER_US), True),
        ("another code", (TWO, "A-01-02", 0), False),
        ("the same reader", (ONE, "A-01-01", 0), False),
        ("a reader that is not paired", ("GUN-4", "A-01-01", 0), False),
        ("the terminal", ("", "A-01-01", 0), False),
    ],
)
def test_when_two_are_one(situation: str, second: tuple[str, str, int], is_one: bool) -> None:
    pairs = Pairs(dict(SAME_AS))
    first = entry(ONE, "A-01-01", 1_000_000)
    assert pairs.first_of(first) is None
    pairs.heard(first, Answered.GOOD)
    reader, text, after_us = second
    assert (pairs.first_of(entry(reader, text, 1_000_000 + after_us)) is not None) is is_one, situation


def test_each_scan_has_one_twin_of_each_reader() -> None:
    pairs = Pairs(dict(SAME_AS))
    pairs.heard(entry(ONE, "X", 0), Answered.BAD)
    twin = entry(TWO, "X", 1)
    pair = pairs.first_of(twin)
    assert pair is not None
    assert pair.outcome is Answered.BAD, "both guns are told the same"
    assert pairs.first_of(twin) is pair, "taken once more, it is still the same"
    assert pairs.first_of(entry(THREE, "X", 2)) is pair
    again = entry(TWO, "X", 3)
    assert pairs.first_of(again) is None, "within one reader never"
    pairs.heard(again, Answered.GOOD)
    assert pairs.first_of(entry(ONE, "X", 4)) is not None


def test_a_move_with_both_guns_is_one_move_and_both_are_told(paired: Floor) -> None:
    for text in ("A-01-01", GTIN, "2", "A-01-05"):
        assert scan(paired, (ONE, text, 0), (TWO, text, 10)) == ["answered", "ignored"]
        assert paired.desk.effects.outcomes == [Answered.GOOD, Answered.GOOD]
    assert paired.desk.view().message == "Moved 2 EA to A-01-05."
    assert len(paired.events()) == 1


def test_what_one_is_refused_stops_once(paired: Floor) -> None:
    assert scan(paired, (ONE, "no such code", 0), (TWO, "no such code", 10)) == ["refused", "ignored"]
    assert paired.desk.effects.outcomes == [Answered.BAD, Answered.BAD]
    assert paired.desk.view().halted


def test_a_doubt_is_not_confirmed_by_the_other_gun(paired: Floor) -> None:
    paired.say("A-01-01", GTIN)
    assert scan(paired, (ONE, "900000", 0), (TWO, "900000", 200_000)) == ["unconfirmed", "ignored"]


def test_where_the_same_again_means_one_more_both_count(tmp_path: Path) -> None:
    quick = Settings(same_as=SAME_AS, confirm_delay_us=0, limits=Limits(double_read_us=0))
    floor = Floor(tmp_path, settings=quick)
    floor.sign_in()
    floor.say("8", "A-01-01", GTIN)
    assert scan(floor, (ONE, GTIN, 0), (TWO, GTIN, 10)) == ["answered", "answered"]
    floor.say("100004")
    assert facts(floor) == ["A-01-01 3 100001"]


def test_where_a_site_moves_one_more_by_the_same_label_nothing_is_paired(tmp_path: Path) -> None:
    floor = Floor(tmp_path, settings=Settings(same_as=SAME_AS, again_one_more=True))
    floor.move()
    assert scan(floor, (ONE, "no such code", 0), (TWO, "no such code", 10)) == ["refused", "set_aside"]
