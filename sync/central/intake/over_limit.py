"""Over the limit: which events of a batch go so far that somebody is to look at them, by the rows of the site.

A device asks for a reason by its own copy of them; its word is not believed here. The day of an event is that of the
site's calendar, and so much of it counts as has been booked when the event arrives. What never happened is taken off.
Adjustments wait where they go so far: of these ``approval`` decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.events.event import span_us
from scanner_app.domain.events.fact import Fact, tag_of
from scanner_app.domain.limits.judged import Level, Seen, Sum, judged
from scanner_app.domain.limits.limit import Per
from scanner_app.domain.limits.motion import From, set_off
from scanner_app.domain.reasons import ADJUST, PROCESSES
from sync.central.events.decode import Arrival
from sync.central.intake.known import Known
from sync.central.intake.limits_known import Day, goods_of, keep_sums, limits_of, stock_of, sums_of
from sync.central.intake.look_up import known_of
from sync.central.sites.calendar import calendar_of

DAYS_KEPT = 31
"""An event that is told later than this counts on its day alone."""


class DoneBefore(NamedTuple):
    """An event that counts in the book from now on (``sign`` 1), or no more (-1).

    ``is_undone``: an undo made it so, and not its arrival.
    """

    key: str
    envelope: Envelope
    fact: Fact
    sign: int = 1
    is_undone: bool = False


def over_limit(connection: Connection, site: str, done: Iterable[DoneBefore], known: Known) -> set[str]:
    """Return the keys of the events above the second bound of a limit, and keep what they add to their days."""
    over: set[str] = set()
    events = list(done)
    known = _with_authors(connection, site, [one for one in events if one.is_undone], known)
    for process in (one for one in PROCESSES if one in known.limited and one != ADJUST):
        if moving := [one for one in events if one.fact.process == process]:
            over |= _Book(connection, site, known, process, moving).over()
    return over


def _with_authors(connection: Connection, site: str, undone: list[DoneBefore], known: Known) -> Known:
    """Add what is to be known of events that came before: who made them, and whether limits rule what they moved."""
    if not undone:
        return known
    arrivals = [Arrival(one.envelope, one.fact, tag_of(one.fact)) for one in undone]
    more = known_of(connection, site, arrivals)
    return replace(known, operators={**more.operators, **known.operators}, limited={*known.limited, *more.limited})


class _Book:
    """The events of one process, in their order, with all that they are held against."""

    def __init__(self, connection: Connection, site: str, known: Known, process: str, events: list[DoneBefore]) -> None:
        self._connection = connection
        self._site = site
        self._known = known
        self._events = [(one, set_off(one.fact.legs)) for one in events]
        wanted = {where for _, left in self._events for where in left}
        items = {item for _place, item in wanted}
        self._limits = limits_of(connection, site, process, items)
        self._goods = goods_of(connection, site, items) if self._limits else {}
        has_percents = any(limit.case_percent >= 0 for limit in self._limits)
        self._there = stock_of(connection, site, wanted) if has_percents else {}

    def over(self) -> set[str]:
        if not self._limits:
            return set()
        is_daily = any(limit.per is Per.DAY for limit in self._limits)
        days = self._days() if is_daily else {}
        sums = sums_of(self._connection, self._site, set(days.values())) if days else {}
        over = {one.key for one, left in self._events if self._is_over(one, left, sums.setdefault(_of(days, one), {}))}
        if days:
            self._keep(sums, max(day for day, _ in days.values()))
        return over

    def _days(self) -> dict[str, Day]:
        calendar = calendar_of(self._connection, self._site)
        return {
            one.key: (
                calendar.day_of(span_us(one.envelope, one.fact)[1]).isoformat(), self._known.who(one.envelope.operator)
            )
            for one, _ in self._events
        }  # fmt: skip

    def _is_over(self, one: DoneBefore, left: Mapping[From, int], so_far: dict[str, Sum]) -> bool:
        """Judge an event, and add it to its day, or take it off."""
        told = judged(left, self._limits, self._roles(one), Seen(self._goods, self._there, so_far))
        for name, more in told.added.items():
            before = so_far.get(name, Sum())
            so_far[name] = before.plus(more) if one.sign > 0 else before.less(more)
        for where, quantity in left.items():
            self._there[where] = self._there.get(where, 0) - one.sign * quantity
        return told.level is Level.CASE and not one.is_undone

    def _roles(self, one: DoneBefore) -> tuple[str, ...]:
        authority = self._known.operators.get(one.envelope.operator)
        return tuple(role.value for role in authority.roles) if authority else ()

    def _keep(self, sums: Mapping[Day, Mapping[str, Sum]], newest: str) -> None:
        oldest = (date.fromisoformat(newest) - timedelta(days=DAYS_KEPT)).isoformat()
        kept = [(day, limit, one) for day, of_day in sums.items() if day[0] for limit, one in of_day.items()]
        keep_sums(self._connection, self._site, kept, oldest)


def _of(days: Mapping[str, Day], one: DoneBefore) -> Day:
    return days.get(one.key, ("", one.key))
