"""What a device of protocol 1 understands of an answer, frozen: never changed to follow the program of today."""

from enum import StrEnum

import msgspec
from msgspec import Struct


class Tracking(StrEnum):
    NONE = "none"
    LOT = "lot"
    SERIAL = "serial"
    LOT_SERIAL = "lot_serial"


class LocationState(StrEnum):
    OPEN = "open"
    BLOCKED = "blocked"
    CLOSED = "closed"


class Role(StrEnum):
    WORKER = "worker"
    COUNTER = "counter"
    SUPERVISOR = "supervisor"


class Outcome(StrEnum):
    WAITING = "waiting"
    POSTED = "posted"
    EXCEPTIONS = "posted_with_exceptions"
    PENDING = "waiting_for_approval"
    HELD = "held"
    QUARANTINED = "quarantined"
    NOT_ACCEPTED = "not_accepted"


class Site(Struct, frozen=True, array_like=True, tag="site"):
    site: str
    name: str
    zone: str = "UTC"
    active: bool = True


class Item(Struct, frozen=True, array_like=True, tag="item"):
    item: str
    name: str
    base_unit: str
    tracking: Tracking = Tracking.NONE
    has_expiry: bool = False
    decimals: int = 0
    cost: int = 0
    abc: str = "C"
    active: bool = True


class Unit(Struct, frozen=True, array_like=True, tag="unit"):
    item: str
    unit: str
    factor: int
    active: bool = True


class Barcode(Struct, frozen=True, array_like=True, tag="barcode"):
    code: str
    item: str
    unit: str
    active: bool = True


class Profile(Struct, frozen=True, array_like=True, tag="profile"):
    profile: str
    plates_only: bool = False
    mixes_items: bool = True
    mixes_lots: bool = True
    active: bool = True


class Location(Struct, frozen=True, array_like=True, tag="location"):
    location: str
    zone: str
    walk_order: int
    profile: str
    label: str = ""
    check_digits: str = ""
    state: LocationState = LocationState.OPEN
    active: bool = True


class Plate(Struct, frozen=True, array_like=True, tag="plate"):
    plate: str
    location: str
    parent: str = ""
    active: bool = True


class Lot(Struct, frozen=True, array_like=True, tag="lot"):
    item: str
    lot: str
    expires: str = ""
    active: bool = True


class Owner(Struct, frozen=True, array_like=True, tag="owner"):
    owner: str
    name: str
    kind: str = "own"
    active: bool = True


class Status(Struct, frozen=True, array_like=True, tag="status"):
    status: str
    name: str
    blocking: bool = False
    active: bool = True


class Stock(Struct, frozen=True, array_like=True, tag="stock"):
    place: str
    item: str
    lot: str
    serial: str
    owner: str
    status: str
    quantity: int


class Operator(Struct, frozen=True, array_like=True, tag="operator"):
    operator: str
    name: str
    badge: str
    verifier: str
    roles: tuple[Role, ...] = (Role.WORKER,)
    language: str = "en"
    active: bool = True


Row = Site | Item | Unit | Barcode | Profile | Location | Plate | Lot | Owner | Status | Operator | Stock


class Answer(Struct, frozen=True, kw_only=True):
    id: str
    outcome: Outcome
    version: int = 0
    reasons: tuple[str, ...] = ()
    duplicate: bool = False


class VersionedRow(Struct, frozen=True, array_like=True):
    version: int
    row: Row


class ExchangeAnswer(Struct, frozen=True, kw_only=True):
    store_epoch: str
    answers: tuple[Answer, ...] = ()
    rows: tuple[VersionedRow, ...] = ()
    cursor: int = 0
    more: bool = False
    received_us: int = 0
    answered_us: int = 0
    epoch: int = 0


class News(Struct, frozen=True):
    version: int


class EnrolAnswer(Struct, frozen=True, kw_only=True):
    device: str
    epoch: int
    site: str
    token: str
    store_epoch: str


class Trouble(Struct, frozen=True):
    error: str
    sentence: str


READS: dict[str, type[Struct]] = {"enrol": EnrolAnswer, "news": News, "refused": Trouble, "rejected": Trouble}
"""What each recorded answer is, those that are not an exchange."""


def read(name: str, body: bytes) -> Struct:
    """Read an answer as that device does.

    Raises:
        msgspec.DecodeError: it could not, and would try again for ever.
    """
    return msgspec.json.decode(body, type=READS.get(name, ExchangeAnswer))
