"""The wire: messages between a device and the centre, and the outcome of an event. JSON by msgspec, no I/O here.

One exchange pushes events and pulls rows. ``POST /v1/exchange`` takes an :class:`ExchangeRequest` and returns an
:class:`ExchangeAnswer`; ``GET /v1/news?after=VERSION&wait=SECONDS`` returns :class:`News` as soon as the site is past
VERSION; ``POST /v1/enrol`` takes an :class:`EnrolRequest`. A device shows its token as ``Authorization: Bearer``.
"""

from enum import StrEnum

import msgspec
from msgspec import Struct

from scanner_app.domain.catalog import (
    Barcode,
    Item,
    Location,
    Lot,
    Owner,
    Plate,
    Profile,
    Site,
    Status,
    Stock,
    Tolerance,
    Unit,
)
from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.limits.limit import Limit
from scanner_app.domain.people import Operator
from scanner_app.domain.reasons import Reason
from scanner_app.domain.task import Task

PROTOCOL = 3
"""2 knows tolerances; 3 knows reasons, limits, tasks, counts, words on what waits for a person, and void events.

What comes until a version with 3 is released belongs to 3. A device of an older protocol is not sent kinds of rows that
it could not read (:data:`SINCE`), and is answered in outcomes that it knows (:func:`told`).
"""
RENUMBERS_SINCE = 3
"""From this protocol on a device gives another number to an event that is answered as waiting, and sends it again."""
PROTOCOL_OLDEST = 1
"""The oldest that a service of today speaks; the one before :data:`PROTOCOL` is always among them."""
EVENTS_MAX = 1_000
ROWS_MAX = 5_000
BACK_MAX = 500
"""So much of what came back is carried by one exchange, and is told of by one."""
SIGNED_ON_MAX = 50
"""So many are signed on at one device at most, as far as the centre knows."""
NEWS_WAIT_S_MAX = 50
BODY_BYTES_MAX = 8 * 1024 * 1024

Row = (
    Site
    | Item
    | Unit
    | Barcode
    | Profile
    | Location
    | Plate
    | Lot
    | Owner
    | Status
    | Operator
    | Tolerance
    | Reason
    | Limit
    | Task
    | CountOpen
    | Stock
)
"""A row of the feed; a later version of the same row replaces it."""

SINCE: dict[type[Struct], int] = {Tolerance: 2, Reason: 3, Limit: 3, Task: 3, CountOpen: 3}
"""The protocol from which on devices know a kind of row; the others they always knew."""


class Outcome(StrEnum):
    """What became of an event; the centre decides, but for the first."""

    WAITING = "waiting"
    """On its device, and not answered yet."""
    POSTED = "posted"
    """In the book."""
    EXCEPTIONS = "posted_with_exceptions"
    """In the book, with reasons for somebody to look at it."""
    UNAPPROVED = "waiting_for_approval"
    """Kept, and out of the book until somebody accepts it: an adjustment that goes above a limit, or wants a second
    person. Devices of every protocol know the word."""
    HELD = "held"
    """Kept, and out of the book: as it is it cannot be booked."""
    QUARANTINED = "quarantined"
    """Kept, and out of the book: who sent it may not be trusted."""
    NOT_ACCEPTED = "not_accepted"
    """Not kept: it is no event, or its id belongs to another one."""
    VOID = "void"
    """Kept, and out of the book for good: somebody decided that it is not to be booked."""

    @property
    def counts_as_stock(self) -> bool:
        """Say whether the device goes on showing the event in its own stock until the pulled rows contain it."""
        return self is Outcome.WAITING or self.is_booked

    @property
    def is_booked(self) -> bool:
        """Say whether the event is in the book."""
        return self in (Outcome.POSTED, Outcome.EXCEPTIONS)

    @property
    def waits_for_somebody(self) -> bool:
        """Say whether the centre keeps the event, out of the book, until somebody decides about it."""
        return self in (Outcome.UNAPPROVED, Outcome.HELD, Outcome.QUARANTINED)


class Answer(Struct, frozen=True, kw_only=True):
    """The centre's word on one event; a repeated event gets its outcome of today with ``duplicate`` set.

    A stock row of one of the event's keys contains the event when its version is ``version`` or later: the lowest
    version given out by the transaction that applied it.
    """

    id: str
    outcome: Outcome
    version: int = 0
    reasons: tuple[str, ...] = ()
    duplicate: bool = False

    @property
    def wants_another_number(self) -> bool:
        """Say whether the event is not kept, as its number is another's or of no epoch that the centre has given."""
        return self.outcome is Outcome.WAITING and bool(self.reasons)


OUTCOMES_SINCE: dict[Outcome, tuple[int, Outcome]] = {Outcome.VOID: (3, Outcome.HELD)}
"""The protocol from which on devices know an outcome, and the one that older devices are told instead."""


def told(answer: Answer, protocol: int) -> Answer:
    """An answer in the words that a device of ``protocol`` knows."""
    since, instead = OUTCOMES_SINCE.get(answer.outcome, (PROTOCOL_OLDEST, answer.outcome))
    return answer if protocol >= since else msgspec.structs.replace(answer, outcome=instead)


class VersionedRow(Struct, frozen=True, array_like=True, gc=False):
    version: int
    row: Row


class SignedOn(Struct, frozen=True):
    """Who is signed on at the device, since when by the centre's clock (us); empty when nobody is."""

    operator: str = ""
    since_us: int = 0


class Elsewhere(Struct, frozen=True):
    """Another device at which the operator is signed on since ``since_us``, last heard of at ``heard_us``."""

    operator: str
    device: str
    since_us: int
    heard_us: int


class Back(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came back: somebody's word changed what became of an event, or a word of somebody's does not rule.

    ``number`` is the site's, in the order in which it was written. ``event`` is that of ``operator``, made at
    ``device``; it is ``outcome`` now, as of ``version``, because ``by`` said so at ``when_us`` (the centre's clock),
    and ``reasons`` say why. ``subjects`` of the words that an event says do not rule, the first of them on ``subject``;
    of an event that says none it is 0. ``place``, ``item``, ``quantity`` and ``happened_us`` tell which event it is
    about, for a device that does not have it. ``is_told`` says that its worker has read it, here or elsewhere.
    """

    number: int
    event: str
    operator: str
    device: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()
    by: str = ""
    when_us: int = 0
    version: int = 0
    subject: str = ""
    subjects: int = 0
    place: str = ""
    item: str = ""
    quantity: int = 0
    happened_us: int = 0
    is_told: bool = False


class ExchangeRequest(Struct, frozen=True, kw_only=True):
    """``events`` are whole events as stored on the device; ``cursor`` is the last site version it has.

    ``store_epoch`` is the one the device last saw (empty on the first exchange). ``rows_max`` of 0 pulls nothing.
    ``waiting`` is how many events the device still has behind those of this exchange.
    ``mark`` is the one of the last answer: by it a store that was put back, and that nobody told so, hears of it.
    ``renew`` asks for a new epoch: the device was restored, and has nothing more to send of the one before.
    ``signed_on`` is left out by programs that do not tell. ``locked`` names operators who gave too many wrong PINs
    there; an empty name is the device as a whole. ``signed_on_all`` are all who are signed on, from protocol 3 on.
    ``back`` is how far the device has what came back, -1 from one that asks for none, and ``told`` are the numbers of
    what its workers have read of it since.
    """

    protocol: int = PROTOCOL
    program: str = ""
    epoch: int
    store_epoch: str = ""
    cursor: int = 0
    rows_max: int = ROWS_MAX
    watermark_us: int = 0
    renew: bool = False
    signed_on: SignedOn | None = None
    locked: tuple[str, ...] = ()
    events: tuple[msgspec.Raw, ...] = ()
    signed_on_all: tuple[SignedOn, ...] | None = None
    back: int = -1
    told: tuple[int, ...] = ()
    mark: str = ""
    waiting: int | None = None


class ExchangeAnswer(Struct, frozen=True, kw_only=True):
    """``cursor`` is where the next pull starts; ``more`` says that rows are left. Times are the centre's clock (us).

    ``mark`` is shown again with the next request; only the centre can read it. ``version`` is the newest of the site, 0
    from a centre that does not say. ``epoch`` is the device's new one when it asked for one, else 0. ``elsewhere`` are
    other devices of the operator who is signed on, ``known`` those of the ``locked`` whom the site still knows.
    ``back`` is what came back to the device or to whoever is signed on there, at most :data:`BACK_MAX` of the last 30
    days, and ``back_cursor`` where the next exchange goes on.
    """

    store_epoch: str
    answers: tuple[Answer, ...] = ()
    rows: tuple[VersionedRow, ...] = ()
    cursor: int = 0
    more: bool = False
    received_us: int = 0
    answered_us: int = 0
    epoch: int = 0
    elsewhere: tuple[Elsewhere, ...] = ()
    known: tuple[str, ...] = ()
    version: int = 0
    back: tuple[Back, ...] = ()
    back_cursor: int = 0
    mark: str = ""


class News(Struct, frozen=True):
    version: int


class EnrolRequest(Struct, frozen=True, kw_only=True):
    """``code`` is the one-time enrolment code; ``name`` is what people call the device, a label that no other has.

    ``device`` is the id as which it was enrolled before, if it was, and ``token`` the one that it was given then:
    whoever has it is that device, and is enrolled as it again. ``is_named`` says that somebody chose the name.
    """

    code: str
    name: str
    program: str = ""
    device: str = ""
    token: str = ""
    is_named: bool = False


class EnrolAnswer(Struct, frozen=True, kw_only=True):
    """``name`` is the label of the device, empty from a service that does not say."""

    device: str
    epoch: int
    site: str
    token: str
    store_epoch: str
    name: str = ""


class Trouble(Struct, frozen=True):
    """The body of every answer that is not 200: a stable word for programs and a sentence for people."""

    error: str
    sentence: str
