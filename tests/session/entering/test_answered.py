"""What a session says of each entry to whoever answers scanners: after it is on the disk, each in its place."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from scanner_app.domain.capture.answered import Answered
from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.session.entries.answering import answered
from scanner_app.workflows.engine import interpret
from scanner_app.workflows.engine.verdict import Result
from tests.warehouse import GTIN, PIN, Floor

GOOD, ATTENTION, BAD = Answered


class Heard:
    """Hears outcomes; whatever is in ``late`` it has taken out of the queue."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.late: list[Entry] = []
        self.outcomes: list[Answered] = []
        _worker, self.seat = floor.worker()
        self.seat.answer_through(self)

    def begun(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        return [replace(one, raw=b"", fault=Fault.NOT_TAKEN) if one in self.late else one for one in entries]

    def judged(self, entries: Sequence[Entry], outcomes: Sequence[Answered]) -> None:
        assert len(entries) == len(outcomes)
        assert not self.floor.store.file.database.in_transaction, "it is on the disk"
        kept = self.floor.store.file.database.execute("SELECT count(*) FROM verdict").fetchone()[0]
        assert kept >= len(self.outcomes) + len(entries)
        self.outcomes += outcomes

    def scan(self, *texts: str) -> list[Answered]:
        """Scan all at once; return what was told of these."""
        self.outcomes.clear()
        self.seat.take([self.scanned(text) for text in texts])
        return list(self.outcomes)

    def scanned(self, text: str) -> Entry:
        return Entry(text.encode(), Source.SERIAL, self.floor.clock.stamp(), reader="GUN-1")


@pytest.fixture
def heard(floor: Floor) -> Heard:
    return Heard(floor)


def test_each_entry_is_told_by_what_it_was_judged(heard: Heard) -> None:
    assert heard.scan("B-1001", PIN, "1") == [GOOD, GOOD, GOOD]
    assert heard.scan("A-01-01", GTIN, "2", "A-01-05") == [GOOD] * 4
    assert heard.scan("A-01-01", "no such code", GTIN, GTIN) == [GOOD, BAD, BAD, BAD], "set aside is bad, too"
    assert heard.scan(".k", GTIN) == [ATTENTION, GOOD], "what was set aside is said"


def test_a_doubt_that_halts_is_told_bad(heard: Heard) -> None:
    heard.scan("B-1001", PIN, "8", "A-01-01")
    assert heard.scan(f"{GTIN[:-1]}{(int(GTIN[-1]) + 1) % 10}", GTIN) == [BAD, BAD]


def test_more_than_there_is_by_the_book_wants_a_look(heard: Heard) -> None:
    heard.scan("B-1001", PIN, "1", "A-01-01", GTIN)
    assert heard.scan("900000") == [ATTENTION]


def test_what_was_taken_out_is_kept_as_such_and_said(heard: Heard) -> None:
    heard.scan("B-1001", PIN, "1", "A-01-01")
    late = heard.scanned(GTIN)
    heard.late.append(late)
    heard.outcomes.clear()
    heard.seat.take([late])
    assert heard.outcomes == [BAD]
    assert heard.seat.views.latest().message == "GUN-1: not taken. Scan again."
    assert heard.scan(".k", GTIN) == [GOOD, GOOD]


def test_a_script_that_breaks_is_bad_and_the_others_of_its_group_are_told_once(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard.scan("B-1001", PIN, "1", "A-01-01")
    whole = interpret.interpret

    def broken(*arguments: object, **named: object) -> object:
        if "boom" in repr(arguments):
            raise RuntimeError("boom")
        return whole(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("scanner_app.session.interpretation.interpret", broken)
    assert heard.scan(GTIN, "boom", "2") == [GOOD, BAD, BAD]


@pytest.mark.parametrize("result", list(Result))
def test_bad_is_only_what_was_judged_bad(result: Result) -> None:
    is_bad = result in {Result.REFUSED, Result.SET_ASIDE, Result.BROKEN}
    assert (answered(result, None) is BAD) == is_bad
