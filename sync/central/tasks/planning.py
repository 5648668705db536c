"""Planning: which places are due by each plan on a day of the site's calendar, found once a day from all there is."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select

from scanner_app.domain.calendar import Calendar
from scanner_app.domain.work.due import Bounds, DuePlace, due_by, first_of
from scanner_app.domain.work.plan import PERIODIC, By, Plan
from sync.central.database.bulk import insert_rows, upsert_rows
from sync.central.database.master_tables import BY_STRUCT, row_of
from sync.central.database.tables import due_places, plan_days, stock
from sync.central.tasks.place_states import place_states

RESERVE = 2
"""So many times what a plan makes in a day is kept: some of it is counted before it becomes a task."""
_KIND = BY_STRUCT[Plan]
_plans = BY_STRUCT[Plan].table


class PlannedDay(NamedTuple):
    """What a plan comes to on a day: how many places are ``due``, and the ``first`` of them."""

    plan: Plan
    due: int
    first: Sequence[DuePlace]


class Today(NamedTuple):
    """A day of a site's calendar, and the instant (us) at which it is looked at."""

    calendar: Calendar
    day: date
    now_us: int

    @property
    def is_worked(self) -> bool:
        return self.calendar.is_worked(self.day)

    @property
    def end_us(self) -> int:
        return self.calendar.start_us(self.day + timedelta(days=1))

    def days_ago_us(self, days: int) -> int:
        """The instant before which a count is more than ``days`` old, or as old, today."""
        return self.calendar.start_us(self.day - timedelta(days=days - 1))


def today_of(calendar: Calendar, now_us: int) -> Today:
    return Today(calendar, calendar.day_of(now_us), now_us)


def plans_of(connection: Connection, site: str) -> list[Plan]:
    """The plans of a site, the most urgent first."""
    rows = connection.execute(_PLANS, {"of_site": site}).all()
    return sorted((row_of(_KIND, tuple(row)) for row in rows), key=lambda plan: (-plan.priority, plan.plan))


def wanted_today(connection: Connection, site: str, today: Today) -> list[Plan]:
    """The plans for which it is not known yet what is due today; none on a day that is not worked."""
    plans = [plan for plan in plans_of(connection, site) if plan.by is not By.TROUBLE]
    known = set(connection.execute(_KNOWN, {"of_site": site, "day": today.day.isoformat()}).scalars()) if plans else ()
    return [plan for plan in plans if plan.plan not in known] if today.is_worked else []


def planned(connection: Connection, site: str, plans: Sequence[Plan], today: Today, seed: str = "") -> list[PlannedDay]:
    """What is due by some plans today. A place that is due by several is that of the most urgent.

    ``seed`` draws where each begins; the day does where it is empty.
    """
    taken: set[str] = set()
    days = []
    states = {by: place_states(connection, site, by, today.now_us) for by in dict.fromkeys(plan.by for plan in plans)}
    for plan in plans:
        bounds = Bounds(*(today.days_ago_us(days) for days in (plan.days_a, plan.days_b, plan.days_c)))
        if plan.by in PERIODIC:
            due = due_by(plan, states[plan.by], bounds, taken)
        else:
            low = _low(connection, site, plan)
            often = Bounds(bounds.a, bounds.a, bounds.a)
            due = due_by(plan, (state for state in states[plan.by] if state.place in low), often, taken)
        first = first_of(due, f"{plan.plan}/{seed or today.day.isoformat()}", RESERVE * plan.a_day)
        taken.update(one.place for one in first)
        days.append(PlannedDay(plan, len(due), first))
    return days


def keep_planned(connection: Connection, site: str, days: Sequence[PlannedDay], today: Today) -> None:
    """Keep what is due today, unless another has done so meanwhile."""
    names = {plan.plan for plan in wanted_today(connection, site, today)}
    for one in days:
        if one.plan.plan in names:
            connection.execute(_FORGET, {"of_site": site, "of_plan": one.plan.plan})
            keep_due(connection, site, one.plan.plan, one.first, today)
            row = (today.now_us, one.due, 0, 0, one.plan.priority, one.plan.a_day)
            upsert_rows(connection, plan_days, [(site, one.plan.plan, today.day.isoformat(), *row)])


def keep_due(connection: Connection, site: str, plan: str, places: Sequence[DuePlace], today: Today) -> None:
    """Write places in their order, each with the end of the day until which it is to be counted."""
    ends: dict[date, int] = {}
    rows = [
        (site, plan, rank, one.place, one.zone, one.walk, one.since_us, _due_us(one, today, ends))
        for rank, one in enumerate(places, 1)
    ]
    insert_rows(connection, due_places, rows)


def _due_us(one: DuePlace, today: Today, ends: dict[date, int]) -> int:
    """The end of the day on which it became due; what was never counted is due today."""
    day = today.day
    if one.counted_us and one.late_us:
        day -= today.calendar.day_of(one.since_us - 1) - today.calendar.day_of(one.counted_us)
    if day not in ends:
        ends[day] = today.calendar.start_us(day + timedelta(days=1))
    return ends[day]


def _low(connection: Connection, site: str, plan: Plan) -> set[str]:
    """The places at which little is left of something."""
    return set(connection.execute(_LOW, {"of_site": site, "below": plan.below}).scalars())


_PLANS = select(*(_plans.c[name] for name in _KIND.fields)).where(
    _plans.c.site == bindparam("of_site"), _plans.c.active.is_(True)
)
_KNOWN = select(plan_days.c.plan).where(plan_days.c.site == bindparam("of_site"), plan_days.c.day == bindparam("day"))
_FORGET = delete(due_places).where(due_places.c.site == bindparam("of_site"), due_places.c.plan == bindparam("of_plan"))
_LOW = (
    select(stock.c.place)
    .where(
        stock.c.site == bindparam("of_site"),
        stock.c.on_device.is_(True),
        stock.c.quantity > 0,
        stock.c.quantity <= bindparam("below"),
    )
    .distinct()
)
