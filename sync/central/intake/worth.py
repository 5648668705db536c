"""Worth: what a list shows of an event that waits for somebody, and what that is worth: a list begins with the most."""

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
    """A place, the item that counts most there with its quantity, and micro-currency by the costs of the day."""

    place: str
    item: str
    quantity: int
    value: int


def worths(connection: Connection, site: str, arrivals: Iterable[Arrival]) -> dict[str, Worth]:
    """Return the worth of each of ``arrivals`` by its id."""
    subjects = {arrival.envelope.id: _about(arrival) for arrival in arrivals}
    costs = _costs(connection, site, {item for subject in subjects.values() for item in subject.amounts})
    return {
        name: Worth(subject.place, *subject.largest(costs), subject.value(costs)) for name, subject in subjects.items()
    }


def _about(arrival: Arrival) -> About:
    return about(arrival.fact) if arrival.fact else NOTHING


def _costs(connection: Connection, site: str, items: Collection[str]) -> Mapping[str, int]:
    rows = connection.execute(_COSTS, {"site": site, "items": list(items)}).all() if items else ()
    return {row.item: row.cost for row in rows}
