"""Where: in which zone places are, and where in walk order."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.catalog import Location, Plate
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT

_locations, _plates = (BY_STRUCT[struct].table for struct in (Location, Plate))


def where_of(connection: Connection, site: str, places: Collection[str]) -> dict[str, tuple[str, int]]:
    """The zone of each of some places, and where it is in walk order; none of a plate that stands on another."""
    asked = {"of_site": site, "places": sorted(places)}
    found = {row[0]: (row[1], row[2]) for row in connection.execute(_LOCATED, asked)}
    return {**{row[0]: (row[1], row[2]) for row in connection.execute(_STANDING, asked)}, **found}


_AT = _locations.c.zone, _locations.c.walk_order
_LOCATED = select(_locations.c.location, *_AT).where(
    _locations.c.site == bindparam("of_site"), among(_locations.c.location, "places")
)
_STANDING = (
    select(_plates.c.plate, *_AT)
    .join(_locations, (_locations.c.site == _plates.c.site) & (_locations.c.location == _plates.c.location))
    .where(_plates.c.site == bindparam("of_site"), among(_plates.c.plate, "places"))
)
