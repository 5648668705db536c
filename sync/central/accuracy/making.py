"""Making figures, behind the floor: a pass takes some counts of which something changed, and makes theirs anew.

A pass replaces the lines and places of its counts and puts the difference into the sums; so figures that were made
step by step are those that are made at once. Whatever is noted while it reads is taken by a later pass.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

from msgspec.structs import astuple
from sqlalchemy import Connection, bindparam, delete, select, union

from scanner_app.domain.accuracy.facets import Cell, Sort
from scanner_app.domain.accuracy.sums import NAMES, Sums
from sync.central.accuracy.entries import Entries, FigureEntry, TakenCounts
from sync.central.accuracy.figures_made import FiguresMade, behind, locked_progress, set_progress
from sync.central.book.counters import shared_counters
from sync.central.counting.count_changes import forget_changes, noted_after
from sync.central.database.asked import Columns, asked_rows
from sync.central.database.bulk import upsert_rows
from sync.central.database.store import CentralStore
from sync.central.database.tables import (
    accuracy_lines,
    accuracy_places,
    accuracy_progress,
    accuracy_sums,
    claims,
    count_closings,
)
from sync.central.sites.calendar import calendar_of, shown

__all__ = ["advance", "begin_anew", "behind", "catch_up", "make_pass"]
COUNTS_PER_PASS = 100
_CELL: Columns = {"facet": str, "name": str, "period": str}


def catch_up(store: CentralStore, site: str) -> int:
    """Make all figures of a site that are to be made; return how many counts were looked at."""
    made = 0
    while taken := advance(store, site):
        made += taken
    return made


def advance(store: CentralStore, site: str, counts_max: int = COUNTS_PER_PASS) -> int:
    """Make one pass, in a transaction of its own; return how many counts it took, 0 when none was left."""
    return store.write(lambda connection: make_pass(connection, site, counts_max))


def begin_anew(store: CentralStore, site: str) -> None:
    """Forget the figures of a site: they are made once more from what was counted."""

    def forget(connection: Connection) -> None:
        shared_counters(connection, site)
        for statement in _FORGET:
            connection.execute(statement, {"of_site": site})

    store.write(forget)


def make_pass(connection: Connection, site: str, counts_max: int = COUNTS_PER_PASS) -> int:
    """Make one pass in the caller's transaction; return how many counts it took, 0 when none was left."""
    shared_counters(connection, site)
    progress = _of_today(connection, site, locked_progress(connection, site))
    if progress.is_whole:
        noted = noted_after(connection, site, progress.number, counts_max)
        counts, after = noted.counts, progress._replace(number=noted.number)
    else:
        counts = _all_behind(connection, site, progress.reached, counts_max)
        after = progress._replace(reached=counts[-1] if counts else "", is_whole=not counts)
    if counts:
        taken = TakenCounts(connection, site, calendar_of(connection, site), counts)
        _replace(connection, site, taken.before(), taken.now())
        forget_changes(connection, site, after.number)
    set_progress(connection, site, after)
    return len(counts) or int(after.is_whole and not progress.is_whole)


def _of_today(connection: Connection, site: str, progress: FiguresMade) -> FiguresMade:
    """How far the figures are, if the days of the site are still those that they tell; else all are to be made."""
    calendar = shown(connection, site)
    days = (calendar.zone, calendar.day_starts)
    if days == (progress.zone, progress.day_starts):
        return progress
    return progress._replace(zone=days[0], day_starts=days[1], is_whole=False, reached="")


def _all_behind(connection: Connection, site: str, reached: str, counts_max: int) -> Sequence[str]:
    """Some counts in the order of their names, whether or not anything of them has changed."""
    asked = {"of_site": site, "reached": reached, "some": counts_max}
    return connection.execute(_ALL, asked).scalars().all()


def _replace(connection: Connection, site: str, before: Entries, now: Entries) -> None:
    """Put entries in the place of those that there were, and the difference into the sums."""
    changes: dict[Sort, Sums] = defaultdict(Sums)
    for old, new in ((before.lines, now.lines), (before.places, now.places)):
        for name in old.keys() | new.keys():
            if old.get(name) != new.get(name):
                _note(changes, old.get(name), -1)
                _note(changes, new.get(name), 1)
    upsert_rows(connection, accuracy_lines, _changed(before.lines, now.lines))
    upsert_rows(connection, accuracy_places, _changed(before.places, now.places))
    _delete(connection, site, before.lines.keys() - now.lines.keys(), before.places.keys() - now.places.keys())
    _add(connection, site, changes)


def _changed(before: Mapping[str, FigureEntry], now: Mapping[str, FigureEntry]) -> list[tuple[object, ...]]:
    return [entry.row for name, entry in now.items() if before.get(name) != entry]


def _note(changes: dict[Sort, Sums], entry: FigureEntry | None, sign: int) -> None:
    if entry:
        changes[entry.sort] = changes[entry.sort].plus(entry.sums, sign)


def _delete(connection: Connection, site: str, lines: set[str], places: set[str]) -> None:
    for statement, names in ((_NO_LINE, lines), (_NO_PLACE, places)):
        if names:
            connection.execute(statement, [{"of_site": site, "of_name": name} for name in sorted(names)])


def _add(connection: Connection, site: str, changes: Mapping[Sort, Sums]) -> None:
    """Add to the sums of every cell; they are read and written, as one pass at a time is made."""
    cells: dict[Cell, Sums] = defaultdict(Sums)
    for cell, sums in chain.from_iterable(((cell, sums) for cell in sort.cells()) for sort, sums in changes.items()):
        cells[cell] = cells[cell].plus(sums)
    wanted = sorted(cell for cell, sums in cells.items() if not sums.is_empty)
    if not wanted:
        return
    rows = asked_rows(connection, _SUMS, _CELL, [tuple(cell) for cell in wanted], site=site)
    before = {Cell(*row[:3]): Sums(*row[3:]) for row in rows}
    after = {cell: before.get(cell, Sums()).plus(cells[cell]) for cell in wanted}
    written = [(site, cell.facet, cell.period, cell.name, *astuple(sums)) for cell, sums in after.items()]
    upsert_rows(connection, accuracy_sums, written)


_FORGET = (
    delete(accuracy_lines).where(accuracy_lines.c.site == bindparam("of_site")),
    delete(accuracy_places).where(accuracy_places.c.site == bindparam("of_site")),
    delete(accuracy_sums).where(accuracy_sums.c.site == bindparam("of_site")),
    delete(accuracy_progress).where(accuracy_progress.c.site == bindparam("of_site")),
)
_NO_LINE = delete(accuracy_lines).where(
    accuracy_lines.c.site == bindparam("of_site"), accuracy_lines.c.claim == bindparam("of_name")
)
_NO_PLACE = delete(accuracy_places).where(
    accuracy_places.c.site == bindparam("of_site"), accuracy_places.c.count_id == bindparam("of_name")
)
_ALL_IDS = [
    select(table.c.count_id.label("count_id"))
    .where(table.c.site == bindparam("of_site"), table.c.count_id > bindparam("reached"))
    .distinct()
    .order_by(table.c.count_id)
    .limit(bindparam("some"))
    .subquery()
    for table in (claims, count_closings)
]
_IDS = union(*(select(one.c.count_id) for one in _ALL_IDS)).subquery()
_ALL = select(_IDS.c.count_id).order_by(_IDS.c.count_id).limit(bindparam("some"))
_SUMS = (
    f"WITH {{asked}} SELECT s.facet, s.name, s.period, {', '.join(f's.{name}' for name in NAMES)} "
    "FROM asked a CROSS JOIN accuracy_sums s WHERE s.site = :site AND s.facet = a.facet AND s.period = a.period "
    "AND s.name = a.name"
)
