"""The floor: events as devices make them, each device numbering its own; ids follow from the number."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from msgspec import UNSET

from scanner_app.domain.counting.identity import claim_id, count_name, version_of
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.corrections.changed import Changed
from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.decided import Decided, SubjectKind
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.identified import Identified
from scanner_app.domain.events.line import Line
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.events.sighted import Sighted
from scanner_app.domain.ledger import ADJUSTMENT, Leg, StockKey, in_hand
from scanner_app.domain.quantity import SCALE

SITE = "W1"
Clock = str | int
DAY_US = 1_780_000_000_000_000
SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
PERSONS = {"w1": "w1", "w2": "w2", "w3": "w3", "s1": "ann", "s2": "s2", "s3": "s3", "w4": "ann"}
"""Who each operator is; w4 is another badge of s1."""
SUPERVISORS = frozenset({"s1", "s2", "s3"})


def at(clock: Clock) -> int:
    """The instant of a day at which a clock shows ``10:00`` or ``10:00:40``; an instant is one."""
    if isinstance(clock, int):
        return clock
    hours, minutes, seconds = (*map(int, clock.split(":")), 0)[:3]
    return DAY_US + ((hours * 60 + minutes) * 60 + seconds) * SECOND_US


def key(place: str, item: str = "NUT", **identity: str) -> StockKey:
    return StockKey(place, item, **identity)


class By(NamedTuple):
    """An operator at a device."""

    operator: str
    device: str


W1, W2, W3, W4 = By("w1", "d1"), By("w2", "d2"), By("w3", "d3"), By("w4", "d4")
S1, S2, S3 = By("s1", "d8"), By("s2", "d9"), By("s3", "d7")
STOCK = By("s3", "d0")
THIEF = By("w2", "d6")
"""A device that calls its counts as others call theirs; it is nowhere but in cases."""


class Floor:
    """Devices that number their events; each method makes one."""

    def __init__(self) -> None:
        self._sequences: dict[str, int] = defaultdict(int)

    def event(self, fact: Fact, by: By, off_us: int = 1) -> Event:
        """An event of a device whose clock is right within ``off_us``."""
        device = by.device
        self._sequences[device] += 1
        sequence = self._sequences[device]
        whole: dict[str, Any] = {
            "id": str(uuid5(UUID(int=0), f"{device}/1/{sequence}")),
            "device": device,
            "epoch": 1,
            "sequence": sequence,
            "entry": sequence,
            "site": SITE,
            "operator": by.operator,
            "wall_us": fact.last_us,
            "monotonic_us": 5,
            "boot": "boot",
            "program": "test",
            "uncertainty_us": off_us,
            "fact": fact,
        }
        return Event(**whole)

    def came(self, what: StockKey, pieces: int, clock: Clock = "06:00", by: By = STOCK) -> Event:
        """So many were booked in (or out: less than nothing) from the adjustment account."""
        account = StockKey(ADJUSTMENT, *_identity(what))
        source, target = (account, what) if pieces > 0 else (what, account)
        return self.event(Adjusted((Leg(at(clock), abs(pieces) * SCALE, source, target),), "found"), by)

    def adjusted(self, what: StockKey, pieces: int, clock: Clock, reason: str, by: By) -> Event:
        """So many came or went outside a count, for a reason."""
        account = StockKey(ADJUSTMENT, *_identity(what))
        source, target = (account, what) if pieces > 0 else (what, account)
        return self.event(Adjusted((Leg(at(clock), abs(pieces) * SCALE, source, target),), reason), by)

    def changed(self, what: StockKey, status: str, pieces: int, clock: Clock, reason: str, by: By) -> Event:  # noqa: PLR0917  as it is said
        """So many are of another status."""
        after = StockKey(what.place, what.item, what.lot, what.serial, what.owner, status)
        return self.event(Changed((Leg(at(clock), pieces * SCALE, what, after),), reason), by)

    def moved(self, legs: Sequence[tuple[Clock, StockKey, StockKey, int]], by: By, off_us: int = 1) -> Event:
        """Legs, each at its own time."""
        made = (Leg(at(clock), pieces * SCALE, source, target) for clock, source, target, pieces in legs)
        return self.event(Moved(tuple(made)), by, off_us)

    def take(self, what: StockKey, pieces: int, clock: Clock, by: By = W2, off_us: int = 1) -> Event:
        """So many went into the operator's hand."""
        return self.moved([(clock, what, hand(by.operator, what), pieces)], by, off_us)

    def put(self, what: StockKey, pieces: int, clock: Clock, by: By = W2, off_us: int = 1) -> Event:
        """So many went from the operator's hand to a place."""
        return self.moved([(clock, hand(by.operator, what), what, pieces)], by, off_us)

    def counted(
        self,
        count: str,
        what: StockKey,
        pieces: int,
        clock: Clock,
        by: By = W1,
        *,
        begun: Clock = "",
        off_us: int = 1,
        code: str = "",
        is_said: bool = True,
        recounts: str = "",
        was_shown: bool = False,
    ) -> Event:
        """One line of a count; a ``code`` that nobody knows is its own item."""
        line = Line(
            count=count,
            key=StockKey(what.place, code) if code else what,
            quantity=pieces * SCALE,
            begun_us=at(begun or clock),
            wall_us=at(clock),
            unit="EA",
            base_unit="EA",
            code=code,
            is_owner_said=is_said,
            is_status_said=is_said,
            recounts=recounts,
            was_shown=was_shown,
        )
        return self.event(Counted(line), by, off_us)

    def closed(
        self,
        count: str,
        place: str,
        clock: Clock,
        lines: int = 0,
        by: By = W1,
        *,
        begun: Clock = "",
        sightings: int = 0,
        off_us: int = 1,
        item: str = "",
    ) -> Event:
        closing = Closing(count, place, lines, sightings, at(begun or clock), at(clock), item or UNSET)
        return self.event(CountClosed(closing), by, off_us)

    def sighted(self, count: str, plate: str, place: str, clock: Clock, by: By = W1) -> Event:
        return self.event(Sighted(at(clock), count, plate, place), by)

    def undone(self, what: Event, clock: Clock, by: By = W1) -> Event:
        """What ``what`` says never happened."""
        return self.event(Annulled(at(clock), what.id), by)

    def identified(self, what: Event, code: str, item: str, clock: Clock, by: By = S2) -> Event:
        return self.event(Identified(at(clock), what.id, code, item, reason="label"), by)

    def said(self, word: str, subjects: Sequence[Subject], clock: Clock, by: By = S1) -> Event:
        return self.event(Decided(at(clock), word, tuple(subjects), reason="count"), by)


def hand(operator: str, what: StockKey) -> StockKey:
    return StockKey(in_hand(operator), *_identity(what))


def _identity(what: StockKey) -> tuple[str, ...]:
    return what.item, what.lot, what.serial, what.owner, what.status


def claimed(count: str, what: StockKey, device: str = W1.device) -> str:
    """What the centre calls a claim of a count of a device."""
    return claim_id(count_name(device, count), what)


def on_claim(count: str, what: StockKey, *lines: Event, seen: int = 0, pieces: int = 0, version: str = "") -> Subject:
    """A claim as a subject, in the version of some lines (or one that is given)."""
    version = version or version_of(line.id for line in lines)
    device = lines[0].device if lines else W1.device
    return Subject(SubjectKind.CLAIM, claimed(count, what, device), version, seen, pieces * SCALE)


def on_closing(closing: Event, seen: int = 0) -> Subject:
    """A closing as a whole."""
    return Subject(SubjectKind.CLOSING, closing.id, closing.id, seen)
