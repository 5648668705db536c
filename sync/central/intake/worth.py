"""Worth: where an event that waits for somebody happened, and what it is worth, so that a list can begin with it."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.catalog import Item
from scanner_app.domain.desk.about import NOTHING, About, about
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.events.decode import Arrival

_items = BY_STRUCT[Item].table
_COSTS = select(_items.c.item, _items.c.cost).where(_items.c.site == bindparam("site"), among(_items.c.item, "items"))


class Worth(NamedTuple):
    """A place, and micro-currency by the costs of the day."""

    place: str = ""
    value: int = 0


def worths(connection: Connection, site: str, arrivals: Iterable[Arrival]) -> dict[str, Worth]:
    """Return the worth of each of ``arrivals`` by its id."""
    subjects = {arrival.envelope.id: _about(arrival) for arrival in arrivals}
    costs = _costs(connection, site, {item for subject in subjects.values() for item in subject.amounts})
    return {name: Worth(subject.place, subject.value(costs)) for name, subject in subjects.items()}


def _about(arrival: Arrival) -> About:
    return about(arrival.fact) if arrival.fact else NOTHING


def _costs(connection: Connection, site: str, items: Collection[str]) -> Mapping[str, int]:
    rows = connection.execute(_COSTS, {"site": site, "items": list(items)}).all() if items else ()
    return {row.item: row.cost for row in rows}
