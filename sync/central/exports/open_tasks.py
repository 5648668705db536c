"""Open tasks as a listing: what is to be done, whoever made it, and who has it; and the table that an import takes."""

from sqlalchemy import select

from scanner_app.domain.task import MADE, PLANNED, Task
from sync.central.database.master_tables import BY_STRUCT
from sync.central.exports.listing import Listing
from sync.central.exports.master_data import master_listing

_KIND = BY_STRUCT[Task]
_rows = _KIND.table.c
OPEN_TASKS = Listing(select(*_KIND.table.c).where(_rows.active.is_(True)).order_by(*_KIND.table.primary_key))


def imported_tasks() -> Listing:
    """Those that a site has imported: what the centre makes itself no import takes."""
    every = master_listing(_KIND)
    query = every.query.where(_rows.task.not_like(f"{MADE}%"), _rows.task.not_like(f"{PLANNED}%"))
    return every._replace(query=query)
