"""All tables of the central store, and the newest revision of them.

The site leads every primary and unique key, so that a site is the unit of sharding. Times are whole microseconds since
1970 (UTC), quantities micro-units. How a table is defined stands in ``table.py``; of master data each struct is one
(``master_tables.py``).
"""

from sync.central.database.accuracy_tables import (
    accuracy_lines,
    accuracy_places,
    accuracy_progress,
    accuracy_sums,
)
from sync.central.database.book_tables import (
    STOCK_BELOW,
    STOCK_SERIALS,
    beats,
    checkpoints,
    counters,
    keys,
    ledger,
    passes,
    plate_places,
    serial_suspects,
    stock,
    timeline,
    timelines,
)
from sync.central.database.count_tables import (
    CLOSED_WHOLE,
    claim_amounts,
    claims,
    count_changes,
    count_closings,
    count_lines,
    count_sightings,
    count_undos,
    missing_plates,
)
from sync.central.database.event_tables import (
    POSTED,
    QUARANTINED,
    adjustments,
    came_back,
    day_sums,
    events,
    identifications,
    undos,
    undos_early,
    undos_waiting,
    words,
)
from sync.central.database.site_tables import (
    calendars,
    codes,
    devices,
    holidays,
    orders,
    pin_failures,
    read_tokens,
    signed_on,
)
from sync.central.database.table import KEY_NAMES, OWNER, metadata, table, text
from sync.central.database.work_tables import (
    due_places,
    ended_tasks,
    leases,
    moves_read,
    place_moves,
    plan_days,
    stocktakes,
    zero_checks,
)

REVISION = "0039"
"""The newest of the migrations, which bring a store to these tables."""

meta = table("meta", "database", text("name", key=True), text("value"))

__all__ = [
    "CLOSED_WHOLE",
    "KEY_NAMES",
    "OWNER",
    "POSTED",
    "QUARANTINED",
    "REVISION",
    "STOCK_BELOW",
    "STOCK_SERIALS",
    "accuracy_lines",
    "accuracy_places",
    "accuracy_progress",
    "accuracy_sums",
    "adjustments",
    "beats",
    "calendars",
    "came_back",
    "checkpoints",
    "claim_amounts",
    "claims",
    "codes",
    "count_changes",
    "count_closings",
    "count_lines",
    "count_sightings",
    "count_undos",
    "counters",
    "day_sums",
    "devices",
    "due_places",
    "ended_tasks",
    "events",
    "holidays",
    "identifications",
    "keys",
    "leases",
    "ledger",
    "meta",
    "metadata",
    "missing_plates",
    "moves_read",
    "orders",
    "passes",
    "pin_failures",
    "place_moves",
    "plan_days",
    "plate_places",
    "read_tokens",
    "serial_suspects",
    "signed_on",
    "stock",
    "stocktakes",
    "timeline",
    "timelines",
    "undos",
    "undos_early",
    "undos_waiting",
    "words",
    "zero_checks",
]
