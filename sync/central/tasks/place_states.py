"""Place states: what the planning of counts must know of every place of a site, by a few statements over all of it.

Places are locations, and plates with something on them; a plate is where the location is that it stands at.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Float, Select, bindparam, case, cast, func, literal_column, select

from scanner_app.domain.catalog import PLATES_STACKED_MAX, Item, Location, Plate
from scanner_app.domain.quantity import SCALE
from scanner_app.domain.work.due import PlaceState
from scanner_app.domain.work.plan import By
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import CLOSED_WHOLE, count_closings, place_moves, stock, zero_checks
from sync.central.tasks.moves import MONTHS, month_of
from sync.central.tasks.pairs import pairs

_items, _locations, _plates = (BY_STRUCT[struct].table.c for struct in (Item, Location, Plate))
_CLASSES = {1: "A", 2: "B", 3: "C"}


def place_states(connection: Connection, site: str, by: By, now_us: int) -> list[PlaceState]:
    """Every place of a site, with what a plan needs to know that goes ``by`` something."""
    asked = {"of_site": site, "month": month_of(now_us) - MONTHS + 1}
    held = {row[0]: row for row in connection.execute(_HELD[by], asked)}
    counted = pairs(connection, COUNTED, asked)
    for place, empty_us in pairs(connection, _EMPTY, asked).items():
        counted[place] = max(empty_us, counted.get(place, 0))
    about = _About(held, counted, pairs(connection, _MOVES, asked) if by is By.MOVES else {})
    return [about.state(*at) for at in _places(connection, asked, held)]


class _About(NamedTuple):
    """What is known of places: the best class and the value there, when they were counted, and what was moved."""

    held: Mapping[str, Any]
    counted: Mapping[str, int]
    moves: Mapping[str, int]

    def state(self, place: str, zone: str, walk: int) -> PlaceState:
        _, abc, value = self.held.get(place) or _NOTHING
        counted_us, moves = self.counted.get(place, 0), self.moves.get(place, 0)
        is_empty = place not in self.held
        return PlaceState(place, zone, walk, counted_us, is_empty, _CLASSES.get(abc, "C"), int(value), moves)


_NOTHING = "", 3, 0
_Place = tuple[str, str, int]


def _places(connection: Connection, asked: Mapping[str, Any], held: Mapping[str, Any]) -> Iterator[_Place]:
    """Each place with its zone and where it is in walk order."""
    where: dict[str, tuple[str, int]] = {row[0]: (row[1], row[2]) for row in connection.execute(_LOCATIONS, asked)}
    yield from ((place, zone, walk) for place, (zone, walk) in where.items())
    if not held.keys() <= where.keys():
        stands = {row[0]: row[1] or row[2] for row in connection.execute(_PLATES, asked)}
        for plate in stands.keys() & held.keys():
            if at := where.get(_root(stands, plate)):
                yield plate, *at


def _root(stands: Mapping[str, str], plate: str) -> str:
    """The location that a plate stands at, whatever stands on what."""
    for _ in range(PLATES_STACKED_MAX):
        if plate not in stands:
            break
        plate = stands[plate]
    return plate


_OF_SITE = stock.c.site == bindparam("of_site")
_THERE = (_OF_SITE, stock.c.on_device.is_(True), stock.c.quantity != literal_column("0"))
_WITH_ITEMS = stock.join(
    BY_STRUCT[Item].table, (_items.site == stock.c.site) & (_items.item == stock.c.item)
)  # fmt: skip
_BEST = func.min(case((_items.abc == "A", 1), (_items.abc == "B", 2), else_=3))
_WORTH = func.sum(cast(stock.c.quantity, Float) * _items.cost / SCALE)


def _held(best: ColumnElement[Any], worth: ColumnElement[Any], *, needs_items: bool) -> Select[Any]:
    wanted = select(stock.c.place, best, worth).where(*_THERE).group_by(stock.c.place)
    return wanted.select_from(_WITH_ITEMS) if needs_items else wanted


_ZERO: ColumnElement[int] = literal_column("0")
_PLAIN = _held(_ZERO, _ZERO, needs_items=False)
_HELD = {
    **dict.fromkeys(By, _PLAIN),
    By.CLASS: _held(_BEST, _ZERO, needs_items=True),
    By.VALUE: _held(_ZERO, _WORTH, needs_items=True),
}
COUNTED = (
    select(count_closings.c.place, func.max(count_closings.c.effective_us))
    .where(count_closings.c.site == bindparam("of_site"), CLOSED_WHOLE)
    .group_by(count_closings.c.place)
)
"""When each place was closed last by a count."""
_EMPTY = select(zero_checks.c.place, zero_checks.c.at_us).where(
    zero_checks.c.site == bindparam("of_site"), zero_checks.c.is_empty.is_(True)
)
"""Where somebody said that nothing is left, which is as good as a count."""
_MOVES = (
    select(place_moves.c.place, func.sum(place_moves.c.moves))
    .where(place_moves.c.site == bindparam("of_site"), place_moves.c.month >= bindparam("month"))
    .group_by(place_moves.c.place)
)
_LOCATIONS = select(_locations.location, _locations.zone, _locations.walk_order).where(
    _locations.site == bindparam("of_site"), _locations.active.is_(True)
)
_PLATES = select(_plates.plate, _plates.location, _plates.parent).where(
    _plates.site == bindparam("of_site"), _plates.active.is_(True)
)
