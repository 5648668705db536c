"""Bulk writes: a Core statement compiled once for a dialect and run with plain tuples.

Building a parameter dictionary a row costs more than the row; this goes from tuples to the driver's ``executemany``.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

type_of_insert = Any
"""``Insert`` of either dialect: both know ``on_conflict_do_update`` and ``excluded``."""

_compiled: dict[tuple[str, str, str], tuple[str, bool]] = {}


def dialect_insert(connection: Connection, table: Table) -> type_of_insert:
    """Return the dialect's own insert, for upserts."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return make(table)


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert ``rows``, whose cells are in the order of the table's columns."""
    _run(connection, table, "insert", lambda statement: statement, rows)


def upsert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert ``rows``, or replace the row of the same primary key."""
    _run(connection, table, "replace", _replacing, rows)


def add_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert ``rows``, or add ``quantity`` to the row of the same primary key and give it the new ``version``."""
    _run(connection, table, "add", _adding, rows)


def _names(table: Table) -> list[str]:
    return [column.name for column in table.c]


def _replacing(statement: type_of_insert) -> type_of_insert:
    keys = {column.name for column in statement.table.primary_key}
    values = {name: statement.excluded[name] for name in _names(statement.table) if name not in keys}
    return statement.on_conflict_do_update(index_elements=list(statement.table.primary_key), set_=values)


def _adding(statement: type_of_insert) -> type_of_insert:
    table = statement.table
    values = {"quantity": table.c.quantity + statement.excluded.quantity, "version": statement.excluded.version}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=values)


def _run(
    connection: Connection,
    table: Table,
    word: str,
    shaped: Callable[[type_of_insert], type_of_insert],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    if not rows:
        return
    names = _names(table)
    at = (connection.dialect.name, table.name, word)
    if at not in _compiled:
        statement = shaped(dialect_insert(connection, table)).compile(dialect=connection.dialect, column_keys=names)
        _compiled[at] = (statement.string, statement.positional)
    text, positional = _compiled[at]
    parameters: Any = rows if positional else [dict(zip(names, row, strict=True)) for row in rows]
    connection.exec_driver_sql(text, parameters)
