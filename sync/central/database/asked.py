"""Asked (VALUES): rows of cells that a statement joins with tables, in a few parameters however many they are.

They travel as one JSON text for SQLite, as an array a column for PostgreSQL. SQLite joins them first, in the order of
the statement, as long as that says CROSS JOIN; PostgreSQL joins as it likes.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, text

_encode = msgspec.json.Encoder().encode
_TYPES = {str: "text", int: "bigint"}
Columns = dict[str, type]
"""The names of cells, and what they hold."""


def asked_rows(connection: Connection, statement: str, columns: Columns, rows: Sequence[Any], **given: Any) -> Any:
    """Run ``statement``, in which ``{asked}`` is a table ``asked`` of ``rows`` with these ``columns``.

    ``{true}`` says of a column that it is true, as the conditions of indexes do; ``{bytewise}`` that texts are in the
    order of their bytes.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        cells = ", ".join(f"json_extract(value, '$[{number}]') AS {name}" for number, name in enumerate(columns))
        asked = f"asked AS MATERIALIZED (SELECT {cells} FROM json_each(:asked))"
        arrays: dict[str, Any] = {"asked": _encode(rows).decode()}
    else:
        names = [f"CAST(:asked_{name} AS {_TYPES[kind]}[])" for name, kind in columns.items()]
        asked = f"asked ({', '.join(columns)}) AS MATERIALIZED (SELECT * FROM unnest({', '.join(names)}))"
        arrays = {f"asked_{name}": list(cells) for name, cells in zip(columns, _columns(rows, columns), strict=True)}
    words = {"asked": asked, "true": "IS 1" if is_sqlite else "IS true", "bytewise": "" if is_sqlite else 'COLLATE "C"'}
    return connection.execute(text(statement.format(**words)), {**given, **arrays}).all()


def _columns(rows: Sequence[Any], columns: Columns) -> Iterable[Sequence[Any]]:
    return zip(*rows, strict=True) if rows else ((),) * len(columns)
