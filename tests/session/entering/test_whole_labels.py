"""A command is a whole label: none is cut out of a code, and what was half typed before one is dropped."""

from pathlib import Path

import pytest

from scanner_app.domain.capture.entry import TERMINALS, Entry, Source
from scanner_app.domain.catalog import Barcode, Item, Stock
from scanner_app.domain.quantity import whole
from scanner_app.session.context import Settings
from tests.session.test_labels import GLUE, MORE
from tests.warehouse import GTIN, Floor

KNOWN = [
    Item("7CMD:UNDO", "Of a program before", "EA"),
    Barcode("8CMD:BACK", "100001", "EA"),
    Stock("A-01-05", "GLUE", "9CMD:UNDO", "", "OWN", "AVAILABLE", whole(5)),
]


@pytest.mark.parametrize(
    ("lines", "label"),
    [
        (("A-01-01",), "7CMD:UNDO"),
        (("A-01-01",), "8CMD:BACK"),
        (("A-01-01",), "]C07CMD:UNDO"),
        (("A-01-01",), f"]C101{GLUE}10CMD:BACK"),
        (("A-01-01",), f"01{GLUE}10CMD:BACK"),
        (("A-01-05", GLUE), "9CMD:UNDO"),
        (("A-01-05", GLUE), "]C19CMD:UNDO"),
    ],
)
def test_nothing_is_cut_out_of_a_label(tmp_path: Path, lines: tuple[str, ...], label: str) -> None:
    floor = Floor(tmp_path, more=[*MORE, *KNOWN])
    floor.move()
    floor.say(*lines)
    answered = len(floor.session.play.given)
    floor.say(label)
    assert len(floor.session.play.given) >= answered
    assert floor.log()[-1][0] == label.encode()
    floor.close()


@pytest.mark.parametrize("source", [source for source in Source if source not in (*TERMINALS, Source.CENTRE)])
def test_a_scanner_that_types_nowhere_has_nothing_half_typed_before_it(tmp_path: Path, source: Source) -> None:
    floor = Floor(tmp_path, more=MORE)
    floor.move()
    floor.say("A-01-01", GTIN)
    floor.desk.take([Entry(b"7CMD:UNDO", source, floor.clock.stamp())])
    assert (floor.log()[-1][0], len(floor.session.play.given)) == (b"7CMD:UNDO", 2)
    floor.close()


@pytest.mark.parametrize(
    ("label", "left"), [("7CMD:UNDO", 2), ("7]C0CMD:UNDO", 1), ("CMD:UNDO", 1), ("]C0CMD:UNDO", 1)]
)
def test_where_scans_have_identifiers_a_command_behind_text_has_one(tmp_path: Path, label: str, left: int) -> None:
    floor = Floor(tmp_path, more=MORE, settings=Settings(scans_have_aim=True))
    floor.move()
    floor.say("]C0A-01-01", f"]E0{GTIN}", label)
    assert len(floor.session.play.given) == left
    floor.close()


@pytest.mark.parametrize("label", ["2CMD:UNDO", "2]C0CMD:UNDO", "A-01CMD:UNDO"])
def test_what_was_half_typed_before_a_command_is_dropped(tmp_path: Path, label: str) -> None:
    floor = Floor(tmp_path, more=MORE)
    floor.move()
    floor.say("A-01-01", GTIN)
    view = floor.say(label)
    assert (view.message, view.news) == ("Taken back: 100001 Plain pen.", view.chrome.cleared)
    floor.close()
