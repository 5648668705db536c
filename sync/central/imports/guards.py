"""Guards of an import: what it may not change of an item, a place or a plate while there is stock."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, select

from scanner_app.domain.catalog import Item, Location, Plate
from sync.central.book.plate_places import moved_plates
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import stock
from sync.central.imports.plan import Plan

_FIXED = {
    "base_unit": "the base unit of an item with stock cannot change; move its stock to a new item",
    "decimals": "an item with stock cannot have fewer decimals",
    "tracking": "the tracking of an item with stock cannot change; move its stock to a new item",
}


def refuse_falsified(plan: Plan, connection: Connection, site: str) -> None:
    """Refuse changes of items that would make their stock mean something else."""
    suspects = dict(_suspects(plan))
    held = _held(connection, site, "item") if suspects else set()
    for key, fault in suspects.items():
        if key[0] in held:
            plan.refuse_row(BY_STRUCT[Item], key, fault, _FIXED[fault])


def is_falsified(plan: Plan, connection: Connection, site: str) -> bool:
    """Say whether stock has come meanwhile of an item that is about to change so."""
    suspects = {key[0] for key, _fault in _suspects(plan)}
    return bool(suspects) and not suspects.isdisjoint(_held(connection, site, "item"))


def leave_plates(plan: Plan, connection: Connection, site: str) -> None:
    """Leave plates where the floor has put them: a table that was written before would move them back."""
    lines = plan.lines[Plate]
    moved = moved_plates(connection, site) if lines else {}
    for key, line in lines.items():
        location, parent = moved.get(key[0], (line.value.location, line.value.parent))
        if (location, parent) != (line.value.location, line.value.parent):
            lines[key] = line._replace(value=replace(line.value, location=location, parent=parent))
            what = f"{key[0]} was moved on the floor and stays at {location or parent}"
            plan.note(plan.sheets[Plate].name, line.row, "location", what)


def note_deactivated(plan: Plan, connection: Connection, site: str) -> None:
    """Note items, locations and plates that go out of use although the book still has stock of them."""
    for struct, column in ((Item, "item"), (Location, "place"), (Plate, "place")):
        gone = dict(_deactivated(plan, struct))
        held = _held(connection, site, column) if gone else set()
        for name in sorted(gone.keys() & held):
            what = f"{name} goes out of use and still has stock; what is there has to be moved or counted"
            plan.note(plan.sheets[struct].name, gone[name], "active", what)


def _suspects(plan: Plan) -> Iterator[tuple[tuple[Any, ...], str]]:
    stored = plan.stored[Item]
    for key, line in plan.lines[Item].items():
        before = stored.get(key)
        fault = _fault(before, line.value) if before is not None and before is not line.value else ""
        if fault:
            yield key, fault


def _fault(before: Item, after: Item) -> str:
    if before.base_unit != after.base_unit:
        return "base_unit"
    if before.tracking is not after.tracking:
        return "tracking"
    return "decimals" if after.decimals < before.decimals else ""


def _deactivated(plan: Plan, struct: type[Any]) -> Iterator[tuple[str, int]]:
    stored = plan.stored[struct]
    for key, line in plan.lines[struct].items():
        if not line.value.active and key in stored and stored[key].active:
            yield key[0], line.row
    for key in plan.gone[struct]:
        yield key[0], 1


def _held(connection: Connection, site: str, column: str) -> set[str]:
    """Name the items, or places, of which there is stock on the floor or in a hand."""
    wanted = select(stock.c[column]).distinct()
    there = wanted.where(stock.c.site == site, stock.c.on_device.is_(True), stock.c.quantity != 0)
    return set(connection.execute(there).scalars())
