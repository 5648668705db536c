"""Approving: decides which adjustments wait until somebody accepts them, each once, when the centre first judges it.

It goes by what the centre has then: the limits, the reasons and the costs of that moment, and what the person has
adjusted on the day of the event so far, with what waits and without what never happened or was rejected. Later facts,
limits and undos change nothing of it. Whoever may not adjust only proposes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import Connection

from scanner_app.domain.adjusting.direction import direction_of
from scanner_app.domain.adjusting.reason_given import reason_faults
from scanner_app.domain.calendar import Calendar
from scanner_app.domain.catalog import NO_LIMIT
from scanner_app.domain.events.event import span_us
from scanner_app.domain.limits.judged import Judged, Level, Seen, Sum, Valued, judged
from scanner_app.domain.limits.limit import Limit, Per
from scanner_app.domain.limits.motion import From, corrected
from scanner_app.domain.reasons import ADJUST
from scanner_app.domain.reasons import Reason as Given
from sync.central.events.decode import Arrival
from sync.central.events.reason import Reason
from sync.central.intake.approval.adjusted_leg import Adjusting, adjusted_legs, keep_adjusted
from sync.central.intake.approval.day_so_far import Counted, counted_of, days_so_far
from sync.central.intake.approval.person_day import PersonDay, Roles, held_for
from sync.central.intake.approval.reasons_known import blocking_of, reasons_of
from sync.central.intake.known import Known
from sync.central.intake.limits_known import Day, goods_of, limits_of, stock_of
from sync.central.intake.ruling import Ruling
from sync.central.sites.calendar import calendar_of
from sync.protocol import Outcome

MAY_NOT = (Reason.NO_RIGHT, Reason.UNKNOWN_OPERATOR, Reason.OPERATOR_INACTIVE)
"""Whoever is told one of these may not adjust: what they say waits, whatever the limits are."""


class Approving:
    """The adjustments of one batch, and all that they are held against; ``look_up`` comes before ``ruled``."""

    def __init__(self, connection: Connection, site: str) -> None:
        self._connection = connection
        self._site = site
        self._known = Known()
        self._calendar: Calendar | None = None
        self._limits: list[Limit] = []
        self._held_for: dict[Roles, list[Limit]] = {}
        self._is_daily = False
        self._day_of: dict[str, Day] = {}
        self._goods: dict[str, Valued] = {}
        self._there: dict[From, int] = {}
        self._reasons: dict[str, Given] = {}
        self._blocking: frozenset[str] = frozenset()
        self._days: dict[Day, PersonDay] = {}
        self._kept: dict[str, Adjusting] = {}
        self._undone: Mapping[str, Counted] = {}
        self._items: set[str] = set()
        self._off: set[str] = set()

    def look_up(self, arrivals: Iterable[Arrival], known: Known) -> None:
        """Read what the adjustments among some events are held against, by a handful of statements.

        Each of these is of a time that a calendar has.
        """
        self._known, arrivals = known, list(arrivals)
        wanted = [one for one in arrivals if one.fact and one.fact.wants_approval]
        if not wanted:
            return
        connection, site = self._connection, self._site
        if self._calendar is None:
            self._calendar, self._blocking = calendar_of(connection, site), blocking_of(connection, site)
        given = {one.fact.given[0] for one in wanted if one.fact} - self._reasons.keys()
        self._reasons |= reasons_of(connection, site, given)
        where = {place for one in wanted if one.fact for place in corrected(one.fact.corrects)}
        self._items |= {item for _place, item in where}
        if ADJUST in known.limited:
            self._read_days(wanted, {one.fact.undoes for one in arrivals if one.fact and one.fact.undoes})
        self._goods |= goods_of(connection, site, self._items - self._goods.keys())
        if any(limit.case_percent > NO_LIMIT for limit in self._limits):
            missing = where - self._there.keys()
            self._there |= dict.fromkeys(missing, 0) | stock_of(connection, site, missing)

    def _read_days(self, wanted: Iterable[Arrival], undone: Collection[str]) -> None:
        """What was adjusted on the days so far, and all limits that may rule that; what is ``undone`` of it."""
        connection, site = self._connection, self._site
        fresh = {self._day(one) for one in wanted} - self._days.keys()
        self._days |= {day: PersonDay(items) for day, items in days_so_far(connection, site, fresh).items()}
        self._undone = {**self._undone, **counted_of(connection, site, undone)}
        self._items |= {item for day in self._days.values() for item in day.items}
        self._limits = limits_of(connection, site, ADJUST, self._items)
        self._is_daily = any(limit.per is Per.DAY for limit in self._limits)
        self._held_for.clear()
        for day in self._days.values():
            day.renew()

    def passing(self, arrival: Arrival) -> None:
        """Let an event that is booked before others change what these are a percentage of."""
        for leg in arrival.fact.legs if arrival.fact and self._there else ():
            for key, quantity in ((leg.source, -leg.quantity), (leg.target, leg.quantity)):
                if (where := (key.place, key.item)) in self._there:
                    self._there[where] += quantity

    def ruled(self, arrival: Arrival, ruling: Ruling) -> Ruling:
        """What becomes of an adjustment that could be booked; of any other event nothing else."""
        fact, envelope = arrival.fact, arrival.envelope
        if fact is None or not fact.wants_approval or not ruling.counts:
            return ruling
        reason, note = fact.given
        given = self._reasons.get(reason)
        faults = list(reason_faults(given, note, ADJUST, direction_of(fact.corrects, self._blocking)))
        told = self._told(arrival)
        why = list(self._why(ruling, given, told))
        self._kept[envelope.id] = kept = self._adjusting(arrival, told)
        if self._days and (day := self._days.get((kept.day, kept.person))):
            day.add(self._held, _sums(kept), self._goods)
        if not faults and not why:
            return ruling
        reasons = tuple(dict.fromkeys((*ruling.reasons, *(Reason(fault) for fault in faults), *why)))
        return Ruling(Outcome.UNAPPROVED if why else Outcome.EXCEPTIONS, reasons)

    def never_happened(self, name: str) -> None:
        """Take an adjustment off its day for those that come behind its undo; once, however often that is said."""
        if name in self._off:
            return
        self._off.add(name)
        kept = self._kept.get(name)
        counted = Counted((kept.day, kept.person), _sums(kept)) if kept else self._undone.get(name)
        if counted and (day := self._days.get(counted.day)):
            day.take_off(counted.sums)

    def _why(self, ruling: Ruling, given: Given | None, told: Judged) -> Iterator[Reason]:
        """Why it waits; nothing where it does not. A day is not known by a clock that is doubted."""
        if ruling.reasons:
            yield from (reason for reason in MAY_NOT if reason in ruling.reasons)
        if told.passed or (self._is_daily and Reason.CLOCK_DOUBTFUL in ruling.reasons):
            yield Reason.OVER_LIMIT
        if told.lacks_cost:
            yield Reason.NO_COST
        if given and given.needs_approval:
            yield Reason.NEEDS_APPROVAL

    def _told(self, arrival: Arrival) -> Judged:
        if not self._limits or arrival.fact is None:
            return Judged(Level.USUAL, {})
        roles = self._roles(arrival)
        so_far = self._days[self._day(arrival)].under(self._held(roles), roles, self._goods) if self._is_daily else {}
        seen = Seen(self._goods, self._there, so_far)
        return judged(corrected(arrival.fact.corrects), self._held(roles), roles, seen)

    def _held(self, roles: Roles) -> list[Limit]:
        """The limits that hold for who has some roles."""
        if roles not in self._held_for:
            self._held_for[roles] = held_for(self._limits, roles)
        return self._held_for[roles]

    def _adjusting(self, arrival: Arrival, told: Judged) -> Adjusting:
        assert arrival.fact is not None
        day, person = self._day(arrival)
        legs = adjusted_legs(arrival.envelope, arrival.fact, self._goods)
        return Adjusting(arrival.envelope, arrival.fact, person, day, legs, told.passed)

    def _roles(self, arrival: Arrival) -> Roles:
        authority = self._known.operators.get(arrival.envelope.operator)
        return tuple(role.value for role in authority.roles) if authority else ()

    def _day(self, arrival: Arrival) -> Day:
        """The day of the site's calendar on which it happened, and whose it is."""
        envelope, fact = arrival.envelope, arrival.fact
        found = self._day_of.get(envelope.id)
        if found is None:
            assert fact is not None
            assert self._calendar is not None
            day = self._calendar.day_of(span_us(envelope, fact)[1]).isoformat()
            found = self._day_of[envelope.id] = day, self._known.who(envelope.operator)
        return found

    def is_above(self, arrival: Arrival) -> bool:
        """Say whether an adjustment that is on its day already takes that above a limit."""
        kept = self._adjusting(arrival, Judged(Level.USUAL, {}))
        if not (day := self._days.get((kept.day, kept.person))):
            return False
        day.take_off(_sums(kept))
        told = self._told(arrival)
        day.add(self._held, _sums(kept), self._goods)
        return any(one.per is Per.DAY for one in told.passed)

    def keep(self) -> None:
        """Write beside each adjustment what it was held against."""
        keep_adjusted(self._connection, self._site, list(self._kept.values()))


_NONE = Sum()


def _sums(kept: Adjusting) -> dict[str, Sum]:
    """What an adjustment comes to, by item."""
    sums: dict[str, Sum] = {}
    for leg in kept.legs:
        item, more = leg.key.item, _NONE.plus(Sum(abs(leg.quantity), leg.value))
        sums[item] = sums[item].plus(more) if item in sums else more
    return sums
