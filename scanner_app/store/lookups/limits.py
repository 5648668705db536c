"""Limits as this device knows them: how far somebody goes, by the rows of the site and by what was done here today."""

import sqlite3
from collections.abc import Callable, Collection

import msgspec

from scanner_app.domain.catalog import NO_LIMIT
from scanner_app.domain.limits.judged import Seen, Sum, Valued, judged
from scanner_app.domain.limits.limit import Limit, Per
from scanner_app.domain.limits.motion import From
from scanner_app.store.lookups.people import person_of
from scanner_app.workflows.lookups.within import Far, Taking, Within

_LIMITS = "SELECT 'limit', {} FROM \"limit\" INDEXED BY limit_by_item WHERE process = ? AND item IN ({{0}})".format(
    ",".join(f'"{name}"' for name in Limit.__struct_fields__ if name != "active")
)
_GOODS = "SELECT item, abc, cost FROM item WHERE item IN ({0})"
_THERE = """SELECT coalesce(sum(quantity), 0) FROM (SELECT quantity FROM stock WHERE place = ? AND item = ?
UNION ALL SELECT quantity FROM laid WHERE place = ? AND item = ?)"""
_SUMS = 'SELECT "limit", quantity, value FROM day_sum WHERE day = ? AND person = ?'
_ROLES = "SELECT roles FROM operator WHERE operator = ?"

_ENOUGH = 2**62
"""So much is taken to be where nothing may be told of how much there is: no share of it is too much."""


class Limits:
    """Looks only."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def within(self, look: Within, today: Callable[[], str], hidden: Collection[str] = ()) -> Far:
        """How far it goes what is taken; ``today`` tells the day at the site, where limits count by the day.

        Of places that are ``hidden`` no percents are taken.
        """
        left = _left(look.taken)
        limits = self.ruling(look.process, left)
        if not limits:
            return Far()
        (roles,) = self._database.execute(_ROLES, (look.operator,)).fetchone() or ("",)
        sums = self._sums(today(), look.operator) if any(one.per is Per.DAY for one in limits) else {}
        told = judged(left, limits, roles.split(), self._seen(left, limits, sums, hidden))
        return Far(told.level, told.lacks_cost)

    def ruling(self, process: str, left: dict[From, int]) -> list[Limit]:
        """The limits that may rule what leaves its places."""
        items = sorted({"", *(item for _place, item in left)})
        rows = self._database.execute(_LIMITS.format(",".join("?" * len(items))), (process, *items)).fetchall()
        return msgspec.convert(rows, list[Limit], strict=False)

    def goods(self, left: dict[From, int]) -> dict[str, Valued]:
        items = sorted({item for _place, item in left})
        rows = self._database.execute(_GOODS.format(",".join("?" * len(items))), items).fetchall()
        return {item: Valued(abc, cost) for item, abc, cost in rows}

    def _seen(self, left: dict[From, int], limits: list[Limit], sums: dict[str, Sum], hidden: Collection[str]) -> Seen:
        has_percents = any((one.reason_percent, one.case_percent) != (NO_LIMIT, NO_LIMIT) for one in limits)
        there = {where: _ENOUGH if where[0] in hidden else self._there(where) for where in left if has_percents}
        return Seen(self.goods(left), there, sums)

    def _sums(self, day: str, operator: str) -> dict[str, Sum]:
        rows = self._database.execute(_SUMS, (day, person_of(self._database, operator))).fetchall()
        return {limit: Sum(quantity, value) for limit, quantity, value in rows}

    def _there(self, where: From) -> int:
        (quantity,) = self._database.execute(_THERE, where * 2).fetchone()
        return int(quantity)


def _left(taken: tuple[Taking, ...]) -> dict[From, int]:
    return {(one.place, one.item): one.quantity for one in taken}
