"""What the centre says of what is to be counted, and of a stocktake; times are of its clock (us)."""

from msgspec import Struct

from scanner_app.domain.task import Task


class EndedTask(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A task that ended without being done, why, and who said so."""

    place: str
    item: str = ""
    reason: str = ""
    operator: str = ""
    at_us: int = 0


class TasksPage(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="reply", tag="tasks"):
    """Of ``open`` tasks so many are ``late``, and somebody has ``held`` of them; ``ended`` are those of a day."""

    tasks: tuple[Task, ...] = ()
    open: int = 0
    late: int = 0
    held: int = 0
    ended: tuple[EndedTask, ...] = ()
    after: str = ""
    as_of_us: int = 0


class ZoneCounted(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A zone of a stocktake: its places, and how many were counted."""

    zone: str
    places: int
    counted: int


class CountingAt(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody counts a place, since an instant."""

    operator: str
    place: str
    since_us: int


class NotHeard(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A device that has not told all: up to when it has, and how many events it had not sent."""

    name: str
    told_us: int
    waiting: int = 0


class StocktakePage(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="reply", tag="stocktake"):
    """A stocktake: one that goes on (``closed_us`` of 0) as far as it is, a closed one as it was as of ``cut_us``.

    ``stocktake`` is empty where there was none. ``left`` places were not counted, ``not_counted`` are the first of
    them, each with why where somebody has given it up; ``missing`` are devices that have not told all, ``quiet`` how
    many they were when it was closed. What it came to is the book as it was known when ``recorded`` was its last row.
    """

    stocktake: str = ""
    zones_named: str = ""
    note: str = ""
    begun_us: int = 0
    closed_us: int = 0
    cut_us: int = 0
    recorded: int = 0
    places: int = 0
    left: int = 0
    quiet: int = 0
    zones: tuple[ZoneCounted, ...] = ()
    counting: tuple[CountingAt, ...] = ()
    missing: tuple[NotHeard, ...] = ()
    not_counted: tuple[EndedTask, ...] = ()
    as_of_us: int = 0
