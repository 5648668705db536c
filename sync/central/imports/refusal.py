"""Refusal (validation error): one reason why an import does not take a row, with its file, row and column.

The sentences stand where the fault is seen, each as the end of a sentence that begins with file, row and column:

- ``table_files``: the file is no table, or a cell of a spreadsheet has lost its text;
- ``cell_readers``: a cell is not what its column holds, such as no number, no PIN;
- ``code_cells``: a cell is no code, or no longer the one that it was;
- ``stock_rows``: an item cannot have such stock;
- ``sheets``: columns are missing, twice or unknown, a row is too long or too short, a cell is empty;
- ``references``: what a row names is not there, or the row contradicts another;
- ``guards``: the change would make the stock that is there mean something else;
- ``opening_stock``: the stock was opened before, is in the table twice, a serial is elsewhere, or nobody has as much;
- ``plan``: two rows have the same key, or a table leaves out too much; it collects the refusals of all of them.

What is only noted, and not refused, has the same shape. ``refusal_report`` writes both for who mends the tables.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Refusal(NamedTuple):
    """One reason not to take a row; rows count from 1, the header being row 1."""

    file: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}, row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.reason}."


class RefusedRow(NamedTuple):
    """A row that cannot be read."""

    refusals: tuple[Refusal, ...]


def sorted_by_place(refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
    return tuple(sorted(refusals))
