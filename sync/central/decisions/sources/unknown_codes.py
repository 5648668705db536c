"""Unknown codes: what an event calls goods that nobody knows, and nobody has said yet which they are."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.catalog import Item
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.words.identified_codes import codes_of

_items = BY_STRUCT[Item].table.c
_KNOWN = select(_items.item).where(_items.site == bindparam("site"), among(_items.item, "names"))


def unknown_codes(connection: Connection, site: str, event: str, items: Iterable[str]) -> tuple[str, ...]:
    """The codes among the goods of an event, as it says them, in its order."""
    said = {one.code for one in codes_of(connection, site, [event]).get(event, ())}
    names = [name for name in dict.fromkeys(items) if name not in said]
    known = set(connection.execute(_KNOWN, {"site": site, "names": names}).scalars()) if names else set()
    return tuple(name for name in names if name not in known)
