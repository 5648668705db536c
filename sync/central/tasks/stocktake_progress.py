"""Progress: how far a stocktake is, by zone; what is left, who is where, and which devices have not told all yet."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, func, literal_column, select

from scanner_app.domain.count_open import CountOpen
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import CLOSED_WHOLE, count_closings, devices, due_places

_open = BY_STRUCT[CountOpen].table


class ZoneProgress(Struct, frozen=True):
    """A zone: its places, and how many of them were counted."""

    zone: str
    places: int
    counted: int

    @property
    def left(self) -> int:
        return self.places - self.counted


class Counting(Struct, frozen=True):
    """Somebody counts a place, since an instant (us)."""

    operator: str
    place: str
    zone: str
    since_us: int


class MissingDevice(Struct, frozen=True):
    """A device that may have more to tell: it has told all up to an instant (us) before the one that matters."""

    device: str
    name: str
    told_us: int
    waiting: int


class Progress(Struct, frozen=True):
    """How far a stocktake is."""

    zones: tuple[ZoneProgress, ...]
    counting: tuple[Counting, ...]
    missing: tuple[MissingDevice, ...]

    @property
    def places(self) -> int:
        return sum(zone.places for zone in self.zones)

    @property
    def left(self) -> int:
        return sum(zone.left for zone in self.zones)


class Span(NamedTuple):
    """The counts of a ``plan`` that ended after its begin and up to an instant (us)."""

    plan: str
    begun_us: int
    until_us: int

    def asked(self, site: str) -> dict[str, Any]:
        return {"of_site": site, "of_plan": self.plan, "begun": self.begun_us, "until": self.until_us}


def progress_of(connection: Connection, site: str, span: Span) -> Progress:
    """How far the counts of a stocktake are.

    Missing is each device that is not shut out, has ever told something, and has not told all up to that instant.
    """
    asked = span.asked(site)
    zones = tuple(ZoneProgress(*row) for row in connection.execute(_ZONES, asked))
    counting = tuple(Counting(*row) for row in connection.execute(_COUNTING, asked))
    return Progress(zones, counting, tuple(MissingDevice(*row) for row in connection.execute(_MISSING, asked)))


def left_of(connection: Connection, site: str, span: Span, most: int) -> Sequence[Any]:
    """The places that are not counted, in walk order, at most so many: each with its zone."""
    return connection.execute(_LEFT, {**span.asked(site), "most": most}).all()


_OF_PLAN = (due_places.c.site == bindparam("of_site"), due_places.c.plan == bindparam("of_plan"))
_IS_COUNTED: ColumnElement[bool] = (
    select(literal_column("1"))
    .where(
        count_closings.c.site == due_places.c.site,
        count_closings.c.place == due_places.c.place,
        CLOSED_WHOLE,
        count_closings.c.effective_us > bindparam("begun"),
        count_closings.c.effective_us <= bindparam("until"),
    )
    .exists()
)
_ZONES: Select[Any] = (
    select(
        due_places.c.zone, func.count(), func.sum(case((_IS_COUNTED, literal_column("1")), else_=literal_column("0")))
    )
    .where(*_OF_PLAN)
    .group_by(due_places.c.zone)
    .order_by(due_places.c.zone)
)
_LEFT = (
    select(due_places.c.place, due_places.c.zone)
    .where(*_OF_PLAN, ~_IS_COUNTED)
    .order_by(due_places.c.rank)
    .limit(bindparam("most"))
)
_COUNTING = (
    select(_open.c.operator, _open.c.place, due_places.c.zone, _open.c.since)
    .join(due_places, (due_places.c.site == _open.c.site) & (due_places.c.place == _open.c.place))
    .where(*_OF_PLAN, _open.c.is_ended.is_(False), _open.c.active.is_(True), _open.c.last > bindparam("begun"))
    .order_by(due_places.c.rank, _open.c.operator)
)
_MISSING = (
    select(devices.c.device, devices.c.name, devices.c.watermark_us, devices.c.waiting)
    .where(
        devices.c.site == bindparam("of_site"),
        devices.c.revoked.is_(False),
        devices.c.pushed_us > 0,
        devices.c.watermark_us < bindparam("until"),
    )
    .order_by(devices.c.watermark_us, devices.c.name)
)
