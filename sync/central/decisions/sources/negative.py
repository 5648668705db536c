"""Negative: keys of the floor and of hands of which the book has less than nothing; opened, where that began."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.desk.case import Case, CaseKind, Leaf, Opened
from scanner_app.domain.ledger import StockKey
from sync.central.database.among import among
from sync.central.database.tables import KEY_NAMES, STOCK_BELOW, events, stock
from sync.central.decisions.asker import Asker
from sync.central.decisions.keys_below_zero import last_below
from sync.central.decisions.movements import movements_at
from sync.central.decisions.sources.key_cases import ALWAYS, NAMED, holder, id_of, with_item, worth
from sync.central.decisions.sources.source import Found, Source

_ID = id_of(*(stock.c[name] for name in KEY_NAMES))
_WAITS = (stock.c.site == bindparam("site"), STOCK_BELOW)
_WITH_ITEM = with_item(stock)
_ROWS = (
    select(_ID.label("id"), worth(stock.c.quantity).label("value"), *NAMED, stock.c.quantity, stock.c.version)
    .add_columns(*(stock.c[name] for name in KEY_NAMES), holder(stock.c.place).label("holder"))
    .select_from(_WITH_ITEM)
    .where(*_WAITS, among(_ID, "ids"))
)
_EVENT = select(events.c.operator, events.c.device, events.c.kind, events.c.received_us).where(
    events.c.site == bindparam("site"), events.c.id == bindparam("id")
)


def _cases(connection: Connection, asker: Asker, ids: Sequence[str]) -> dict[str, Case]:
    rows = connection.execute(_ROWS, {"site": asker.site, "ids": list(ids)}).all()
    return {row.id: _case(row) for row in rows}


def _case(row: Any) -> Case:
    return Case(
        kind=CaseKind.NEGATIVE,
        id=row.id,
        version=str(row.version),
        place=row.place,
        item=row.item,
        name=row.item_name or "",
        quantity=row.quantity,
        unit=row.item_base_unit or "",
        decimals=row.item_decimals or 0,
        value=row.value,
        operator=row.holder,
    )


def _opened(connection: Connection, asker: Asker, name: str) -> Opened | None:
    """The event at which the balance by instants last went below zero stands among the movements around it."""
    row = connection.execute(_ROWS, {"site": asker.site, "ids": [name]}).one_or_none()
    if row is None:
        return None
    key = StockKey(*(getattr(row, part) for part in KEY_NAMES))
    leaves = [Leaf(name=part, text=getattr(key, part)) for part in KEY_NAMES[2:] if getattr(key, part)]
    opened = Opened(case=_case(row), leaves=tuple(leaves))
    crossing = last_below(connection, asker.site, key)
    if crossing is None:
        return opened
    taker = connection.execute(_EVENT, {"site": asker.site, "id": crossing.event}).one_or_none()
    who = (taker.operator, taker.device, taker.received_us, taker.kind) if taker else ("", "", 0, "")
    return replace(
        opened,
        case=replace(opened.case, operator=who[0], device=who[1]),
        received_us=who[2],
        happened_us=crossing.effective_us,
        leaves=(Leaf(name="kind", text=who[3]), *opened.leaves),
        movements=movements_at(connection, asker.site, crossing.event, [key], crossing.effective_us),
    )


NEGATIVE = Source(
    CaseKind.NEGATIVE,
    Found(_ID, worth(stock.c.quantity), ALWAYS, stock.c.place, holder(stock.c.place), _WAITS),
    _cases,
    _opened,
    joined=_WITH_ITEM,
)
