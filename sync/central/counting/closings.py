"""Closings: which closing of a count speaks, what it still waits for, and which keys the lines of its count exempt.

A closing has *seen* an undo of its own device that has a lower number. A line that it saw undone exempts nothing and is
not waited for. Of several closings of one count that were not undone the last by its number speaks, as soon as all that
came before it has arrived and is known or void.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from scanner_app.domain.counting.count import CountClosing, Spoken, last_closing, spoken
from scanner_app.domain.counting.undone import Undo, undone_before
from sync.central.counting.lines import Lines, instant_of
from sync.central.counting.told import BOOKED
from sync.central.database.among import among
from sync.central.database.tables import count_closings, count_sightings, count_undos


class ClosedCount(NamedTuple):
    """A count with closings: the last that is not undone, if any, and what it makes; which spoke before, and where."""

    closing: Spoken | None
    spoke: str
    place: str = ""

    @property
    def speaks(self) -> CountClosing | None:
        return self.closing.closing if self.closing and not self.closing.is_inert else None

    @property
    def is_turned(self) -> bool:
        """Say whether another closing speaks than before, or none."""
        return self.spoke != (self.speaks.event if self.speaks else "")


def closed_counts(
    connection: Connection, site: str, counts: Collection[str], known: Lines
) -> dict[str, ClosedCount]:  # fmt: skip
    """Settle which closings of some counts speak, and keep that; counts without a closing are left out."""
    closings = _grouped(connection.execute(_CLOSINGS, _asked(site, counts))) if counts else {}
    if not closings:
        return {}
    lines = known.of_counts(closings)
    sightings = _grouped(connection.execute(_SIGHTINGS, _asked(site, closings)))
    undos = Undos(connection, site, (line.event for of_count in lines.values() for line in of_count))
    settled = {}
    changed: list[dict[str, Any]] = []
    for count, rows in closings.items():
        last = last_closing(closing_of(row) for row in rows if row.state == BOOKED)
        made = None
        if last:
            sighted = [instant_of(row) for row in sightings.get(count, ())]
            made = spoken(last, lines.get(count, ()), sighted, undos.before(last))
        settled[count] = ClosedCount(made, *next(((row.event, row.place) for row in rows if row.speaks), ("", "")))
        changed += _changed(site, rows, made)
    if changed:
        connection.execute(_SETTLE, changed)
    return settled


def _changed(site: str, rows: Iterable[Any], made: Spoken | None) -> Iterable[dict[str, Any]]:
    for row in rows:
        is_last = made is not None and made.closing.event == row.event
        missing, waited = (made.missing, made.waited) if made and is_last else (0, 0)
        speaks = is_last and not missing and not waited
        if (bool(row.speaks), row.missing, row.waited) != (speaks, missing, waited):
            cells = {"does": speaks, "lacks": missing, "awaits": waited}
            yield {"of_site": site, "of_event": row.event, **cells}


def closing_of(row: Any) -> CountClosing:
    """A closing as its row holds it."""
    told = (row.event, row.count_id, row.place, row.lines, row.sightings, row.begun_us, instant_of(row))
    return CountClosing(*told, row.uncertainty_us, row.operator, row.person, not row.is_undone, row.item)


class Undos:
    """What was said of facts never having happened, and of those words."""

    def __init__(self, connection: Connection, site: str, events: Iterable[str]) -> None:
        self._undos: dict[str, Undo] = {}
        named = sorted(events)
        while named:
            rows = connection.execute(_UNDOS, {"of_site": site, "events": named}).all()
            fresh = {row.event: _undo(row) for row in rows if row.event not in self._undos}
            self._undos |= fresh
            named = sorted(fresh)

    def before(self, closing: CountClosing) -> frozenset[str]:
        """The facts that a closing has seen undone."""
        return undone_before(closing, self._undos.values())


def _undo(row: Any) -> Undo:
    return Undo(row.event, row.undoes, instant_of(row), row.operator)


def _grouped(rows: Iterable[Any]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.count_id].append(row)
    return groups


def _asked(site: str, counts: Collection[str] | Mapping[str, Any]) -> dict[str, Any]:
    return {"of_site": site, "counts": sorted(counts)}


def _of_counts(table: Any) -> Any:
    return select(table).where(table.c.site == bindparam("of_site"), among(table.c.count_id, "counts"))


_SIGHTINGS = _of_counts(count_sightings)
_CLOSINGS = _of_counts(count_closings)
_UNDOS = select(count_undos).where(count_undos.c.site == bindparam("of_site"), among(count_undos.c.undoes, "events"))
_SETTLE = (
    update(count_closings)
    .where(count_closings.c.site == bindparam("of_site"), count_closings.c.event == bindparam("of_event"))
    .values(speaks=bindparam("does"), missing=bindparam("lacks"), waited=bindparam("awaits"))
)
