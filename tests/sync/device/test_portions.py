"""Portions: however an answer is cut, everything is in it once and no cut can lose a row."""

from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.catalog import Owner
from scanner_app.store.journal import Answered, Waiting
from sync.device.portions import matched, portions
from sync.protocol import Answer, Outcome, VersionedRow


@given(st.integers(0, 30), st.lists(st.integers(1, 20)), st.integers(1, 9))
def test_every_answer_and_row_once_and_no_row_behind_the_cursor(count: int, versions: list[int], size: int) -> None:
    answers = [Answered(number, "posted", 1, (), counts=True) for number in range(count)]
    rows = [VersionedRow(version, Owner("OWN", "Own")) for version in sorted(versions)]
    cut = list(portions(answers, rows, 20, size))
    assert [one for portion in cut for one in portion.answers] == answers
    assert [row for portion in cut for row in portion.rows] == rows
    assert [portion.is_last for portion in cut] == [False] * (len(cut) - 1) + [True]
    assert all(len(portion.answers) + len(portion.rows) <= size for portion in cut)
    left = len(rows)
    for portion in cut:
        left -= len(portion.rows)
        assert all(row.version > portion.cursor for row in rows[len(rows) - left :])
    assert cut[-1].cursor == 20


def test_answers_find_their_events_by_id_and_the_unreadable_by_place() -> None:
    batch = [Waiting(7, "a", b""), Waiting(8, "b", b""), Waiting(9, "c", b"")]
    answers = [
        Answer(id="c", outcome=Outcome.HELD, reasons=("unknown_item",)),
        Answer(id="", outcome=Outcome.NOT_ACCEPTED, reasons=("malformed",)),
        Answer(id="a", outcome=Outcome.POSTED, version=4),
    ]
    found = [(one.number, one.outcome, one.counts) for one in matched(batch, answers)]
    assert found == [(9, "held", False), (8, "not_accepted", False), (7, "posted", True)]


def test_answers_that_decide_nothing_or_were_not_asked_for_are_left_out() -> None:
    batch = [Waiting(7, "a", b"")]
    answers = [Answer(id="a", outcome=Outcome.WAITING), Answer(id="z", outcome=Outcome.POSTED)]
    assert matched(batch, answers) == []
