"""A layout that mangles codes is said at work and nothing of it is taken; what stands for GS is read as GS."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.catalog import Location, Lot, Stock
from scanner_app.session.context import Settings
from scanner_app.session.view.view import Tone
from tests.warehouse import GTIN, PIN, Floor

GERMAN = "Keyboard DE, scanner US. Tell IT."
FRENCH = "Keyboard FR, scanner US. Tell IT."
LOT_LABEL = b"010400638133394810L1"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("Aß01ß01", GERMAN), ("Q)à&)à&", FRENCH), ("B/01/01", "Keyboard US, scanner DE. Tell IT."), ("LBLßB1", GERMAN)],
)
def test_a_mangled_place_is_a_mistake_that_names_both_layouts(floor: Floor, typed: str, sentence: str) -> None:
    floor.move()
    view = floor.say(typed)
    assert (view.message, view.tone, view.halted) == (sentence, Tone.BAD, True)
    floor.say("key:F8", "A-01-01", GTIN, "5", "A-01-05")
    assert floor.on_hand("A-01-05", "100001") == 5_000_000


def test_a_badge_says_it_too_and_a_pin_is_never_looked_at(floor: Floor) -> None:
    assert floor.say("Bß1001").message == GERMAN
    floor.say("key:F8", "B-1001")
    assert floor.say(*(["&é\"'(-"])).message != FRENCH, "where a secret is asked"
    assert floor.say("key:F8", PIN).title == "Menu"


def test_what_a_near_code_would_be_taken_for_is_no_way_out(tmp_path: Path) -> None:
    """A-0Z comes as Aß0Y, which is nearer to A-0Y than to what was scanned."""
    floor = Floor(tmp_path, more=[Location(f"A-0{letter}", "A", 20, "bin") for letter in "YZ"])
    floor.move()
    assert floor.say("Aß0Y").message == GERMAN


def test_once_seen_a_known_code_that_may_be_another_is_not_believed_until_one_is_right(tmp_path: Path) -> None:
    floor = Floor(tmp_path, more=[Location(name, "A", 20, "bin") for name in ("Y01", "Z01")])
    floor.move()
    assert not floor.say("Y01").halted, "nothing shows that it may be another"
    floor.say("key:F3")
    assert floor.say("Aß01ß01").message == GERMAN
    assert floor.say("key:F8", "Y01").message == GERMAN
    floor.say("key:F8", "A-01-01", "key:F3")
    assert not floor.say("Y01").halted


def test_with_identifiers_a_mangled_one_is_enough(tmp_path: Path) -> None:
    floor = Floor(tmp_path, settings=Settings(scans_have_aim=True), more=[Location("+C1Y01", "A", 20, "bin")])
    floor.move()
    assert floor.say("+C1Y01").message == GERMAN, "although it is a code"


def test_a_new_lot_with_such_signs_is_asked_for_again(tmp_path: Path) -> None:
    floor = Floor(tmp_path, more=[Lot("100002", "L-8"), Stock("A-01-02", "100002", "L-8", "", "OWN", "AVAILABLE", 1)])
    floor.move()
    floor.say("A-01-02", "4006381333948")
    view = floor.say("Lß07")
    assert (view.message, view.halted) == ("Is Lß07 right? Then enter it again.", False)
    assert floor.say("Lß8").message == GERMAN, "a lot that there is"


def test_a_new_lot_that_is_only_like_a_known_one_is_taken_when_it_is_entered_again(tmp_path: Path) -> None:
    """12-2026 is known; 12/2026 may be it at a US keyboard, or another supplier's way to write."""
    known = Lot("100002", "12-2026"), Stock("A-01-02", "100002", "12-2026", "", "OWN", "AVAILABLE", 1)
    floor = Floor(tmp_path, more=known)
    floor.move()
    floor.say("A-01-02", "4006381333948")
    assert floor.say("12/2026").message == "Is 12/2026 right? Then enter it again."
    view = floor.say("12/2026")
    assert not view.halted
    assert "12/2026" in [line.text for line in view.lines] or "12/2026" in view.message


def test_words_may_have_such_signs(floor: Floor) -> None:
    floor.sign_in()
    assert floor.say("CMD:INQUIRE", "Größe").message == "", "a part of a name is asked for"


def test_what_needs_no_keyboard_is_not_looked_at(floor: Floor) -> None:
    floor.move()
    floor.desk.take([Entry("Aß01ß01".encode(), Source.SERIAL, floor.clock.stamp(), reader="GUN-1")])
    assert floor.desk.view().message != GERMAN


@pytest.mark.parametrize("stands_for", [b"^", b"<GS>", b"{GS}", rb"\x1d", b"\x1b0\x1b2\x1b9"])
def test_what_stands_for_gs_parts_a_label(tmp_path: Path, stands_for: bytes) -> None:
    floor = Floor(tmp_path, settings=Settings(separators=(("", stands_for),)))
    floor.move()
    floor.say("A-01-02")
    label = LOT_LABEL + b"\x1d3103000750"
    assert floor.say(label.replace(b"\x1d", stands_for)).lines == _lines_of(tmp_path / "other", label)


def _lines_of(folder: Path, label: bytes) -> object:
    floor = Floor(folder)
    floor.move()
    view = floor.say("A-01-02", label)
    assert any("L1" in line.text for line in view.lines), view
    return view.lines


def test_it_stands_for_itself_where_there_is_no_label_a_known_code_or_another_reader(tmp_path: Path) -> None:
    known = f"01{GTIN:0>14}10X^B"
    settings = Settings(separators=(("", b"^"), ("GUN-1", b"#")))
    floor = Floor(tmp_path, settings=settings, more=[Location(known, "A", 20, "bin"), Location("A^B", "A", 21, "bin")])
    floor.move()
    for code in (known, "A^B"):
        assert [line.text for line in floor.say(code).lines] == [code]
        floor.say("key:F3")
    label = replace(floor.entry(known.replace("X^", "X#21")), source=Source.SERIAL, reader="GUN-1")
    floor.desk.take([label])
    assert any("Plain pen" in line.text for line in floor.desk.view().lines), "by its own sign"
