"""Master data tables: each struct of the catalog is one table with a version a row, from which the feed is read."""

from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple, get_args, get_origin

import msgspec
from msgspec import Struct
from sqlalchemy import BigInteger, Boolean, Column, Index, Table, Text

from scanner_app.domain.catalog import (
    Barcode,
    DoubleCount,
    Item,
    Location,
    Lot,
    Owner,
    Plate,
    Profile,
    Site,
    Status,
    Tolerance,
    Unit,
)
from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.limits.limit import Limit
from scanner_app.domain.people import Operator
from scanner_app.domain.reasons import Reason
from scanner_app.domain.task import Task
from scanner_app.domain.work.plan import Plan
from sync.central.database.tables import OWNER, metadata


class MasterKind(NamedTuple):
    """One kind of master data: its struct, its table, the file it is imported from and the fields that name a row."""

    struct: type[Struct]
    table: Table
    file: str
    key: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(field.name for field in msgspec.structs.fields(self.struct))


def _column(field: msgspec.structs.FieldInfo, key: tuple[str, ...]) -> Column[Any]:
    kind: type[Any] = {int: BigInteger, bool: Boolean}.get(field.type, Text)
    return Column(field.name, kind, primary_key=field.name in key, autoincrement=False, nullable=False)


def _kind(struct: type[Struct], file: str, *key: str) -> MasterKind:
    fields = msgspec.structs.fields(struct)
    site = [] if "site" in key else [Column("site", Text, primary_key=True, nullable=False)]
    columns = [_column(field, key) for field in fields]
    version: Column[int] = Column("version", BigInteger, nullable=False)
    table = Table(file, metadata, *site, *columns, version, sqlite_with_rowid=False, info={OWNER: "book"})
    Index(f"{file}_feed", table.c.site, table.c.version)
    return MasterKind(struct, table, file, key)


MASTER_KINDS: tuple[MasterKind, ...] = (
    _kind(Site, "sites", "site"),
    _kind(Owner, "owners", "owner"),
    _kind(Status, "statuses", "status"),
    _kind(Profile, "profiles", "profile"),
    _kind(Location, "locations", "location"),
    _kind(Plate, "plates", "plate"),
    _kind(Item, "items", "item"),
    _kind(Unit, "units", "item", "unit"),
    _kind(Barcode, "barcodes", "code", "item", "unit"),
    _kind(Lot, "lots", "item", "lot"),
    _kind(Operator, "operators", "operator"),
    _kind(Tolerance, "tolerances", "tolerance"),
    _kind(DoubleCount, "double_counts", "double_count"),
    _kind(Reason, "reasons", "reason"),
    _kind(Limit, "limits", "limit"),
    _kind(Plan, "plans", "plan"),
    _kind(Task, "tasks", "task"),
)
"""In the order of import: what others name comes first."""
_limits = next(kind.table for kind in MASTER_KINDS if kind.struct is Limit)
Index("limits_item", _limits.c.site, _limits.c.item, _limits.c.process, _limits.c.active)
MADE_KINDS: tuple[MasterKind, ...] = (_kind(CountOpen, "counts_open", "count"),)
"""What nobody imports: the centre makes it from what it hears, and the feed carries it like master data."""
_counts_open = MADE_KINDS[0].table
Index("counts_open_operator", _counts_open.c.site, _counts_open.c.operator)
Index("counts_open_last", _counts_open.c.site, _counts_open.c.last)
KEPT_KINDS = (*MASTER_KINDS, *MADE_KINDS)
FED_KINDS = tuple(kind for kind in KEPT_KINDS if kind.struct not in (Plan, DoubleCount))
"""What devices are sent: all but plans, and what two persons count, which only the centre reads."""
_plates, _tasks = (next(kind.table for kind in MASTER_KINDS if kind.struct is one) for one in (Plate, Task))
for _name in ("location", "parent"):
    Index(f"plates_{_name}", _plates.c.site, _plates.c[_name])
for _name in ("place", "item"):
    Index(f"tasks_{_name}", _tasks.c.site, _tasks.c[_name])
Index("tasks_plan", _tasks.c.site, _tasks.c.active, _tasks.c.plan)
_BOUNDED = ("quantity", "percent", "value")
DECIMALS = frozenset(
    {
        "factor",
        "cost",
        "recount_value_max",
        "from_a",
        "from_b",
        "below",
        *_BOUNDED,
        *(f"{bound}_{name}" for bound in ("reason", "case") for name in _BOUNDED),
    }
)
"""Fields that are decimals for people and whole millionths here."""
IMPORTED = (*(kind.file for kind in MASTER_KINDS), "stock")
"""The names by which an import knows its tables, and under which they are exported so that it takes them again."""
BY_STRUCT: dict[type[Struct], MasterKind] = {kind.struct: kind for kind in KEPT_KINDS}


def cells(row: Struct) -> tuple[Any, ...]:
    """Return the values of a row as the database keeps them: enums and roles as text, in the order of the fields."""
    values = msgspec.structs.astuple(row)
    return tuple(map(_cell, values)) if _READERS[type(row)] else values


def _cell(value: Any) -> Any:
    if isinstance(value, Enum):
        return str(value.value)
    return " ".join(map(str, value)) if isinstance(value, tuple) else value


def words_reader(field_type: Any) -> Callable[[str], tuple[Any, ...]]:
    """What reads the words of one cell, each into what the field holds several of."""
    kind: type[Any] = get_args(field_type)[0]
    return lambda text: tuple(map(kind, text.split()))


def _readers(struct: type[Struct]) -> dict[str, Callable[[str], Any]]:
    """What reads the cells of those fields that are kept as another type than their own."""
    fields = {field.name: field.type for field in msgspec.structs.fields(struct)}
    enums = {name: kind for name, kind in fields.items() if isinstance(kind, type) and issubclass(kind, Enum)}
    return enums | {name: words_reader(kind) for name, kind in fields.items() if is_tuple(kind)}


def is_tuple(field_type: Any) -> bool:
    """Say whether a field holds several words in one cell."""
    return get_origin(field_type) is tuple


_READERS = {kind.struct: _readers(kind.struct) for kind in KEPT_KINDS}


def row_of(kind: MasterKind, values: tuple[Any, ...]) -> Any:
    """Build the struct from values in the order of its fields; the reverse of :func:`cells`."""
    readers = _READERS[kind.struct]
    if not readers:
        return kind.struct(*values)
    pairs = zip(kind.fields, values, strict=True)
    return kind.struct(*(readers[name](value) if name in readers else value for name, value in pairs))
