"""Serial after serial, then one place: one event with legs for each, each piece once, the last taken back first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.domain.catalog import Item, Stock, Tracking
from scanner_app.domain.quantity import SCALE, whole
from scanner_app.session.view.view import Tone, View
from scanner_app.workflows.questions.ask import piece
from tests.session.known.booked import moved
from tests.session.known.presses import MIXED
from tests.session.known.presses import MORE as MIXED_BIN
from tests.warehouse import GTIN, Floor

DRILL = "4006381333955"
MORE = [
    *(Stock("A-01-04", "100003", "", f"S-{n}", "OWN", "AVAILABLE", whole(1)) for n in range(2, 6)),
    Stock("A-01-04", "100003", "", "H-1", "ACME", "AVAILABLE", whole(1)),
    Stock("A-01-02", "100003", "", "FAR", "OWN", "AVAILABLE", whole(1)),
]


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    floor = Floor(tmp_path, more=MORE)
    floor.sign_in()
    yield floor
    floor.close()


def facts(view: View) -> dict[str, str]:
    return {line.label: line.text for line in view.lines}


def test_many_serials_and_one_place_are_one_event(floor: Floor) -> None:
    view = floor.say("1", "A-01-04", DRILL, "S-1")
    assert view.prompt == "Scan the next piece, or the place."
    assert [line.text for line in view.listed] == ["S-2", "S-3", "S-4", "S-5"]
    view = floor.say("S-3", "1")
    assert (facts(view)["Counted"], [line.text for line in view.listed]) == ("3 EA", ["S-4", "S-5"])
    assert floor.say("A-01-05").message == "Moved 3 EA to A-01-05."
    (fact,) = moved(floor)
    assert [(leg.source.serial, leg.target.place, leg.quantity) for leg in fact.legs] == [
        *((serial, "@hand:1001", SCALE) for serial in ("S-1", "S-3", "S-2")),
        *((serial, "A-01-05", SCALE) for serial in ("S-1", "S-3", "S-2")),
    ]
    times = [leg.wall_us for leg in fact.legs]
    assert times == sorted(times)
    assert floor.on_hand("A-01-05", "100003") == whole(3)


def test_the_last_piece_is_taken_back_first(floor: Floor) -> None:
    view = floor.say("1", "A-01-04", DRILL, "S-1", "S-2", "S-3", ".u")
    assert facts(view)["Counted"] == "2 EA"
    floor.say("A-01-05")
    assert {leg.source.serial for leg in moved(floor)[0].legs} == {"S-1", "S-2"}


def test_a_piece_counts_once_and_stops_nothing(floor: Floor) -> None:
    view = floor.say("1", "A-01-04", DRILL, "S-1", "S-2", "S-2")
    assert (view.message, view.halted) == ("S-2 is taken. Scan the next.", False)
    assert floor.say("S-1").message == "S-1 is taken. Scan the next."
    assert facts(view)["Counted"] == "2 EA"


def test_a_piece_of_another_owner_goes_alone(floor: Floor) -> None:
    floor.say("1", "A-01-04", DRILL, "S-1")
    assert floor.say("H-1").message == "Other stock. Take it alone."


def test_a_piece_from_elsewhere_is_confirmed_and_nothing_unknown_is_a_piece(floor: Floor) -> None:
    floor.say("1", "A-01-04", DRILL, "S-1")
    assert floor.say("FAR").message == "Piece not known here. Scan it again."
    assert facts(floor.say("FAR"))["Counted"] == "2 EA"
    assert floor.say("NO-SUCH-PLACE").tone is Tone.BAD
    floor.say(".k")
    assert floor.say("NO-SUCH-PLACE").tone is Tone.BAD


def test_an_item_is_no_piece(floor: Floor) -> None:
    floor.say("1", "A-01-04", DRILL, "S-1")
    assert floor.say(DRILL).message == "Scan its serial, or the place."
    floor.say(".k")
    assert floor.say(GTIN).tone is Tone.BAD


def test_a_label_of_item_and_serial_is_a_piece(floor: Floor) -> None:
    floor.say("1", "A-01-04", f"]C10104006381333955{chr(0x1D)}21S-1".replace(chr(0x1D), ""))
    assert facts(floor.say("]C1010400638133395521S-4"))["Counted"] == "2 EA"


def test_no_more_than_fit_and_that_is_said(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piece, "PIECES_MAX", 2)
    view = floor.say("1", "A-01-04", DRILL, "S-1", "S-2", "S-3")
    assert view.message == "At most 2 at once. Scan the place."
    assert floor.say(".k", "A-01-05").message == "Moved 2 EA to A-01-05."


def test_pieces_are_taken_until_their_place_is_scanned_and_put_down_together(floor: Floor) -> None:
    floor.say("2", "A-01-04", DRILL, "S-1", "S-2")
    assert floor.say("A-01-05").tone is Tone.BAD
    assert floor.say(".k", "A-01-04").message == "Took 2 EA. It is in your hand."
    assert [leg.target.place for leg in moved(floor)[0].legs] == ["@hand:1001"] * 2
    view = floor.say(".m", "3", DRILL, "S-1", "S-2")
    assert facts(view)["Counted"] == "2 EA"
    assert floor.say("A-01-05").message == "Put 2 EA at A-01-05."
    assert floor.on_hand("@hand:1001", "100003") == 0


def test_a_bin_of_many_things_is_not_taken_for_empty_when_the_first_are_gone(tmp_path: Path) -> None:
    floor = Floor(tmp_path / "many", more=MIXED_BIN)
    floor.sign_in()
    floor.say("2", "A-01-05")
    for item in MIXED[:-1]:
        assert floor.say(item, "4").message == "Took 4 EA. It is in your hand.", item
    assert floor.say(MIXED[-1], "4").prompt == "Is A-01-05 empty now? Type 1 or 2."
    floor.close()


def test_the_only_piece_is_taken_at_once_as_before(floor: Floor) -> None:
    assert floor.say("2", "A-01-02", DRILL, "FAR").prompt.startswith("Is A-01-02 empty") is False


def test_pieces_are_there_after_a_restart(floor: Floor) -> None:
    before = floor.say("1", "A-01-04", DRILL, "S-1", "S-2")
    after = floor.restart()
    assert (after.lines, after.listed, after.prompt) == (before.lines, before.listed, before.prompt)


def test_a_piece_in_another_case_is_the_one_that_was_meant(floor: Floor) -> None:
    floor.say("1", "A-01-04", DRILL, "S-1")
    assert floor.say("s-3").message == "You mean S-3? Enter it again."
    assert facts(floor.say("s-3"))["Counted"] == "2 EA"


def test_a_label_is_a_piece_only_as_a_whole(floor: Floor) -> None:
    floor.say("1", "A-01-04", DRILL, "S-1")
    for label, sentence in (
        (f"]C101{GTIN.zfill(14)}21S-2", "This is 100001, not 100003."),
        (f"]C101{DRILL.zfill(14)}1727043021S-2", "Other stock. Take it alone."),
        (f"]C101{DRILL.zfill(14)}", "Scan its serial, or the place."),
    ):
        assert floor.say(label).message == sentence
        floor.say(".k")
    assert floor.say("]C02").tone is Tone.BAD, "a number that a scanner read is no row"


def test_a_piece_of_another_lot_goes_alone(tmp_path: Path) -> None:
    more = [
        Item("100009", "Lots and serials", "EA", Tracking.LOT_SERIAL),
        *(Stock("A-01-02", "100009", lot, serial, "OWN", "AVAILABLE", whole(1))
          for lot, serial in (("L1", "A-1"), ("L1", "A-2"), ("L2", "B-1"))),
    ]  # fmt: skip
    floor = Floor(tmp_path, more=more)
    floor.move()
    view = floor.say("A-01-02", "100009", "L1", "A-1")
    assert [line.text for line in view.listed] == ["A-2"]
    assert floor.say("B-1").message == "Other stock. Take it alone."
    floor.close()
