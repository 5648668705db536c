"""Leasing: who has which task, by the requests of a batch in their order, and when that ends for others.

The rule is ``domain/work/lease.py``. The row of a task tells everybody who has it; how far a lease was extended since
is kept here alone, as each device works that out of its own entries.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple, Protocol

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, delete, func, literal_column, or_, select

from scanner_app.domain.events.law import Maker
from scanner_app.domain.people import Right
from scanner_app.domain.task import Task
from scanner_app.domain.work.lease import RELEASED, Heard, Lease, extended, may_take, renewed
from scanner_app.domain.work.leasing import Ending
from sync.central.book.task_rows import named_tasks, write_tasks
from sync.central.database.among import among
from sync.central.database.bulk import upsert_rows
from sync.central.database.tables import devices, ended_tasks, leases
from sync.central.events.count_told import count_told
from sync.central.events.decode import Arrival


class _Asking(Protocol):
    """Events of a batch, those that count among them, and who made them (``after_events.py``)."""

    @property
    def heard(self) -> Collection[Arrival]: ...

    @property
    def booked(self) -> Collection[Arrival]: ...

    def maker(self, operator: str, /) -> Maker: ...


class _Held(NamedTuple):
    """A lease as it is kept, with what was heard of its device."""

    lease: Lease
    heard: Heard
    number: int = 0


_Leases = dict[str, dict[str, _Held]]
"""Of each task, its leases by their devices."""


def keep_leases(connection: Connection, site: str, asking: _Asking, version: int) -> int:
    """Write who has which task after a batch; return the last version given after ``version``."""
    asked = [one for one in asking.booked if one.fact and (one.fact.leases or one.fact.ends)]
    entries = [one for one in asking.heard if count_told(one.envelope, one.fact)]
    if not asked and not entries:
        return version
    names = {name for one in asked for name in _tasks_of(one)}
    held = _held(connection, site, names, {one.envelope.device for one in entries})
    if not asked and not held:
        return version
    book = _Book({task.task: task for task in named_tasks(connection, site, names)}, held)
    wanted = {one.envelope.id for one in (*asked, *entries)}
    for arrival in asking.heard:
        if arrival.envelope.id in wanted:
            book.enter(arrival, asking.maker(arrival.envelope.operator))
    return book.write(connection, site, version)


def drop_leases(connection: Connection, site: str, names: Collection[str]) -> None:
    """Forget who had some tasks, as they are done or are others by now."""
    if names:
        connection.execute(_DROP, {"of_site": site, "names": sorted(names)})


def release_over(connection: Connection, site: str, version: int) -> int:
    """Free the tasks whose leases have ended for others; return the last version given after ``version``."""
    over = [row.task for row in connection.execute(_OVER, {"of_site": site})]
    freed = [replace(task, holder="", until=0) for task in named_tasks(connection, site, over)] if over else []
    drop_leases(connection, site, over)
    return write_tasks(connection, site, freed, version)


def any_over(connection: Connection, site: str) -> bool:
    """Say whether a lease has ended for others that nobody has taken out yet."""
    return connection.execute(_OVER.limit(1), {"of_site": site}).first() is not None


class _Book:
    """The tasks that a batch names, and who has them, as its events change that one after the other."""

    def __init__(self, tasks: dict[str, Task], held: _Leases) -> None:
        self._tasks = tasks
        self._tasks_before = dict(tasks)
        self._held = held
        self._before = {name: dict(of_task) for name, of_task in held.items()}
        self._ended: dict[str, tuple[Any, ...]] = {}

    def enter(self, arrival: Arrival, maker: Maker) -> None:
        """Let an event do what it does; one whose author may not do that does nothing."""
        fact, envelope = arrival.fact, arrival.envelope
        assert fact is not None
        if count_told(envelope, fact):
            self._extend(maker.who, envelope.device, fact.last_us + envelope.offset_us)
        if (leasing := fact.leases) and maker.may(fact.right):
            asked = Lease(maker.who, envelope.device, leasing.until_us + envelope.offset_us)
            for name in leasing.tasks:
                self._take(name, asked)
        if (ending := fact.ends) and ending.task and maker.may(fact.right):
            at_us = fact.last_us + envelope.offset_us
            self._end(ending, maker, (ending.reason, envelope.operator, at_us))

    def _extend(self, who: str, device: str, at_us: int) -> None:
        for of_task in self._held.values():
            if (one := of_task.get(device)) and one.lease.holder == who:
                of_task[device] = one._replace(lease=extended(one.lease, at_us))

    def _take(self, name: str, asked: Lease) -> None:
        task, of_task = self._tasks.get(name), self._held.get(name, {})
        if task is None or not task.active or task.not_by == asked.holder:
            return
        if not may_take(((one.lease, one.heard) for one in of_task.values()), asked.holder):
            return
        own = {device: one for device, one in of_task.items() if one.lease.holder == asked.holder}
        before = own.get(asked.device)
        lease = renewed(before.lease if before else None, asked)
        self._held[name] = {**own, asked.device: _Held(lease, before.heard if before else Heard(0))}
        self._tasks[name] = replace(task, holder=lease.holder, until=max(lease.until_us, task.until if own else 0))

    def _end(self, ending: Ending, maker: Maker, why: tuple[str, str, int]) -> None:
        """A task that somebody else has is ended, or taken from them, by who may decide what others do."""
        name, is_released = ending.task, ending.reason == RELEASED
        task, of_task = self._tasks.get(name), self._held.get(name, {})
        if task is None or not task.active or (ending.version and ending.version != task.since):
            return
        is_theirs = may_take(((one.lease, one.heard) for one in of_task.values()), maker.who)
        if is_theirs or maker.may(Right.DECIDE):
            self._held.pop(name, None)
            self._tasks[name] = replace(task, holder="", until=0, active=is_released)
            if not is_released:
                self._ended[name] = (task.place, task.item, *why)

    def write(self, connection: Connection, site: str, version: int) -> int:
        """Write what has changed; return the last version given after ``version``."""
        gone = {name for name, of_task in self._before.items() if of_task.keys() - self._held.get(name, {}).keys()}
        drop_leases(connection, site, gone)
        changed = [task for name, task in self._tasks.items() if task != self._tasks_before[name]]
        numbers = {task.task: number for number, task in enumerate(changed, version + 1)}
        rows = [
            (site, name, device, one.lease.holder, one.lease.until_us, numbers.get(name, one.number))
            for name, of_task in self._held.items()
            for device, one in of_task.items()
            if name in gone or one != self._before.get(name, {}).get(device)
        ]
        upsert_rows(connection, leases, rows)
        upsert_rows(connection, ended_tasks, [(site, name, *cells) for name, cells in self._ended.items()])
        return write_tasks(connection, site, changed, version)


def _tasks_of(arrival: Arrival) -> tuple[str, ...]:
    fact = arrival.fact
    if fact is None:
        return ()
    return fact.leases.tasks if fact.leases else (fact.ends.task,) if fact.ends and fact.ends.task else ()


def _held(connection: Connection, site: str, names: Iterable[str], at: Iterable[str]) -> _Leases:
    """The leases of some tasks, and those of some devices."""
    found: _Leases = {}
    asked = {"of_site": site, "names": sorted(names), "devices": sorted(at)}
    for row in connection.execute(_HELD, asked):
        lease = Lease(row.holder, row.device, row.until_us)
        heard = Heard(row.watermark_us or 0, is_waited_for=row.revoked is False)
        found.setdefault(row.task, {})[row.device] = _Held(lease, heard, row.number)
    return found


_OF_SITE = leases.c.site == bindparam("of_site")
_JOINED = leases.outerjoin(devices, (devices.c.site == leases.c.site) & (devices.c.device == leases.c.device))
_IS_OVER: ColumnElement[bool] = or_(
    devices.c.device.is_(None), devices.c.revoked.is_(True), devices.c.watermark_us > leases.c.until_us
)
"""As the rule has it, for many at once."""
_OVER: Select[Any] = (
    select(leases.c.task)
    .select_from(_JOINED)
    .where(_OF_SITE)
    .group_by(leases.c.task)
    .having(func.min(case((_IS_OVER, literal_column("1")), else_=literal_column("0"))) == literal_column("1"))
    .order_by(leases.c.task)
)
_HELD = (
    select(*(leases.c[name] for name in ("task", "holder", "device", "until_us", "number")))
    .add_columns(devices.c.watermark_us, devices.c.revoked)
    .select_from(_JOINED)
    .where(_OF_SITE, or_(among(leases.c.task, "names"), among(leases.c.device, "devices")))
)
_DROP = delete(leases).where(_OF_SITE, among(leases.c.task, "names"))
