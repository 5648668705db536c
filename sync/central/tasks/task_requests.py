"""Requests: somebody wants a place counted, or every place of an item; each has one task, whoever wants it."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.task import COUNT, Task, name_of
from scanner_app.errors import CentralError
from sync.central.book.counters import locked_counters, set_counters
from sync.central.book.task_rows import every_open, named_tasks, write_tasks
from sync.central.database.store import CentralStore
from sync.central.database.tables import stock
from sync.central.sites.calendar import calendar_of
from sync.central.tasks.where import where_of

PLACES_MAX = 1_000
"""So many places are asked for at once at most."""


class Request(Struct, frozen=True):
    """Count ``places``, or every place of an ``item`` where none is named; ``due`` is an instant (us)."""

    places: tuple[str, ...] = ()
    item: str = ""
    priority: int = 5
    due_us: int = 0
    not_by: str = ""


def open_now(connection: Connection, site: str) -> list[Task]:
    """What is to be done at a site, the most urgent first, each in walk order."""
    return sorted(every_open(connection, site), key=lambda task: (-task.priority, task.walk, task.place, task.task))


def end_of_day_us(connection: Connection, site: str, day: date) -> int:
    """The end of a day of the site's calendar."""
    return calendar_of(connection, site).start_us(day + timedelta(days=1))


def ask_for(store: CentralStore, site: str, request: Request, now_us: int) -> list[Task]:
    """Make the tasks of a request; one that is there becomes as urgent as it is asked for.

    Raises:
        CentralError: nothing is asked for, it is too much, or a place is none.
    """

    def ask(connection: Connection) -> list[Task]:
        before = locked_counters(connection, site)
        tasks = _made(connection, site, request, now_us)
        version = write_tasks(connection, site, tasks, before.version)
        set_counters(connection, site, before._replace(version=version))
        return tasks

    return store.write(ask)


def _made(connection: Connection, site: str, request: Request, now_us: int) -> list[Task]:
    places = request.places or places_of(connection, site, request.item)
    if not 0 < len(places) <= PLACES_MAX:
        what = f"Item {request.item}" if request.item else "This"
        raise CentralError(f"{what} is at {len(places)} places; from 1 to {PLACES_MAX} can be asked for at once.")
    where = where_of(connection, site, places)
    if unknown := sorted(set(places) - where.keys()):
        raise CentralError(f"There is no location {unknown[0]} at site {site}, and no plate that stands at one.")
    return tasks_wanted(connection, site, replace(request, places=tuple(places)), where, now_us)


def tasks_wanted(
    connection: Connection, site: str, request: Request, where: Mapping[str, tuple[str, int]], now_us: int
) -> list[Task]:
    """The tasks of the places of a request that are somewhere."""
    places = [place for place in request.places if place in where]
    wanted = {name_of(place, request.item): _task(place, request, where[place], now_us) for place in places}
    there = {task.task: task for task in named_tasks(connection, site, wanted.keys()) if task.active}
    return [_together(task, there.get(name)) for name, task in wanted.items()]


def _task(place: str, request: Request, at: tuple[str, int], now_us: int) -> Task:
    return Task(
        name_of(place, request.item), COUNT, place, request.item, now_us, request.not_by, zone=at[0], walk=at[1],
        priority=request.priority, due=request.due_us,
    )  # fmt: skip


def _together(task: Task, there: Task | None) -> Task:
    """A task that is there already stays who has it; it is done by what is asked for now, and as soon."""
    if there is None:
        return task
    due = min(filter(None, (task.due, there.due)), default=0)
    return replace(there, priority=max(task.priority, there.priority), due=due, not_by=task.not_by or there.not_by)


def places_of(connection: Connection, site: str, item: str) -> Collection[str]:
    """Where the book has an item, at most one more than may be asked for at once."""
    asked = {"of_site": site, "of_item": item, "most": PLACES_MAX + 1}
    return connection.execute(_PLACES, asked).scalars().all() if item else ()


_PLACES = (
    select(stock.c.place)
    .where(
        stock.c.site == bindparam("of_site"),
        stock.c.item == bindparam("of_item"),
        stock.c.on_device.is_(True),
        stock.c.quantity != 0,
        stock.c.place.not_like("@%"),
    )
    .distinct()
    .order_by(stock.c.place)
    .limit(bindparam("most"))
)
