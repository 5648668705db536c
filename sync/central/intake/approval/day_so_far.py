"""The day so far: what a person has adjusted on a day of the site's calendar, in the book or waiting for it.

What never happened, and what was rejected, is no part of it.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Connection, Double, and_, bindparam, cast, func, not_, or_, select

from scanner_app.domain.limits.judged import SUM_MAX, Sum
from sync.central.database.among import among
from sync.central.database.tables import adjustments, events, undos, undos_waiting
from sync.central.intake.limits_known import Day
from sync.protocol import Outcome

COUNTING = tuple(outcome.value for outcome in Outcome if outcome.is_booked or outcome is Outcome.UNAPPROVED)

_BOOKED = tuple(outcome.value for outcome in Outcome if outcome.is_booked)
_undo = events.alias("undo")


def is_undone() -> ColumnElement[bool]:
    """Say whether somebody's last word on an event is that it never happened, be it in the book or waiting.

    A word that its author may not say is held, and none.
    """
    out = select(undos.c.id).where(undos.c.site == events.c.site, undos.c.event == events.c.id, undos.c.depth == 1)
    back = select(undos.c.id).where(
        undos.c.site == undos_waiting.c.site,
        undos.c.event == undos_waiting.c.event,
        undos.c.operator == undos_waiting.c.operator,
        or_(
            undos.c.at_us > undos_waiting.c.at_us,
            and_(undos.c.at_us == undos_waiting.c.at_us, undos.c.depth > 1),
        ),
    )
    waits = (
        select(undos_waiting.c.id)
        .join(_undo, (_undo.c.site == undos_waiting.c.site) & (_undo.c.id == undos_waiting.c.id))
        .where(undos_waiting.c.site == events.c.site, undos_waiting.c.event == events.c.id, not_(back.exists()))
        .where(_undo.c.site == events.c.site, _undo.c.outcome.in_(_BOOKED))
        .correlate(events)
    )
    return or_(out.exists(), waits.exists())


def days_so_far(connection: Connection, site: str, days: Collection[Day]) -> dict[Day, dict[str, Sum]]:
    """What was adjusted of each item, by day and person, at least of those ``days``."""
    asked: dict[str, Any] = {"days": list({day for day, _ in days}), "people": list({person for _, person in days})}
    sums: dict[Day, dict[str, Sum]] = {day: {} for day in days}
    for row in connection.execute(_SUMS, {"site": site, **asked}).all() if days else ():
        total = Sum(*(min(SUM_MAX, int(cell)) for cell in (row.quantity, row.value)))
        sums.setdefault((row.day, row.person), {})[row.item] = total
    return sums


class Counted(NamedTuple):
    """An adjustment that counts on its day: what it comes to, by item."""

    day: Day
    sums: dict[str, Sum]


def counted_of(connection: Connection, site: str, ids: Collection[str]) -> dict[str, Counted]:
    """Those of some adjustments that count on their days."""
    found: dict[str, Counted] = {}
    for row in connection.execute(_COUNTED, {"site": site, "ids": list(ids)}).all() if ids else ():
        counted = found.setdefault(row.event, Counted((row.day, row.person), {}))
        more = Sum(abs(row.quantity), row.value)
        counted.sums[row.item] = counted.sums.get(row.item, Sum()).plus(more)
    return found


_SITE: BindParameter[str] = bindparam("site")
_stored = adjustments.join(events, (events.c.site == adjustments.c.site) & (events.c.id == adjustments.c.event))
_COUNTS = (adjustments.c.site == _SITE, events.c.site == _SITE, events.c.outcome.in_(COUNTING), not_(is_undone()))
_SUMS = (
    select(
        *(adjustments.c[name] for name in ("day", "person", "item")),
        func.sum(cast(func.abs(adjustments.c.quantity), Double)).label("quantity"),
        func.sum(cast(adjustments.c.value, Double)).label("value"),
    )
    .select_from(_stored)
    .where(*_COUNTS, among(adjustments.c.person, "people"), among(adjustments.c.day, "days"))
    .group_by(adjustments.c.day, adjustments.c.person, adjustments.c.item)
)
"""As floating numbers: no sum of what some device has made up may be too large for a database."""
_COUNTED = (
    select(*(adjustments.c[name] for name in ("event", "day", "person", "item", "quantity", "value")))
    .select_from(_stored)
    .where(*_COUNTS, among(adjustments.c.event, "ids"))
)
