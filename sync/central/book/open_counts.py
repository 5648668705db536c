"""Open counts: who counts where, made from what devices tell; rows that the feed carries, and forgets after a day.

Leaving a place is no event: a count has ended, too, when its counter has an entry in another one since then, or none
for two hours. A plate that is opened while its place is counted is counted within: it ends nothing, and as long as it
is counted what is around it goes on.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, delete, or_, select

from scanner_app.domain.catalog import Plate, Site
from scanner_app.domain.count_open import ENDS_AFTER_US, MINUTE_US, CountOpen
from sync.central.book.undoing import Undoing
from sync.central.database.among import among
from sync.central.database.bulk import upsert_rows
from sync.central.database.master_tables import BY_STRUCT, cells, row_of
from sync.central.events.count_told import count_told
from sync.central.events.decode import Arrival

KEPT_US = 24 * 3600 * 1_000_000
"""So long after its last entry a row is kept, for devices that have not heard that it is of no use any more."""
_KIND = BY_STRUCT[CountOpen]
_rows = BY_STRUCT[CountOpen].table
_plates, _sites = BY_STRUCT[Plate].table.c, BY_STRUCT[Site].table.c


class _Entry(NamedTuple):
    """One entry of a count: when it was made, by the centre's clock, and from when on (us)."""

    at_us: int
    begun_us: int
    name: str
    place: str
    operator: str
    is_closing: bool


def write_open_counts(
    connection: Connection, site: str, heard: Iterable[Arrival], undone: Sequence[Undoing], version: int, *, now_us: int
) -> int:
    """Write what events say of counts that are open; return the last version given after ``version``."""
    entries = sorted(entry for arrival in heard if (entry := _entry(arrival)))
    reopened = {count_told(one.envelope, one.fact) for one in undone if one.fact.closing and one.sign < 0}
    if not entries and not reopened:
        return version
    names = {entry.name for entry in entries} | reopened
    before = _stored(connection, site, names, {entry.operator for entry in entries})
    after = dict(before)
    plates = _plates_among(connection, site, {entry.place for entry in entries})
    for entry in entries:
        _enter(after, entry, ends_others=entry.place not in plates)
    for name in reopened & after.keys():
        after[name] = replace(after[name], is_ended=False)
    after |= _of_no_use(connection, site, now_us, after)
    return _write(connection, site, [row for name, row in after.items() if row != before.get(name)], version)


def decided_counts(connection: Connection, site: str, names: Collection[str], version: int) -> int:
    """Note that a person has decided something of some counts; return the last version given after ``version``."""
    rows = _stored(connection, site, names, ()).values() if names else ()
    decided = [replace(row, is_decided=True) for row in rows if row.count in names and not row.is_decided]
    return _write(connection, site, decided, version)


def _entry(arrival: Arrival) -> _Entry | None:
    """What an event tells of a count, if any; who says at the desk that a plate is lost counts nowhere."""
    fact, envelope = arrival.fact, arrival.envelope
    count = count_told(envelope, fact)
    if fact is None or not count or (fact.closing is not None and fact.closing.is_said):
        return None
    begins = fact.closing or fact.line
    begun_us = (begins.begun_us if begins else fact.last_us) + envelope.offset_us
    place = fact.stand.place if fact.stand else fact.places[0]
    at_us = fact.last_us + envelope.offset_us
    return _Entry(at_us, begun_us, count, place, envelope.operator, fact.closing is not None)


def _enter(rows: dict[str, CountOpen], entry: _Entry, *, ends_others: bool) -> None:
    """Let an entry change its row; what is told of a count at another place is not of it."""
    row = rows.get(entry.name)
    if row is None:
        row = CountOpen(entry.name, entry.place, entry.operator, entry.begun_us, entry.at_us, entry.is_closing)
    if row.place != entry.place:
        return
    if entry.begun_us < row.since:
        row = replace(row, since=entry.begun_us)
    if entry.at_us >= row.last:
        row = replace(row, last=entry.at_us, is_ended=entry.is_closing)
    rows[entry.name] = row
    for name, other in rows.items():
        if name != entry.name and other.operator == entry.operator and other.last < entry.at_us:
            rows[name] = replace(other, is_ended=True) if ends_others else _going_on(other, entry.at_us)


def _going_on(around: CountOpen, at_us: int) -> CountOpen:
    """The count of a place while something on it is counted; one that has ended before stays so."""
    return replace(around, last=at_us) if around.is_open(at_us) else around


def _stored(
    connection: Connection, site: str, names: Collection[str], operators: Collection[str]
) -> dict[str, CountOpen]:
    """The rows of some counts, and those of some operators that have not ended."""
    asked = {"site": site, "names": list(names), "operators": list(operators)}
    return {row.count: row for row in (row_of(_KIND, tuple(one)) for one in connection.execute(_WANTED, asked).all())}


def _of_no_use(connection: Connection, site: str, now_us: int, rows: dict[str, CountOpen]) -> dict[str, CountOpen]:
    """Rows that mean nothing to anybody any more; those that no device waits for are deleted."""
    connection.execute(delete(_rows).where(_rows.c.site == site, _rows.c.last < now_us - KEPT_US))
    blind = connection.execute(select(_sites.blind_minutes).where(_sites.site == site)).scalar() or 0
    until_us = now_us - max(ENDS_AFTER_US, blind * MINUTE_US)
    stale = connection.execute(_STALE, {"site": site, "until_us": until_us}).all()
    return {row.count: replace(row, active=False) for row in (row_of(_KIND, tuple(one)) for one in stale)} | {
        name: replace(row, active=False) for name, row in rows.items() if row.last < until_us and row.active
    }


def _write(connection: Connection, site: str, rows: Sequence[CountOpen], version: int) -> int:
    cells_of = [(site, *cells(row), number) for number, row in enumerate(rows, version + 1)]
    upsert_rows(connection, _rows, cells_of)
    return version + len(rows)


def _plates_among(connection: Connection, site: str, places: Collection[str]) -> set[str]:
    asked = {"site": site, "names": list(places)}
    return set(connection.execute(_PLATES, asked).scalars()) if places else set()


_columns: list[Any] = [_rows.c[name] for name in _KIND.fields]
_of_operator = among(_rows.c.operator, "operators") & _rows.c.is_ended.is_(False) & _rows.c.active.is_(True)
_WANTED = select(*_columns).where(_rows.c.site == bindparam("site"), or_(among(_rows.c.count, "names"), _of_operator))
_STALE = select(*_columns).where(
    _rows.c.site == bindparam("site"), _rows.c.last < bindparam("until_us"), _rows.c.active.is_(True)
)
_PLATES = select(_plates.plate).where(_plates.site == bindparam("site"), among(_plates.plate, "names"))
