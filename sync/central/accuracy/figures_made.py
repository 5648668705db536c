"""How far a site's figures are: what of its counts they have in them, and by whose days they are told."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from scanner_app.domain.calendar import Calendar
from scanner_app.domain.catalog import Site
from sync.central.database.bulk import dialect_insert, upsert_rows
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.database.tables import accuracy_progress, calendars, count_changes

_sites = BY_STRUCT[Site].table
_BEGUN = -1
"""Before all that was ever noted."""


class FiguresMade(NamedTuple):
    """All that was noted up to ``number`` is in the figures, by the days of ``zone`` that begin at ``day_starts``.

    While they are not ``is_whole``, the counts up to ``reached`` are in them, and nothing is said of others.
    """

    number: int = _BEGUN
    zone: str = ""
    day_starts: int = 0
    is_whole: bool = False
    reached: str = ""


def progress_of(connection: Connection, site: str) -> FiguresMade:
    """How far the figures of a site are."""
    row = connection.execute(_PROGRESS.where(accuracy_progress.c.site == site)).one_or_none()
    return FiguresMade(*row) if row else FiguresMade()


def calendar_of_figures(connection: Connection, site: str) -> Calendar:
    """The days by which the figures of a site are told."""
    made = progress_of(connection, site)
    return Calendar(ZoneInfo(made.zone or "UTC"), made.day_starts)


def locked_progress(connection: Connection, site: str) -> FiguresMade:
    """The same, held until the transaction ends: one pass at a time."""
    wanted = _PROGRESS.where(accuracy_progress.c.site == site).with_for_update()
    row = connection.execute(wanted).one_or_none()
    if row is None:
        first = dialect_insert(connection, accuracy_progress).values(_row(site, FiguresMade()))
        connection.execute(first.on_conflict_do_nothing())
        row = connection.execute(wanted).one()
    return FiguresMade(*row)


def set_progress(connection: Connection, site: str, progress: FiguresMade) -> None:
    upsert_rows(connection, accuracy_progress, [_row(site, progress)])


def behind(store: CentralStore) -> dict[str, int]:
    """How much waits to be put into the figures, for each site where something does."""
    rows = store.read(lambda connection: connection.execute(_BEHIND).all())
    return {row.site: waiting for row in rows if (waiting := row.waiting + _to_make(row))}


def _to_make(row: object) -> int:
    """One where figures are to be made for the first time, or anew for other days."""
    days = (row.zone, row.day_starts or 0)  # type: ignore[attr-defined]
    made = (row.made_zone, row.made_starts)  # type: ignore[attr-defined]
    return int(not row.is_whole or days != made)  # type: ignore[attr-defined]


def _row(site: str, progress: FiguresMade) -> tuple[object, ...]:
    return (site, *progress)


_PROGRESS = select(*(accuracy_progress.c[name] for name in FiguresMade._fields))
_WAITING = (
    select(count_changes.c.site, func.count().label("waiting")).group_by(count_changes.c.site).subquery()
)  # fmt: skip
_BEHIND = select(
    _sites.c.site,
    func.coalesce(_WAITING.c.waiting, 0).label("waiting"),
    _sites.c.zone,
    calendars.c.day_starts,
    accuracy_progress.c.is_whole,
    accuracy_progress.c.zone.label("made_zone"),
    accuracy_progress.c.day_starts.label("made_starts"),
).select_from(
    _sites.outerjoin(_WAITING, _WAITING.c.site == _sites.c.site)
    .outerjoin(calendars, calendars.c.site == _sites.c.site)
    .outerjoin(accuracy_progress, accuracy_progress.c.site == _sites.c.site)
)
