"""Fulfilled: tasks that are done by what somebody did, whether or not they were sent there."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection

from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.law import Maker
from scanner_app.domain.task import COUNT, LOOK, Task
from scanner_app.domain.work.plan import STOCKTAKE
from sync.central.book.task_rows import open_tasks
from sync.central.events.count_told import count_told
from sync.central.events.decode import Arrival


class _Deed(NamedTuple):
    """What a person did, and when (us, by the centre's clock)."""

    fact: Fact
    at_us: int
    who: str


class BatchTasks(NamedTuple):
    """What a batch asks for: what it has ``made`` may be done in it, too, by what it says of a later time.

    Of places that are ``not_empty`` somebody has said that they are, and the book has it otherwise.
    """

    made: Sequence[Task] = ()
    not_empty: Collection[str] = ()


def done_tasks(
    connection: Connection, site: str, arrivals: Iterable[Arrival], maker: Callable[[str], Maker], asked: BatchTasks
) -> list[Task]:
    """The tasks that some events have done, as they are then."""
    deeds = [
        _Deed(fact, fact.last_us + one.envelope.offset_us, maker(one.envelope.operator).who)
        for one in arrivals
        if (fact := one.fact) and (count_told(one.envelope, fact) or fact.stand or _emptied(fact))
    ]
    places = {place for one in deeds for place in (*one.fact.places, _emptied(one.fact)) if place}
    made = {task.task: task for task in asked.made}
    waiting = [task for task in open_tasks(connection, site, places) if task.task not in made]
    waiting += [task for task in made.values() if task.active and task.kind == COUNT]
    return [
        replace(task, active=False, holder="", until=0)
        for task in waiting
        if any(_is_done(task, one, asked.not_empty) for one in deeds)
    ]


def _emptied(fact: Fact) -> str:
    """The place of which somebody said that nothing is left there."""
    looked_at = fact.looked_at
    return looked_at.place if looked_at and looked_at.is_empty else ""


def _is_done(task: Task, deed: _Deed, not_empty: Collection[str]) -> bool:
    """Say whether somebody who may has counted what was to be counted, or seen the plate, or closed it as lost.

    That a place was left empty, and somebody said so, is as good as a count where the book has nothing there, either,
    but for a stocktake and for a recount.
    """
    fact = deed.fact
    closing, line, stand = fact.closing, fact.line, fact.stand
    if task.kind == LOOK:
        return (stand.plate if stand else closing.place if closing and not closing.of_item else "") == task.item
    if task.kind != COUNT or deed.at_us <= task.since or deed.who == task.not_by:
        return False
    if closing:
        return closing.place == task.place and closing.of_item in ("", task.item)
    if line is not None:
        return (line.key.place, line.key.item) == (task.place, task.item)
    is_enough = not (task.recounts or task.plan.startswith(STOCKTAKE)) and task.place not in not_empty
    return is_enough and _emptied(fact) == task.place
