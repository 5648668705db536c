"""Devices and tasks of the small warehouse, as they stand in a store."""

from collections.abc import Iterable

from sqlalchemy import update

from scanner_app.domain.task import COUNT, Task, name_of
from sync.central.book.counters import locked_counters, set_counters
from sync.central.book.task_rows import named_tasks, write_tasks
from sync.central.database.bulk import upsert_rows
from sync.central.database.store import CentralStore
from sync.central.database.tables import devices
from sync.central.tasks.lease_rows import release_over
from tests.central.warehouse import SITE


def add_devices(store: CentralStore, *names: str, told_us: int = 0) -> None:
    """Make devices known that have told all up to an instant."""
    with store.writing() as connection:
        upsert_rows(
            connection, devices,
            [
                (SITE, name, 1, name, "", False, 0, told_us, told_us, 0, 0, "", 3, "", 0, 0, 1, 0, 0, 0, 0)
                for name in names
            ],
        )  # fmt: skip


def tell(store: CentralStore, name: str, told_us: int, *, is_revoked: bool = False) -> None:
    """A device has told all up to an instant."""
    with store.writing() as connection:
        at = (devices.c.site == SITE, devices.c.device == name)
        connection.execute(update(devices).where(*at).values(watermark_us=told_us, revoked=is_revoked))


def add_tasks(store: CentralStore, *tasks: Task) -> None:
    with store.writing() as connection:
        now = locked_counters(connection, SITE)
        version = write_tasks(connection, SITE, tasks, now.version)
        set_counters(connection, SITE, now._replace(version=version))


def to_count(*places: str, since: int = 0) -> tuple[Task, ...]:
    """Tasks that count some places."""
    return tuple(Task(name_of(place), COUNT, place, since=since) for place in places)


def tasks_of(store: CentralStore, names: Iterable[str]) -> dict[str, Task]:
    with store.reading() as connection:
        return {task.task: task for task in named_tasks(connection, SITE, list(names))}


def holders(store: CentralStore, *places: str) -> list[str]:
    """Who has the tasks of some places."""
    rows = tasks_of(store, map(name_of, places))
    return [rows[name_of(place)].holder for place in places]


def sweep(store: CentralStore) -> None:
    """Free what nobody has any more."""
    with store.writing() as connection:
        now = locked_counters(connection, SITE)
        set_counters(connection, SITE, now._replace(version=release_over(connection, SITE, now.version)))
