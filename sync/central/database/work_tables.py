"""Tables of work: who has which task, which places are due by which plan, and what is needed to know it soon."""

from sqlalchemy import Boolean, Column, Index

from sync.central.database.table import table, text, whole

leases = table(
    "leases",
    "tasks",
    text("site", key=True),
    text("task", key=True),
    text("device", key=True),
    text("holder"),
    *(whole(name) for name in ("until_us", "number")),
)
"""Which person has a task, at which devices, and until when each of these works at it.

``number`` is the version of the site that the request was given: the lower one came first.
"""
Index("leases_device", leases.c.site, leases.c.device)

ended_tasks = table(
    "ended_tasks",
    "tasks",
    text("site", key=True),
    text("task", key=True),
    *(text(name) for name in ("place", "item", "reason", "operator")),
    whole("at_us"),
)
"""Why a task ended last without being done, and who said so."""
Index("ended_tasks_at", ended_tasks.c.site, ended_tasks.c.at_us)
Index("ended_tasks_place", ended_tasks.c.site, ended_tasks.c.place)

plan_days = table(
    "plan_days",
    "tasks",
    text("site", key=True),
    text("plan", key=True),
    text("day", key=True),
    *(whole(name) for name in ("made_us", "due", "taken", "planned", "priority", "a_day")),
)
"""What a plan came to on a day of the site's calendar: ``due`` places, of which so many tasks were ``planned``.

Of its due places those up to the rank ``taken`` were looked at. ``priority`` and ``a_day`` are the plan's of that day.
"""

due_places = table(
    "due_places",
    "tasks",
    text("site", key=True),
    text("plan", key=True),
    whole("rank", key=True),
    *(text(name) for name in ("place", "zone")),
    *(whole(name) for name in ("walk", "since_us", "due_us")),
)
"""The places that are due by a plan today, in the order in which they become tasks: as many as may be wanted.

Of a stocktake, whose name stands behind an ``@``, they are all places that it counts, for as long as it lasts.
"""
Index("due_places_place", due_places.c.site, due_places.c.place)

place_moves = table(
    "place_moves",
    "tasks",
    text("site", key=True),
    text("place", key=True),
    whole("month", key=True),
    whole("moves"),
)
"""How many legs touched a place in each 30 days since 1970, behind the ledger as far as ``moves_read`` says."""
moves_read = table("moves_read", "tasks", text("site", key=True), whole("recorded"))

zero_checks = table(
    "zero_checks",
    "tasks",
    text("site", key=True),
    text("place", key=True),
    text("event"),
    whole("at_us"),
    Column("is_empty", Boolean, nullable=False),
)
"""What somebody said last of a place that the book took for empty: that it is, or that something is left."""
Index("zero_checks_event", zero_checks.c.site, zero_checks.c.event)

stocktakes = table(
    "stocktakes",
    "tasks",
    text("site", key=True),
    text("stocktake", key=True),
    *(text(name) for name in ("zones", "note")),
    *(whole(name) for name in ("begun_us", "closed_us", "cut_us", "recorded", "places", "left", "devices_missing")),
)
"""A count of every place of a site, or of some ``zones``; ``closed_us`` of 0 is one that goes on.

The book as of ``cut_us``, as it was known when ``recorded`` was the last row of the ledger, is what it came to.
"""
