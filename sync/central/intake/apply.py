"""Apply batches of pushed events: they become answers, stored events, stock and ledger, in the caller's transaction.

The statements are a handful whatever the size and the number of the batches. The site's counter row is locked first:
it serialises writers of one site, which makes versions and recorded numbers gapless and in the order of commits.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection

from scanner_app.domain.events.envelope import Envelope
from sync.central.book.counters import Counters, locked_counters, set_counters, site_version
from sync.central.book.plate_places import write_plates
from sync.central.book.posting import Posted
from sync.central.book.undoing import Undoing
from sync.central.events.decode import Arrival, NotAnEvent, is_same_event, read
from sync.central.events.reason import Reason
from sync.central.events.sender import Sender
from sync.central.events.stored import Number, Stored, already_stored, keep_events
from sync.central.intake.annulments import undoings
from sync.central.intake.known import Known
from sync.central.intake.look_up import known_of
from sync.central.intake.ruling import Ruling, known_after, quarantine, rule
from sync.central.intake.worth import worths
from sync.protocol import Answer, Outcome


class _Booking(NamedTuple):
    """The events of a batch that count, in order, and what those of them do that annul another."""

    counted: list[Arrival]
    undone: list[Undoing]


class Batch(NamedTuple):
    """Events as a device pushed them, and what can be read of each."""

    sender: Sender
    payloads: Sequence[bytes]
    arrivals: Sequence[Arrival | NotAnEvent]
    received_us: int


class _Fresh(NamedTuple):
    """An event that the store does not have yet, as pushed."""

    arrival: Arrival
    payload: bytes
    sender: Sender
    received_us: int


def read_batch(sender: Sender, payloads: Sequence[bytes], received_us: int) -> Batch:
    """Read events; needs no database."""
    return Batch(sender, payloads, [read(payload, sender.site) for payload in payloads], received_us)


def apply_batch(connection: Connection, sender: Sender, payloads: Sequence[bytes], received_us: int) -> list[Answer]:
    """Apply events in the order given; return one answer for each, in the same order."""
    return apply_batches(connection, sender.site, [read_batch(sender, payloads, received_us)]).answers[0]


class Applied(NamedTuple):
    """The answers to each batch, and the site's version after them."""

    answers: list[list[Answer]]
    version: int


def apply_batches(connection: Connection, site: str, batches: Sequence[Batch]) -> Applied:
    """Apply what devices of one site pushed, in the order given, as if it were one batch.

    An event that two of them hold is a duplicate in the later one.
    """
    if not any(batch.payloads for batch in batches):
        return Applied([[] for _ in batches], site_version(connection, site))
    before = locked_counters(connection, site)
    envelopes = [arrival.envelope for batch in batches for arrival in batch.arrivals if type(arrival) is Arrival]
    ids = {envelope.id for envelope in envelopes}
    stored, taken = already_stored(connection, site, ids, set(map(_number, envelopes)))
    fresh = _first_of_each(batches, stored)
    known = _known(connection, site, fresh) if fresh else Known()
    rulings = _rulings(fresh, known, taken)
    counted = [event.arrival for name, event in fresh.items() if rulings[name].counts]
    booking = _booking(connection, site, counted, known)
    applied, after = _posted(connection, site, fresh, rulings, before, booking=booking)
    _keep(connection, site, fresh, applied)
    if after != before:
        set_counters(connection, site, after)
    seen: Counter[str] = Counter()
    return Applied([_answers(batch, stored, applied, seen) for batch in batches], after.version)


def _first_of_each(batches: Iterable[Batch], stored: dict[str, Stored]) -> dict[str, _Fresh]:
    fresh: dict[str, _Fresh] = {}
    for batch in batches:
        for arrival, payload in zip(batch.arrivals, batch.payloads, strict=True):
            if type(arrival) is Arrival and arrival.envelope.id not in stored:
                fresh.setdefault(arrival.envelope.id, _Fresh(arrival, payload, batch.sender, batch.received_us))
    return fresh


def _known(connection: Connection, site: str, fresh: dict[str, _Fresh]) -> Known:
    senders = (event.sender.device for event in fresh.values())
    return known_of(connection, site, (event.arrival for event in fresh.values()), senders)


def _number(envelope: Envelope) -> Number:
    return envelope.device, envelope.epoch, envelope.sequence


def _rulings(fresh: dict[str, _Fresh], known: Known, taken: set[Number]) -> dict[str, Ruling]:
    """Decide each event; ``taken`` are the numbers that others have, and those of ``fresh`` afterwards."""
    rulings: dict[str, Ruling] = {}
    for name, event in fresh.items():
        number = _number(event.arrival.envelope)
        ruling = quarantine(event.arrival.envelope, _as_now(event.sender, known), is_taken=number in taken)
        if ruling is None:
            taken.add(number)
            ruling = rule(event.arrival, known, event.sender, event.received_us)
            known = known_after(known, event.arrival, ruling)
        rulings[name] = ruling
    return rulings


def _as_now(sender: Sender, known: Known) -> Sender:
    """A sender as it is trusted now, and not when its request came in."""
    return replace(sender, revoked=True) if sender.device in known.revoked else sender


def _booking(connection: Connection, site: str, counted: list[Arrival], known: Known) -> _Booking:
    return _Booking(counted, undoings(connection, site, counted, known) if counted else [])


def _posted(
    connection: Connection, site: str, fresh: dict[str, _Fresh], rulings: dict[str, Ruling], before: Counters,
    *, booking: _Booking,
) -> tuple[dict[str, Stored], Counters]:  # fmt: skip
    """Book what may be booked; return every fresh event as it is to be stored, and the counters afterwards.

    Every posted event is answered with the first version of this transaction: a row of that version or a later one
    contains all of it.
    """
    posted = Posted(booking.counted)
    for undoing in booking.undone:
        posted.undo(undoing)
    version = posted.write_stock(connection, site, before.version)
    version = write_plates(connection, site, booking.counted, booking.undone, version)
    first = min(before.version + 1, version)
    recorded, head = posted.write_ledger(connection, site, before)
    applied = {
        name: Stored(fresh[name].payload, ruling.outcome, ruling.reasons, _version(ruling, first))
        for name, ruling in rulings.items()
    }
    return applied, before._replace(version=version, recorded=recorded, head=head)


def _keep(connection: Connection, site: str, fresh: dict[str, _Fresh], applied: dict[str, Stored]) -> None:
    """Keep what was applied, with the worth of what waits for somebody."""
    waiting = [name for name, kept in applied.items() if kept.outcome is not Outcome.POSTED]
    worth = worths(connection, site, (fresh[name].arrival for name in waiting)) if waiting else {}
    kept = {**applied, **{name: applied[name]._replace(**worth[name]._asdict()) for name in waiting}}
    keep_events(connection, [(fresh[name].arrival, fresh[name].received_us, stored) for name, stored in kept.items()])


def _version(ruling: Ruling, version: int) -> int:
    return version if ruling.counts else 0


def _answers(batch: Batch, stored: dict[str, Stored], applied: dict[str, Stored], seen: Counter[str]) -> list[Answer]:
    """Answer one batch; ``seen`` counts the ids of those before it, and of this one afterwards."""
    answers = []
    for arrival, payload in zip(batch.arrivals, batch.payloads, strict=True):
        if isinstance(arrival, NotAnEvent):
            answers.append(Answer(id=arrival.id, outcome=Outcome.NOT_ACCEPTED, reasons=(arrival.reason,)))
            continue
        name = arrival.envelope.id
        seen[name] += 1
        repeated = name in stored or seen[name] > 1
        answers.append(_answer(name, stored.get(name) or applied[name], payload, repeated))
    return answers


def _answer(name: str, kept: Stored, payload: bytes, repeated: bool) -> Answer:
    if repeated and kept.payload != payload and not is_same_event(kept.payload, payload):
        return Answer(id=name, outcome=Outcome.NOT_ACCEPTED, reasons=(Reason.PAYLOAD_DIFFERS,))
    return Answer(id=name, outcome=kept.outcome, version=kept.version, reasons=kept.reasons, duplicate=repeated)
