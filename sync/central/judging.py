"""Judging one event: from an envelope and what the centre knows to an outcome. Pure; the table of the design in code.

Physical truth wins: what a well-formed event says has happened. Only what cannot be booked is held, only what may not
be trusted is quarantined, and only what is no event at all is not accepted.
"""

import dataclasses
from typing import get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.catalog import LocationState
from scanner_app.domain.clock import CLOCK_DOUBT_US
from scanner_app.domain.events import (
    KINDS,
    SCHEMA,
    Annulled,
    Envelope,
    Event,
    Fact,
    PlateMoved,
    fact_fault,
    kind_of,
)
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.people import Right
from sync.central.known import Known, is_virtual_known
from sync.protocol import Outcome

NUMBER_MAX = 2**62
QUANTITY_BELIEVED_MAX = 10**15
"""Micro-units of one leg (a thousand million pieces); more is held, so that sums stay within 64 bits."""
ID_LENGTH_MAX = 64
TEXT_LENGTH_MAX = 200
KEY_LENGTH_MAX = 500
"""Characters of a stock key: every name that an import takes fits, and PostgreSQL indexes no more than 2,700 bytes."""

_NUL = b"\\u0000"
_TAGS = {kind: str(kind.__struct_config__.tag) for kind in get_args(Fact)}
_event = msgspec.json.Decoder(Event)
_envelope = msgspec.json.Decoder(Envelope)


class Sender(Struct, frozen=True):
    """Who pushes: a device as enrolled, or the centre itself (``is_centre``), which may book anything anywhere."""

    site: str
    device: str
    epoch: int
    revoked: bool = False
    is_centre: bool = False


class Refusal(Struct, frozen=True):
    """What was pushed is no event that this device may send; ``id`` is empty when not even that can be read."""

    id: str
    reason: str


class Reading(Struct, frozen=True):
    """A well-formed event; ``fact`` is None when it is of a kind or schema newer than this program."""

    envelope: Envelope
    fact: Fact | None
    kind: str


class Verdict(Struct, frozen=True):
    outcome: Outcome
    reasons: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        return self.outcome.counts_as_stock


POSTED = Verdict(Outcome.POSTED)


_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises: of no JSON or another shape, of bytes that are no text, of endless nesting."""


def read(payload: bytes, site: str) -> Reading | Refusal:
    """Read one event pushed to ``site`` and refuse what no device of this kind writes."""
    try:
        event = _event.decode(payload)
    except _UNREADABLE:
        return _read_unknown(payload, site)
    fact: Fact = event.fact
    fault = _fault(event, payload, site) or _fact_fault(event, fact)
    if fault:
        return Refusal(event.id[:ID_LENGTH_MAX], fault)
    return Reading(event, fact if event.schema <= SCHEMA else None, _TAGS[type(fact)])


def _read_unknown(payload: bytes, site: str) -> Reading | Refusal:
    try:
        envelope = _envelope.decode(payload)
        kind = kind_of(envelope)
    except _UNREADABLE:
        return Refusal(_id_in(payload), "malformed")
    fault = _fault(envelope, payload, site)
    if not fault and (not kind or len(kind) > ID_LENGTH_MAX or (kind in KINDS and envelope.schema <= SCHEMA)):
        fault = "malformed"
    return Refusal(envelope.id[:ID_LENGTH_MAX], fault) if fault else Reading(envelope, None, kind)


class _Named(Struct):
    id: str = ""


def _id_in(payload: bytes) -> str:
    try:
        return msgspec.json.decode(payload, type=_Named).id[:ID_LENGTH_MAX]
    except _UNREADABLE:
        return ""


def _fault(event: Envelope, payload: bytes, site: str) -> str:
    if not 0 < len(event.id) <= ID_LENGTH_MAX or (_NUL in payload and _holds_nul(payload)):
        return "malformed"
    if event.site != site:
        return "wrong_site"
    if len(event.device) > ID_LENGTH_MAX:
        return "malformed"
    if (
        not 0 <= event.epoch < NUMBER_MAX
        or not 0 <= event.sequence < NUMBER_MAX
        or len(event.operator) > TEXT_LENGTH_MAX
    ):
        return "malformed"
    if abs(event.offset_us) >= NUMBER_MAX or abs(event.uncertainty_us) >= NUMBER_MAX:
        return "number_out_of_range"
    return ""


def _holds_nul(payload: bytes) -> bool:
    try:
        return _has_nul(msgspec.json.decode(payload))
    except _UNREADABLE:
        return True


def _has_nul(value: object) -> bool:
    """Say whether a decoded text holds the character that databases refuse; its spelling alone may be printed text."""
    if isinstance(value, dict):
        return any(_has_nul(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return any(map(_has_nul, value))
    return isinstance(value, str) and "\x00" in value


def _fact_fault(event: Envelope, fact: Fact) -> str:
    fault = fact_fault(fact)
    if isinstance(fact, PlateMoved | Annulled):
        return fault or ("" if _is_instant(fact.wall_us + event.offset_us) else "number_out_of_range")
    for leg in fact.legs:
        if not _is_instant(leg.wall_us + event.offset_us):
            return fault or "number_out_of_range"
        if _length(leg.source) > KEY_LENGTH_MAX or _length(leg.target) > KEY_LENGTH_MAX:
            return fault or "name_too_long"
    return fault


def _is_instant(us: int) -> bool:
    return -NUMBER_MAX < us < NUMBER_MAX


def _length(key: StockKey) -> int:
    return len(key.place) + len(key.item) + len(key.lot) + len(key.serial) + len(key.owner) + len(key.status)


def quarantine(envelope: Envelope, sender: Sender, *, is_taken: bool) -> Verdict | None:
    """Say why an event may not be trusted, if so; ``is_taken``: its number belongs to another event of the device.

    An event of an earlier epoch waited while its device was enrolled again. One of a later epoch than the device was
    given comes from nowhere. One of another device waited while its own was enrolled under another name, or is made up.
    """
    if sender.revoked:
        return Verdict(Outcome.QUARANTINED, ("device_revoked",))
    if envelope.device != sender.device:
        return Verdict(Outcome.QUARANTINED, ("wrong_device",))
    if envelope.epoch > sender.epoch:
        return Verdict(Outcome.QUARANTINED, ("epoch_not_given",))
    if is_taken:
        return Verdict(Outcome.QUARANTINED, ("sequence_taken",))
    return None


def is_same_event(known: bytes, again: bytes) -> bool:
    """Say whether two payloads differ in nothing but what is settled late: device and epoch, the time, the signature.

    A device put back from its backup settles events once more that it had settled and sent before; and what two copies
    of a restored file hold that had no epoch yet, each of them sends under its own.
    """
    try:
        first, second = _envelope.decode(known), _envelope.decode(again)
    except _UNREADABLE:
        return False
    return _unsettled(first) == _unsettled(second)


def _unsettled(envelope: Envelope) -> Envelope:
    return replace(envelope, device="", epoch=0, offset_us=0, uncertainty_us=0, signature="")


def judge(reading: Reading, known: Known, sender: Sender, received_us: int) -> Verdict:
    """Decide an event that may be trusted; whether it makes stock negative shows only when it is booked."""
    fact = reading.fact
    if fact is None:
        newer = "newer_kind" if reading.kind not in KINDS else "newer_schema"
        return Verdict(Outcome.HELD, (newer,))
    if isinstance(fact, PlateMoved):
        held, exceptions = _plate(fact, known)
    elif isinstance(fact, Annulled):
        held, exceptions = _annulled(fact, reading.envelope, known)
    else:
        held, exceptions = ([], []) if known.is_ordinary else _places_and_goods(fact, known)
    if held:
        return Verdict(Outcome.HELD, tuple(dict.fromkeys(held)))
    if sender.is_centre:
        return POSTED
    exceptions += _operator_and_clock(reading, known, received_us)
    return Verdict(Outcome.EXCEPTIONS, tuple(dict.fromkeys(exceptions))) if exceptions else POSTED


def _places_and_goods(fact: Fact, known: Known) -> tuple[list[str], list[str]]:
    held: list[str] = []
    exceptions: list[str] = []
    items, places, owners, statuses = known.items, known.places, known.owners, known.statuses
    for leg in fact.legs:
        if leg.quantity > QUANTITY_BELIEVED_MAX:
            held.append("quantity_not_believed")
        active = items.get(leg.source.item)
        if active is None:
            held.append("unknown_item")
        elif not active:
            exceptions.append("item_inactive")
        for key in (leg.source, leg.target):
            state = places.get(key.place)
            if state is not LocationState.OPEN and (state or not is_virtual_known(key.place)):
                (exceptions if state else held).append(f"place_{state}" if state else "unknown_place")
            if key.owner not in owners:
                held.append("unknown_owner")
            if key.status not in statuses:
                held.append("unknown_status")
    return held, exceptions


def _plate(fact: PlateMoved, known: Known) -> tuple[list[str], list[str]]:
    """A plate that nobody knows begins here; what it stands at or on must be known."""
    held: list[str] = []
    exceptions: list[str] = []
    if fact.plate in known.places and fact.plate not in known.plates:
        held.append("plate_is_location")
    stands = fact.location or fact.parent
    if known.places.get(stands) is None or (stands in known.plates) != bool(fact.parent):
        held.append("unknown_place")
    for name in (fact.plate, stands):
        state = known.places.get(name, LocationState.OPEN)
        if state is not LocationState.OPEN:
            exceptions.append(f"place_{state}")
    return held, exceptions


def _annulled(fact: Annulled, envelope: Envelope, known: Known) -> tuple[list[str], list[str]]:
    """Everybody may say that what they did themselves never happened; of others' events, who decides."""
    whose = known.targets.get(fact.event)
    if whose is None:
        return [], ["unknown_event"]
    operator = known.operators.get(envelope.operator)
    may = whose == envelope.operator or (operator is not None and operator.active and operator.may(Right.DECIDE))
    return ([], []) if may else (["not_own"], [])


def _operator_and_clock(reading: Reading, known: Known, received_us: int) -> list[str]:
    envelope = reading.envelope
    reasons = []
    operator = known.operators.get(envelope.operator)
    if operator is None:
        reasons.append("unknown_operator")
    elif not operator.active:
        reasons.append("operator_inactive")
    elif not operator.may(Right.ADJUST if reading.kind == "adjusted" else Right.MOVE):
        reasons.append("no_right")
    if _is_clock_doubtful(reading, received_us):
        reasons.append("clock_doubtful")
    return reasons


def _is_clock_doubtful(reading: Reading, received_us: int) -> bool:
    """Say whether the device's clock was far off, or nobody knows how far, or the event has not happened yet."""
    envelope, legs = reading.envelope, reading.fact.legs if reading.fact else ()
    if abs(envelope.offset_us) > CLOCK_DOUBT_US or abs(envelope.uncertainty_us) > CLOCK_DOUBT_US:
        return True
    last_us = legs[-1].wall_us if legs else envelope.wall_us
    return last_us + envelope.offset_us > received_us + CLOCK_DOUBT_US


def with_done(known: Known, reading: Reading, verdict: Verdict) -> Known:
    """What is known after an event: a plate that begins with it, and whose it is, if the batch annuls it."""
    fact = reading.fact
    if isinstance(fact, PlateMoved) and verdict.counts and fact.plate not in known.places:
        places = {**known.places, fact.plate: LocationState.OPEN}
        known = dataclasses.replace(known, places=places, plates=known.plates | {fact.plate})
    if reading.envelope.id in known.annulled:
        known = dataclasses.replace(known, targets={**known.targets, reading.envelope.id: reading.envelope.operator})
    return known


def with_negative(verdict: Verdict) -> Verdict:
    """Add that the event took more than the book had."""
    return Verdict(Outcome.EXCEPTIONS, (*verdict.reasons, "negative"))
