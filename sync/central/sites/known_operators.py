"""Operators whom the site still knows: a device asks for those who are kept from signing on there."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.people import Operator
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT

LOCKED_MAX = 1_000


def known_of_locked(connection: Connection, site: str, locked: Sequence[str]) -> tuple[str, ...]:
    """Those of the first ``locked`` whom the site still knows; a device, under an empty name, because it was heard."""
    locked = locked[:LOCKED_MAX]
    names = [name for name in locked if name and "\0" not in name]
    active = set(connection.execute(_ACTIVE, {"site": site, "names": names}).scalars()) if names else set()
    return tuple(name for name in locked if not name or name in active)


_operators = BY_STRUCT[Operator].table.c
_ACTIVE = select(_operators.operator).where(
    _operators.site == bindparam("site"), among(_operators.operator, "names"), _operators.active.is_(True)
)
