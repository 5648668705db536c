"""Entries: the lines and places of some counts as figures see them, read from claims, closings and words."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec.structs import astuple
from sqlalchemy import Connection, bindparam, func, select

from scanner_app.domain.accuracy.counted_line import Beside, differences, reason_of, sums_of
from scanner_app.domain.accuracy.facets import Sort
from scanner_app.domain.accuracy.sums import Sums
from scanner_app.domain.bounds import is_instant_believed
from scanner_app.domain.calendar import Calendar
from scanner_app.domain.catalog import Location
from scanner_app.domain.counting.state import Standing
from sync.central.counting.claim_rows import kept_of
from sync.central.counting.told import BOOKED
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import (
    CLOSED_WHOLE,
    KEY_NAMES,
    accuracy_lines,
    accuracy_places,
    claims,
    count_closings,
    count_lines,
    words,
)

_locations = BY_STRUCT[Location].table
Row = tuple[Any, ...]


class FigureEntry(NamedTuple):
    """A row of a line or a place, as it is kept; what it is, and what it adds."""

    row: Row
    sort: Sort
    sums: Sums


class Entries(NamedTuple):
    """The entries of some counts, by what names them: the claim of a line, the count of a place."""

    lines: dict[str, FigureEntry]
    places: dict[str, FigureEntry]


class TakenCounts:
    """Some counts of a site, and those of the lines that they count again."""

    def __init__(self, connection: Connection, site: str, calendar: Calendar, counts: Collection[str]) -> None:
        self._connection = connection
        self._site = site
        self._calendar = calendar
        self.names = self._with_recounted(counts)

    def _with_recounted(self, counts: Collection[str]) -> list[str]:
        recounted = {*self._ask(_RECOUNTED, counts), *self._ask(_RECOUNTED_BEFORE, counts)}
        named = {row[0] for row in recounted if row[0]}
        return sorted({*counts, *(row[0] for row in self._ask(_COUNTS_OF, named))})

    def _ask(self, statement: Any, names: Collection[str]) -> Sequence[Any]:
        asked = {"of_site": self._site, "names": sorted(names)}
        return self._connection.execute(statement, asked).all() if names else ()

    def before(self) -> Entries:
        """What the figures have of them."""
        lines = {row.claim: _kept_line(row) for row in self._ask(_LINES_BEFORE, self.names)}
        return Entries(lines, {row.count_id: _kept_place(row) for row in self._ask(_PLACES_BEFORE, self.names)})

    def now(self) -> Entries:
        """What they are by all that is known."""
        rows = self._ask(_CLAIMS, self.names)
        scans = {row.claim: (row.scans, int(row.took_us)) for row in self._ask(_SCANS, self.names)}
        again = {row[0] for row in self._ask(_AGAIN, {row.goods for row in rows})}
        lines = {row.claim: self._line(row, scans, row.claim in again) for row in rows}
        return Entries(lines, {entry.row[1]: entry for entry in self._places(rows, lines)})

    def _line(self, row: Any, scans: dict[str, tuple[int, int]], is_recounted: bool) -> FigureEntry:
        kept = kept_of(row)
        number, took_us = (0, 0) if row.closing else scans.get(row.claim, (0, 0))
        beside = Beside(row.met, row.reason or "", number, max(0, took_us), is_recounted)
        sort = Sort(self._day(row.effective_us), row.zone, row.abc, row.operator, reason_of(kept, beside.reason))
        sums = sums_of(kept, beside)
        what = (*(getattr(row, name) for name in KEY_NAMES), sort.day, sort.zone, sort.abc, sort.counter, sort.reason)
        amounts = (row.effective_us, row.quantity, differences(kept)[1], row.cost, row.word)
        names = (self._site, row.claim, row.count_id, *what, row.recounts, row.standing)
        return FigureEntry((*names, *amounts, *astuple(sums)), sort, sums)

    def _places(self, rows: Sequence[Any], lines: dict[str, FigureEntry]) -> Iterator[FigureEntry]:
        closings = self._ask(_CLOSINGS, self.names)
        zones = {row[0]: row[1] for row in self._ask(_ZONES, {closing.place for closing in closings})}
        zones_then = {(row.count_id, row.place): row.zone for row in rows}
        off = {(row.count_id, row.place) for row in rows if lines[row.claim].sums.differing}
        for one in closings:
            at = (one.count_id, one.place)
            zone = zones_then.get(at, zones.get(one.place, ""))
            sort = Sort(self._day(one.effective_us), zone, None, one.operator, None)
            sums = Sums(places=1, places_differing=int(at in off))
            names = (self._site, one.count_id, one.place, sort.day, sort.zone, sort.counter, one.event)
            yield FigureEntry((*names, one.effective_us, one.begun_us, *astuple(sums)), sort, sums)

    def _day(self, instant_us: int) -> str:
        """The day of an instant; empty where no calendar shows it, as older programs have booked some."""
        return self._calendar.day_of(instant_us).isoformat() if is_instant_believed(instant_us) else ""


def _kept_line(row: Any) -> FigureEntry:
    return FigureEntry(tuple(row), Sort(row.day, row.zone, row.abc, row.operator, row.reason), sums_in(row))


def _kept_place(row: Any) -> FigureEntry:
    return FigureEntry(tuple(row), Sort(row.day, row.zone, None, row.operator, None), sums_in(row))


def sums_in(row: Any) -> Sums:
    """What stands in the columns of a row that are summed up."""
    return Sums(*(int(getattr(row, name)) for name in Sums.__struct_fields__))


def _of_counts(table: Any, *columns: Any) -> Any:
    wanted = select(*columns) if columns else select(table)
    return wanted.where(table.c.site == bindparam("of_site"), among(table.c.count_id, "names"))


_ruling = (words.c.site == claims.c.site) & (words.c.number == claims.c.word)
_CLAIMS = (
    select(claims, words.c.reason)
    .select_from(claims.outerjoin(words, _ruling))
    .where(claims.c.site == bindparam("of_site"), among(claims.c.count_id, "names"), claims.c.is_alive.is_(True))
)
_RECOUNTED = _of_counts(claims, claims.c.recounts).distinct()
_RECOUNTED_BEFORE = _of_counts(accuracy_lines, accuracy_lines.c.counts_again).distinct()
_COUNTS_OF = (
    select(claims.c.count_id).where(claims.c.site == bindparam("of_site"), among(claims.c.claim, "names")).distinct()
)
_AGAIN = (
    select(claims.c.recounts)
    .where(
        claims.c.site == bindparam("of_site"),
        among(claims.c.goods, "names"),
        claims.c.is_alive.is_(True),
        claims.c.recounts != "",
        claims.c.standing != Standing.REJECTED.value,
    )
    .distinct()
)
"""The claims of some goods that another count counts again."""
_TOOK = count_lines.c.effective_us - count_lines.c.begun_us
_SCANS = (
    _of_counts(
        count_lines, count_lines.c.claim, func.count().label("scans"), func.sum(_TOOK).label("took_us")
    )
    .where(count_lines.c.state == BOOKED, count_lines.c.is_undone.is_(False))
    .group_by(count_lines.c.claim)
)  # fmt: skip
_CLOSINGS = _of_counts(count_closings).where(CLOSED_WHOLE)
_ZONES = select(_locations.c.location, _locations.c.zone).where(
    _locations.c.site == bindparam("of_site"), among(_locations.c.location, "names")
)
_LINES_BEFORE = _of_counts(accuracy_lines)
_PLACES_BEFORE = _of_counts(accuracy_places)
