"""Zero check rows: what was said last of a place that was taken for empty, and whether the book has it so."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, select

from scanner_app.domain.catalog import Plate
from sync.central.book.undoing import Undoing
from sync.central.database.among import among
from sync.central.database.bulk import upsert_rows
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import stock, zero_checks
from sync.central.events.decode import Arrival

_Row = tuple[str, str, str, int, bool]
_plates = BY_STRUCT[Plate].table


def keep_zero_checks(
    connection: Connection, site: str, arrivals: Iterable[Arrival], undone: Sequence[Undoing]
) -> frozenset[str]:
    """Keep what events of a batch say of such places, and forget what those said that are undone.

    Return the places that were said to be empty and are not, by what the book has there: nobody has counted them by
    that. Who said so claims nothing, so that the difference would be seen by nobody: they are to be counted.
    """
    if gone := sorted(one.envelope.id for one in undone if one.sign < 0 and one.fact.looked_at):
        connection.execute(_GONE, {"of_site": site, "events": gone})
    rows: dict[str, _Row] = {}
    for arrival in arrivals:
        if (fact := arrival.fact) and (said := fact.looked_at):
            at_us = fact.last_us + arrival.envelope.offset_us
            if said.place not in rows or at_us >= rows[said.place][3]:
                rows[said.place] = (site, said.place, arrival.envelope.id, at_us, said.is_empty)
    emptied = [place for place, row in rows.items() if row[4]]
    holding = _holding(connection, site, emptied)
    rows |= {place: (*rows[place][:4], False) for place in holding}
    if rows:
        newer = {row.place: row.at_us for row in connection.execute(_NOW, {"of_site": site, "places": sorted(rows)})}
        upsert_rows(connection, zero_checks, [row for place, row in rows.items() if row[3] >= newer.get(place, row[3])])
    return holding


def _holding(connection: Connection, site: str, places: Sequence[str]) -> frozenset[str]:
    """Those of some places at which the book has goods, loose or on a plate."""
    asked = {"of_site": site, "places": sorted(places)}
    return frozenset(connection.execute(_HOLDING, asked).scalars()) if places else frozenset()


_OF_SITE = zero_checks.c.site == bindparam("of_site")
_NOW = select(zero_checks.c.place, zero_checks.c.at_us).where(_OF_SITE, among(zero_checks.c.place, "places"))
_GOODS = (stock.c.site == bindparam("of_site"), stock.c.quantity != 0)
_HOLDING = (
    select(stock.c.place)
    .where(*_GOODS, among(stock.c.place, "places"))
    .union(
        select(_plates.c.location)
        .join(stock, (stock.c.site == _plates.c.site) & (stock.c.place == _plates.c.plate))
        .where(*_GOODS, _plates.c.active.is_(True), among(_plates.c.location, "places"))
    )
)
_GONE = delete(zero_checks).where(_OF_SITE, among(zero_checks.c.event, "events"))
