"""What a reader could not hand over is told by its name, kept without data, and merged with nothing."""

import pytest

from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.session.view.view import Tone
from scanner_app.store.entries.history import history
from tests.warehouse import GTIN, Floor

SENTENCES = {
    Fault.TOO_LONG: "Too long to be a code. Scan again.",
    Fault.TORN: "Came in between. Enter it once more.",
    Fault.CUT: "GUN-1: half a scan. Scan again.",
    Fault.LOST: "GUN-1: bytes lost. Scan again.",
    Fault.UNENDED: "GUN-1 sends no end. Tell IT.",
    Fault.UNFRAMED: "GUN-1: wrong start. Tell IT.",
    Fault.NOT_TAKEN: "GUN-1: not taken. Scan again.",
}
"""DROPPED is of an entry that is well itself."""


def scan(floor: Floor, raw: bytes, fault: Fault = Fault.NONE) -> Entry:
    return Entry(raw, Source.SERIAL, floor.clock.stamp(), fault=fault, reader="GUN-1")


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault not in (Fault.NONE, Fault.DROPPED)])
def test_every_fault_is_a_mistake_that_waits_to_be_acknowledged(floor: Floor, fault: Fault) -> None:
    floor.move()
    floor.desk.take([scan(floor, b"", fault), scan(floor, b"A-01-01")])
    view = floor.desk.view()
    assert (view.message, view.tone, view.halted) == (SENTENCES[fault], Tone.BAD, True)
    assert floor.say("key:F8").message == "1 scan was not used. Go on here.", "what came behind it"
    floor.desk.take([scan(floor, b"A-01-01"), scan(floor, GTIN.encode())])
    floor.say("5", "A-01-05")
    assert floor.on_hand("A-01-05", "100001") == 5_000_000


def test_which_reader_it_was_is_in_the_log_and_comes_back_with_an_entry(floor: Floor) -> None:
    floor.move()
    floor.desk.take([scan(floor, b"A-01-01"), scan(floor, b"", Fault.CUT)])
    floor.say("key:F8")
    rows = list(history(floor.store.file.database))
    assert [(row["reader"], row["fault"]) for row in rows[-3:]] == [("GUN-1", ""), ("GUN-1", "cut"), ("", "")]
    kept = floor.store.log.entry(int(str(rows[-3]["entry"])))
    assert kept is not None
    assert (kept.raw, kept.reader) == (b"A-01-01", "GUN-1")


def test_one_that_was_stored_and_interrupted_is_told_at_the_next_start(floor: Floor) -> None:
    floor.move()
    with floor.store.transaction:
        floor.store.log.add("main", [scan(floor, b"", Fault.CUT)])
    assert floor.restart().message == SENTENCES[Fault.CUT]


def test_no_fault_is_taken_for_a_secret_or_an_answer_at_sign_in(floor: Floor) -> None:
    floor.say("B-1001")
    floor.desk.take([scan(floor, b"", Fault.CUT)])
    view = floor.desk.view()
    assert (view.message, view.halted) == (SENTENCES[Fault.CUT], True)
