"""Serial twice: serials of which the floor and hands have more than one piece; opened, where they are."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select
from sqlalchemy.sql import literal_column

from scanner_app.domain.desk.case import Case, CaseKind, Leaf, Opened
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from sync.central.database.among import among
from sync.central.database.tables import KEY_NAMES, STOCK_SERIALS, stock
from sync.central.decisions.asker import Asker
from sync.central.decisions.movements import KEYS_MAX, movements_at
from sync.central.decisions.serials_twice import PLACES_OF_SERIAL
from sync.central.decisions.sources.key_cases import ALWAYS, NAMED, id_of, with_item, worth
from sync.central.decisions.sources.source import Found, Source

PLACES_MAX = 20
"""Of a serial that is opened."""
_PIECES = func.sum(stock.c.quantity)
_TWICE = (
    select(stock.c.site, stock.c.item, stock.c.serial, _PIECES.label("quantity"))
    .add_columns(func.min(stock.c.place).label("place"), func.max(stock.c.version).label("version"))
    .where(stock.c.site == bindparam("site"), STOCK_SERIALS)
    .group_by(stock.c.site, stock.c.item, stock.c.serial)
    .having(_PIECES > SCALE)
    .subquery()
)
_ID = id_of(_TWICE.c.item, _TWICE.c.serial)
_VALUE = worth(_TWICE.c.quantity - SCALE)
_NOBODY: ColumnElement[str] = literal_column("''")
_WITH_ITEM = with_item(_TWICE)
_ROWS = select(_ID.label("id"), _VALUE.label("value"), *NAMED, *_TWICE.c).select_from(_WITH_ITEM)
_ROWS = _ROWS.where(among(_ID, "ids"))


def _cases(connection: Connection, asker: Asker, ids: Sequence[str]) -> dict[str, Case]:
    rows = connection.execute(_ROWS, {"site": asker.site, "ids": list(ids)}).all()
    return {row.id: _case(row) for row in rows}


def _case(row: Any) -> Case:
    return Case(
        kind=CaseKind.SERIAL_TWICE,
        id=row.id,
        version=str(row.version),
        place=row.place,
        item=row.item,
        name=row.item_name or "",
        quantity=int(row.quantity),
        unit=row.item_base_unit or "",
        decimals=row.item_decimals or 0,
        value=row.value,
    )


def _opened(connection: Connection, asker: Asker, name: str) -> Opened | None:
    row = connection.execute(_ROWS, {"site": asker.site, "ids": [name]}).one_or_none()
    if row is None:
        return None
    named = {"site": asker.site, "of_item": row.item, "of_serial": row.serial}
    places = connection.execute(PLACES_OF_SERIAL.order_by(stock.c.place).limit(PLACES_MAX), named).all()
    keys = [StockKey(*(getattr(place, part) for part in KEY_NAMES)) for place in places]
    leaves = [Leaf(name="serial", text=row.serial), *(Leaf(name="at", text=key.place) for key in keys)]
    around = movements_at(connection, asker.site, "", keys[:KEYS_MAX])
    return Opened(case=_case(row), leaves=tuple(leaves), movements=around)


SERIAL_TWICE = Source(
    CaseKind.SERIAL_TWICE,
    Found(_ID, _VALUE, ALWAYS, _TWICE.c.place, _NOBODY, ()),
    _cases,
    _opened,
    joined=_WITH_ITEM,
)
