"""A place or an item is typed where a label was to be scanned: taken, taken with a reason, or refused; and counted."""

import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.events.event import Event
from scanner_app.session.context import Settings
from scanner_app.session.view.view import Tone, View
from scanner_app.store.lookups.typed_codes import hands
from scanner_app.workflows.questions.limits import Limits, TypedCodes
from tests.forks import run_scanner
from tests.warehouse import GTIN, Floor

PLACE, ITEM, TARGET = "]C0A-01-01", f"]E0{GTIN}", "]C0A-01-02"


@pytest.fixture
def codes() -> TypedCodes:
    return TypedCodes.REASON


@pytest.fixture
def floor(tmp_path: Path, codes: TypedCodes) -> Iterator[Floor]:
    settings = Settings(limits=Limits(typed_codes=codes), scans_have_aim=True)
    floor = Floor(tmp_path, settings=settings)
    floor.move()
    yield floor
    floor.close()


def typed(floor: Floor) -> tuple[str, ...]:
    return msgspec.json.decode(floor.events()[-1], type=Event).typed or ()


def by(floor: Floor, source: Source, text: str) -> View:
    floor.desk.take([Entry(text.encode(), source, floor.clock.stamp())])
    return floor.desk.view()


def test_a_typed_code_asks_for_a_reason_and_the_event_keeps_it(floor: Floor) -> None:
    view = floor.say("A-01-01")
    assert (view.prompt, [line.text for line in view.listed]) == (
        "Why typed? Type the number.",
        ["Label damaged", "Label missing", "Scanner broken", "Another reason"],
    )
    assert floor.say("2").prompt == "Take what? Scan the item."
    floor.say(ITEM, "5", "A-01-02", "1")
    assert typed(floor) == ("label_missing", "label_damaged")
    leg = msgspec.json.decode(floor.events()[-1], type=Event).fact.legs[0]
    assert leg.source.place == "A-01-01"


def test_scanned_codes_and_typed_numbers_are_nothing_special(floor: Floor) -> None:
    assert floor.say(PLACE, ITEM).prompt == "How many EA?"
    floor.say("5", TARGET)
    assert typed(floor) == ()


@pytest.mark.parametrize("source", [Source.SERIAL, Source.HID, Source.REPLAY])
def test_what_a_scanner_sends_by_itself_is_never_typed(floor: Floor, source: Source) -> None:
    assert by(floor, source, "A-01-01").prompt == "Take what? Scan the item."


def test_the_reason_may_be_taken_back_and_the_label_scanned(floor: Floor) -> None:
    floor.say("A-01-01")
    view = floor.say(".b")
    assert (view.prompt, view.message) == ("Take from where? Scan the place.", "Taken back: A-01-01.")
    floor.say(PLACE, ITEM, "5", TARGET)
    assert typed(floor) == ()


def test_an_answer_taken_back_takes_its_reason_with_it(floor: Floor) -> None:
    floor.say("A-01-01", "1", ".u", PLACE, ITEM, "5", TARGET)
    assert typed(floor) == ()


def test_what_is_no_reason_is_refused_and_the_answer_waits(floor: Floor) -> None:
    view = floor.say("A-01-01", "9")
    assert (view.message, view.halted) == ("Not on the list. Type a list number.", True)
    assert floor.say(".k", "1").prompt == "Take what? Scan the item."


def test_the_question_for_a_reason_comes_back_after_a_restart(floor: Floor) -> None:
    for line in ("A-01-01", "3", GTIN, "4", "5", "A-01-02"):
        before = floor.say(line)
        after = floor.restart()
        assert (after.prompt, after.lines, after.listed) == (before.prompt, before.lines, before.listed)
    floor.say("2")
    assert typed(floor) == ("scanner_broken", "other", "label_missing")


def test_a_doubt_is_settled_before_the_reason_is_asked(floor: Floor) -> None:
    floor.say(PLACE, ITEM, "5")
    assert floor.say("BLOCKED").tone is Tone.ATTENTION
    assert floor.say("BLOCKED").prompt == "Why typed? Type the number."
    floor.say("1")
    assert typed(floor) == ("label_damaged",)


def test_an_unknown_code_is_unknown_first(floor: Floor) -> None:
    assert floor.say("nonsense").message == "Unknown code. Scan place or item."


def test_today_tells_what_was_typed(floor: Floor) -> None:
    floor.say("A-01-01", "2", ITEM, "5", TARGET)
    menu = floor.say(".m")
    floor.say(next(line.label for line in menu.listed if line.text == "Today"))
    view = floor.say("1")
    assert [line.text for line in view.listed if line.label == "Typed"] == ["Label missing"]


@pytest.mark.parametrize("codes", [TypedCodes.ALLOWED])
def test_where_it_is_allowed_it_is_counted(floor: Floor) -> None:
    floor.say("A-01-01", ITEM, "5", "A-01-02")
    assert typed(floor) == ("typed", "typed")


@pytest.mark.parametrize("codes", [TypedCodes.REFUSED])
def test_where_it_is_refused_only_a_label_goes_on(floor: Floor) -> None:
    view = floor.say("A-01-01")
    assert (view.message, view.tone, view.halted) == ("Do not type codes. Scan the label.", Tone.BAD, True)
    floor.say(".k", PLACE, ITEM, "5", TARGET)
    assert typed(floor) == ()


def test_without_identifiers_nothing_is_known_to_be_typed(tmp_path: Path) -> None:
    floor = Floor(tmp_path / "plain", settings=Settings(limits=Limits(typed_codes=TypedCodes.REFUSED)))
    floor.move()
    assert floor.say("A-01-01").prompt == "Take what? Scan the item."
    floor.close()


def test_what_each_operator_typed_is_counted(floor: Floor) -> None:
    floor.say("A-01-01", "2", ITEM, "5", "A-01-02", "2", ITEM, "1", "A-01-03", "4")
    (one,) = hands(floor.store.file.database, 0).values()
    assert (one.codes, one.typed, dict(one.reasons)) == (5, 3, {"label_missing": 2, "other": 1})
    assert hands(floor.store.file.database, floor.clock.now_us) == {}


@pytest.mark.parametrize(
    ("is_on", "told"), [("true", "codes      3  typed      1"), ("false", "codes      3  typed      1")]
)
def test_the_command_counts_them(floor: Floor, tmp_path: Path, is_on: str, told: str) -> None:
    floor.say(PLACE, ITEM, "5", "A-01-02", "2")
    assert told in counted(floor, tmp_path, is_on)


@pytest.mark.parametrize(
    ("is_on", "told"), [("true", "codes      2  typed      0"), ("false", "codes      2  typed      ?")]
)
def test_where_nobody_can_know_it_does_not_say_none(floor: Floor, tmp_path: Path, is_on: str, told: str) -> None:
    floor.say(PLACE, ITEM)
    assert told in counted(floor, tmp_path, is_on)


def counted(floor: Floor, folder: Path, scans_have_aim: str) -> str:
    """What ``scanner typed`` prints, with the setting as it is now, if all of it was just now."""
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE entry SET wall_us = ?", (time.time_ns() // 1_000,))
    config = folder / "config.toml"
    config.write_text(f'[device]\ndata_dir = "."\n[entry]\nscans_have_aim = {scans_have_aim}\n')
    done = run_scanner(["--config", str(config), "typed"], timeout_s=20)
    return done.stdout + done.stderr


@pytest.mark.parametrize("codes", [TypedCodes.REFUSED])
@pytest.mark.parametrize("lines", [(GTIN,), ("1", "A-01-05")], ids=["goods", "target"])
def test_what_is_put_down_is_scanned_as_well(floor: Floor, lines: tuple[str, ...]) -> None:
    floor.say(".m", "2", PLACE, ITEM, "5", ".m", "3")
    view = floor.say(*lines)
    assert (view.message, view.halted) == ("Do not type codes. Scan the label.", True)
    assert len(floor.events()) == 1
