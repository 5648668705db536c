"""What the centre says to somebody who asks at the desk: one struct a kind. It is kept in the log of who asked."""

from enum import StrEnum

from msgspec import Struct

from scanner_app.domain.desk.accuracy_asks import AskAccuracy, AskAccuracyLines, AskCheckers
from scanner_app.domain.desk.accuracy_replies import AccuracyLinesPage, AccuracyPage, CheckersPage
from scanner_app.domain.desk.asks import Ask, AskCase, AskCases, AskDevices, AskPeople
from scanner_app.domain.desk.case import Case, Opened
from scanner_app.domain.desk.decided_words import AskDecided, DecidedPage
from scanner_app.domain.desk.overview import AskOverview, OverviewPage
from scanner_app.domain.desk.work_asks import AskStocktake, AskTasks
from scanner_app.domain.desk.work_replies import StocktakePage, TasksPage


class CasesPage(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="reply", tag="cases"):
    """``waiting`` is how many there are that pass the filters, ``is_more`` that they were counted up to there only.

    ``after`` is empty on the last page. ``up`` and ``down`` (not below zero) are what the first thousand of those are
    worth together, by which way the book would go. ``quiet`` devices were not heard from since ``quiet_us``. ``alone``
    is the only person who may decide, if there is but one.
    """

    cases: tuple[Case, ...] = ()
    waiting: int = 0
    is_more: bool = False
    after: str = ""
    as_of_us: int = 0
    up: int = 0
    down: int = 0
    quiet: int = 0
    quiet_us: int = 0
    alone: str = ""


class CasePage(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="reply", tag="case"):
    """A case, opened; nothing where it waits no more."""

    opened: Opened | None = None
    as_of_us: int = 0


class DeviceRow(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A device as the centre knows it: times by the centre's clock (us), 0 for never; ``undecided`` by outcome.

    ``waiting`` are the events that it had not sent when it was last heard.
    """

    device: str
    name: str
    is_revoked: bool = False
    heard_us: int = 0
    told_us: int = 0
    waiting: int = 0
    offset_us: int = 0
    uncertainty_us: int = 0
    program: str = ""
    protocol: int = 0
    operators: tuple[str, ...] = ()
    undecided: dict[str, int] = {}


class DevicesPage(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="reply", tag="devices"):
    devices: tuple[DeviceRow, ...] = ()
    after: str = ""
    as_of_us: int = 0


class SignedOnAt(Struct, frozen=True, kw_only=True):
    """Where somebody is signed on: the device, what it is called, since when and when it was last heard (us)."""

    device: str
    name: str
    since_us: int
    heard_us: int


class InHand(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Goods in somebody's hand, as the book has them; ``quantity`` in micro-units of ``unit``."""

    item: str
    name: str
    quantity: int
    unit: str
    decimals: int = 0
    lot: str = ""
    serial: str = ""
    owner: str = ""
    status: str = ""


class PersonRow(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An operator: who it is, what is granted, where signed on, and what is in hand."""

    operator: str
    name: str
    person: str = ""
    roles: tuple[str, ...] = ()
    is_active: bool = True
    at: tuple[SignedOnAt, ...] = ()
    in_hand: tuple[InHand, ...] = ()


class PeoplePage(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="reply", tag="people"):
    people: tuple[PersonRow, ...] = ()
    after: str = ""
    as_of_us: int = 0


class Done(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="reply", tag="done"):
    """An order was carried out, now or when it came before; ``number`` is its word's."""

    number: int
    at_us: int = 0


class Why(StrEnum):
    """Why the desk says no. A device says it as a sentence; one that it does not know, as *refused*."""

    UNKNOWN_OPERATOR = "unknown_operator"
    NO_RIGHT = "no_right"
    WRONG_PIN = "wrong_pin"
    TOO_MANY_PINS = "too_many_pins"
    NOT_SAFE = "not_safe"
    """The connection is neither encrypted nor on the same machine: no PIN goes over it."""
    DEVICE_REVOKED = "device_revoked"
    OWN = "own"
    """It is the author's own, and nobody decides that."""
    UNKNOWN_SUBJECT = "unknown_subject"
    ALREADY = "already"
    """It is so already; ``by`` and ``at_us`` tell who did it."""
    NAME_TAKEN = "name_taken"
    MORE_LEFT = "more_left"
    """More is left than its author was shown."""
    NOT_UNDERSTOOD = "not_understood"
    UNREACHABLE = "unreachable"
    """Said by the device itself: the centre did not answer, and whether an order arrived is not known."""
    OUTDATED = "outdated"
    """Said by the device itself: the centre wants a newer program here."""
    TOO_OLD = "too_old"
    """Said by the device itself: the centre has no desk yet."""
    PRACTICE = "practice"
    """Said by the device itself: a training has no centre."""


class Refused(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="reply", tag="refused"):
    """``why`` is a :class:`Why`, or a word of a newer centre; ``again_us`` is how long to wait, where that helps."""

    why: str
    by: str = ""
    at_us: int = 0
    again_us: int = 0


Reply = (
    CasesPage
    | CasePage
    | DevicesPage
    | PeoplePage
    | AccuracyPage
    | AccuracyLinesPage
    | CheckersPage
    | TasksPage
    | StocktakePage
    | OverviewPage
    | DecidedPage
    | Done
    | Refused
)
_ANSWERS: dict[type[Ask], type[Reply]] = {
    AskCases: CasesPage,
    AskCase: CasePage,
    AskDevices: DevicesPage,
    AskPeople: PeoplePage,
    AskAccuracy: AccuracyPage,
    AskAccuracyLines: AccuracyLinesPage,
    AskCheckers: CheckersPage,
    AskTasks: TasksPage,
    AskStocktake: StocktakePage,
    AskOverview: OverviewPage,
    AskDecided: DecidedPage,
}


def is_answer(ask: Ask, reply: Reply) -> bool:
    """Say whether a reply is of the kind that an ask wants, or refuses it; an order is done."""
    return isinstance(reply, Refused | _ANSWERS.get(type(ask), Done))
