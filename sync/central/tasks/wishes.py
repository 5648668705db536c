"""Wishes: what somebody wants counted, as events say it, becomes tasks; what was counted since needs none."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from scanner_app.domain.events.law import Maker
from scanner_app.domain.task import Task
from sync.central.book.task_rows import write_tasks
from sync.central.events.decode import Arrival
from sync.central.tasks.last_counted import last_counted
from sync.central.tasks.task_requests import PLACES_MAX, Request, places_of, tasks_wanted
from sync.central.tasks.where import where_of


def keep_wishes(
    connection: Connection, site: str, arrivals: Sequence[Arrival], maker: Callable[[str], Maker], version: int
) -> int:
    """Write the tasks of what is wished for; return the last version given after ``version``.

    Of each wish by itself, as two may be about one place: there are few of them.
    """
    for arrival in arrivals:
        if (fact := arrival.fact) and fact.wishes and maker(arrival.envelope.operator).may(fact.right):
            version = write_tasks(connection, site, _tasks(connection, site, arrival), version)
    return version


def _tasks(connection: Connection, site: str, arrival: Arrival) -> list[Task]:
    assert arrival.fact is not None
    wish = arrival.fact.wishes
    assert wish is not None
    at_us = arrival.fact.last_us + arrival.envelope.offset_us
    places = [wish.place] if wish.place else sorted(places_of(connection, site, wish.item))[:PLACES_MAX]
    counted = last_counted(connection, site, places)
    left = tuple(place for place in places if counted.get(place, 0) <= at_us)
    where = where_of(connection, site, left) if left else {}
    return tasks_wanted(connection, site, Request(left, wish.item), where, at_us)
