"""Serial twice: serials of which the floor and hands have more than one piece; opened, where they are."""

from sqlalchemy import BigInteger, Connection, Text, bindparam, cast, select

from scanner_app.domain.desk.case import Case, CaseKind, Leaf, Opened
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from sync.central.database.tables import KEY_NAMES, stock
from sync.central.decisions.asker import Asker
from sync.central.decisions.movements import KEYS_MAX, movements_at
from sync.central.decisions.serials_twice import PLACES_OF_SERIAL, SERIALS_TWICE
from sync.central.decisions.sources.case_source import CaseShown, CaseSource
from sync.central.decisions.sources.key_cases import id_of, with_item, worth

PLACES_MAX = 20
"""Of a serial that is opened."""
_TWICE = SERIALS_TWICE.subquery()
_ID = id_of(_TWICE.c.item, _TWICE.c.serial)
_SERIAL = select(_TWICE.c.item, _TWICE.c.serial).where(bindparam("id") == _ID)


def _opened(connection: Connection, asker: Asker, case: Case, _now_us: int) -> Opened:
    item, serial = connection.execute(_SERIAL, {"site": asker.site, "id": case.id}).one()
    named = {"site": asker.site, "of_item": item, "of_serial": serial}
    places = connection.execute(PLACES_OF_SERIAL.order_by(stock.c.place).limit(PLACES_MAX), named).all()
    keys = [StockKey(*(getattr(place, part) for part in KEY_NAMES)) for place in places]
    leaves = [Leaf(name="serial", text=serial), *(Leaf(name="at", text=key.place) for key in keys)]
    return Opened(case=case, leaves=tuple(leaves), movements=movements_at(connection, asker.site, "", keys[:KEYS_MAX]))


SERIAL_TWICE = CaseSource(
    CaseKind.SERIAL_TWICE,
    CaseShown(
        _ID,
        worth(_TWICE.c.quantity - SCALE),
        _TWICE.c.place,
        _TWICE.c.item,
        cast(_TWICE.c.quantity, BigInteger),
        version=cast(_TWICE.c.version, Text),
    ),
    (),
    _opened,
    joined=with_item(_TWICE),
)
