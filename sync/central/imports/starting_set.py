"""The starting set (seed data): the reasons of a site that has none, and the limits of one that has none of adjusting.

What a site makes of them is its own. One that wants no limit of adjusting keeps these out of use.
"""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection, Select, select

from scanner_app.domain import reasons
from scanner_app.domain.catalog import Site
from scanner_app.domain.limits import starting
from scanner_app.domain.limits.limit import Limit
from scanner_app.domain.reasons import ADJUST, Reason
from sync.central.book.master_rows import write_master_rows
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.repeatable import ordered
from sync.central.database.store import CentralStore
from sync.central.imports.plan import Plan
from sync.central.imports.sheets import SheetRow

_reasons, _limits, _sites = (BY_STRUCT[struct].table for struct in (Reason, Limit, Site))
_HAVE: dict[type[Struct], tuple[Sequence[Struct], Select[tuple[str]]]] = {
    Reason: (reasons.STARTING, select(_reasons.c.site).distinct()),
    Limit: (starting.STARTING, select(_limits.c.site).where(_limits.c.process == ADJUST).distinct()),
}


def plan_starting(plan: Plan) -> None:
    """Let an import bring what of the set neither its tables nor the store have."""
    if Reason not in plan.sheets and not plan.stored[Reason]:
        plan.lines[Reason].update(((one.reason,), SheetRow(0, one)) for one in reasons.STARTING)
    planned = (line.value for line in plan.lines[Limit].values())
    if not any(one.process == ADJUST for one in (*plan.stored[Limit].values(), *planned)):
        plan.lines[Limit].update(((one.limit,), SheetRow(0, one)) for one in starting.STARTING)


def begin_starting(store: CentralStore) -> None:
    """Give the set to every site of the store that has none: sites of an older program."""
    ordered(store, _begin)


def _begin(connection: Connection) -> None:
    for struct, (rows, have) in _HAVE.items():
        for site in connection.execute(select(_sites.c.site).where(_sites.c.site.not_in(have))).scalars().all():
            write_master_rows(connection, BY_STRUCT[struct], site, [(row,) for row in rows], _tell_nobody)


def _tell_nobody(_written: int, _of: int) -> None:
    """A few rows are written before anybody could read it."""
