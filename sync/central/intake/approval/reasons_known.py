"""What the centre knows of the reasons that are given, and which statuses stock may not be used of."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.catalog import Status
from scanner_app.domain.reasons import Reason
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT, row_of

_KIND = BY_STRUCT[Reason]
_reasons, _statuses = _KIND.table.c, BY_STRUCT[Status].table.c
_REASONS = select(*(_reasons[name] for name in _KIND.fields)).where(
    _reasons.site == bindparam("site"), among(_reasons.reason, "names")
)
_BLOCKING = select(_statuses.status).where(_statuses.site == bindparam("site"), _statuses.blocking.is_(True))


def reasons_of(connection: Connection, site: str, names: Collection[str]) -> Mapping[str, Reason]:
    """The reasons of some names, those out of use too."""
    rows = connection.execute(_REASONS, {"site": site, "names": list(names)}).all()
    reasons: list[Reason] = [row_of(_KIND, tuple(row)) for row in rows]
    return {reason.reason: reason for reason in reasons}


def blocking_of(connection: Connection, site: str) -> frozenset[str]:
    """The statuses that block."""
    return frozenset(connection.execute(_BLOCKING, {"site": site}).scalars())
