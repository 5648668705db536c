"""Ruling (validation): decides whether an event is posted, posted with exceptions, held or quarantined. Pure.

Physical truth wins: what a well-formed event says has happened. So it is posted, with exceptions where somebody should
look at it. Only what cannot be booked is held, and only what may not be trusted is quarantined.

What a kind allows is the law of kinds (``domain/events/law.py``). Two things are decided elsewhere. What is no event,
or another event under an id that is taken, is *not accepted*: ``events/decode.py`` and ``intake/apply.py`` say so.
"""

import dataclasses

from msgspec import Struct

from scanner_app.domain.bounds import EVENT_QUANTITY_MAX, QUANTITY_BELIEVED_MAX, is_instant_believed
from scanner_app.domain.catalog import LocationState
from scanner_app.domain.clock import BEFORE_NEIGHBOUR_US_MAX, CLOCK_DOUBT_US, TOLD_LATE_US_MAX
from scanner_app.domain.events.allowed import NEWER
from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.events.fact import KINDS, Fact
from scanner_app.domain.events.law import Maker, Undone, offences, undo_fault
from scanner_app.domain.events.line import Line
from scanner_app.domain.events.stand import Stand
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.people import Right
from sync.central.events.decode import Arrival
from sync.central.events.reason import Reason
from sync.central.events.sender import Sender
from sync.central.intake.known import Known, is_virtual_known
from sync.central.intake.neighbours import neighbour_us
from sync.central.intake.targets import UNDOABLE, rights_of_kind
from sync.protocol import Outcome

NOT_OPEN = {LocationState.BLOCKED: Reason.PLACE_BLOCKED, LocationState.CLOSED: Reason.PLACE_CLOSED}
"""What is told of a place at which no work may go on."""


class Ruling(Struct, frozen=True):
    outcome: Outcome
    reasons: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        return self.outcome.is_booked


POSTED = Ruling(Outcome.POSTED)


def quarantine(envelope: Envelope, sender: Sender, *, is_taken: bool) -> Ruling | None:
    """Say why an event may not be trusted, if so; ``is_taken``: its number belongs to another event of the device.

    An event of an earlier epoch waited while its device was enrolled again. One of a later epoch than the device was
    given comes from nowhere. One of another device waited while its own was enrolled under another name, or is made up.
    """
    reason = _distrust(envelope, sender, is_taken=is_taken)
    return Ruling(Outcome.QUARANTINED, (reason,)) if reason else None


def _distrust(envelope: Envelope, sender: Sender, *, is_taken: bool) -> str:
    if sender.revoked:
        return Reason.DEVICE_REVOKED
    if envelope.device != sender.device:
        return Reason.WRONG_DEVICE
    if envelope.epoch > sender.epoch:
        return Reason.EPOCH_NOT_GIVEN
    return Reason.SEQUENCE_TAKEN if is_taken else ""


def asked_anew(ruling: Ruling) -> Ruling:
    """Let a device that can do so number an event anew, and send it again, where only its number is in the way."""
    is_numbers_fault = {*ruling.reasons} & {Reason.EPOCH_NOT_GIVEN, Reason.SEQUENCE_TAKEN}
    return Ruling(Outcome.WAITING, ruling.reasons) if is_numbers_fault else ruling


def rule(arrival: Arrival, known: Known, sender: Sender, received_us: int) -> Ruling:
    """Decide an event that may be trusted."""
    fact = arrival.fact
    if fact is None:
        newer = Reason.NEWER_KIND if arrival.kind not in KINDS else Reason.NEWER_SCHEMA
        return Ruling(Outcome.HELD, (newer,))
    held, exceptions = ([], []) if known.is_ordinary else _places_and_goods(fact, known)
    if (line := fact.line) and _is_in_another_unit(line, known):
        held.append(Reason.UNIT_DIFFERS)
    if stand := fact.stand:
        _look_at_stand(stand, known, held, exceptions)
    if fact.undoes:
        _look_at_undone(fact.undoes, arrival.envelope, known, held, exceptions)
    span = arrival.span_us
    if not (is_instant_believed(span[0]) and is_instant_believed(span[1])):
        held.append(Reason.INSTANT_NOT_BELIEVED)
    if not sender.is_centre:
        _look_at_law(arrival.envelope, fact, known, held, exceptions)
    if held:
        return Ruling(Outcome.HELD, tuple(dict.fromkeys(held)))
    if sender.is_centre:
        return POSTED
    if _is_clock_doubtful(arrival, span, sender, received_us):
        exceptions.append(Reason.CLOCK_DOUBTFUL)
    return Ruling(Outcome.EXCEPTIONS, tuple(dict.fromkeys(exceptions))) if exceptions else POSTED


def _is_in_another_unit(line: Line, known: Known) -> bool:
    """What was counted in a unit that was the base unit once is no quantity any more that means something."""
    return bool(line.base_unit) and known.base_units.get(line.key.item, line.base_unit) != line.base_unit


def with_exception(ruling: Ruling, reason: str) -> Ruling:
    """Add an exception to what an event is booked with."""
    return Ruling(Outcome.EXCEPTIONS, (*ruling.reasons, reason))


def once_arrived(ruling: Ruling, maker: Maker, undone: Undone | None) -> Ruling:
    """What becomes of an undo that was booked before what it names had arrived, by what is known of that now."""
    if undone is None or not ruling.counts or Reason.UNKNOWN_EVENT not in ruling.reasons:
        return ruling
    if fault := undo_fault(maker, undone):
        return Ruling(Outcome.HELD, (fault,))
    if undone.missing:
        return ruling
    left = tuple(reason for reason in ruling.reasons if reason != Reason.UNKNOWN_EVENT)
    return Ruling(Outcome.EXCEPTIONS, left) if left else POSTED


def _places_and_goods(fact: Fact, known: Known) -> tuple[list[str], list[str]]:
    held: list[str] = []
    exceptions: list[str] = []
    if sum(leg.quantity for leg in fact.legs) > EVENT_QUANTITY_MAX:
        held.append(Reason.QUANTITY_NOT_BELIEVED)
    for item in fact.items:
        _look_at_item(item, known, held, exceptions)
    if line := fact.line:
        if line.quantity > QUANTITY_BELIEVED_MAX:
            held.append(Reason.QUANTITY_NOT_BELIEVED)
        _look_at_key(line.key, known, held, exceptions)
    if closing := fact.closing:
        _look_at_place(closing.place, known, held, exceptions)
    for leg in fact.legs:
        if leg.quantity > QUANTITY_BELIEVED_MAX:
            held.append(Reason.QUANTITY_NOT_BELIEVED)
        _look_at_item(leg.source.item, known, held, exceptions)
        for key in (leg.source, leg.target):
            _look_at_key(key, known, held, exceptions)
    return held, exceptions


def _look_at_key(key: StockKey, known: Known, held: list[str], exceptions: list[str]) -> None:
    _look_at_place(key.place, known, held, exceptions)
    if key.owner not in known.owners:
        held.append(Reason.UNKNOWN_OWNER)
    if key.status not in known.statuses:
        held.append(Reason.UNKNOWN_STATUS)


def _look_at_place(place: str, known: Known, held: list[str], exceptions: list[str]) -> None:
    state = known.places.get(place)
    if state is not LocationState.OPEN and (state or not is_virtual_known(place)):
        (exceptions if state else held).append(NOT_OPEN[state] if state else Reason.UNKNOWN_PLACE)


def _look_at_item(item: str, known: Known, held: list[str], exceptions: list[str]) -> None:
    is_active = known.items.get(item)
    if is_active is None:
        held.append(Reason.UNKNOWN_ITEM)
    elif not is_active:
        exceptions.append(Reason.ITEM_INACTIVE)


def _look_at_stand(stand: Stand, known: Known, held: list[str], exceptions: list[str]) -> None:
    """A plate that nobody knows begins here; what it stands at or on must be known."""
    if stand.plate in known.places and stand.plate not in known.plates:
        held.append(Reason.PLATE_IS_LOCATION)
    if known.places.get(stand.place) is None or (stand.place in known.plates) != bool(stand.parent):
        held.append(Reason.UNKNOWN_PLACE)
    for name in (stand.plate, stand.place):
        state = known.places.get(name, LocationState.OPEN)
        if state is not LocationState.OPEN:
            exceptions.append(NOT_OPEN[state])


def _look_at_undone(name: str, envelope: Envelope, known: Known, held: list[str], exceptions: list[str]) -> None:
    undone = known.targets.get(name)
    maker = known.maker(envelope.operator)
    if not maker.has_authority:
        held.append(Reason.UNKNOWN_OPERATOR)
    elif undone is not None and (fault := undo_fault(maker, undone)):
        held.append(fault)
    elif undone is None or undone.missing:
        exceptions.append(Reason.UNKNOWN_EVENT)


def _look_at_law(envelope: Envelope, fact: Fact, known: Known, held: list[str], exceptions: list[str]) -> None:
    """Hold a fact against the law of its kind; an operator who is not known, or not in use, has no rights to miss."""
    maker = known.maker(envelope.operator)
    undone = known.targets.get(fact.undoes)
    rights = (undone.rights if undone else UNDOABLE) if fact.undoes else frozenset[Right]()
    for offence in offences(fact, maker, known.rules, rights):
        (held if offence.is_held else exceptions).append(offence.word)
    if not maker.is_known:
        exceptions.append(Reason.UNKNOWN_OPERATOR)
    elif not maker.is_active:
        exceptions.append(Reason.OPERATOR_INACTIVE)


def _is_clock_doubtful(arrival: Arrival, span: tuple[int, int], sender: Sender, received_us: int) -> bool:
    """Say whether the device's clock was far off, or nobody knows how far, or some instant has not happened yet.

    Nor is what happened so long ago believed without a look, or before the device was there, or long before what it
    did before.
    """
    envelope = arrival.envelope
    if abs(envelope.offset_us) > CLOCK_DOUBT_US or abs(envelope.uncertainty_us) > CLOCK_DOUBT_US:
        return True
    first_us, last_us = span
    if last_us > received_us + CLOCK_DOUBT_US or first_us < received_us - TOLD_LATE_US_MAX:
        return True
    is_before_neighbour = last_us < neighbour_us(arrival, sender.newest) - BEFORE_NEIGHBOUR_US_MAX
    return is_before_neighbour or first_us < sender.begun_us - CLOCK_DOUBT_US


def known_after(known: Known, arrival: Arrival, ruling: Ruling) -> Known:
    """What is known after an event: a plate that begins with it, and whose it is, if the batch annuls it."""
    stand = arrival.fact.stand if arrival.fact else None
    if stand and ruling.counts and stand.plate not in known.places:
        places = {**known.places, stand.plate: LocationState.OPEN}
        known = dataclasses.replace(known, places=places, plates=known.plates | {stand.plate})
    if arrival.envelope.id in known.annulled:
        known = dataclasses.replace(known, targets={**known.targets, arrival.envelope.id: _undone(arrival, known)})
    return known


def _undone(arrival: Arrival, known: Known) -> Undone:
    fact = arrival.fact
    who = known.who(arrival.envelope.operator)
    if fact is None or not fact.undoes:
        return Undone(who, fact.allowed if fact else NEWER, 0, rights=rights_of_kind(arrival.kind))
    below = known.targets.get(fact.undoes)
    depth, missing = (1 + min(1, below.depth), "") if below else (1, fact.undoes)
    return Undone(who, fact.allowed, depth, missing, below.rights if below else UNDOABLE)
