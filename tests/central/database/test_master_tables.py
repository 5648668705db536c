"""Kinds of master data: each of them has its row wherever kinds are told apart, and its cells read back."""

from typing import Any, get_args

import msgspec
import pytest

from scanner_app.domain.catalog import Item, Location, LocationState, Stock, Tracking
from scanner_app.domain.people import Operator, Role
from sync.central.database.master_tables import (
    BY_STRUCT,
    DECIMALS,
    FED_KINDS,
    IMPORTED,
    KEPT_KINDS,
    MASTER_KINDS,
    MasterKind,
    cells,
    row_of,
)
from sync.central.exports.listings import LISTINGS
from sync.central.imports.references import ReferenceCheck
from sync.central.imports.sheets import SheetRow
from sync.protocol import SINCE, Row

EACH = pytest.mark.parametrize("kind", KEPT_KINDS, ids=lambda kind: str(kind.file))
UNUSUAL: dict[type[Any], Any] = {
    Item: Item("NUT", "Nut", "EA", Tracking.LOT_SERIAL, True, 3, 5, "A", False),
    Location: Location("A", "Z", 1, "P", state=LocationState.BLOCKED),
    Operator: Operator("o1", "Ann", "B1", "hash", (Role.COUNTER, Role.SUPERVISOR)),
}


def _row(kind: MasterKind) -> Any:
    if kind.struct in UNUSUAL:
        return UNUSUAL[kind.struct]
    required = [field for field in msgspec.structs.fields(kind.struct) if field.required]
    return kind.struct(*(1 if field.type is int else "x" for field in required))


def test_the_wire_carries_every_kind_and_stock_and_nothing_else() -> None:
    assert {kind.struct for kind in FED_KINDS} | {Stock} == set(get_args(Row))
    assert set(SINCE) < set(BY_STRUCT)


def test_what_is_imported_is_exported_under_the_same_name() -> None:
    assert set(IMPORTED) == {*(kind.file for kind in MASTER_KINDS), "stock"}
    assert set(IMPORTED) < set(LISTINGS)


@EACH
def test_a_row_reads_back_from_its_cells(kind: MasterKind) -> None:
    row = _row(kind)
    assert row_of(kind, cells(row)) == row
    assert {type(cell) for cell in cells(row)} <= {str, int, bool}


@pytest.mark.parametrize("kind", MASTER_KINDS, ids=lambda kind: str(kind.file))
def test_a_row_that_names_nothing_that_is_there_is_refused_unless_it_names_nothing(kind: MasterKind) -> None:
    names = {key for other in MASTER_KINDS for key in other.key if len(other.key) == 1 and other is not kind} - {"site"}
    named = [name for name in kind.fields if name in names]
    nothing: dict[Any, dict[Any, Any]] = {other.struct: {} for other in MASTER_KINDS}
    full = msgspec.structs.replace(_row(kind), **dict.fromkeys(named, "nobody"))
    fault = ReferenceCheck(kind.struct, nothing).fault(SheetRow(2, full))
    assert not named or (fault is not None and fault.field in named)


def test_a_field_that_is_a_decimal_to_people_is_a_whole_number_here() -> None:
    fields = [field for kind in MASTER_KINDS for field in msgspec.structs.fields(kind.struct) if field.name in DECIMALS]
    assert {field.name for field in fields} == DECIMALS
    assert {field.type for field in fields} == {int}
