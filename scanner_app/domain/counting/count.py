"""A count as facts tell it: its lines, its closings, what was sighted; which closing speaks, and of which keys."""

from collections.abc import Collection, Container, Iterable
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim, ClaimKind, Span
from scanner_app.domain.counting.identity import claim_id, version_of
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE


class Reading(StrEnum):
    """Whether the centre can read a line: its code may be waiting for somebody, or never come into the book."""

    READ = "read"
    HELD = "held"
    VOID = "void"


class CountLine(Struct, frozen=True):
    """A line that arrived, named as it is identified now (``identified_by`` whom), alive or undone."""

    event: str
    count: str
    key: StockKey
    quantity: int
    begun_us: int
    instant: Instant
    uncertainty_us: int
    operator: str
    person: str
    reading: Reading = Reading.READ
    is_alive: bool = True
    is_unsaid: bool = False
    recounts: str = ""
    was_shown: bool = False
    identified_by: frozenset[str] = frozenset()


class CountClosing(Struct, frozen=True):
    """A closing that arrived; ``lines`` and ``sightings`` are how many of each it says came before it.

    It is of all that is at ``place``, or of one ``item`` there.
    """

    event: str
    count: str
    place: str
    lines: int
    sightings: int
    begun_us: int
    instant: Instant
    uncertainty_us: int
    operator: str
    person: str
    is_alive: bool = True
    item: str = ""

    def is_of(self, key: StockKey) -> bool:
        """Say whether it speaks of a key, where no line of its count does.

        >>> closing = CountClosing("x", "c", "A", 0, 0, 1, Instant(9, "d", 1, 9, 0), 0, "7", "7", item="TEA")
        >>> [closing.is_of(StockKey(*key)) for key in (("A", "TEA", "L1"), ("A", "NUT"), ("B", "TEA"))]
        [True, False, False]
        """
        return key.place == self.place and self.item in ("", key.item)


class Spoken(NamedTuple):
    """What a closing makes: it is inert while lines or sightings are ``missing``, or codes ``waited`` for.

    It claims nothing for the keys that are ``exempt``.
    """

    closing: CountClosing
    missing: int
    waited: int
    exempt: frozenset[StockKey]

    @property
    def is_inert(self) -> bool:
        return bool(self.missing or self.waited)


def last_closing(closings: Iterable[CountClosing]) -> CountClosing | None:
    """The one closing of a count that speaks: of those that are not undone the last by epoch and sequence."""
    alive = [one for one in closings if one.is_alive]
    return max(alive, key=lambda one: one.instant[2:4], default=None)


def spoken(
    closing: CountClosing, lines: Iterable[CountLine], sighted: Iterable[Instant], seen_undone: Collection[str]
) -> Spoken:
    """What a closing makes of the ``lines`` of its count, and of the instants of all that it ``sighted``.

    ``seen_undone`` are the lines that were undone before it: by an undo of the same device below its epoch and
    sequence, which is not itself undone there. The closing knows of those, and they exempt nothing.

    Three of lot 1 are scanned by mistake, undone, and counted as lot 2; the closing claims that there is none of lot 1,
    and waits as long as one of the two lines is missing:

    >>> lots = [StockKey("A", "GLUE", lot) for lot in ("L1", "L2")]
    >>> wrong, right = (
    ...     CountLine(f"l{at}", "c", lot, 3, at, Instant(at, "d", 1, at, 0), 0, "7", "7", is_alive=at > 1)
    ...     for at, lot in enumerate(lots, 1)
    ... )
    >>> closing = CountClosing("x", "c", "A", 2, 0, 1, Instant(9, "d", 1, 9, 0), 0, "7", "7")
    >>> [key.lot for key in spoken(closing, [wrong, right], (), {"l1"}).exempt]
    ['L2']
    >>> spoken(closing, [right], (), {"l1"}).missing
    1

    Undone after the closing the line still exempts its key, for nobody has looked whether it is empty:

    >>> sorted(key.lot for key in spoken(closing, [wrong, right], (), ()).exempt)
    ['L1', 'L2']
    """
    before = [line for line in lines if is_before(line.instant, closing)]
    seen = sum(is_before(instant, closing) for instant in sighted)
    unread = [line for line in before if line.reading is Reading.HELD and line.event not in seen_undone]
    exempt = {
        line.key
        for line in lines
        if line.reading is Reading.READ and (line.is_alive or line.event not in seen_undone)
    }  # fmt: skip
    missing = max(0, closing.lines - len(before)) + max(0, closing.sightings - seen)
    return Spoken(closing, missing, len(unread), frozenset(exempt))


def is_before(instant: Instant, closing: CountClosing) -> bool:
    """Say whether the device of a closing made a fact before it."""
    return instant.device == closing.instant.device and instant[2:4] < closing.instant[2:4]


def claims_of(lines: Iterable[CountLine]) -> list[Claim]:
    """The claims that the lines make which are alive and can be read: one a count and key.

    Their limits are still to be set. Two corners of a place are one claim: their sum, from the first scan of the first
    to the last line:

    >>> tea = StockKey("A", "TEA")
    >>> corners = [
    ...     CountLine(f"l{at}", "c", tea, quantity, at - 1, Instant(at, "d", 1, at, 0), 0, "7", "7")
    ...     for at, quantity in ((10, 3), (20, 2))
    ... ]
    >>> (claim,) = claims_of(corners)
    >>> claim.quantity, claim.span.begun_us, claim.instant.time_us
    (5, 9, 20)
    """
    by_id: dict[str, list[CountLine]] = {}
    for line in sorted(lines, key=_instant):
        if line.is_alive and line.reading is Reading.READ:
            by_id.setdefault(claim_id(line.count, line.key), []).append(line)
    return [_claim(id, lines) for id, lines in by_id.items()]


_instant = attrgetter("instant")


def _claim(id: str, lines: list[CountLine]) -> Claim:
    last = lines[-1]
    total = sum(line.quantity for line in lines)
    recounted = {line.recounts for line in lines}
    return Claim(
        id=id,
        count=last.count,
        key=last.key,
        kind=ClaimKind.LINES,
        quantity=min(total, SCALE) if last.key.serial else total,
        version=version_of(line.event for line in lines),
        span=_span(lines),
        persons=frozenset(line.person for line in lines),
        others=last.identified_by if len(lines) == 1 else frozenset().union(*(line.identified_by for line in lines)),
        is_unsaid=any(line.is_unsaid for line in lines),
        recounts=last.recounts if len(recounted) == 1 else "",
        was_shown=any(line.was_shown for line in lines),
    )


def _span(lines: list[CountLine]) -> Span:
    """From the first scan of the first line to the confirmation of the last."""
    last = lines[-1]
    if len(lines) == 1:
        return Span(last.begun_us, last.instant, last.uncertainty_us, last.instant.device, last.operator)
    by_one = len({(line.instant.device, line.operator) for line in lines}) == 1
    uncertainty_us = max(line.uncertainty_us for line in lines)
    begun_us = min(line.begun_us for line in lines)
    return Span(begun_us, last.instant, uncertainty_us, last.instant.device if by_one else "", last.operator)


def claim_of_closing(closing: CountClosing, key: StockKey) -> Claim:
    """That a key of its place held nothing at a closing. Its limits are still to be set."""
    span = Span(closing.begun_us, closing.instant, closing.uncertainty_us, closing.instant.device, closing.operator)
    return Claim(
        id=claim_id(closing.count, key),
        count=closing.count,
        key=key,
        kind=ClaimKind.CLOSING,
        quantity=0,
        version=closing.event,
        span=span,
        persons=frozenset({closing.person}),
    )


def unmet(speaking: Iterable[Spoken], keys: Collection[StockKey], known: Container[str]) -> list[Claim]:
    """What closings that speak claim of some ``keys`` beside the claims that are ``known`` by id.

    Nobody kept these, as they met nothing; what is late may reach them. Their limits are still to be set.
    """
    claims = (
        claim_of_closing(one.closing, key)
        for one in speaking
        if not one.is_inert
        for key in sorted(keys)
        if one.closing.is_of(key) and key not in one.exempt
    )
    return [claim for claim in claims if claim.id not in known]
