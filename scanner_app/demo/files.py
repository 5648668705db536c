"""The demo warehouse as CSV files, the form in which a site hands its data to the central store.

One file a kind, UTF-8, a header row of the struct's field names without ``active``; truths are ``true`` and ``false``,
factors, costs and quantities plain decimals, several roles separated by a space. Operators carry their ``pin`` in place
of the verifier.
"""

import csv
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import groupby
from pathlib import Path
from typing import Any

from scanner_app.demo.handout import Handout, make_handout
from scanner_app.demo.limits import limits_of
from scanner_app.demo.people import DemoOperator
from scanner_app.demo.scale import Scale
from scanner_app.demo.warehouse import Warehouse, make_warehouse
from scanner_app.domain.catalog import (
    NO_LIMIT,
    Barcode,
    Item,
    Location,
    Lot,
    Owner,
    Plate,
    Profile,
    Site,
    Status,
    Stock,
    Unit,
)
from scanner_app.domain.limits.limit import Limit
from scanner_app.domain.quantity import show_quantity

_MILLIONTHS = frozenset(
    {"factor", "cost", "recount_value_max", *(name for name in Limit.__struct_fields__ if "_" in name)}
)
FILES: dict[type[Any], str] = {
    Site: "sites.csv",
    Profile: "profiles.csv",
    Location: "locations.csv",
    Owner: "owners.csv",
    Status: "statuses.csv",
    Item: "items.csv",
    Unit: "units.csv",
    Barcode: "barcodes.csv",
    Lot: "lots.csv",
    Plate: "plates.csv",
    DemoOperator: "operators.csv",
    Limit: "limits.csv",
    Stock: "stock.csv",
}
"""File of each kind, in the order in which they have to be imported."""


def write_warehouse(folder: Path, scale: Scale, seed: int = 1) -> Handout:
    """Write the files into ``folder``, which is made if needed, and return what to tell the visitor."""
    warehouse = make_warehouse(scale, seed)
    folder.mkdir(parents=True, exist_ok=True)
    for kind, rows in groupby(_rows(warehouse), type):
        _write(folder / FILES[kind], columns(kind), map(_fields, rows))
    _write(folder / FILES[Stock], columns(Stock), _stock_fields(warehouse.stock()))
    handout = make_handout(warehouse)
    _write(folder / FILES[Limit], columns(Limit), map(_fields, limits_of(handout)))
    return handout


def columns(kind: type[Any]) -> list[str]:
    """Return the header of a kind's file."""
    return [name for name in kind.__struct_fields__ if name not in ("active", "claimed")]


def _rows(warehouse: Warehouse) -> Iterator[Any]:
    yield from warehouse.masters()
    yield from warehouse.operators


def _write(path: Path, header: list[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _fields(row: Any) -> list[str]:
    return [
        _decimal(getattr(row, name)) if name in _MILLIONTHS else _text(getattr(row, name))
        for name in columns(type(row))
    ]


def _decimal(value: int) -> str:
    return "" if value == NO_LIMIT else show_quantity(value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return " ".join(map(_text, value))
    return str(value.value if isinstance(value, Enum) else value)


def _stock_fields(rows: Iterable[Stock]) -> Iterator[tuple[str, ...]]:
    """Spelt out field by field, for there may be a million."""
    for row in rows:
        yield row.place, row.item, row.lot, row.serial, row.owner, row.status, show_quantity(row.quantity)
