"""The rows that the product left in a store: found, taken out again, and written plainly by a driver's ``executemany``.

They go into the same tables with the same indexes, hashes given, in one commit.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Table

from benchmarks.result import BenchmarkError
from sync.central.database.table import metadata
from sync.central.database.tables import checkpoints, keys, ledger, timeline

Row = tuple[Any, ...]
_SORTED = (checkpoints, keys, timeline)
"""What passes make of the ledger; nothing of it is looked at."""


class Left(NamedTuple):
    """Of a table the rows that came, those that another one is in place of now, and as they were."""

    table: Table
    came: Sequence[Row]
    changed: Sequence[Row]
    were: Sequence[Row]


class Bare:
    """A connection of a driver, in whose statements ``mark`` stands for a cell; ``recorded`` rows are in the ledger."""

    def __init__(self, connection: Any, mark: str, recorded: int) -> None:
        self._connection = connection
        self._mark = mark
        self._tables = [table for table in metadata.sorted_tables if table not in _SORTED]
        self._more = {ledger: f" WHERE recorded > {recorded}"}
        self._before = self._rows()

    def left(self) -> list[Left]:
        """What is another than it was at first."""
        now = self._rows()
        return [one for table in self._tables if any((one := _left(table, self._before[table], now[table]))[1:])]

    def write(self, left: Sequence[Left]) -> None:
        """Write what was left."""
        cursor = self._connection.cursor()
        for table, came, changed, _were in left:
            self._run(cursor, self._insert(table), came)
            self._run(cursor, self._insert(table) + self._instead(table), changed)
        self._connection.commit()

    def take_out(self, left: Sequence[Left]) -> None:
        """Let the store be as it was."""
        cursor = self._connection.cursor()
        for table, came, _changed, were in reversed(left):
            self._run(cursor, self._delete(table), [_key(table, row) for row in came])
            self._run(cursor, self._insert(table) + self._instead(table), were)
        self._connection.commit()

    def _run(self, cursor: Any, statement: str, rows: Sequence[Row]) -> None:
        if rows:
            cursor.executemany(statement, rows)

    def _rows(self) -> Mapping[Table, Mapping[Row, Row]]:
        cursor = self._connection.cursor()
        rows = {}
        for table in self._tables:
            cursor.execute(f"SELECT {_names(table)} FROM {table.name}{self._more.get(table, '')}")
            rows[table] = {_key(table, row): tuple(row) for row in cursor.fetchall()}
        self._connection.commit()
        return rows

    def _insert(self, table: Table) -> str:
        marks = ", ".join([self._mark] * len(table.c))
        return f"INSERT INTO {table.name} ({_names(table)}) VALUES ({marks})"

    def _instead(self, table: Table) -> str:
        own = ", ".join(column.name for column in table.primary_key)
        new = ", ".join(f"{one.name} = excluded.{one.name}" for one in table.c if not one.primary_key)
        return f" ON CONFLICT ({own}) DO UPDATE SET {new}"

    def _delete(self, table: Table) -> str:
        return f"DELETE FROM {table.name} WHERE " + " AND ".join(
            f"{column.name} = {self._mark}" for column in table.primary_key
        )


def _left(table: Table, before: Mapping[Row, Row], now: Mapping[Row, Row]) -> Left:
    if gone := before.keys() - now.keys():
        raise BenchmarkError(f"{len(gone)} rows of {table.name} are gone, which a floor does not write.")
    changed = [key for key, row in now.items() if key in before and before[key] != row]
    came = [row for key, row in now.items() if key not in before]
    return Left(table, came, [now[key] for key in changed], [before[key] for key in changed])


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.c)


def _key(table: Table, row: Row) -> Row:
    return tuple(cell for column, cell in zip(table.c, row, strict=True) if column.primary_key)
