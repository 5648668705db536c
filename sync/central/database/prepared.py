"""Prepared statements: those of the hot path, compiled once for each kind of database and run as its driver takes them.

For each execution of a statement SQLAlchemy looks it up among those that it has compiled, and makes its parameters and
the types of its result anew. That costs more than most of what an exchange asks the database.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, CursorResult, Dialect
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler

from sync.central.database.arrays import array_of

_encode = msgspec.json.Encoder().encode
Values = Mapping[str, Any]


class Prepared:
    """Parameters are numbers, texts, bytes, and words of ``among``; cells come as the driver gives them.

    So what is true is a number on SQLite.
    """

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._made: dict[str, _Made] = {}

    def run(self, connection: Connection, values: Values) -> CursorResult[Any]:
        made = self._for(connection.dialect)
        return connection.exec_driver_sql(made.text, made.given(values))

    def run_each(self, connection: Connection, rows: Iterable[Values]) -> None:
        """Run it once for each of ``rows``, of which there is one at least."""
        made = self._for(connection.dialect)
        connection.exec_driver_sql(made.text, [made.given(values) for values in rows])

    def _for(self, dialect: Dialect) -> "_Made":
        made = self._made.get(dialect.name)
        if made is None:
            compiled = self._statement.compile(dialect=dialect)  # type: ignore[attr-defined]
            made = self._made[dialect.name] = _Made(compiled)
        return made


class _Made:
    """A statement as one driver takes it, and the parameters that are always the same."""

    def __init__(self, compiled: SQLCompiler) -> None:
        self.text = compiled.string
        self._order = compiled.positiontup if compiled.positional else None
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}

    def given(self, values: Values) -> Any:
        if self._order is None:
            cells = {name: array_of(cell) if type(cell) is list else cell for name, cell in values.items()}
            return {**self._fixed, **cells}
        cells = {**self._fixed, **values}
        return tuple([_packed(cells[name]) for name in self._order])


def _packed(cell: Any) -> Any:
    """Words travel as one text where a driver knows no arrays."""
    return _encode(cell).decode() if type(cell) is list else cell
