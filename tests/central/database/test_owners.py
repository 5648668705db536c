"""Owners: every table is written by the room that owns it, and by no other, whichever way a row is written."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Table

from sync.central.database.master_tables import BY_STRUCT, KEPT_KINDS
from sync.central.database.tables import OWNER, metadata

CENTRE = Path(__file__).parents[3] / "sync/central"
WRITES_ALL = {"bulk.py", "backup.py", "proof.py"}
"""How rows of any table are written, how a backup comes back, what a proof writes for itself."""
BULK = ("dialect_insert", "insert_rows", "upsert_rows", "add_rows", "load_rows")
METHODS = ("insert", "update", "delete")
TARGET_AT = {**dict.fromkeys(METHODS, 0), **dict.fromkeys(BULK, 1)}
"""Which argument of a writing function is the table."""
Names = Mapping[str, tuple[str, ...]]
"""What tables a name means."""
SQL = re.compile(r"\b(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|COPY)\s+(\w+)")
MASTERS = tuple(str(kind.table.name) for kind in KEPT_KINDS)
TABLES: dict[str, Table] = {str(table.name): table for table in metadata.sorted_tables}
ROOMS = {path.name for path in CENTRE.iterdir() if (path / "__init__.py").exists()}


def writes_in(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the table of every write; a table that nobody can tell is written by no room."""
    tree = ast.parse(source)
    names = _tables_by_name(tree)
    for node, known in _nodes(tree, names):
        if isinstance(node, ast.Call) and (target := _target(node, known)):
            yield from ((node.lineno, name) for name in _tables_of(target, known))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from ((node.lineno, name) for name in SQL.findall(node.value) if name in TABLES)


def _nodes(node: ast.AST, names: Names) -> Iterator[tuple[ast.AST, Names]]:
    """Everything below a node, with what names mean there: in a loop over tables, its name means each of them."""
    if isinstance(node, ast.For) and isinstance(node.target, ast.Name):
        names = {**names, node.target.id: tuple(_tables_of(node.iter, names))}
    yield node, names
    for child in ast.iter_child_nodes(node):
        yield from _nodes(child, names)


def _tables_by_name(tree: ast.Module) -> Names:
    """The names under which a module knows tables: imported, taken from the kind of a struct, or several of these."""
    names: dict[str, tuple[str, ...]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {one.asname or one.name: (one.name,) for one in node.names if one.name in TABLES}
        elif isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Name):
            found = _tables_of(node.value, names) if isinstance(node.value, ast.Tuple) else _of_struct(node.value)
            names |= {target.id: tuple(found)} if found and "?" not in found else {}
    return names


def _of_struct(node: ast.expr) -> list[str]:
    """The table of ``BY_STRUCT[Item].table``."""
    shown = re.fullmatch(r"BY_STRUCT\[(\w+)\]\.table", ast.unparse(node))
    return [str(kind.table.name) for struct, kind in BY_STRUCT.items() if shown and struct.__name__ == shown[1]]


def _target(call: ast.Call, names: Names) -> ast.expr | None:
    function = call.func
    word = (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )
    if isinstance(function, ast.Attribute) and word in METHODS:
        is_table = _tables_of(function.value, names) != ["?"]
        return function.value if is_table else None
    return call.args[TARGET_AT[word]] if word in TARGET_AT else None


def _tables_of(node: ast.expr, names: Names) -> list[str]:
    if isinstance(node, ast.Name):
        return [*names.get(node.id, ("?",))]
    if isinstance(node, ast.Tuple):
        return [name for one in node.elts for name in _tables_of(one, names)]
    if isinstance(node, ast.Attribute) and node.attr != "table":
        return [node.attr if node.attr in TABLES else "?"]
    return _of_struct(node) or (list(MASTERS) if isinstance(node, ast.Attribute) else ["?"])


def foreign(room: str, source: str) -> list[str]:
    """The tables that a module of ``room`` writes and another one owns."""
    return [name for _line, name in writes_in(source) if name not in TABLES or TABLES[name].info[OWNER] != room]


def _modules() -> Iterator[Path]:
    for path in sorted(CENTRE.rglob("*.py")):
        if "migrations" not in path.parts and not (path.parent.name == "database" and path.name in WRITES_ALL):
            yield path


def _room(path: Path) -> str:
    return path.relative_to(CENTRE).parts[0]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: str(table.name))
def test_every_table_has_a_room_that_writes_it(table: Table) -> None:
    assert table.info[OWNER] in ROOMS
    written = {
        name for path in _modules() if _room(path) == table.info[OWNER] for _, name in writes_in(path.read_text())
    }
    assert table.name in written


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(CENTRE)))
def test_a_room_writes_its_own_tables_only(path: Path) -> None:
    assert foreign(_room(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ("from sync.central.database.tables import stock\ninsert_rows(connection, stock, rows)", "stock"),
        ("from sync.central.database.tables import stock as held\nadd_rows(connection, held, rows)", "stock"),
        ("from sync.central.database import tables\nconnection.execute(update(tables.ledger))", "ledger"),
        ("from sync.central.database.tables import ledger\nconnection.execute(delete(ledger))", "ledger"),
        ("from sync.central.database.tables import events\nconnection.execute(events.insert(), rows)", "events"),
        ("from sync.central.database.tables import meta\ndialect_insert(connection, meta).values(name='x')", "meta"),
        ("_plates = BY_STRUCT[Plate].table\nupsert_rows(connection, _plates, rows)", "plates"),
        ("upsert_rows(connection, BY_STRUCT[Item].table, rows)", "items"),
        ("upsert_rows(connection, kind.table, rows)", "sites"),
        (
            "from sync.central.database.tables import leases, stock\n_TABLES = (leases, stock)\n"
            "for table in _TABLES:\n    insert_rows(connection, table, rows)",
            "stock",
        ),
        ("for table in tables:\n    insert_rows(connection, table, rows)", "?"),
        ("for table in (stock, others):\n    insert_rows(connection, table, rows)", "?"),
        ("def write(connection, table):\n    insert_rows(connection, table, rows)", "?"),
        ("connection.exec_driver_sql('UPDATE counters SET version = 0')", "counters"),
        ("connection.exec_driver_sql(f'INSERT INTO devices VALUES ({marks})')", "devices"),
    ],
)
def test_a_planted_write_of_another_room_is_caught(planted: str, told: str) -> None:
    assert told in foreign("exports", planted)


def test_what_only_looks_like_a_write_is_none() -> None:
    assert foreign("exports", "known.update(others)\nrows.insert(0, row)\nsha256().update(text)") == []
