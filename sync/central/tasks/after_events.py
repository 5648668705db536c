"""Heard of work: what a batch of events means for tasks: who asks for some, and which are done by it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection

from scanner_app.domain.events.law import Maker
from scanner_app.domain.task import Task
from scanner_app.domain.work.plan import PRIORITY_OF_WORDS
from sync.central.book.task_rows import write_tasks
from sync.central.book.undoing import Undoing
from sync.central.events.decode import Arrival
from sync.central.tasks.fulfilled import BatchTasks, done_tasks
from sync.central.tasks.lease_rows import drop_leases, keep_leases
from sync.central.tasks.where import where_of
from sync.central.tasks.wishes import keep_wishes
from sync.central.tasks.zero_check_rows import keep_zero_checks


class WorkHeard(NamedTuple):
    """``heard`` are events that somebody did, ``booked`` those of them that count; ``made`` are tasks by words."""

    heard: Sequence[Arrival]
    booked: Sequence[Arrival]
    undone: Sequence[Undoing]
    made: Sequence[Task]
    maker: Callable[[str], Maker]


def keep_work(connection: Connection, site: str, work: WorkHeard, version: int) -> int:
    """Write what a batch means for tasks; return the last version given after ``version``."""
    not_empty = keep_zero_checks(connection, site, work.booked, work.undone)
    version = keep_leases(connection, site, work, version)
    made = _placed(connection, site, work.made) if work.made else []
    version = keep_wishes(connection, site, work.booked, work.maker, version)
    changed = [*made, *done_tasks(connection, site, work.heard, work.maker, BatchTasks(made, not_empty))]
    drop_leases(connection, site, {task.task for task in changed})
    return write_tasks(connection, site, changed, version)


def _placed(connection: Connection, site: str, tasks: Sequence[Task]) -> list[Task]:
    """What somebody said is to be done, where it is, and before what is planned."""
    where = where_of(connection, site, {task.place for task in tasks})
    return [
        replace(task, zone=zone, walk=walk, priority=PRIORITY_OF_WORDS)
        for task in tasks
        for zone, walk in [where.get(task.place, ("", 0))]
    ]
