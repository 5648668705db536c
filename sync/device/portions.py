"""Portions (chunking): an answer of the centre cut into transactions, so that a scan never waits for a pull. Pure."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from scanner_app.store.journal import Answered, Waiting
from sync.protocol import BODY_BYTES_MAX, Answer, Outcome, VersionedRow

_BATCH_BYTES_MAX = BODY_BYTES_MAX - 64 * 1024


class Portion(Struct, frozen=True):
    """What goes into one transaction; ``cursor`` is how far the device has pulled after it."""

    answers: Sequence[Answered]
    rows: Sequence[VersionedRow]
    cursor: int
    is_last: bool


def portions(
    answers: Sequence[Answered], rows: Sequence[VersionedRow], cursor: int, size_max: int
) -> Iterator[Portion]:
    """Yield at least one portion: answers first, then rows in the order of their versions.

    The cursor behind a portion is just below the next row, so that a cut between rows of one version loses none.
    """
    total = len(answers) + len(rows)
    for start in range(0, max(total, 1), size_max):
        taken = max(0, start + size_max - len(answers))
        own = rows[max(0, start - len(answers)) : taken]
        reached = rows[taken].version - 1 if taken < len(rows) else cursor
        yield Portion(answers[start : start + size_max], own, reached, start + size_max >= total)


def matched(batch: Sequence[Waiting], answers: Sequence[Answer]) -> list[Answered]:
    """Give every answer the number of its event: by place, and by id where places differ.

    An event that cannot be read is answered without an id; its place tells which it is. Answers to nothing that was
    sent are left out, and so are those that decide nothing.
    """
    numbers = {event.id: event.number for event in batch}
    is_parallel = len(batch) == len(answers)
    answered: list[Answered] = []
    for place, answer in enumerate(answers):
        number = numbers.get(answer.id)
        if number is None and is_parallel and answer.outcome is Outcome.NOT_ACCEPTED:
            number = batch[place].number
        if number is not None and answer.outcome is not Outcome.WAITING:
            answered.append(_answered(number, answer))
    return answered


def to_renumber(batch: Sequence[Waiting], answers: Sequence[Answer]) -> list[int]:
    """The events of a batch that the centre wants to have under other numbers."""
    wanted = {answer.id for answer in answers if answer.wants_another_number}
    return [event.number for event in batch if event.id in wanted]


def _answered(number: int, answer: Answer) -> Answered:
    outcome = answer.outcome
    return Answered(number, outcome.value, answer.version, answer.reasons, outcome.counts_as_stock)


def fitting(batch: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """As many of the first events as a request may hold, and at least one."""
    room = _BATCH_BYTES_MAX
    for place, event in enumerate(batch):
        room -= len(event.payload) + 1
        if room < 0:
            return tuple(batch[: max(1, place)])
    return tuple(batch)
