"""Applying: a batch of pushed events becomes answers, stored events, stock and ledger, in the caller's transaction.

The statements are a handful whatever the size of the batch. The site's counter row is locked first: it serialises
writers of one site, which makes versions and recorded numbers gapless and in the order of commits.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from sync.central.annulling import Undoing, undoings
from sync.central.bulk import dialect_insert, insert_rows
from sync.central.gathering import Stored, known_of, stored_events, taken_sequences
from sync.central.judging import (
    Reading,
    Refusal,
    Sender,
    Verdict,
    is_same_event,
    judge,
    quarantine,
    read,
    with_done,
    with_negative,
)
from sync.central.known import Known, deciders
from sync.central.plates import write_plates
from sync.central.posting import HEAD_FIRST, Posted
from sync.central.schema import counters, events
from sync.protocol import Answer, Outcome


class Counters(NamedTuple):
    """A site's last version, last recorded number and head of the chain."""

    version: int
    recorded: int
    head: bytes


class _Done(NamedTuple):
    """The events of a batch that count, in order, and what those of them do that annul another."""

    counted: list[Reading]
    undone: list[Undoing]


class _Fresh(NamedTuple):
    """An event that the store does not have yet, as pushed."""

    reading: Reading
    payload: bytes


def apply_batch(connection: Connection, sender: Sender, payloads: Sequence[bytes], received_us: int) -> list[Answer]:
    """Apply events in the order given; return one answer for each, in the same order."""
    if not payloads:
        return []
    before = locked_counters(connection, sender.site)
    readings = [read(payload, sender) for payload in payloads]
    ids = {reading.envelope.id for reading in readings if type(reading) is Reading}
    stored = stored_events(connection, sender.site, ids)
    fresh = _first_of_each(readings, payloads, stored)
    known = known_of(connection, sender.site, (one.reading for one in fresh.values())) if fresh else Known()
    verdicts = _verdicts(connection, sender, fresh, known)
    done = _done(connection, sender, [one.reading for name, one in fresh.items() if verdicts[name].counts], known)
    applied, after = _posted(connection, sender.site, fresh, verdicts, before, done=done)
    rows = [_row(fresh[name].reading, one, received_us) for name, one in applied.items()]
    insert_rows(connection, events, rows)
    if after != before:
        set_counters(connection, sender.site, after)
    return _answers(readings, payloads, stored, applied)


def locked_counters(connection: Connection, site: str) -> Counters:
    """Lock and return the counters of ``site``; made on its first use.

    SQLite has the whole file locked already; elsewhere the row lock makes the site's writers wait for each other.
    """
    columns = (counters.c.version, counters.c.recorded, counters.c.head)
    wanted = select(*columns).where(counters.c.site == site).with_for_update()
    row = connection.execute(wanted).one_or_none()
    if row is None:
        first = dialect_insert(connection, counters).values(site=site, version=0, recorded=0, head=HEAD_FIRST)
        connection.execute(first.on_conflict_do_nothing())
        row = connection.execute(wanted).one()
    return Counters(row.version, row.recorded, bytes(row.head))


def set_counters(connection: Connection, site: str, after: Counters) -> None:
    """Store the counters that :func:`locked_counters` returned and the transaction moved on."""
    connection.execute(update(counters).where(counters.c.site == site).values(**after._asdict()))


def _first_of_each(
    readings: Iterable[Reading | Refusal], payloads: Iterable[bytes], stored: dict[str, Stored]
) -> dict[str, _Fresh]:
    fresh: dict[str, _Fresh] = {}
    for reading, payload in zip(readings, payloads, strict=True):
        if type(reading) is Reading and reading.envelope.id not in stored:
            fresh.setdefault(reading.envelope.id, _Fresh(reading, payload))
    return fresh


def _verdicts(connection: Connection, sender: Sender, fresh: dict[str, _Fresh], known: Known) -> dict[str, Verdict]:
    taken = taken_sequences(connection, sender.site, (one.reading.envelope for one in fresh.values()))
    verdicts: dict[str, Verdict] = {}
    for name, one in fresh.items():
        envelope = one.reading.envelope
        number = (envelope.device, envelope.epoch, envelope.sequence)
        verdict = quarantine(envelope, sender, is_taken=number in taken)
        if verdict is None:
            taken.add(number)
            verdict = judge(one.reading, known, sender)
            known = with_done(known, one.reading, verdict)
        verdicts[name] = verdict
    return verdicts


def _done(connection: Connection, sender: Sender, counted: list[Reading], known: Known) -> _Done:
    return _Done(counted, undoings(connection, sender, counted, deciders(known)) if counted else [])


def _posted(
    connection: Connection, site: str, fresh: dict[str, _Fresh], verdicts: dict[str, Verdict], before: Counters,
    *, done: _Done,
) -> tuple[dict[str, Stored], Counters]:  # fmt: skip
    """Book what may be booked; return every fresh event as it is to be stored, and the counters afterwards.

    Every posted event is answered with the first version of this transaction: a row of that version or a later one
    contains the whole batch.
    """
    posted = Posted(done.counted)
    for undoing in done.undone:
        posted.undo(undoing)
    version, negative = posted.write_stock(connection, site, before.version)
    version = write_plates(connection, site, done.counted, done.undone, version)
    first = min(before.version + 1, version)
    recorded, head = posted.write_ledger(connection, site, before.recorded, before.head)
    applied = {}
    for name, judged in verdicts.items():
        verdict = with_negative(judged) if name in negative else judged
        applied[name] = Stored(fresh[name].payload, verdict.outcome, verdict.reasons, _version(verdict, first))
    return applied, Counters(version, recorded, head)


def _version(verdict: Verdict, version: int) -> int:
    return version if verdict.counts else 0


def _row(reading: Reading, one: Stored, received_us: int) -> tuple[Any, ...]:
    envelope = reading.envelope
    return (
        envelope.site,
        envelope.id,
        envelope.device,
        envelope.epoch,
        envelope.sequence,
        envelope.operator,
        reading.kind,
        received_us,
        one.outcome.value,
        " ".join(one.reasons),
        one.version,
        one.payload,
    )


def _answers(
    readings: Iterable[Reading | Refusal],
    payloads: Iterable[bytes],
    stored: dict[str, Stored],
    applied: dict[str, Stored],
) -> list[Answer]:
    seen: Counter[str] = Counter()
    answers = []
    for reading, payload in zip(readings, payloads, strict=True):
        if isinstance(reading, Refusal):
            answers.append(Answer(id=reading.id, outcome=Outcome.NOT_ACCEPTED, reasons=(reading.reason,)))
            continue
        name = reading.envelope.id
        seen[name] += 1
        repeated = name in stored or seen[name] > 1
        answers.append(_answer(name, stored.get(name) or applied[name], payload, repeated))
    return answers


def _answer(name: str, one: Stored, payload: bytes, repeated: bool) -> Answer:
    if repeated and one.payload != payload and not is_same_event(one.payload, payload):
        return Answer(id=name, outcome=Outcome.NOT_ACCEPTED, reasons=("payload_differs",))
    return Answer(id=name, outcome=one.outcome, version=one.version, reasons=one.reasons, duplicate=repeated)
