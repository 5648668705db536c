"""Decoding and validation of what a device pushed: bytes become an event that some program writes, or are refused.

Nothing is judged here and no database is asked; who sent the bytes does not matter yet.
"""

from collections.abc import Iterator
from itertools import chain

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.events.envelope import SCHEMA, Envelope, kind_of
from scanner_app.domain.events.event import Event, span_us
from scanner_app.domain.events.fact import KINDS, Fact, tag_of
from scanner_app.domain.ledger import StockKey
from sync.central.events.aside import MARK
from sync.central.events.reason import Reason

NUMBER_MAX = 2**62
ID_LENGTH_MAX = 64
TEXT_LENGTH_MAX = 200
KEY_LENGTH_MAX = 500
"""Characters of a stock key: every name that an import takes fits, and PostgreSQL indexes no more than 2,700 bytes."""

_event = msgspec.json.Decoder(Event)
_envelope = msgspec.json.Decoder(Envelope)


class NotAnEvent(Struct, frozen=True):
    """What was pushed is no event that this device may send; ``id`` is empty when not even that can be read."""

    id: str
    reason: str


class Arrival(Struct, frozen=True):
    """A well-formed event; ``fact`` is None when it is of a kind or schema newer than this program.

    ``times`` are the first and the last instant that it names, where they are known already.
    """

    envelope: Envelope
    fact: Fact | None
    kind: str
    times: tuple[int, int] | None = None

    @property
    def span_us(self) -> tuple[int, int]:
        """The first and the last settled instant that its fact names; it has one."""
        if self.times is None:
            assert self.fact is not None
            return span_us(self.envelope, self.fact)
        return self.times


UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises: of no JSON or another shape, of bytes that are no text, of endless nesting."""


def read(payload: bytes, site: str) -> Arrival | NotAnEvent:
    """Read one event pushed to ``site`` and refuse what no device of this kind writes."""
    try:
        event = _event.decode(payload)
    except UNREADABLE:
        return _read_unknown(payload, site)
    fact: Fact = event.fact
    fault = _fault(event, payload, site) or fact.fault()
    if not fault:
        times = span_us(event, fact)
        fault = _fact_fault(fact, times)
    if fault:
        return NotAnEvent(event.id[:ID_LENGTH_MAX], fault)
    return Arrival(event, fact if event.schema <= SCHEMA else None, tag_of(fact), times)


def _read_unknown(payload: bytes, site: str) -> Arrival | NotAnEvent:
    try:
        envelope = _envelope.decode(payload)
        kind = kind_of(envelope)
    except UNREADABLE:
        return NotAnEvent(_id_in(payload), Reason.MALFORMED)
    fault = _fault(envelope, payload, site)
    if not fault and (not kind or len(kind) > ID_LENGTH_MAX or (kind in KINDS and envelope.schema <= SCHEMA)):
        fault = Reason.MALFORMED
    return NotAnEvent(envelope.id[:ID_LENGTH_MAX], fault) if fault else Arrival(envelope, None, kind)


class _Named(Struct):
    id: str = ""


def _id_in(payload: bytes) -> str:
    try:
        return msgspec.json.decode(payload, type=_Named).id[:ID_LENGTH_MAX]
    except UNREADABLE:
        return ""


def _fault(event: Envelope, payload: bytes, site: str) -> str:
    if not 0 < len(event.id) <= ID_LENGTH_MAX or MARK in event.id or not _is_printable(payload):
        return Reason.MALFORMED
    if event.site != site:
        return Reason.WRONG_SITE
    if len(event.device) > ID_LENGTH_MAX:
        return Reason.MALFORMED
    if (
        not 0 <= event.epoch < NUMBER_MAX
        or not 0 <= event.sequence < NUMBER_MAX
        or len(event.operator) > TEXT_LENGTH_MAX
    ):
        return Reason.MALFORMED
    if abs(event.offset_us) >= NUMBER_MAX or abs(event.uncertainty_us) >= NUMBER_MAX:
        return Reason.NUMBER_OUT_OF_RANGE
    return ""


def _is_printable(payload: bytes) -> bool:
    """Say whether no text of an event drives a terminal, or is refused by databases. Most are plain at a glance."""
    if payload.isascii() and b"\\" not in payload and b"\x7f" not in payload:
        return True
    try:
        return all(text.isprintable() for text in _texts(msgspec.json.decode(payload)))
    except UNREADABLE:
        return False


def _texts(value: object) -> Iterator[str]:
    """Yield every text that a decoded value holds, names of fields among them."""
    if isinstance(value, dict):
        for pair in value.items():
            yield from chain.from_iterable(map(_texts, pair))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(_texts, value))
    elif isinstance(value, str):
        yield value


def _fact_fault(fact: Fact, times: tuple[int, int]) -> str:
    if not (_is_instant(times[0]) and _is_instant(times[1])):
        return Reason.NUMBER_OUT_OF_RANGE
    return Reason.NAME_TOO_LONG if any(_length(key) > KEY_LENGTH_MAX for key in _keys(fact)) else ""


def _keys(fact: Fact) -> Iterator[StockKey]:
    """Every stock key that a fact names."""
    if fact.line:
        yield fact.line.key
    for leg in fact.legs:
        yield leg.source
        yield leg.target


def _is_instant(us: int) -> bool:
    return -NUMBER_MAX < us < NUMBER_MAX


def _length(key: StockKey) -> int:
    return len(key.place) + len(key.item) + len(key.lot) + len(key.serial) + len(key.owner) + len(key.status)


def is_same_event(known: bytes, again: bytes) -> bool:
    """Say whether two payloads differ in nothing but what is settled late: device and number, the time, the signature.

    A device put back from its backup settles events once more that it had settled and sent before; and what two copies
    of a restored file hold that had no epoch yet, or a number that is taken, each of them sends under its own.
    """
    try:
        first, second = _envelope.decode(known), _envelope.decode(again)
    except UNREADABLE:
        return False
    return _unsettled(first) == _unsettled(second)


def _unsettled(envelope: Envelope) -> Envelope:
    return replace(envelope, device="", epoch=0, sequence=0, offset_us=0, uncertainty_us=0, signature="")
