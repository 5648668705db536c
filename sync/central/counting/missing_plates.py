"""Missing plates: which the register has at a place that was closed, and its count did not see; kept as they change."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, or_, select

from scanner_app.domain.catalog import Plate
from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.plates import Entry, missing
from sync.central.book.plate_places import BEFORE_ALL_US
from sync.central.counting.closings import closing_of
from sync.central.counting.told import BOOKED
from sync.central.database.among import among
from sync.central.database.bulk import upsert_rows
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import CLOSED_WHOLE, count_closings, count_sightings, missing_plates, plate_places

_plates = BY_STRUCT[Plate].table


class _Looked(NamedTuple):
    """What is known of some plates: where each stands, who saw it, and the last closings of places."""

    stands: Mapping[str, Entry]
    seen: Mapping[str, list[Entry]]
    closings: Mapping[str, Any]


def settle_missing(connection: Connection, site: str, counts: Collection[str], plates: Collection[str]) -> None:
    """Say again which plates are missing, of all that some ``counts`` speak of, and of those that were moved."""

    def rows(statement: Any, **asked: Collection[str]) -> list[Any]:
        named = {name: sorted(names) for name, names in asked.items()}
        return list(connection.execute(statement, {"of_site": site, **named}).all()) if any(asked.values()) else []

    closed = rows(_OF_COUNTS, counts=counts)
    places = {row.place for row in closed}
    affected = {row.plate for row in rows(_AT, places=places, closings={row.event for row in closed})}
    affected |= {*plates, *places}
    if not affected:
        return
    stands = _stands(rows(_NEWEST, plates=affected), rows(_NEVER_MOVED, plates=affected))
    closings = {row.place: row for row in rows(_LAST, places={one.place for one in stands.values()} | affected)}
    seen: dict[str, list[Entry]] = defaultdict(list)
    for row in rows(_SEEN, counts={row.count_id for row in closings.values()}, plates=affected):
        seen[row.plate].append(Entry(row.plate, row.place, _instant(row), row.count_id))
    gone = _Looked(stands, seen, closings)
    kept = [_row(site, gone, plate) for plate in sorted(affected) if _is_missing(gone, plate)]
    names = {"of_site": site, "plates": sorted(affected - {row[1] for row in kept})}
    connection.execute(_FOUND, names)
    upsert_rows(connection, missing_plates, kept)


def _stands(moved: Iterable[Any], never_moved: Iterable[Any]) -> dict[str, Entry]:
    """Where plates stand; what was never moved stands where master data says."""
    stands = {
        row.plate: Entry(row.plate, row.location or row.parent, Instant(BEFORE_ALL_US, "", 0, 0, 0))
        for row in never_moved
    }
    return stands | {row.plate: Entry(row.plate, row.location or row.parent, _instant(row)) for row in moved}


def _is_missing(looked: _Looked, plate: str) -> bool:
    stand = looked.stands.get(plate)
    closing = looked.closings.get(stand.place) if stand else None
    if stand is None or closing is None:
        return False
    lost = [closing_of(looked.closings[plate])] if plate in looked.closings else []
    return bool(missing(closing_of(closing), [stand, *looked.seen.get(plate, ())], lost))


def _row(site: str, looked: _Looked, plate: str) -> tuple[Any, ...]:
    stand = looked.stands[plate]
    closing = looked.closings[stand.place]
    who = (closing.count_id, closing.event, closing.operator, closing.device)
    return (site, plate, stand.place, *who, closing.effective_us, max(stand.instant.time_us, 0))


def _instant(row: Any) -> Instant:
    return Instant(row.effective_us, row.device, row.epoch, row.sequence, 0)


def _at_site(table: Any) -> Any:
    return table.c.site == bindparam("of_site")


_OF_COUNTS = select(count_closings.c.event, count_closings.c.place).where(
    _at_site(count_closings), among(count_closings.c.count_id, "counts")
)
_stood = select(_plates.c.plate).where(
    _at_site(_plates), or_(among(_plates.c.location, "places"), among(_plates.c.parent, "places"))
)
_missed = select(missing_plates.c.plate).where(
    _at_site(missing_plates),
    or_(among(missing_plates.c.closing, "closings"), among(missing_plates.c.place, "places")),
)
_AT = _stood.union(_missed)
_rank = func.row_number().over(
    partition_by=plate_places.c.plate,
    order_by=[plate_places.c[name].desc() for name in ("effective_us", "device", "epoch", "sequence", "cause")],
)
_ranked = (
    select(plate_places, _rank.label("rank"))
    .where(_at_site(plate_places), plate_places.c.is_void.is_(False), among(plate_places.c.plate, "plates"))
    .subquery()
)
_NEWEST = select(_ranked).where(_ranked.c.rank == 1)
_NEVER_MOVED = select(_plates.c.plate, _plates.c.location, _plates.c.parent).where(
    _at_site(_plates), _plates.c.active.is_(True), among(_plates.c.plate, "plates")
)
_speaks = (_at_site(count_closings), CLOSED_WHOLE, among(count_closings.c.place, "places"))
_order = [count_closings.c[name].desc() for name in ("effective_us", "device", "epoch", "sequence")]
_by_place = func.row_number().over(partition_by=count_closings.c.place, order_by=_order).label("rank")
_closed = select(count_closings, _by_place).where(*_speaks).subquery()
_LAST = select(_closed).where(_closed.c.rank == 1)
_SEEN = select(count_sightings).where(
    _at_site(count_sightings),
    count_sightings.c.is_undone.is_(False),
    count_sightings.c.state == BOOKED,
    among(count_sightings.c.count_id, "counts"),
    among(count_sightings.c.plate, "plates"),
)
_FOUND = delete(missing_plates).where(_at_site(missing_plates), among(missing_plates.c.plate, "plates"))
