"""Where license plates stand: a register, each plate with its own timeline; what stands on them is not listed.

The feed carries the newest entry of the timeline in the plate's row. An entry that arrives late, or never happened,
changes that row only if it is the newest; the row gets a new version all the same, as devices wait for it.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, update

from scanner_app.domain.catalog import Plate
from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.events.stand import Stand
from sync.central.book.undoing import Undoing
from sync.central.database.bulk import insert_rows, upsert_rows
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import plate_places
from sync.central.events.decode import Arrival

BEFORE_ALL_US = -(2**62)
"""The instant of what master data said before the floor moved a plate."""
_plates = BY_STRUCT[Plate].table


class _Standing(NamedTuple):
    """Where a plate stands, as its row says."""

    location: str
    parent: str
    active: bool


def write_plates(
    connection: Connection, site: str, counted: Sequence[Arrival], undone: Sequence[Undoing], version: int
) -> int:
    """Write the places of plates that events gave or took back; return the last version given after ``version``."""
    set_down = [(arrival.envelope, stand) for arrival in counted if arrival.fact and (stand := arrival.fact.stand)]
    taken_back = [(undoing, stand) for undoing in undone if (stand := undoing.fact.stand)]
    plates = sorted({stand.plate for _, stand in (*set_down, *taken_back)})
    if not plates:
        return version
    known = _known(connection, site, plates)
    _keep_first(connection, site, known)
    insert_rows(connection, plate_places, [_row(site, envelope, stand) for envelope, stand in set_down])
    for undoing in (undoing for undoing, _ in taken_back if undoing.sign):
        whose = (plate_places.c.site == site, plate_places.c.cause == undoing.envelope.id)
        connection.execute(update(plate_places).where(*whose).values(is_void=undoing.sign < 0))
    newest = _newest(connection, site, plates)
    rows = [
        (site, plate, *newest.get(plate, _gone(known.get(plate))), number)
        for number, plate in enumerate(plates, version + 1)
    ]
    upsert_rows(connection, _plates, rows)
    return version + len(rows)


def moved_plates(connection: Connection, site: str) -> dict[str, tuple[str, str]]:
    """Location and parent of those plates whose place is the floor's to say: an event has moved them."""
    moved = select(plate_places.c.plate).where(
        plate_places.c.site == site, plate_places.c.is_void.is_(False), plate_places.c.cause != ""
    )
    columns = (_plates.c.plate, _plates.c.location, _plates.c.parent)
    rows = connection.execute(select(*columns).where(_plates.c.site == site, _plates.c.plate.in_(moved)))
    return {row.plate: (row.location, row.parent) for row in rows.all()}


def _row(site: str, envelope: Envelope, stand: Stand) -> tuple[Any, ...]:
    instant = (stand.wall_us + envelope.offset_us, envelope.device, envelope.epoch, envelope.sequence)
    return (site, stand.plate, *instant, stand.location, stand.parent, envelope.id, False)


def _known(connection: Connection, site: str, plates: Collection[str]) -> dict[str, _Standing]:
    columns = (_plates.c.plate, _plates.c.location, _plates.c.parent, _plates.c.active)
    rows = connection.execute(select(*columns).where(_plates.c.site == site, _plates.c.plate.in_(plates)))
    return {row.plate: _Standing(row.location, row.parent, row.active) for row in rows.all()}


def _keep_first(connection: Connection, site: str, known: dict[str, _Standing]) -> None:
    """Begin the timeline of a plate with what master data said of it."""
    wanted = select(plate_places.c.plate).where(plate_places.c.site == site, plate_places.c.plate.in_(known))
    begun = set(connection.execute(wanted.distinct()).scalars())
    rows = [
        (site, plate, BEFORE_ALL_US, "", 0, 0, stand.location, stand.parent, "", False)
        for plate, stand in known.items()
        if plate not in begun
    ]
    insert_rows(connection, plate_places, rows)


def _newest(connection: Connection, site: str, plates: Iterable[str]) -> dict[str, _Standing]:
    order = [plate_places.c[name].desc() for name in ("effective_us", "device", "epoch", "sequence", "cause")]
    rank = func.row_number().over(partition_by=plate_places.c.plate, order_by=order).label("rank")
    columns = (plate_places.c.plate, plate_places.c.location, plate_places.c.parent, rank)
    alive = (plate_places.c.site == site, plate_places.c.plate.in_(plates), plate_places.c.is_void.is_(False))
    ranked = select(*columns).where(*alive).subquery()
    rows = connection.execute(select(ranked).where(ranked.c.rank == 1)).all()
    return {row.plate: _Standing(row.location, row.parent, True) for row in rows}


def _gone(stand: _Standing | None) -> _Standing:
    """A plate of which nothing that was said has happened."""
    return _Standing(stand.location, stand.parent, False) if stand else _Standing("", "", False)
