"""Portions: however an answer is cut, everything is in it once and no cut can lose a row."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.catalog import Owner
from scanner_app.store.journal import Answered, Waiting
from sync.central.service.terms import USUAL
from sync.device.portions import fitting, matched, portions
from sync.protocol import EVENTS_MAX, Answer, ExchangeRequest, Outcome, SignedOn, VersionedRow


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


def _request(batch: tuple[Waiting, ...]) -> bytes:
    """As long as a request with these events may become: numbers of 19 digits, and texts as long as they may be."""
    return msgspec.json.encode(
        ExchangeRequest(
            program="p" * 100,
            epoch=2**63 - 1,
            store_epoch="e" * 100,
            cursor=2**63 - 1,
            rows_max=2**63 - 1,
            watermark_us=2**63 - 1,
            renew=True,
            signed_on=SignedOn("o" * 100, 2**63 - 1),
            locked=("o" * 100,) * 400,
            events=tuple(msgspec.Raw(one.payload) for one in batch),
        )
    )


@pytest.mark.parametrize("size", [10_000, 100_000, 1_000_000, 8_000_000])
def test_a_full_request_is_one_that_the_centre_takes(size: int) -> None:
    event = msgspec.json.encode("x" * (size - 2))
    waiting = [Waiting(number, str(number), event) for number in range(EVENTS_MAX)]
    batch = fitting(waiting)
    assert len(_request(batch)) <= USUAL.body_bytes_max
    assert len(_request((*batch, waiting[0]))) > USUAL.body_bytes_max - 128 * 1024


def test_an_event_that_fits_into_no_request_is_sent_alone() -> None:
    large = Waiting(1, "1", b" " * (USUAL.body_bytes_max + 1))
    assert fitting([large, large]) == (large,)
    assert fitting([]) == ()
