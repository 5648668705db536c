"""Asked (VALUES): rows of cells that a statement joins with tables, in a few parameters however many they are.

They travel as one JSON text for SQLite, as an array a column for PostgreSQL. SQLite joins them first, in the order of
the statement, as long as that says CROSS JOIN; PostgreSQL joins as it likes.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnClause, Connection, Executable, text

from sync.central.database.arrays import array_of

_encode = msgspec.json.Encoder().encode
_TYPES = {str: "text", int: "bigint"}
Columns = dict[str, type]
"""The names of cells, and what they hold."""
Shape = tuple[Column[Any] | ColumnClause[Any], ...]
STATEMENTS_MAX = 200
"""So many statements are kept as they were read, more than there are."""


def asked_rows(
    connection: Connection, statement: str, columns: Columns, rows: Sequence[Any], *, shape: Shape = (), **given: Any
) -> Any:
    """Run ``statement``, in which ``{asked}`` is a table ``asked`` of ``rows`` with these ``columns``.

    ``{true}`` says of a column that it is true, as the conditions of indexes do; ``{bytewise}`` that texts are in the
    order of their bytes. Where an answer has many columns their ``shape`` spares finding that out each time.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        arrays: dict[str, Any] = {"asked": _encode(rows).decode()}
    else:
        arrays = {
            f"asked_{name}": array_of(cells) for name, cells in zip(columns, _columns(rows, columns), strict=True)
        }
    made = _made(statement, tuple(columns.items()), shape, is_sqlite=is_sqlite)
    return connection.execute(made, {**given, **arrays}).all()


@lru_cache(STATEMENTS_MAX)
def _made(statement: str, columns: tuple[tuple[str, type], ...], shape: Shape, *, is_sqlite: bool) -> Executable:
    """The statement for a dialect: reading its text costs more than a small answer."""
    if is_sqlite:
        cells = ", ".join(
            f"json_extract(value, '$[{number}]') AS {name}" for number, (name, _kind) in enumerate(columns)
        )
        asked = f"asked AS MATERIALIZED (SELECT {cells} FROM json_each(:asked))"
    else:
        names = ", ".join(name for name, _kind in columns)
        arrays = ", ".join(f"CAST(:asked_{name} AS {_TYPES[kind]}[])" for name, kind in columns)
        asked = f"asked ({names}) AS MATERIALIZED (SELECT * FROM unnest({arrays}))"
    words = {"asked": asked, "true": "IS 1" if is_sqlite else "IS true", "bytewise": "" if is_sqlite else 'COLLATE "C"'}
    made = text(statement.format(**words))
    return made.columns(*shape) if shape else made


def _columns(rows: Sequence[Any], columns: Columns) -> Iterable[Sequence[Any]]:
    return zip(*rows, strict=True) if rows else ((),) * len(columns)
