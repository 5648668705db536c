"""What a device of protocol 2 understands of an answer, frozen: never changed to follow the program of today."""

import msgspec
from msgspec import Struct

from tests.central.protocol1.device import READS, Answer
from tests.central.protocol1.device import Row as Row1


class Tolerance(Struct, frozen=True, array_like=True, tag="tolerance"):
    tolerance: str
    item: str = ""
    abc: str = ""
    location: str = ""
    zone: str = ""
    operator: str = ""
    percent: int = -1
    quantity: int = -1
    value: int = -1
    active: bool = True


Row = Row1 | Tolerance


class VersionedRow(Struct, frozen=True, array_like=True):
    version: int
    row: Row


class Elsewhere(Struct, frozen=True):
    operator: str
    device: str
    since_us: int
    heard_us: int


class ExchangeAnswer(Struct, frozen=True, kw_only=True):
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


def read(name: str, body: bytes) -> Struct:
    """Read an answer as that device does.

    Raises:
        msgspec.DecodeError: it could not, and would try again for ever.
    """
    return msgspec.json.decode(body, type=READS.get(name, ExchangeAnswer))
