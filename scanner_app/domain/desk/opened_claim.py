"""A claim that is opened: what was counted, what the book had then, why it waits, and what becomes of it."""

from enum import StrEnum

from msgspec import Struct


class Side(StrEnum):
    """Where a movement lies by the instant of a claim."""

    BEFORE = "before"
    AFTER = "after"
    UNSURE = "unsure"
    """While it was counted, or so near that the clocks do not tell."""


class ClaimState(StrEnum):
    """How a claim stands."""

    STANDS = "stands"
    """The book follows it."""
    WAITS = "waits"
    REJECTED = "rejected"
    REPLACED = "replaced"
    """A later claim of the key is asked about instead."""


class Opposite(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Another claim of the same goods that differs the other way, with all that a word on it wants.

    ``quantity`` is its difference in micro-units. It is another place, lot, owner or status than the case has.
    """

    id: str
    version: str
    seen: int
    place: str
    quantity: int
    lot: str = ""
    owner: str = ""
    status: str = ""
    value: int = 0
    marks: tuple[str, ...] = ()


class BrokenLimit(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A limit that does not hold: ``what`` is ``percent``, ``quantity`` or ``value``, with the limit in millionths.

    Where none is set, ``what`` is ``none``; where it wants a cost and there is none, ``no_cost``. Where two persons
    count it: ``second`` while one has, ``differ`` where they did not find the same, ``both`` where two have, and the
    second did not say that it recounts the first: a closing cannot, and a line names one claim of its item.
    """

    what: str
    limit: int = 0


class OtherClaim(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Another count of the same key: what it found, when (us) and by whom, how it stands, and who said so."""

    id: str
    at_us: int
    operator: str
    counted: int
    quantity: int
    state: str
    decided_by: str = ""
    is_recount: bool = False


class DoubtfulLeg(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A movement of which the order is not known: the difference if it came ``before`` the count, and if ``after``."""

    at_us: int
    place: str
    quantity: int
    operator: str = ""
    event: str = ""
    before: int = 0
    after: int = 0


class QuietDevice(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A device that has not told all up to the instant of a claim; ``told_us`` is how far it has."""

    name: str
    told_us: int
    is_counting: bool = False


class OpenedClaim(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of a claim; quantities are micro-units, money micro-currency, times of the centre's clock (us).

    ``counted`` by ``operators`` from ``begun_us`` to ``ended_us``, where the book had ``book`` at that instant; the
    difference is the case's ``quantity``, and ``percent`` (millionths) of what was counted, NO_PERCENT where that is
    nothing. ``least`` and ``most`` are the differences that there may be where the order of ``doubtful`` legs is not
    known. ``book_now`` is what the book has now, ``book_after`` what it will hold after the claim is accepted.
    ``was_shown`` is the amount that was accepted, where late facts have changed it since. ``unsaid`` are what else
    there is of the goods where nobody said their owner or status, as ``owner/status``. ``zeros`` are the other places
    where a serial is not by this claim. ``closing`` is the event that closed the count; ``is_nothing`` says that it
    claims nothing there because no line names it. ``recount_not_by`` is who is not to count again, where that is open.
    """

    counted: int
    book: int
    begun_us: int
    ended_us: int
    operators: tuple[str, ...] = ()
    percent: int = 0
    cost: int = 0
    least: int = 0
    most: int = 0
    book_now: int = 0
    book_after: int = 0
    was_shown: int | None = None
    broken: tuple[BrokenLimit, ...] = ()
    tolerance: str = ""
    others: tuple[OtherClaim, ...] = ()
    doubtful: tuple[DoubtfulLeg, ...] = ()
    opposites: tuple[Opposite, ...] = ()
    quiet: tuple[QuietDevice, ...] = ()
    unsaid: tuple[str, ...] = ()
    zeros: tuple[str, ...] = ()
    closing: str = ""
    is_nothing: bool = False
    recount_us: int = 0
    recount_not_by: str = ""
    may_decide: tuple[str, ...] = ()
    """Who can, where whoever asks may not: some operators, by number."""


NO_PERCENT = -1
"""Of nothing there is no percentage."""
