"""What a visitor of the demo warehouse is given: who may sign in, and codes worth scanning."""

from collections.abc import Iterator

from msgspec import Struct

from scanner_app.demo.goods import Good, shared_code
from scanner_app.demo.people import DemoOperator
from scanner_app.demo.places import is_kept_empty
from scanner_app.demo.warehouse import Warehouse
from scanner_app.domain.catalog import AVAILABLE, OWN, Location, LocationState, Stock, Tracking
from scanner_app.domain.quantity import SCALE, show_quantity

_PIECES_MIN = 10


class Find(Struct, frozen=True):
    """Stock to try things on: the code of its place, what lies there, and how many of it (a decimal, base unit).

    ``lot`` and ``gs1`` (a case label: GTIN-14 and lot, as a scanner sends it) are empty where the item has no lots.
    """

    place: str
    item: str
    name: str
    barcode: str
    on_hand: str
    unit: str
    lot: str = ""
    gs1: str = ""


class Handout(Struct, frozen=True):
    """Operators with their PINs, and places and goods for each thing that can be tried."""

    operators: tuple[DemoOperator, ...]
    plain: tuple[Find, ...]
    lots: tuple[Find, ...]
    plate: Find
    empty_places: tuple[str, ...]
    blocked_place: str
    closed_place: str
    shared_code: str
    shared_items: tuple[str, ...]

    def lines(self) -> list[str]:
        """Say it in lines of at most 80 columns."""
        lines = ["Sign in with a badge, then the PIN:"]
        lines += [f"  {person.badge}  PIN {person.pin}  {person.name}" for person in self.operators]
        lines.append("Stock to move:")
        lines += [f"  from {find.place}: {find.barcode}, {find.on_hand} {find.unit} there" for find in self.plain]
        lines.append("Stock in lots, and the label of a case of it:")
        lines += [f"  from {find.place}: {find.barcode}, lot {find.lot}, or {find.gs1}" for find in self.lots]
        lines.append(f"  from pallet {self.plate.place}: {self.plate.barcode}, {self.plate.on_hand} there")
        lines.append(f"Empty places to move it to: {', '.join(self.empty_places)}")
        lines.append(f"Blocked: {self.blocked_place}. Closed: {self.closed_place}.")
        lines.append(f"One code on two items: {self.shared_code} ({' and '.join(self.shared_items)})")
        return lines


def make_handout(warehouse: Warehouse, finds: int = 3) -> Handout:
    """Choose ``finds`` of each; reads only as far into the stock as needed."""
    searched = _Search(warehouse)
    by_state = {location.state: _code(location) for location in reversed(warehouse.locations)}
    code, items = shared_code(warehouse.goods)
    plain, lots, plate = searched.finds(finds)
    return Handout(
        operators=warehouse.operators,
        plain=plain,
        lots=lots,
        plate=plate,
        empty_places=tuple(_empty_places(warehouse))[:finds],
        blocked_place=by_state[LocationState.BLOCKED],
        closed_place=by_state[LocationState.CLOSED],
        shared_code=code,
        shared_items=items,
    )


def _code(location: Location) -> str:
    return location.label or location.location


def _empty_places(warehouse: Warehouse) -> Iterator[str]:
    for number, location in enumerate(warehouse.locations):
        if is_kept_empty(location, number) and location.state is LocationState.OPEN and location.profile == "PICK":
            yield _code(location)


class _Search:
    """Looks for own, available stock that a worker may simply take: pieces, at an open place or on a plate."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._stock = warehouse.stock()
        self._goods = {good.item.item: good for good in warehouse.goods}
        self._plates = {plate.plate for plate in warehouse.plates}
        self._places = {
            location.location: _code(location)
            for location in warehouse.locations
            if location.state is LocationState.OPEN and location.zone in ("pick", "fresh")
        }

    def finds(self, count: int) -> tuple[tuple[Find, ...], tuple[Find, ...], Find]:
        """Return plain finds and lot finds, each at another place, and one on a plate."""
        plain: dict[str, Find] = {}
        lots: dict[str, Find] = {}
        plate: Find | None = None
        for row in self._stock:
            good = self._goods[row.item]
            if not _is_easy(row, good):
                continue
            if row.place in self._plates and not row.lot:
                plate = plate or _find(row, good, row.place)
            elif row.place in self._places:
                chosen = lots if row.lot else plain
                if len(chosen) < count:
                    chosen.setdefault(row.place, _find(row, good, self._places[row.place]))
            if plate and len(plain) == len(lots) == count:
                break
        assert plate is not None, "every scale has plates with own, available pieces on them"
        return tuple(plain.values()), tuple(lots.values()), plate


def _is_easy(row: Stock, good: Good) -> bool:
    is_usable = row.owner == OWN and row.status == AVAILABLE and row.quantity >= _PIECES_MIN * SCALE
    is_simple = not good.item.decimals and good.item.tracking in (Tracking.NONE, Tracking.LOT)
    return is_usable and is_simple and bool(good.case_gtin) and len(good.barcodes) == 2


def _find(row: Stock, good: Good, place: str) -> Find:
    return Find(
        place=place,
        item=row.item,
        name=good.item.name,
        barcode=good.code,
        on_hand=show_quantity(row.quantity),
        unit=good.item.base_unit,
        lot=row.lot,
        gs1=f"]C101{good.case_gtin}10{row.lot}" if row.lot else "",
    )
