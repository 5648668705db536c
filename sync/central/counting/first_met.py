"""First met: the limits and the cost that are written beside a claim when the centre first meets it, and for ever."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.catalog import NO_LIMIT, DoubleCount, Item, Location, Plate, Site, Tolerance
from scanner_app.domain.clock import CLOCK_DOUBT_US
from scanner_app.domain.counting.claim import Claim
from scanner_app.domain.counting.frozen import DOUBT_MINUTES_MAX, MINUTE_US, Counted, Frozen, first_fitting, ranked
from sync.central.counting.claim_rows import FirstSeen, frozen_of
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT, row_of

_NONE = Tolerance("")
_Rule = TypeVar("_Rule", Tolerance, DoubleCount)


class _Goods(NamedTuple):
    cost: int
    abc: str


class FirstMet:
    """Limits of new claims: those that are kept beside them already, or those of today's tables.

    ``rows`` are the rows of claims that are kept, alive or not; it is ``now_us``.
    """

    def __init__(
        self, connection: Connection, site: str, claims: Sequence[Claim], rows: Mapping[str, Any], now_us: int
    ) -> None:
        self._rows = rows
        self._now_us = now_us
        fresh = [claim for claim in claims if claim.id not in rows]
        self._goods: dict[str, _Goods] = {}
        self.zones: dict[str, str] = {}
        self._tolerances: list[Tolerance] = []
        self._doubles: list[DoubleCount] = []
        self._of_site = _of_site(None)
        self._made: dict[tuple[str, int, int, bool], Frozen] = {}
        """Limits by the name of a tolerance, what two count, a cost, whether it is ahead: most claims have the same."""
        if fresh:
            self._look_up(connection, site, fresh)

    def _look_up(self, connection: Connection, site: str, fresh: Sequence[Claim]) -> None:
        places = {"site": site, "names": sorted({claim.key.place for claim in fresh})}
        items = {"site": site, "names": sorted({claim.key.item for claim in fresh})}
        self._goods = {item: _Goods(*cells) for item, *cells in connection.execute(_ITEMS, items)}
        self.zones = {row[0]: row[1] for row in connection.execute(_STANDING, places)}
        self.zones |= {row[0]: row[1] for row in connection.execute(_ZONES, places)}
        self._tolerances = ranked(_rows(connection, site, Tolerance))
        self._doubles = ranked(_rows(connection, site, DoubleCount))
        self._of_site = _of_site(connection.execute(_SITE, {"site": site}).one_or_none())

    def limited(self, claim: Claim) -> Claim:
        """A claim with the limits that are written beside it."""
        row = self._rows.get(claim.id)
        return replace(claim, frozen=frozen_of(row) if row else self._of_today(claim))

    def seen(self, claim: Claim, met: int) -> FirstSeen:
        """What is kept of a claim that was not there before, which differs by ``met``."""
        goods = self._goods.get(claim.key.item)
        return FirstSeen(self.zones.get(claim.key.place, ""), goods.abc if goods else "", met)

    def learn(self, other: "FirstMet") -> None:
        """Know of what others know, too."""
        self.zones.update(other.zones)
        self._goods.update(other._goods)

    def _of_today(self, claim: Claim) -> Frozen:
        goods = self._goods.get(claim.key.item, _Goods(0, ""))
        place = claim.key.place
        counted = Counted(claim.span.operator, claim.key.item, place, self.zones.get(place, ""), goods.abc)
        rules = first_fitting(self._tolerances, counted) or _NONE
        double = first_fitting(self._doubles, counted)
        two_from = NO_LIMIT if double is None else max(double.value, 0)
        is_ahead = claim.instant.time_us > self._now_us + CLOCK_DOUBT_US
        which = (rules.tolerance, two_from, goods.cost, is_ahead)
        if which not in self._made:
            limits = (rules.percent, rules.quantity, rules.value)
            told = {"cost": goods.cost, "two_from": two_from, **self._of_site}
            self._made[which] = Frozen(*limits, is_ahead=is_ahead, **told)
        return self._made[which]


def _rows(connection: Connection, site: str, struct: type[_Rule]) -> Iterator[_Rule]:
    """The rules of a kind that are in use."""
    kind = BY_STRUCT[struct]
    return (row_of(kind, tuple(row)) for row in connection.execute(_RULES[struct], {"site": site}))


def _of_site(row: Any) -> dict[str, int]:
    """What a site says of recounts and of doubt."""
    minutes = getattr(row, "doubt_minutes_max", DOUBT_MINUTES_MAX)
    return {"recount_value": getattr(row, "recount_value_max", NO_LIMIT), "doubt_us": minutes * MINUTE_US}


_items, _locations, _plates, _sites = (BY_STRUCT[struct].table.c for struct in (Item, Location, Plate, Site))
_ITEMS = select(_items.item, _items.cost, _items.abc).where(
    _items.site == bindparam("site"), among(_items.item, "names")
)
_ZONES = select(_locations.location, _locations.zone).where(
    _locations.site == bindparam("site"), among(_locations.location, "names")
)
_STANDING = select(_plates.plate, _locations.zone).where(
    _plates.site == bindparam("site"),
    among(_plates.plate, "names"),
    _locations.site == _plates.site,
    _locations.location == _plates.location,
)
_RULES = {
    struct: select(*(kind.table.c[name] for name in kind.fields)).where(
        kind.table.c.site == bindparam("site"), kind.table.c.active.is_(True)
    )
    for struct in (Tolerance, DoubleCount)
    for kind in [BY_STRUCT[struct]]
}
_SITE = select(*(_sites[name] for name in BY_STRUCT[Site].fields)).where(_sites.site == bindparam("site"))
