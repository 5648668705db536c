"""Oddities: what an import takes and somebody should look at, as a name that the floor can take for another one."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec import Struct

from scanner_app.domain.catalog import Barcode, Item, Location, Lot, Plate, Unit
from scanner_app.domain.item_rules import is_too_fine
from scanner_app.domain.near import near_key
from scanner_app.domain.people import Operator, Right
from scanner_app.domain.quantity import split_unit
from sync.central.database.master_tables import MASTER_KINDS
from sync.central.imports.plan import Plan

_NAMES: tuple[tuple[type[Struct], str], ...] = (
    *((kind.struct, kind.key[0]) for kind in MASTER_KINDS if kind.struct not in (Unit, Lot)),
    (Location, "label"),
    (Operator, "badge"),
)
"""Columns whose names somebody scans or types. Units and lots have theirs within their item."""
_PLACES = ((Location, "location"), (Location, "label"), (Plate, "plate"))
_GOODS = ((Item, "item"), (Barcode, "code"))
_BADGES = ((Operator, "badge"),)
_SHARED = (
    (_GOODS, _PLACES, "{} is the name of an item or a barcode, and of a place"),
    (_BADGES, _GOODS, "{} is a badge, and the name of an item or a barcode"),
    (_BADGES, _PLACES, "{} is a badge, and the name of a place"),
)
"""What may be asked for at once: the label of either would stand for two things."""


_Columns = tuple[tuple[type[Struct], str], ...]


class _Name(NamedTuple):
    """A name as a row has it; ``row`` is 0 where the store has it so already, and nothing of it is news."""

    struct: type[Struct]
    column: str
    row: int
    text: str


def note_oddities(plan: Plan) -> None:
    """Note what is new and odd: near misses, names of two kinds, units that cannot be counted in, lots of no use."""
    for struct, column in _NAMES:
        _note_near(plan, struct, column)
    for struct, column in ((Lot, "lot"), (Unit, "unit")):
        _note_near(plan, struct, column, "item")
    for some, others, what in _SHARED:
        _note_shared(plan, some, others, what)
    _note_numbers(plan)
    _note_units(plan)
    _note_lots(plan)
    _note_deciders(plan)


def _values(plan: Plan, struct: type[Any]) -> Iterator[Any]:
    """The active rows of a kind as they will be, in any order."""
    lines, stored = plan.lines[struct], plan.stored[struct]
    yield from (line.value for line in lines.values() if line.value.active)
    yield from (value for key, value in stored.items() if value.active and key not in lines)


def _rows(plan: Plan, struct: type[Any], column: str) -> Iterator[tuple[_Name, Any]]:
    """The active rows of a kind as they will be, each with its name; those of the store come first."""
    lines, stored = plan.lines[struct], plan.stored[struct]
    for key, value in stored.items():
        if key not in lines and value.active:
            yield _Name(struct, column, 0, getattr(value, column)), value
    for key, line in lines.items():
        if line.value.active:
            row = 0 if line.value is stored.get(key) else line.row
            yield _Name(struct, column, row, getattr(line.value, column)), line.value


def _note_near(plan: Plan, struct: type[Any], column: str, scope: str = "") -> None:
    """Note names that differ in hardly anything, within the rows that have the same ``scope``.

    A first look keeps no more of each name than a number, as a table may have a hundred thousand.
    """
    if not _has_news(plan, struct):
        return
    text_of, scope_of = attrgetter(column), attrgetter(scope) if scope else _everywhere
    once: set[int] = set()
    twice: set[int] = set()
    for value in _values(plan, struct):
        key = hash((scope_of(value), near_key(text_of(value))))
        (twice if key in once else once).add(key)
    seen: dict[tuple[str, str], _Name] = {}
    for name, value in _rows(plan, struct, column) if twice else ():
        near = scope_of(value), near_key(name.text)
        if name.text and hash(near) in twice and (first := seen.setdefault(near, name)).text != name.text:
            _note(plan, name, first, f"{name.text} can be taken for {first.text}: they differ in hardly anything")


def _everywhere(_value: Any) -> str:
    """The scope of what is scanned wherever one is."""
    return ""


def _has_news(plan: Plan, struct: type[Struct]) -> bool:
    stored = plan.stored[struct]
    return any(line.value is not stored.get(key) for key, line in plan.lines[struct].items())


def _note_shared(plan: Plan, some: _Columns, others: _Columns, what: str) -> None:
    """Note names that stand in one of ``some`` columns and in one of the ``others``."""
    names = {name.text: name for struct, column in others for name, _ in _rows(plan, struct, column) if name.text}
    for struct, column in some:
        if names.keys().isdisjoint(map(attrgetter(column), _values(plan, struct))):
            continue
        for name, _value in _rows(plan, struct, column):
            if (other := names.get(name.text)) is not None:
                _note(plan, name, other, what.format(name.text))


def _note_numbers(plan: Plan) -> None:
    """Note barcodes that are the number of another item: either may be meant."""
    items = plan.rows[Item]
    if not _has_news(plan, Barcode) and not _has_news(plan, Item):
        return
    for name, barcode in _rows(plan, Barcode, "code"):
        other = items.get((name.text,)) if barcode.item != name.text else None
        if other is not None and other.active and name.row:
            _note(plan, name, name, f"{name.text} is the number of another item: a scan of it asks which is meant")


def _note(plan: Plan, one: _Name, other: _Name, what: str) -> None:
    news = one if one.row else other
    if news.row:
        sheet = plan.sheets[news.struct]
        plan.note(sheet.name, news.row, sheet.shown(news.column), what)


def _note_units(plan: Plan) -> None:
    """Note units that nobody can type, and of which one cannot be counted: finer than the decimals of the item."""
    items = plan.rows[Item]
    for name, unit in _rows(plan, Unit, "unit") if _has_news(plan, Unit) else ():
        item = items.get((unit.item,))
        if name.row and split_unit(f"1 {unit.unit}") != ("1", unit.unit):
            _note(plan, name, name, f"{unit.unit} cannot be typed behind a number: call it by letters, as CS")
        if name.row and item is not None and is_too_fine(unit.factor, item.decimals):
            what = (
                f"one {unit.unit} is finer than the {item.decimals} decimals of item {item.item}: nobody can count it"
            )
            _note(plan, name._replace(column="factor"), name, what)


def _note_lots(plan: Plan) -> None:
    for name, lot in _rows(plan, Lot, "lot"):
        item = plan.rows[Item].get((lot.item,))
        if name.row and item is not None and not item.tracking.wants_lot:
            _note(plan, name, name, f"item {item.item} is not kept by lot: nobody is asked for this one")


def _note_deciders(plan: Plan) -> None:
    """Note that only one person may decide: what that person counts nobody could accept."""
    may = [(name, one) for name, one in _rows(plan, Operator, "operator") if one.may(Right.DECIDE)]
    if len({one.who for _, one in may}) == 1 and (news := [name for name, _ in may if name.row]):
        of_roles = news[0]._replace(column="roles")
        _note(plan, of_roles, of_roles, ALONE.format(who=may[0][1].who))


ALONE = (
    "only {who} may decide here, and nobody decides what they counted: import somebody of another site who may, too, "
    "set a tolerance, or have it counted again"
)
"""What is said where one person may decide, in an import and on the list."""
