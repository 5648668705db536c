"""A case: something that waits for a person to decide it; what a list shows of it, and what it is when it is opened."""

from enum import StrEnum

from msgspec import Struct

from scanner_app.domain.desk.mate import Mate
from scanner_app.domain.desk.named_code import NamedCode
from scanner_app.domain.desk.opened_claim import OpenedClaim, Opposite
from scanner_app.domain.desk.opened_plate import OpenedPlate

CASES_MAX = 1_000
"""So many are decided at once at most, and so far a list counts: what is more is told as *1,000+*."""


class CaseKind(StrEnum):
    """Where a case comes from; a list may hold kinds that an older program does not know."""

    EXCEPTION = "exception"
    """An event that is in the book, and that somebody should look at."""
    HELD = "held"
    """An event that is out of the book because it cannot be booked as it is."""
    QUARANTINED = "quarantined"
    """An event that is out of the book because who sent it could not be trusted."""
    NEGATIVE = "negative"
    """A key of the floor or of a hand of which the book has less than nothing, as long as it has."""
    SERIAL_TWICE = "serial_twice"
    """A serial of which the book has more than one piece, as long as it has."""
    CLAIM = "claim"
    """What a count claims of a key, where the book differs and nothing lets it stand; or one to be looked at anew."""
    MISSING_PLATE = "missing_plate"
    """A plate that the register has at a place that was closed, and that the count of it has not seen."""
    ADJUSTMENT = "adjustment"
    """An adjustment, or a change of status, that is out of the book until somebody accepts it."""
    UNKNOWN_CODE = "unknown_code"
    """A line of a count with a code that nobody knows."""
    NAMED_CODE = "named_code"
    """A line of a count in the book, of whose code somebody has said what it is; it waits for nobody."""


class Case(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of the list.

    ``id`` names it within its kind: an event, or a key as text. ``version`` and ``seen`` (the number of the last word
    on it, 0: none) go into a word about it, so that the centre can tell what its author has seen. ``quantity`` is
    signed, in micro-units of the item's base ``unit``; ``value`` in micro-currency, 0 where the item has no cost. Times
    are of the centre's clock (us). ``reasons`` are the centre's words; ``marks`` are those of ``marks.py``, and those
    of a newer centre.

    Of a claim ``quantity`` is the difference of what was ``counted`` to what the ``book`` had then, at ``happened_us``
    (0 where that is of no use), ``pair`` is the same goods the other way, and ``mates`` are one row with it: a word on
    the case is one on each. Of an unknown code ``item`` is the code as it was read, and ``note`` the worker's word on
    it; of one that was named ``item`` is what it was named, and ``note`` the code. Of a missing plate ``item`` is the
    plate, and ``value`` what the book has on it.
    """

    kind: str
    id: str
    version: str = ""
    seen: int = 0
    place: str = ""
    item: str = ""
    name: str = ""
    quantity: int = 0
    unit: str = ""
    decimals: int = 0
    value: int = 0
    since_us: int = 0
    operator: str = ""
    person: str = ""
    device: str = ""
    reasons: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    lot: str = ""
    serial: str = ""
    owner: str = ""
    status: str = ""
    counted: int = 0
    book: int = 0
    happened_us: int = 0
    count: str = ""
    note: str = ""
    pair: Opposite | None = None
    mates: tuple[Mate, ...] = ()

    @property
    def signed_value(self) -> int:
        """What the book loses by it is below zero.

        >>> Case(kind="claim", id="c", quantity=-1, value=5).signed_value
        -5
        """
        return -self.value if self.quantity < 0 or self.kind == CaseKind.MISSING_PLATE else self.value


class Movement(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A posting around a case: ``quantity`` came to (or, below zero, left) its place at ``at_us``, by ``operator``.

    ``is_subject`` marks the rows of the case itself. Around a claim ``side`` says where it lies by its instant (one of
    ``Side``), and ``is_late`` that the centre heard of it after the claim.
    """

    at_us: int
    place: str
    item: str
    quantity: int
    operator: str = ""
    kind: str = ""
    is_subject: bool = False
    side: str = ""
    is_late: bool = False


class Leaf(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that a case says of itself beside its row: what it is called, by a word, and how it reads."""

    name: str
    text: str


class Opened(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A case that was opened: its row, what the event says, the ``words`` that may be said on it, what happened around.

    ``device_name`` is what people call the device. ``decided_by`` and ``decided_us`` tell of the last word on it.
    ``codes`` are what it calls goods that nobody knows, and ``known_as`` what they were said to be when they were met
    before; ``named`` are its codes that somebody has named, which somebody else may name otherwise. ``claim`` and
    ``plate`` are there for cases of those kinds.
    """

    case: Case
    device_name: str = ""
    received_us: int = 0
    happened_us: int = 0
    leaves: tuple[Leaf, ...] = ()
    words: tuple[str, ...] = ()
    movements: tuple[Movement, ...] = ()
    decided_word: str = ""
    decided_by: str = ""
    decided_us: int = 0
    codes: tuple[str, ...] = ()
    claim: OpenedClaim | None = None
    plate: OpenedPlate | None = None
    named: tuple[NamedCode, ...] = ()
    known_as: tuple[NamedCode, ...] = ()
