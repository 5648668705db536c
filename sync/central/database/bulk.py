"""Bulk writes (upsert, COPY): rows as plain tuples, by one Core statement compiled once for a dialect.

SQLite runs the prepared statement for every row. PostgreSQL takes many that are only added by COPY; few, or such as may
meet one of the same key, as an array a column. Building a parameter dictionary a row would cost more than the row.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, bindparam, case, event, func, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite

type_of_insert = Any
"""``Insert`` of either dialect: both know ``on_conflict_do_update`` and ``excluded``."""
Rows = Sequence[tuple[Any, ...]]

FEW_ROWS = 8
"""So few rows are added to PostgreSQL as arrays, in one turn: COPY takes three, and a tenth of the time a row."""
_COPY = "COPY "
_compiled: dict[tuple[str, str, str], str] = {}


def dialect_insert(connection: Connection, table: Table) -> type_of_insert:
    """Return the dialect's own insert, for upserts."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return make(table)


def insert_rows(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert ``rows``, whose cells are in the order of the table's columns."""
    if not rows:
        return
    if connection.dialect.name == "sqlite" or len(rows) <= FEW_ROWS:
        _merge(connection, table, "insert", lambda statement: statement, rows)
    else:
        connection.exec_driver_sql(f"{_COPY}{table.name} ({_quoted(_names(table))}) FROM STDIN", list(rows))


def load_rows(connection: Connection, table: str, columns: Sequence[str], rows: Rows) -> None:
    """Insert ``rows`` into a table that need not be one of today's: its ``columns`` are named, also by words of SQL."""
    names = _quoted(columns)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", [tuple(row) for row in rows])
    else:
        connection.exec_driver_sql(f"{_COPY}{table} ({names}) FROM STDIN", [tuple(row) for row in rows])


def upsert_rows(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert ``rows``, no two of the same primary key, or replace the row of that key."""
    _merge(connection, table, "replace", _replacing, rows)


def add_rows(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert ``rows``, no two of the same primary key, or add ``quantity`` to the row of that key.

    Its ``version`` becomes the new one, and ``claimed``, unless it is empty.
    """
    _merge(connection, table, "add", _adding, rows)


def prepare_copy(engine: Engine) -> None:
    """Let the connections of a PostgreSQL engine run the COPY of :func:`insert_rows` as one statement."""
    event.listen(engine, "do_execute", _copied_row)
    event.listen(engine, "do_executemany", _copied)


def _copied(cursor: Any, statement: str, rows: Rows, _context: Any) -> bool:
    """Run a COPY; say whether it was one."""
    if not statement.startswith(_COPY):
        return False
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
    return True


def _copied_row(cursor: Any, statement: str, row: tuple[Any, ...], context: Any) -> bool:
    return _copied(cursor, statement, [row], context)


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _names(table: Table) -> list[str]:
    return [column.name for column in table.c]


def _replacing(statement: type_of_insert) -> type_of_insert:
    keys = {column.name for column in statement.table.primary_key}
    values = {name: statement.excluded[name] for name in _names(statement.table) if name not in keys}
    return statement.on_conflict_do_update(index_elements=list(statement.table.primary_key), set_=values)


def _adding(statement: type_of_insert) -> type_of_insert:
    table = statement.table
    new = statement.excluded
    claimed = case((new.claimed == literal_column("''"), table.c.claimed), else_=new.claimed)
    values = {"quantity": table.c.quantity + new.quantity, "version": new.version, "claimed": claimed}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=values)


def _merge(
    connection: Connection,
    table: Table,
    word: str,
    shaped: Callable[[type_of_insert], type_of_insert],
    rows: Rows,
) -> None:
    if not rows:
        return
    text = _text(connection, table, word, shaped)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(text, list(rows))
    else:
        arrays = dict(zip(map(_array_of, _names(table)), map(list, zip(*rows, strict=True)), strict=True))
        connection.exec_driver_sql(text, arrays)


def _text(connection: Connection, table: Table, word: str, shaped: Callable[[type_of_insert], type_of_insert]) -> str:
    """The statement as the driver takes it: with a mark a cell, or with a named array a column."""
    dialect = connection.dialect
    at = (dialect.name, table.name, word)
    if at not in _compiled:
        statement, names = dialect_insert(connection, table), _names(table)
        if dialect.name != "sqlite":
            statement = statement.from_select(names, _unnested(table))
        _compiled[at] = shaped(statement).compile(dialect=dialect, column_keys=names).string
    return _compiled[at]


def _array_of(name: str) -> str:
    return f"{name}_array"


def _unnested(table: Table) -> Select[Any]:
    """Rows from arrays that are named after the columns."""
    arrays = [bindparam(_array_of(column.name), type_=postgresql.ARRAY(column.type)) for column in table.c]
    rows = func.unnest(*arrays).table_valued(*_names(table)).render_derived()
    return select(rows)
