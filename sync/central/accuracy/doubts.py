"""Doubts: what one has to know of figures beside them: what of a site was never counted, or not for long."""

from datetime import date

from sqlalchemy import Connection, func, select

from scanner_app.domain.accuracy.facets import Facet
from scanner_app.domain.catalog import Location
from scanner_app.domain.desk.accuracy_replies import Doubts
from sync.central.accuracy.asked_for import PartWanted
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import accuracy_places

_locations = BY_STRUCT[Location].table
_p = accuracy_places.c


def doubts_of(connection: Connection, asked: PartWanted) -> Doubts:
    """Of a zone where one is asked about, else of the whole site."""
    of_zone = [_locations.c.zone == asked.name] if asked.facet == Facet.ZONE else []
    places = select(func.count()).where(_locations.c.site == asked.site, _locations.c.active.is_(True), *of_zone)
    latest = (
        select(_p.place, func.max(_p.day).label("day"))
        .join(_locations, (_locations.c.site == _p.site) & (_locations.c.location == _p.place))
        .where(_p.site == asked.site, _locations.c.active.is_(True), *of_zone)
        .group_by(_p.place)
        .subquery()
    )
    within = select(func.count(func.distinct(_p.place))).where(
        _p.site == asked.site, _p.day >= asked.period.first.isoformat(), _p.day <= asked.period.last.isoformat(),
        *([_p.zone == asked.name] if of_zone else []),
    )  # fmt: skip
    oldest = connection.execute(select(func.min(latest.c.day))).scalar()
    return Doubts(
        places=connection.execute(places).scalar_one(),
        counted=connection.execute(within).scalar_one(),
        oldest_days=(asked.today - date.fromisoformat(oldest)).days if oldest else 0,
    )
