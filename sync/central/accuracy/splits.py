"""Splits: one quantity in parts, counted or adjusted by several people, each so little that nobody looked at it."""

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, case, exists, func, literal, select, union_all

from scanner_app.domain.catalog import Item
from scanner_app.domain.counting.state import Standing
from scanner_app.domain.desk.accuracy_replies import SplitRow
from sync.central.accuracy.asked_for import PartWanted
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import accuracy_lines, adjustments, events, undos
from sync.protocol import Outcome

SPLITS_MAX = 20
BOOKED = (Outcome.POSTED.value, Outcome.EXCEPTIONS.value)
_GOODS = ("day", "place", "item", "lot", "serial", "owner", "status", "status_after")
_items = BY_STRUCT[Item].table
_l, _a = accuracy_lines.c, adjustments.c


def splits(connection: Connection, asked: PartWanted) -> list[SplitRow]:
    """Goods that several people changed the same way on one day, the dearest first."""
    parts = union_all(_counted(asked), _adjusted(asked)).subquery()
    goods = [parts.c[name] for name in _GOODS]
    worth = func.sum(parts.c.worth)
    found = (
        select(*goods, parts.c.sign, worth.label("worth"))
        .group_by(*goods, parts.c.sign)
        .having(func.count(func.distinct(parts.c.who)) > 1)
        .order_by(worth.desc(), *goods)
        .limit(SPLITS_MAX)
    )
    whole = connection.execute(found).all()
    wanted = {tuple(row[: len(_GOODS) + 1]) for row in whole}
    days = sorted({row.day for row in whole})
    rows = connection.execute(select(parts).where(parts.c.day.in_(days))).all() if whole else []
    together: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in rows:
        name = (*(getattr(row, one) for one in _GOODS), row.sign)
        if name in wanted:
            together[name].append(row)
    units = _units(connection, asked.site, {row.item for row in whole})
    return [_split(together[tuple(row[: len(_GOODS) + 1])], units) for row in whole]


def _counted(asked: PartWanted) -> Select[Any]:
    """Lines that differ within their limits."""
    sign = case((_l.difference > 0, 1), else_=-1)
    goods = (_l.day, _l.place, _l.item, _l.lot, _l.serial, _l.owner, _l.status, literal("", Text).label("status_after"))
    within = (*_days(_l.day, asked), _l.differing > 0, _l.standing == Standing.WITHIN.value)
    cells = (_l.operator.label("who"), sign.label("sign"), _l.difference, _l.gross.label("worth"))
    return select(*goods, *cells).where(_l.site == asked.site, *within)


def _adjusted(asked: PartWanted) -> Select[Any]:
    """What was adjusted below every limit, is in the book and was not taken back."""
    sign = case((_a.quantity > 0, 1), else_=-1)
    goods = (_a[name] for name in _GOODS)
    is_booked = exists().where(events.c.site == _a.site, events.c.id == _a.event, events.c.outcome.in_(BOOKED))
    is_undone = exists().where(undos.c.site == _a.site, undos.c.event == _a.event, undos.c.depth == 1)
    cells = (
        _a.person.label("who"),
        sign.label("sign"),
        _a.quantity.label("difference"),
        func.abs(_a.value).label("worth"),
    )
    within = (*_days(_a.day, asked), _a.passed == "", is_booked, ~is_undone)
    return select(*goods, *cells).where(_a.site == asked.site, *within)


def _days(day: ColumnElement[str], asked: PartWanted) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return day >= asked.period.first.isoformat(), day <= asked.period.last.isoformat()


def _units(connection: Connection, site: str, items: set[str]) -> dict[str, str]:
    wanted = select(_items.c.item, _items.c.base_unit).where(_items.c.site == site, _items.c.item.in_(sorted(items)))
    return {row[0]: row[1] for row in connection.execute(wanted)} if items else {}


def _split(rows: list[Any], units: dict[str, str]) -> SplitRow:
    first = rows[0]
    return SplitRow(
        day=first.day, place=first.place, item=first.item, people=tuple(sorted({row.who for row in rows})),
        quantity=sum(row.difference for row in rows), unit=units.get(first.item, ""),
        value=sum(int(row.worth) for row in rows) * first.sign,
    )  # fmt: skip
