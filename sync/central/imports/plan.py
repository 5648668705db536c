"""Import plan (diff): what an import would change, row by row beside the store, and why some of it cannot be."""

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, select

from scanner_app.domain.catalog import Barcode, Site
from scanner_app.domain.task import MADE, PLANNED, Task
from sync.central.database.master_tables import MASTER_KINDS, MasterKind, row_of
from sync.central.imports.references import ReferenceCheck
from sync.central.imports.refusal import Refusal, RefusedRow
from sync.central.imports.sheets import Sheet, SheetRow

REFUSALS_MAX = 1_000
"""Of an import that takes all or nothing; it is wrong enough by then."""
BAD_MAX = 100_000
"""Of one that leaves bad rows out; a file with more is another file."""
NOTES_MAX = 10_000
"""Of one table."""
_FEW = 10
_ROWS_PER_FETCH = 5_000
_Key = tuple[Any, ...]


class TooManyError(Exception):
    """So much is refused that reading on tells nothing more."""


class Counts(NamedTuple):
    """Rows of one table, by what the import makes of them."""

    new: int
    changed: int
    deactivated: int
    same: int

    @property
    def written(self) -> int:
        return self.new + self.changed + self.deactivated


class Change(NamedTuple):
    """Rows of one kind that change as one: they share a version."""

    rows: tuple[Any, ...]


class _Both(Mapping[_Key, Any]):
    """The rows of one kind as they will be: those of its table before those of the store; a view, and no copy."""

    def __init__(self, lines: Mapping[_Key, SheetRow], stored: Mapping[_Key, Any]) -> None:
        self._lines = lines
        self._stored = stored

    def __getitem__(self, key: _Key) -> Any:
        line = self._lines.get(key)
        return self._stored[key] if line is None else line.value

    def __contains__(self, key: object) -> bool:
        return key in self._lines or key in self._stored

    def __iter__(self) -> Iterator[_Key]:
        yield from self._lines
        yield from (key for key in self._stored if key not in self._lines)

    def __len__(self) -> int:
        return sum(1 for _key in self)


class Plan:
    """What the tables hold and the store has; ``notes`` are for people and refuse nothing.

    ``rows`` are those of each kind as they will be.
    """

    def __init__(self, refusals_max: int) -> None:
        self.sheets: dict[type[Struct], Sheet] = {}
        self.lines: dict[type[Struct], dict[_Key, SheetRow]] = {kind.struct: {} for kind in MASTER_KINDS}
        self.stored: dict[type[Struct], dict[_Key, Any]] = {kind.struct: {} for kind in MASTER_KINDS}
        self.rows: dict[type[Struct], Mapping[_Key, Any]] = {
            kind.struct: _Both(self.lines[kind.struct], self.stored[kind.struct]) for kind in MASTER_KINDS
        }
        self.gone: dict[type[Struct], dict[_Key, Any]] = {kind.struct: {} for kind in MASTER_KINDS}
        self.reassigned: dict[_Key, list[_Key]] = {}
        self.refusals: list[Refusal] = []
        self.notes: list[Refusal] = []
        self._noted: dict[str, int] = {}
        self._refusals_max = refusals_max

    def refuse(self, *refusals: Refusal) -> None:
        self.refusals += refusals
        if len(self.refusals) >= self._refusals_max:
            raise TooManyError

    def note(self, file: str, row: int, column: str, what: str) -> None:
        """Note something; of each table so much that somebody can look at it, and then that there is more."""
        count = self._noted[file] = self._noted.get(file, 0) + 1
        if count < NOTES_MAX:
            self.notes.append(Refusal(file, row, column, what))
        elif count == NOTES_MAX:
            self.notes.append(Refusal(file, row, "", f"more than {NOTES_MAX} notes; from here on they are left out"))

    def read(self, kind: MasterKind, sheet: Sheet) -> None:
        """Read a table; of rows with the same key, the first counts."""
        self.sheets[kind.struct] = sheet
        lines, key_of = self.lines[kind.struct], _KEYS[kind.struct]
        for line in sheet.lines():
            if isinstance(line, RefusedRow):
                self.refuse(*line.refusals)
                continue
            key = key_of(line.value)
            first = lines.setdefault(key, line)
            if first is not line:
                reason = f"row {first.row} is the same {' and '.join(map(sheet.shown, kind.key))}"
                self.refuse(Refusal(sheet.name, line.row, sheet.shown(kind.key[0]), reason))

    def load(self, connection: Connection, site: str) -> None:
        """Load what the store has, and take over from it what a table does not say of its rows."""
        for kind in MASTER_KINDS:
            wanted = select(*(kind.table.c[name] for name in kind.fields))
            if kind.struct is not Site:
                wanted = wanted.where(kind.table.c.site == site)
            rows = connection.execution_options(yield_per=_ROWS_PER_FETCH).execute(wanted)
            structs = (row_of(kind, tuple(row)) for row in rows)
            key_of = _KEYS[kind.struct]
            self.stored[kind.struct].update((key_of(row), row) for row in structs)
            self._complete(kind)

    def _complete(self, kind: MasterKind) -> None:
        sheet = self.sheets.get(kind.struct)
        absent = [name for name in sheet.absent if name not in kind.key] if sheet else []
        lines, stored = self.lines[kind.struct], self.stored[kind.struct]
        for key, line in lines.items():
            before = stored.get(key)
            if before is None:
                continue
            value = line.value
            if absent:
                value = replace(value, **{name: getattr(before, name) for name in absent})
            if hasattr(value, "verifier") and not value.verifier:
                value = replace(value, verifier=before.verifier)
            lines[key] = line._replace(value=before if value == before else value)

    def check(self) -> None:
        """Refuse rows that name what is not there, until none is left; what names a refused row falls with it."""
        is_settled = False
        while not is_settled:
            faults = [
                (kind, key, line, fault)
                for kind in MASTER_KINDS
                for check in (ReferenceCheck(kind.struct, self.rows),)
                for key, line in self.lines[kind.struct].items()
                if line.value is not self.stored[kind.struct].get(key) and (fault := check.fault(line))
            ]
            for kind, key, line, fault in faults:
                del self.lines[kind.struct][key]
                sheet = self.sheets[kind.struct]
                self.refuse(Refusal(sheet.name, line.row, sheet.shown(fault.field), fault.reason))
            is_settled = not faults

    def refuse_row(self, kind: MasterKind, key: _Key, field: str, reason: str) -> None:
        """Leave out one row for a reason of its own."""
        sheet = self.sheets[kind.struct]
        row = self.lines[kind.struct][key].row
        del self.lines[kind.struct][key]
        self.refuse(Refusal(sheet.name, row, sheet.shown(field), reason))

    def reassign_barcodes(self) -> None:
        """Take a code that is new on an item from those that had it, unless the table says that they keep it."""
        lines, stored = self.lines[Barcode], self.stored[Barcode]
        holders: dict[str, list[_Key]] = {}
        for key, row in stored.items():
            if row.active and key not in lines:
                holders.setdefault(row.code, []).append(key)
        for key, line in lines.items():
            before = stored.get(key)
            if line.value.active and (before is None or not before.active) and line.value.code in holders:
                self.reassigned[key] = holders.pop(line.value.code)
                for old in self.reassigned[key]:
                    what = f"{line.value.code} was {old[2]} of item {old[1]} and is now {key[2]} of item {key[1]}"
                    self.note(self.sheets[Barcode].name, line.row, self.sheets[Barcode].shown("code"), what)

    def deactivate_missing(self, percent_max: int) -> None:
        """Deactivate what a table no longer lists; a table that would take away too much is refused as a whole."""
        for kind in MASTER_KINDS:
            sheet = self.sheets.get(kind.struct)
            if sheet is None or kind.struct is Site:
                continue
            if any(refusal.file == sheet.name for refusal in self.refusals):
                self.note(sheet.name, 1, "", "nothing was deactivated, because rows of this table were refused")
                continue
            active = [key for key, row in self.stored[kind.struct].items() if row.active and not _is_own(row)]
            missing = [key for key in active if key not in self.lines[kind.struct]]
            if len(missing) * 100 > max(len(active) * percent_max, _FEW * 100) or not self.lines[kind.struct]:
                reason = f"{len(missing)} of {len(active)} rows are not in this table; is it the whole list"
                self.refuse(Refusal(sheet.name, 1, "", reason))
                continue
            self.gone[kind.struct] = {key: self._without(kind, key) for key in missing}

    def _without(self, kind: MasterKind, key: _Key) -> Any:
        return replace(self.stored[kind.struct][key], active=False)

    def changes(self, kind: MasterKind) -> Iterator[Change]:
        """Yield what is to be written of one kind, in the order of its table."""
        stored = self.stored[kind.struct]
        taken = self._taken(kind)
        reassigned = self.reassigned if kind.struct is Barcode else {}
        for key, line in self.lines[kind.struct].items():
            if stored.get(key) != line.value:
                olds = reassigned.get(key, ())
                yield Change((*(self._without(kind, old) for old in olds), line.value) if olds else (line.value,))
        for key, row in self.gone[kind.struct].items():
            if key not in taken:
                yield Change((row,))

    def counts(self, kind: MasterKind) -> Counts:
        """Count the rows of one kind by what becomes of them."""
        stored, lines = self.stored[kind.struct], self.lines[kind.struct]
        known = [(stored[key], line.value) for key, line in lines.items() if key in stored]
        same = sum(before == value for before, value in known)
        off = sum(before != value and not value.active for before, value in known)
        changed = len(known) - same - off
        off += len(self._taken(kind) | self.gone[kind.struct].keys())
        return Counts(len(lines) - len(known), changed, off, same)

    def _taken(self, kind: MasterKind) -> set[_Key]:
        """Rows that go out of use because another row has their code now."""
        return {old for olds in self.reassigned.values() for old in olds} if kind.struct is Barcode else set()


def _is_own(row: Any) -> bool:
    """Say whether the centre made a row by itself: no table lists it, and none takes it out of use."""
    return isinstance(row, Task) and row.task.startswith((MADE, PLANNED))


def _key_reader(kind: MasterKind) -> Callable[[Any], _Key]:
    """What reads the key of a row."""
    read = attrgetter(*kind.key)
    return read if len(kind.key) > 1 else lambda row: (read(row),)


_KEYS = {kind.struct: _key_reader(kind) for kind in MASTER_KINDS}
