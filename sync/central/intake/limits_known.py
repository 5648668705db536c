"""What the centre knows of limits: those of a process and some items, and what a load of these items is held against.

Nothing of it is asked at a site without limits: the look-up of a batch says whether there are some.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, select

from scanner_app.domain.catalog import Item
from scanner_app.domain.limits.judged import Sum, Valued
from scanner_app.domain.limits.limit import Limit
from scanner_app.domain.limits.motion import From
from sync.central.database.among import among
from sync.central.database.bulk import upsert_rows
from sync.central.database.master_tables import BY_STRUCT, row_of
from sync.central.database.tables import day_sums, stock

Day = tuple[str, str]
"""A day of the site's calendar, and a person."""
_KIND = BY_STRUCT[Limit]
_limits, _items = _KIND.table.c, BY_STRUCT[Item].table.c
_SITE: BindParameter[str] = bindparam("site")
_LIMITS = select(*(_limits[name] for name in _KIND.fields)).where(
    _limits.site == _SITE,
    _limits.active.is_(True),
    among(_limits.item, "items"),
    _limits.process == bindparam("process"),
)
_GOODS = select(_items.item, _items.abc, _items.cost).where(_items.site == _SITE, among(_items.item, "items"))
_THERE = (
    select(stock.c.place, stock.c.item, func.sum(stock.c.quantity).label("quantity"))
    .where(stock.c.site == _SITE, among(stock.c.place, "places"), among(stock.c.item, "items"))
    .group_by(stock.c.place, stock.c.item)
)
_SUMS = select(day_sums).where(
    day_sums.c.site == _SITE, among(day_sums.c.day, "days"), among(day_sums.c.person, "people")
)  # fmt: skip


def limits_of(connection: Connection, site: str, process: str, items: Collection[str]) -> list[Limit]:
    """The limits of a process that may rule some items."""
    asked = {"site": site, "process": process, "items": ["", *items]}
    return [row_of(_KIND, tuple(row)) for row in connection.execute(_LIMITS, asked).all()]


def goods_of(connection: Connection, site: str, items: Collection[str]) -> Mapping[str, Valued]:
    """The class and the cost of items."""
    rows = connection.execute(_GOODS, {"site": site, "items": list(items)}).all()
    return {row.item: Valued(row.abc, row.cost) for row in rows}


def stock_of(connection: Connection, site: str, wanted: Collection[From]) -> dict[From, int]:
    """How much of items is at places, at least of those that are ``wanted``."""
    places, items = {place for place, _item in wanted}, {item for _place, item in wanted}
    asked = {"site": site, "places": list(places), "items": list(items)}
    return {(row.place, row.item): int(row.quantity) for row in connection.execute(_THERE, asked).all()}


def sums_of(connection: Connection, site: str, days: Collection[Day]) -> dict[Day, dict[str, Sum]]:
    """What was done under each limit, by day and person, at least of those ``days``."""
    asked: dict[str, Any] = {"days": list({day for day, _ in days}), "people": list({person for _, person in days})}
    sums: dict[Day, dict[str, Sum]] = {}
    for row in connection.execute(_SUMS, {"site": site, **asked}).all():
        sums.setdefault((row.day, row.person), {})[row.limit] = Sum(row.quantity, row.value)
    return sums


def keep_sums(connection: Connection, site: str, sums: Iterable[tuple[Day, str, Sum]], oldest: str) -> None:
    """Keep the sums of days, and forget those of days before ``oldest``."""
    upsert_rows(connection, day_sums, [(site, day, person, limit, *kept) for (day, person), limit, kept in sums])
    connection.execute(delete(day_sums).where(day_sums.c.site == site, day_sums.c.day < oldest))
