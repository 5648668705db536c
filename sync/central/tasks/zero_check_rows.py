"""Zero check rows: what somebody said last of a place that the book took for empty."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, select

from sync.central.book.undoing import Undoing
from sync.central.database.among import among
from sync.central.database.bulk import upsert_rows
from sync.central.database.tables import zero_checks
from sync.central.events.decode import Arrival

_Row = tuple[str, str, str, int, bool]


def keep_zero_checks(connection: Connection, site: str, arrivals: Iterable[Arrival], undone: Sequence[Undoing]) -> None:
    """Keep what events of a batch say of such places, and forget what those said that are undone."""
    if gone := sorted(one.envelope.id for one in undone if one.sign < 0 and one.fact.looked_at):
        connection.execute(_GONE, {"of_site": site, "events": gone})
    rows: dict[str, _Row] = {}
    for arrival in arrivals:
        if (fact := arrival.fact) and (said := fact.looked_at):
            at_us = fact.last_us + arrival.envelope.offset_us
            if said.place not in rows or at_us >= rows[said.place][3]:
                rows[said.place] = (site, said.place, arrival.envelope.id, at_us, said.is_empty)
    if rows:
        newer = {row.place: row.at_us for row in connection.execute(_NOW, {"of_site": site, "places": sorted(rows)})}
        upsert_rows(connection, zero_checks, [row for place, row in rows.items() if row[3] >= newer.get(place, row[3])])


_OF_SITE = zero_checks.c.site == bindparam("of_site")
_NOW = select(zero_checks.c.place, zero_checks.c.at_us).where(_OF_SITE, among(zero_checks.c.place, "places"))
_GONE = delete(zero_checks).where(_OF_SITE, among(zero_checks.c.event, "events"))
