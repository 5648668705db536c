"""Events: facts in the past tense of the floor, in an envelope that never changes once written.

One definition serves the device's journal, the wire, the centre's validation and the API schema. A fact is a tagged
union by ``kind``; the centre decodes the envelope first (``Envelope``) and keeps a kind it does not know as *held*.
"""

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.clock import Offset, Stamp, settled
from scanner_app.domain.ledger import Leg, Posting, is_virtual, leg_fault, postings_of_legs

SCHEMA = 1
"""Version of the envelope and of the facts written by this program."""
LEGS_MAX = 1_000
EMPTY, NOT_EMPTY = "empty", "not_empty"
ZERO_CHECKS = ("", EMPTY, NOT_EMPTY)
NAME_LENGTH_MAX = 200


class Moved(Struct, frozen=True, omit_defaults=True, tag_field="kind", tag="moved"):
    """Stock went from one place to another within the site, by way of somebody's hand.

    Two legs when it was taken and put in one go; one when it stays in the hand, or comes from there.
    ``zero_check`` is what the worker said of the place that was left when the book took it for empty: nothing,
    ``empty``, or ``not_empty``, which asks for a count. ``puts_back`` is the id of the event whose goods were carried
    back to where they came from.
    """

    legs: tuple[Leg, ...]
    zero_check: str = ""
    puts_back: str = ""


class Adjusted(Struct, frozen=True, tag_field="kind", tag="adjusted"):
    """Stock was corrected outside a count, against the adjustment account; opening stock has the reason ``opening``."""

    legs: tuple[Leg, ...]
    reason: str


class PlateMoved(Struct, frozen=True, tag_field="kind", tag="plate_moved"):
    """A license plate was set down: at ``location``, or on the plate ``parent`` (the other one is empty).

    Where a plate stands is a register with a timeline of its own: its contents are not listed and nothing is posted. A
    plate that nobody knew begins with its first event. ``was_at`` and ``was_on`` say where the device took it to stand
    before, both empty when it did not know.
    """

    wall_us: int
    plate: str
    location: str = ""
    parent: str = ""
    was_at: str = ""
    was_on: str = ""

    @property
    def legs(self) -> tuple[Leg, ...]:
        return ()


class Annulled(Struct, frozen=True, tag_field="kind", tag="annulled"):
    """The event with the id ``event`` never happened: it leaves the book at its own instant.

    Any number of them is one; annulling one restores what it annulled (counting specification, *Undo*).
    """

    wall_us: int
    event: str

    @property
    def legs(self) -> tuple[Leg, ...]:
        return ()


Fact = Moved | Adjusted | PlateMoved | Annulled
KINDS = frozenset({"moved", "adjusted", "plate_moved", "annulled"})


class Envelope(Struct, frozen=True, kw_only=True):
    """What every event carries, its fact still undecoded.

    ``id`` is a UUIDv7 made and stored before sending. (``device``, ``epoch``, ``sequence``) has no gaps; the epoch
    changes when a device is enrolled again, restored or cloned. ``entry`` is the entry that made the event, unique in
    the device's log. ``offset_us`` and ``uncertainty_us`` are settled before the first push and never change after.
    ``typed`` holds a reason for each code that was typed where a label was to be scanned; it is left out without any.
    """

    id: str
    device: str
    epoch: int
    sequence: int
    entry: int
    site: str
    operator: str
    wall_us: int
    monotonic_us: int
    boot: str
    program: str
    schema: int = SCHEMA
    offset_us: int = 0
    uncertainty_us: int = 0
    signature: str = ""
    typed: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    fact: msgspec.Raw = msgspec.Raw(b"null")


class Event(Envelope, frozen=True, kw_only=True):
    """An event whose fact this program understands."""

    fact: Fact  # type: ignore[assignment]


class _Kind(Struct):
    kind: str = ""


def kind_of(envelope: Envelope) -> str:
    """Name the kind of an undecoded fact; empty when there is none.

    Raises:
        msgspec.DecodeError: the fact is not an object with a text ``kind``.
    """
    return _kind.decode(envelope.fact).kind


def fact_of(envelope: Envelope) -> Fact:
    """Decode the fact of a known kind.

    Raises:
        msgspec.DecodeError: the fact is malformed.
    """
    return _fact.decode(envelope.fact)


def fact_fault(fact: Fact) -> str:
    """Name what makes a fact impossible, or return an empty text."""
    if isinstance(fact, PlateMoved):
        return _plate_fault(fact)
    if isinstance(fact, Annulled):
        return "" if 0 < len(fact.event) <= NAME_LENGTH_MAX else "event_not_named"
    if not 0 < len(fact.legs) <= LEGS_MAX:
        return "legs_out_of_range"
    if isinstance(fact, Moved) and fact.zero_check not in ZERO_CHECKS:
        return "zero_check_unknown"
    if isinstance(fact, Moved) and len(fact.puts_back) > NAME_LENGTH_MAX:
        return "event_not_named"
    return next((fault for leg in fact.legs if (fault := leg_fault(leg))), "")


def _plate_fault(fact: PlateMoved) -> str:
    names = (fact.plate, fact.location or fact.parent)
    if not all(0 < len(name) <= NAME_LENGTH_MAX and not is_virtual(name) for name in names):
        return "place_not_named"
    if (fact.location and fact.parent) or len(fact.was_at) + len(fact.was_on) > NAME_LENGTH_MAX:
        return "place_not_named"
    return "goes_nowhere" if fact.plate in names[1:] else ""


def settle(event: Event, offset: Offset, not_before_us: int) -> Event:
    """Give an event the device's clock offset; see :func:`scanner_app.domain.clock.settled`.

    Where the wall clock was set back between two legs, the earlier one is taken for as old as the later.
    """
    stamp = Stamp(event.wall_us, event.monotonic_us, event.boot)
    if isinstance(event.fact, PlateMoved | Annulled):
        shift_us, doubt_us = settled(stamp, offset, event.fact.wall_us, not_before_us)
        return replace(event, offset_us=shift_us, uncertainty_us=doubt_us)
    legs = _in_order(event.fact.legs)
    set_back_us = event.fact.legs[0].wall_us - legs[0].wall_us
    shift_us, doubt_us = settled(stamp, offset, legs[-1].wall_us, not_before_us)
    fact = event.fact if not set_back_us else replace(event.fact, legs=legs)
    return replace(event, offset_us=shift_us, uncertainty_us=doubt_us + set_back_us, fact=fact)


def _in_order(legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
    """The legs with times that do not run backwards."""
    ordered: list[Leg] = []
    latest = legs[-1].wall_us
    for leg in reversed(legs):
        latest = min(latest, leg.wall_us)
        ordered.append(leg if leg.wall_us == latest else replace(leg, wall_us=latest))
    return tuple(reversed(ordered))


def last_instant_us(event: Event) -> int:
    """The settled time of the event's last leg, or of the fact itself when it has none."""
    fact = event.fact
    wall_us = fact.wall_us if isinstance(fact, PlateMoved | Annulled) else fact.legs[-1].wall_us
    return wall_us + event.offset_us


def postings(envelope: Envelope, fact: Fact) -> list[Posting]:
    """Return the balanced postings of an event, each leg at its own settled instant; none without legs."""
    return postings_of_legs(fact.legs, envelope.offset_us, envelope.device, envelope.epoch, envelope.sequence)


_kind = msgspec.json.Decoder(_Kind)
_fact: msgspec.json.Decoder[Fact] = msgspec.json.Decoder(Fact)
