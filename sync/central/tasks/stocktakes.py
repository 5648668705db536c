"""Stocktakes: every place of a site, or of some zones, is counted once; then the book is cut over as of one instant."""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, delete, select

from scanner_app.domain.codes import code_fault
from scanner_app.domain.work.due import in_walk_order
from scanner_app.domain.work.plan import A_DAY_MAX, STOCKTAKE, STOCKTAKE_PRIORITY, By
from scanner_app.errors import CentralError
from sync.central.book.as_of import BookMoment
from sync.central.book.counters import locked_counters, set_counters
from sync.central.book.task_rows import tasks_of_plan
from sync.central.database.bulk import upsert_rows
from sync.central.database.store import CentralStore
from sync.central.database.tables import plan_days, stocktakes
from sync.central.sites.calendar import calendar_of
from sync.central.tasks.looking import write_made
from sync.central.tasks.place_states import place_states
from sync.central.tasks.planning import keep_due, today_of
from sync.central.tasks.stocktake_progress import Progress, Span, progress_of


class Stocktake(Struct, frozen=True):
    """A stocktake; ``closed_us`` of 0 is one that goes on. What it came to is the book as of ``moment``."""

    stocktake: str
    zones: str
    note: str
    begun_us: int
    closed_us: int
    cut_us: int
    recorded: int
    places: int
    left: int
    devices_missing: int

    @property
    def moment(self) -> BookMoment:
        return BookMoment(self.cut_us, self.recorded)

    @property
    def plan(self) -> str:
        """What it is called as a plan."""
        return STOCKTAKE + self.stocktake


class NotAllCountedError(CentralError):
    """Something is left to be counted, or a device has not told all: it is for who closes it to say that it is so."""


def stocktakes_of(connection: Connection, site: str) -> list[Stocktake]:
    rows = connection.execute(_EVERY, {"of_site": site}).all()
    return [Stocktake(*row[1:]) for row in rows]


def begin(store: CentralStore, site: str, name: str, zones: Iterable[str], now_us: int) -> Stocktake:
    """Begin a stocktake: everything in its zones, or all, is to be counted from now on.

    Raises:
        CentralError: it was begun before, another one goes on, or there is nothing to count.
    """
    if code_fault(name):
        raise CentralError(f"{name} is no name for a stocktake: letters, digits and dashes, and no blank at its ends.")
    wanted = frozenset(zones)
    states = store.read(lambda connection: place_states(connection, site, By.ALL, now_us))
    places = in_walk_order(states, wanted, now_us)
    if gone := wanted - {one.zone for one in places}:
        raise CentralError(f"No location of site {site} is in zone {min(gone)}; nothing was begun.")
    if not places:
        raise CentralError(f"Site {site} has no location; nothing was begun.")
    begun = Stocktake(name, ",".join(sorted(wanted)), "", now_us, 0, 0, 0, len(places), len(places), 0)

    def keep(connection: Connection) -> None:
        locked_counters(connection, site)
        for other in stocktakes_of(connection, site):
            if other.stocktake == name:
                raise CentralError(f"Stocktake {name} was begun before; give this one another name.")
            if not other.closed_us:
                raise CentralError(f"Stocktake {other.stocktake} goes on; close that one before.")
        _write(connection, site, begun)
        today = today_of(calendar_of(connection, site), now_us)
        keep_due(connection, site, begun.plan, places, today)
        day = (now_us, len(places), 0, 0, STOCKTAKE_PRIORITY, A_DAY_MAX)
        upsert_rows(connection, plan_days, [(site, begun.plan, "", *day)])

    store.write(keep)
    return begun


class Cut(NamedTuple):
    """When a stocktake is closed (us), and as of which instant: ``at_us`` of 0 is the same; and what is said of it."""

    now_us: int
    at_us: int = 0
    note: str = ""
    has_gaps: bool = False


def close(store: CentralStore, site: str, name: str, cut: Cut) -> Stocktake:
    """Close a stocktake: what it came to is the book as of an instant, as it is known now.

    Raises:
        NotAllCountedError: something is left, and nobody said that it may be.
        CentralError: there is no such stocktake, it is closed, or that instant is none of it.
    """
    return store.write(lambda connection: close_one(connection, site, name, cut))


def close_one(connection: Connection, site: str, name: str, cut: Cut) -> Stocktake:
    """Close a stocktake in a transaction that is there; it raises what ``close`` does."""
    counters = locked_counters(connection, site)
    found = open_one(connection, site, name)
    at_us = cut.at_us or cut.now_us
    if not found.begun_us <= at_us <= cut.now_us:
        raise CentralError(f"Cut {found.stocktake} over as of an instant since it was begun, and not in the future.")
    progress = progress_of(connection, site, Span(found.plan, found.begun_us, at_us))
    if not cut.has_gaps and (progress.left or progress.missing):
        raise NotAllCountedError(_gaps(found.stocktake, progress))
    closed = replace(
        found, note=cut.note, closed_us=cut.now_us, cut_us=at_us, recorded=counters.recorded, left=progress.left,
        devices_missing=len(progress.missing),
    )  # fmt: skip
    _write(connection, site, closed)
    connection.execute(_NO_DAY, {"of_site": site, "of_plan": found.plan})
    ended = (replace(task, active=False) for task in tasks_of_plan(connection, site, found.plan))
    nobodys = [replace(task, holder="", until=0) for task in ended]
    version = write_made(connection, site, nobodys, counters.version)
    set_counters(connection, site, counters._replace(version=version))
    return closed


def open_one(connection: Connection, site: str, name: str) -> Stocktake:
    """The stocktake of a name, or the one that goes on where none is named.

    Raises:
        CentralError: there is none, or it is closed.
    """
    found = named(connection, site, name) if name else None
    going = [one for one in stocktakes_of(connection, site) if not one.closed_us]
    if found is None and going and not name:
        found = going[0]
    if found is None or found.closed_us:
        raise CentralError(f"Stocktake {name} is closed." if name else f"No stocktake goes on at site {site}.")
    return found


def named(connection: Connection, site: str, name: str) -> Stocktake:
    """The stocktake of a name.

    Raises:
        CentralError: there is none.
    """
    for one in stocktakes_of(connection, site):
        if one.stocktake == name:
            return one
    raise CentralError(f"There is no stocktake {name} at site {site}.")


def _gaps(name: str, progress: Progress) -> str:
    told = [f"{progress.left} places are not counted"] if progress.left else []
    told += [f"{len(progress.missing)} devices have not told all"] if progress.missing else []
    return f"Stocktake {name} has gaps: {' and '.join(told)}. Say --with-gaps to close it as it is."


def _write(connection: Connection, site: str, one: Stocktake) -> None:
    cells = (one.stocktake, one.zones, one.note, one.begun_us, one.closed_us, one.cut_us, one.recorded)
    upsert_rows(connection, stocktakes, [(site, *cells, one.places, one.left, one.devices_missing)])


_EVERY = select(stocktakes).where(stocktakes.c.site == bindparam("of_site")).order_by(stocktakes.c.begun_us)
_NO_DAY = delete(plan_days).where(plan_days.c.site == bindparam("of_site"), plan_days.c.plan == bindparam("of_plan"))
