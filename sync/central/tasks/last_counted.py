"""Last counted: when places were closed by a count last, of those closings that speak."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, func, select

from sync.central.database.among import among
from sync.central.database.tables import CLOSED_WHOLE, count_closings
from sync.central.tasks.pairs import pairs


def last_counted(connection: Connection, site: str, places: Collection[str]) -> dict[str, int]:
    """The instant (us) of the newest closing of each of some places that was counted at all."""
    return pairs(connection, _COUNTED, {"of_site": site, "places": list(places)})


_COUNTED = (
    select(count_closings.c.place, func.max(count_closings.c.effective_us))
    .where(
        count_closings.c.site == bindparam("of_site"),
        CLOSED_WHOLE,
        among(count_closings.c.place, "places"),
    )
    .group_by(count_closings.c.place)
)
