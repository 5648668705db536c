"""What waits at the desk: events get the number of the word that rules them, and what a list of them is sorted by."""

from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_MICRO = 1_000_000
_VALUE_MAX = 2**62
_PORTION = 1_000
_HELD = ("posted_with_exceptions", "held", "quarantined")


def upgrade() -> None:
    """Fill the columns of those that wait, and let an index find them."""
    op.add_column("events", sa.Column("word", sa.BigInteger, nullable=False, server_default="0"))
    for name in ("place", "item"):
        op.add_column("events", sa.Column(name, sa.Text, nullable=False, server_default=""))
    for name in ("quantity", "value"):
        op.add_column("events", sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
    _fill(op.get_bind())
    waits = sa.text("word = 0 AND outcome != 'posted'")
    by_value = sa.text("value DESC")
    op.create_index(
        "events_undecided", "events", ["site", "outcome", by_value, "id"], sqlite_where=waits, postgresql_where=waits
    )


def _fill(connection: sa.Connection) -> None:
    events, items = (sa.table(name, *map(sa.column, columns)) for name, columns in _TABLES.items())
    costs = {(row.site, row.item): row.cost for row in connection.execute(sa.select(items))}
    wanted = sa.select(events.c.site, events.c.id, events.c.payload).where(events.c.outcome.in_(_HELD))
    keep = sa.update(events).where(events.c.site == sa.bindparam("of"), events.c.id == sa.bindparam("named"))
    keep = keep.values({name: sa.bindparam(f"of_{name}") for name in _SHOWN})
    rows = [_row(row, costs) for row in connection.execute(wanted)]
    for start in range(0, len(rows), _PORTION):
        connection.execute(keep, rows[start : start + _PORTION])


_SHOWN = ("place", "item", "quantity", "value")
_TABLES = {"events": ("site", "id", "payload", "outcome", *_SHOWN), "items": ("site", "item", "cost")}


def _row(row: Any, costs: dict[tuple[str, str], int]) -> dict[str, Any]:
    legs = list(_legs(bytes(row.payload)))
    named = [key[0] for _quantity, *keys in legs for key in keys]
    place = next((name for name in named if not name.startswith("@")), named[0] if named else "")
    nets: dict[tuple[Any, ...], int] = {}
    for quantity, source, target in legs:
        nets[source] = nets.get(source, 0) - quantity
        nets[target] = nets.get(target, 0) + quantity
    amounts = _amounts(nets)
    values = {item: abs(amount) * costs.get((row.site, item), 0) for item, amount in amounts.items()}
    item = min(amounts, key=lambda name: (-values[name], name), default="")
    value = min(_VALUE_MAX, sum(one // _MICRO for one in values.values()))
    shown = (place, item, amounts.get(item, 0), value)
    return {"of": row.site, "named": row.id, **dict(zip((f"of_{name}" for name in _SHOWN), shown, strict=True))}


def _legs(payload: bytes) -> Iterator[tuple[int, tuple[Any, ...], tuple[Any, ...]]]:
    """Quantity, source and target of what an event posts; nothing of one that is of an unknown kind."""
    fact = msgspec.json.decode(payload).get("fact")
    legs = fact.get("legs") if isinstance(fact, dict) else None
    for leg in legs if isinstance(legs, list) else ():
        if isinstance(leg, list) and len(leg) > 3 and isinstance(leg[1], int) and _is_key(leg[2]) and _is_key(leg[3]):
            yield leg[1], tuple(leg[2]), tuple(leg[3])


def _is_key(key: Any) -> bool:
    return isinstance(key, list) and len(key) > 1 and all(isinstance(word, str) for word in key)


def _amounts(nets: dict[tuple[Any, ...], int]) -> dict[str, int]:
    """How much of each item came to the floor and hands, or left them."""
    came: dict[str, int] = {}
    left: dict[str, int] = {}
    for (place, item, *_), net in nets.items():
        if place not in ("@supplier", "@customer", "@adjustment", "@production", "@transit"):
            side = came if net > 0 else left
            side[item] = side.get(item, 0) + net
    return {item: _larger(came.get(item, 0), left.get(item, 0)) for item in {**came, **left}}


def _larger(came: int, left: int) -> int:
    return came if came >= -left else left
