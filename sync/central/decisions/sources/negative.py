"""Negative: keys of the floor and of hands of which the book has less than nothing; opened, where that began."""

from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, Text, bindparam, cast, select

from scanner_app.domain.desk.case import Case, CaseKind, Leaf, Opened
from scanner_app.domain.ledger import StockKey
from sync.central.database.tables import KEY_NAMES, STOCK_BELOW, events, stock
from sync.central.decisions.asker import Asker
from sync.central.decisions.keys_below_zero import last_below
from sync.central.decisions.movements import movements_at
from sync.central.decisions.sources.case_source import CaseShown, CaseSource
from sync.central.decisions.sources.key_cases import holder, id_of, with_item, worth

_ID = id_of(*(stock.c[name] for name in KEY_NAMES))
_WAITS = (stock.c.site == bindparam("site"), STOCK_BELOW)
_KEY = select(*(stock.c[name] for name in KEY_NAMES)).where(*_WAITS, bindparam("id") == _ID)
_EVENT = select(events.c.operator, events.c.device, events.c.kind, events.c.received_us).where(
    events.c.site == bindparam("site"), events.c.id == bindparam("id")
)


def _opened(connection: Connection, asker: Asker, case: Case, _now_us: int) -> Opened:
    """The event at which the balance by instants last went below zero stands among the movements around it."""
    key = StockKey(*connection.execute(_KEY, {"site": asker.site, "id": case.id}).one())
    leaves = [Leaf(name=part, text=getattr(key, part)) for part in KEY_NAMES[2:] if getattr(key, part)]
    opened = Opened(case=case, leaves=tuple(leaves))
    crossing = last_below(connection, asker.site, key)
    if crossing is None:
        return opened
    opened = replace(
        opened,
        happened_us=crossing.effective_us,
        movements=movements_at(connection, asker.site, crossing.event, [key], crossing.effective_us),
    )
    taker = connection.execute(_EVENT, {"site": asker.site, "id": crossing.event}).one_or_none()
    return _with_taker(opened, taker) if taker else opened


def _with_taker(opened: Opened, taker: Any) -> Opened:
    """Who took what was not there, as the book has it."""
    return replace(
        opened,
        case=replace(opened.case, operator=taker.operator, device=taker.device),
        received_us=taker.received_us,
        leaves=(Leaf(name="kind", text=taker.kind), *opened.leaves),
    )


NEGATIVE = CaseSource(
    CaseKind.NEGATIVE,
    CaseShown(
        _ID,
        worth(stock.c.quantity),
        stock.c.place,
        stock.c.item,
        stock.c.quantity,
        holder(stock.c.place),
        version=cast(stock.c.version, Text),
    ),
    _WAITS,
    _opened,
    joined=with_item(stock),
)
