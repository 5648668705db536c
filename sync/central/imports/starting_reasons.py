"""Starting reasons (seed data): what a site without any reason begins with; what it makes of them is its own."""

from sqlalchemy import Connection, select

from scanner_app.domain.catalog import Site
from scanner_app.domain.reasons import STARTING, Reason
from sync.central.book.master_rows import write_master_rows
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.repeatable import ordered
from sync.central.database.store import CentralStore
from sync.central.imports.plan import Plan
from sync.central.imports.sheets import SheetRow

_reasons, _sites = BY_STRUCT[Reason].table, BY_STRUCT[Site].table


def plan_reasons(plan: Plan) -> None:
    """Let an import bring the starting set where neither its tables nor the store have a reason."""
    if Reason not in plan.sheets and not plan.stored[Reason]:
        plan.lines[Reason].update(((reason.reason,), SheetRow(0, reason)) for reason in STARTING)


def begin_reasons(store: CentralStore) -> None:
    """Give the starting set to every site of the store that has no reason: sites of an older program."""
    ordered(store, _begin)


def _begin(connection: Connection) -> None:
    have = select(_reasons.c.site).distinct()
    for site in connection.execute(select(_sites.c.site).where(_sites.c.site.not_in(have))).scalars().all():
        write_master_rows(connection, BY_STRUCT[Reason], site, [(reason,) for reason in STARTING], _tell_nobody)


def _tell_nobody(_written: int, _of: int) -> None:
    """Fourteen rows are written before anybody could read it."""
