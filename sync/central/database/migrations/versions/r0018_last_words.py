"""Last words: of all that was said of an event never having happened, the last word of each person is kept.

What was in the book stays there, and what was out of it stays out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_UNDONE, _BACK = 1, 2


class _Old(NamedTuple):
    """An annulment as it was kept, and when it was said."""

    id: str
    event: str
    operator: str
    may_decide: bool
    is_waiting: bool
    at_us: int


def upgrade() -> None:
    undos = _table("undos", sa.Column("at_us", sa.BigInteger, nullable=False), _whole("depth"), _text("id"))
    may_decide = sa.Column("may_decide", sa.Boolean, primary_key=True, nullable=False)
    waiting = _table("undos_waiting", may_decide, _whole("at_us"), _text("id"))
    connection = op.get_bind()
    for site, rows in _old(connection).items():
        last, waits = _last_words(rows)
        _fill(undos, [{"site": site, **cells} for cells in last])
        _fill(waiting, [{"site": site, **cells} for cells in waits])
    op.drop_table("annulments")


def _table(name: str, *columns: sa.Column[Any]) -> sa.Table:
    table = op.create_table(name, *(sa.Column(key, sa.Text, primary_key=True) for key in _KEY), *columns)
    if op.get_context().dialect.name == "postgresql":
        op.execute(sa.text(f"ALTER TABLE {name} ALTER COLUMN site SET (n_distinct = 10)"))
    return table


_KEY = ("site", "event", "operator")


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _fill(table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        op.bulk_insert(table, rows)


def _old(connection: sa.Connection) -> dict[str, list[_Old]]:
    named = "a.site, a.id, a.event, a.operator, a.may_decide, a.is_waiting, e.payload"
    wanted = f"SELECT {named} FROM annulments a JOIN events e ON e.site = a.site AND e.id = a.id"
    sites: dict[str, list[_Old]] = defaultdict(list)
    for site, *cells, payload in connection.execute(sa.text(wanted)):
        event = msgspec.json.decode(bytes(payload))
        at_us = event["fact"]["wall_us"] + event.get("offset_us", 0)
        sites[site].append(_Old(cells[0], cells[1], cells[2], bool(cells[3]), bool(cells[4]), at_us))
    return sites


def _last_words(rows: Iterable[_Old]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The last words on what is known, and those on what is not."""
    by_id = {row.id: row for row in rows}
    namers: dict[str, list[_Old]] = defaultdict(list)
    for row in by_id.values():
        if not row.is_waiting:
            namers[row.event].append(row)
    alive = _alive(by_id, namers)
    slots: dict[tuple[str, str], dict[str, Any]] = {}
    waits: dict[tuple[str, str, bool], _Old] = {}
    for row in sorted(by_id.values(), key=lambda each: (each.at_us, each.id)):
        if row.is_waiting:
            waits[row.event, row.operator, row.may_decide] = row
        elif row.event not in by_id:
            whose = {"event": row.event, "operator": row.operator, "depth": _BACK}
            slot = slots.setdefault((row.event, row.operator), whose)
            slot |= {"at_us": row.at_us, "id": row.id, "depth": _UNDONE if alive[row.id] else slot["depth"]}
    return list(slots.values()), [
        {"event": event, "operator": operator, "may_decide": may_decide, "at_us": row.at_us, "id": row.id}
        for (event, operator, may_decide), row in waits.items()
    ]


def _alive(by_id: Mapping[str, _Old], namers: Mapping[str, list[_Old]]) -> dict[str, bool]:
    """Which annulments held: those that no other one named that held itself; of a ring none did."""
    alive: dict[str, bool] = {}
    open_count = {name: len(namers.get(name, ())) for name in by_id}
    ready = [name for name, count in open_count.items() if count == 0]
    for name in ready:
        alive[name] = not any(alive[one.id] for one in namers.get(name, ()))
        below = by_id[name].event
        if below in open_count and not by_id[name].is_waiting:
            open_count[below] -= 1
            if open_count[below] == 0:
                ready.append(below)
    return {name: alive.get(name, False) for name in by_id}
