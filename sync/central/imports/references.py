"""References between sheets (foreign keys): what a row names must be in the same import or in the store already."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from scanner_app.domain.catalog import (
    AVAILABLE,
    NO_LIMIT,
    OWN,
    Barcode,
    DoubleCount,
    Item,
    Location,
    Lot,
    Owner,
    Plate,
    Site,
    Status,
    Stock,
    Tolerance,
    Unit,
)
from scanner_app.domain.ledger import hand_of, is_account, is_virtual
from scanner_app.domain.limits.limit import Bounds, Limit, Per
from scanner_app.domain.near import near_key
from scanner_app.domain.people import TAKEN_AWAY, Operator, Role
from scanner_app.domain.pin import is_simple
from scanner_app.domain.quantity import SCALE, show_quantity
from scanner_app.domain.reasons import PROCESSES, Reason
from scanner_app.domain.task import Task
from scanner_app.domain.work.plan import A_DAY_MAX, DAYS_MAX, PERIODIC, PRIORITY_MAX, By, Plan, Trouble
from sync.central.database.master_tables import BY_STRUCT, MASTER_KINDS
from sync.central.imports.cell_readers import PIN_MARK
from sync.central.imports.sheets import SheetRow
from sync.central.imports.stock_rows import faults_of_stock

Rows = Mapping[type[Struct], Mapping[tuple[Any, ...], Any]]
"""Of each kind, its rows by key, as they will be once the import is done."""
_BUILT_IN = {(Owner, OWN), (Status, AVAILABLE)}
"""What every site has without a row of its own."""
_BY_KEY = {kind.key[0]: kind.struct for kind in MASTER_KINDS if len(kind.key) == 1 and kind.struct is not Site}
"""Kinds whose rows others name, by the name of their key."""


def references_of(struct: type[Struct]) -> dict[str, type[Struct]]:
    """The columns in which a row names a row of another kind: those that are called like the key of that kind.

    >>> {column: kind.__name__ for column, kind in references_of(Tolerance).items()}
    {'item': 'Item', 'location': 'Location', 'operator': 'Operator'}
    """
    fields = struct.__struct_fields__
    return {name: _BY_KEY[name] for name in fields if name in _BY_KEY and _BY_KEY[name] is not struct}


_STRUCTS: tuple[type[Struct], ...] = (*BY_STRUCT, Stock)
_REFERENCES = {struct: references_of(struct) for struct in _STRUCTS}
_OWNER_KINDS = ("own", "supplier", "customer")


class RowFault(NamedTuple):
    """Why a row cannot stand: its field, and the end of a sentence."""

    field: str
    reason: str


class ReferenceCheck:
    """Holds rows of one kind against those that they name, which may not become fewer meanwhile."""

    def __init__(self, struct: type[Struct], rows: Rows) -> None:
        self._rows = rows
        self._special = _SPECIAL.get(struct)
        self._columns = tuple(
            (column, attrgetter(column), target, {"", *(name for kind, name in _BUILT_IN if kind is target)})
            for column, target in _REFERENCES[struct].items()
        )

    def fault(self, line: SheetRow) -> RowFault | None:
        """Return why a row cannot stand, if what it names is not there or contradicts another row."""
        value = line.value
        for column, read, target, there in self._columns:
            name = read(value)
            if name not in there:
                if (name,) not in self._rows[target]:
                    return RowFault(column, f"there is no {column} {name}")
                there.add(name)
        for field, reason in self._special(value, self._rows) if self._special else ():
            return RowFault(field, reason)
        return None


MINUTES_MAX = 24 * 60
"""Of a setting in minutes."""


def _site(value: Site, _rows: Rows) -> Iterator[tuple[str, str]]:
    try:
        ZoneInfo(value.zone)
    except (KeyError, ValueError, OSError):
        yield "zone", f"there is no time zone {value.zone}; they are called like Europe/Vienna"

    for word in value.taken_away:
        if word not in TAKEN_AWAY:
            yield "taken_away", f"{word} is none of {', '.join(TAKEN_AWAY)}"
    for name in ("doubt_minutes_max", "blind_minutes"):
        if getattr(value, name) > MINUTES_MAX:
            yield name, f"at most {MINUTES_MAX} minutes, which is a day"


def _owner(value: Owner, _rows: Rows) -> Iterator[tuple[str, str]]:
    if value.kind not in _OWNER_KINDS:
        yield "kind", f"this is none of {', '.join(_OWNER_KINDS)}"


def _barcode(value: Barcode, rows: Rows) -> Iterator[tuple[str, str]]:
    item = rows[Item].get((value.item,))
    if item is not None and value.unit != item.base_unit and (value.item, value.unit) not in rows[Unit]:
        yield "unit", f"item {value.item} has no unit {value.unit}"


def _unit(value: Unit, rows: Rows) -> Iterator[tuple[str, str]]:
    item = rows[Item].get((value.item,))
    if value.factor <= 0:
        yield "factor", "a unit holds more than nothing of the base unit"
    elif item is not None and value.factor != SCALE and near_key(value.unit) == near_key(item.base_unit):
        yield "factor", f"{value.unit} is the base unit of item {item.item}: one of it is one"


def _item(value: Item, rows: Rows) -> Iterator[tuple[str, str]]:
    if not 0 <= value.decimals <= 6:
        yield "decimals", "an item has 0 to 6 decimals"
    unit = rows[Unit].get((value.item, value.base_unit))
    if unit is not None and unit.factor != SCALE and unit.active:
        yield (
            "base_unit",
            f"one {value.base_unit} is {show_quantity(unit.factor)} of the base unit: it cannot be that one",
        )


def _lot(value: Lot, _rows: Rows) -> Iterator[tuple[str, str]]:
    if not value.lot:
        yield "lot", "a code is missing"
    if value.expires and not _is_day(value.expires):
        yield "expires", "a day is written like 2030-12-31; another form is for the column map to say"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _plate(value: Plate, rows: Rows) -> Iterator[tuple[str, str]]:
    if (value.plate,) in rows[Location]:
        yield "plate", f"{value.plate} is a location already"
    if value.active and not value.location and not value.parent:
        yield "location", "a plate stands at a location or on a parent"
    if value.parent and (value.parent,) not in rows[Plate]:
        yield "parent", f"there is no plate {value.parent}"


def _location(value: Location, rows: Rows) -> Iterator[tuple[str, str]]:
    if (value.location,) in rows[Plate]:
        yield "location", f"{value.location} is a plate already"
    if value.label and value.label != value.location and (value.label,) in rows[Location]:
        yield "label", f"{value.label} is the name of another location"


def _operator(value: Operator, rows: Rows) -> Iterator[tuple[str, str]]:
    if not value.verifier:
        yield "verifier", "a new operator needs a PIN: give the column pin"
    if value.verifier.startswith(PIN_MARK) and is_simple(value.verifier[len(PIN_MARK) :], value.badge, value.operator):
        yield "pin", "this PIN is too simple: it is among the first that others try"
    head = rows[Operator].get((value.person,))
    if head is not None and head.who != value.person:
        yield "person", f"operator {head.operator} is a badge of {head.who}: name that one"
    for other in rows[Operator].values():
        if value.person and value.active and other.active and other.person == value.operator != value.who:
            yield "person", f"operator {other.operator} is a badge of {value.operator}, who has to be a person"
            return
        if other.badge == value.badge and other.operator != value.operator and other.active and value.active:
            yield "badge", f"operator {other.operator} has this badge"
            return


def _tolerance(value: Tolerance, _rows: Rows) -> Iterator[tuple[str, str]]:
    if value.percent == value.quantity == value.value == NO_LIMIT:
        yield "percent", "set at least one limit: percent, quantity or value"


def _double_count(value: DoubleCount, _rows: Rows) -> Iterator[tuple[str, str]]:
    if value.item and value.abc:
        yield "abc", "what two persons count is told for an item, or for a class of items"


def _reason(value: Reason, _rows: Rows) -> Iterator[tuple[str, str]]:
    if value.process not in ("", *PROCESSES):
        yield "process", f"this is none of {', '.join(PROCESSES)}"


def _limit(value: Limit, _rows: Rows) -> Iterator[tuple[str, str]]:
    if value.process not in PROCESSES:
        yield "process", f"this is none of {', '.join(PROCESSES)}"
    if value.role and value.role not in set(Role):
        yield "role", f"a role is one of {', '.join(Role)}"
    if value.item and value.abc:
        yield "abc", "a limit is for an item, or for a class of items"
    if value.per is Per.DAY and (value.reason_percent, value.case_percent) != (NO_LIMIT, NO_LIMIT):
        yield "per", "percents are of what is there at each event, and of no day"
    if {*value.first, *value.second} == {NO_LIMIT}:
        yield "reason_quantity", "set at least one bound"
    for name, first, second in zip(Bounds._fields, value.first, value.second, strict=True):
        if NO_LIMIT < second < first:
            yield f"case_{name}", "the bound above which a case is made is not below that above which a reason is asked"


def _plan(value: Plan, rows: Rows) -> Iterator[tuple[str, str]]:
    if value.by is By.ALL:
        yield "by", "a stocktake is begun by the command central stocktake begin, and is in no table"
    zones = {row.zone for row in rows[Location].values() if row.active} if value.zones else set[str]()
    for zone in sorted(value.zone_names - zones):
        yield "zones", f"no location is in zone {zone}"
    if not 0 < value.a_day <= A_DAY_MAX:
        yield "a_day", f"a plan makes 1 to {A_DAY_MAX} tasks a day; one that is to make none is taken out of use"
    if value.priority > PRIORITY_MAX:
        yield "priority", f"a priority is 0 to {PRIORITY_MAX}"
    if not 0 < value.days_a <= value.days_b <= value.days_c <= DAYS_MAX:
        yield "days_a", f"days are 1 to {DAYS_MAX}, those of class A the fewest and those of C the most"
    if value.by in (By.VALUE, By.MOVES) and not NO_LIMIT < value.from_b <= value.from_a:
        yield "from_a", "say from which number on a place is an A, and from which lower one a B"
    if value.by is By.BELOW and value.below <= 0:
        yield "below", "say below which quantity a place is counted"
    for word in value.troubles:
        if word not in set(Trouble):
            yield "troubles", f"{word} is none of {', '.join(Trouble)}"
    if value.empty and value.by not in PERIODIC:
        yield "empty", "an empty place has neither little left nor trouble"


def _task(value: Task, rows: Rows) -> Iterator[tuple[str, str]]:
    if value.holder or value.until:
        yield "holder", "who has a task is asked for at a device, and not imported"
    if (value.place,) not in rows[Location] and (value.place,) not in rows[Plate]:
        yield "place", f"there is no location or plate {value.place}"


def _stock(value: Stock, rows: Rows) -> Iterator[tuple[str, str]]:
    place = value.place
    if is_account(place):
        return
    if is_virtual(place) and (hand_of(place),) not in rows[Operator]:
        yield "place", f"there is no operator {hand_of(place)}"
    if not is_virtual(place) and (place,) not in rows[Location] and (place,) not in rows[Plate]:
        yield "place", f"there is no location or plate {place}"
    item = rows[Item].get((value.item,))
    if item is not None and value.quantity > 0:
        yield from faults_of_stock(value, item)


_SPECIAL: dict[type[Struct], Callable[[Any, Rows], Iterator[tuple[str, str]]]] = {
    Site: _site,
    Owner: _owner,
    Barcode: _barcode,
    Unit: _unit,
    Item: _item,
    Lot: _lot,
    Plate: _plate,
    Location: _location,
    Operator: _operator,
    Tolerance: _tolerance,
    DoubleCount: _double_count,
    Reason: _reason,
    Limit: _limit,
    Plan: _plan,
    Task: _task,
    Stock: _stock,
}
