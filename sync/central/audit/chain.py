"""Hash chain of a site's ledger (tamper evidence), walked from end to end: which row was altered, removed or moved.

Every row is held against the hash that is stored in the row before it, so that one bad row does not hide the next.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from sync.central.audit.laws import Law
from sync.central.book.counters import HEAD_FIRST
from sync.central.book.posting import linked
from sync.central.database.tables import ledger

ROWS_PER_FETCH = 5_000
_SORTED_MAX = 50
"""Rows that are looked for in each other's places; where more do not fit, none of them is."""
_RECORDED = [column.name for column in ledger.c].index("recorded")
_CAUSE = [column.name for column in ledger.c].index("cause")
BrokenLaw = tuple[Law, str]
"""A law, and the row that breaks it."""


class _Misfit(NamedTuple):
    """A row that does not follow from the row before it, whose hash is ``before``."""

    row: tuple[Any, ...]
    hash: bytes
    before: bytes

    @property
    def number(self) -> int:
        return int(self.row[_RECORDED])

    def fits(self, number: int, before: bytes) -> bool:
        return linked(before, (*self.row[:_RECORDED], number, *self.row[_RECORDED + 1 :])) == self.hash


class LedgerEnd(NamedTuple):
    """Where the ledger of a site should end: the number of its last row, and that row's hash."""

    recorded: int
    head: bytes


def broken_links(rows: Iterable[Sequence[Any]], end: LedgerEnd | None) -> list[BrokenLaw]:
    """Walk the ledger of a site, which should end at ``end``, if anybody knows."""
    broken: list[BrokenLaw] = []
    misfits: list[_Misfit] = []
    number, before = 0, HEAD_FIRST
    for row in rows:
        content, stored_hash = tuple(row[:-1]), bytes(row[-1])
        if row[_RECORDED] != number + 1:
            broken.append((Law.GAPS, f"after row {number} comes {row[_RECORDED]}"))
        elif linked(before, content) != stored_hash:
            misfits.append(_Misfit(content, stored_hash, before))
        number, before = row[_RECORDED], stored_hash
    broken += [(Law.CHAIN, what) for what in _explained(misfits)]
    if end is not None and end != (number, before):
        broken.append((Law.CHAIN, f"it ends at row {number} and should at {end.recorded}"))
    return broken


def ledger_rows(connection: Connection, site: str) -> Iterator[tuple[Any, ...]]:
    """Yield the ledger of a site in the order in which it was written."""
    wanted = select(*ledger.c).where(ledger.c.site == site).order_by(ledger.c.recorded)
    with connection.execute(wanted, execution_options={"yield_per": ROWS_PER_FETCH}) as rows:
        for row in rows:
            yield tuple(row)


def _explained(misfits: list[_Misfit]) -> Iterator[str]:
    """Say of each misfit whether it was altered or belongs elsewhere; an untouched row behind it is left out."""
    known = misfits if len(misfits) <= _SORTED_MAX else []
    hashes = {misfit.hash for misfit in known} | {misfit.before for misfit in known}
    hashes |= {linked(misfit.before, misfit.row) for misfit in known}
    for misfit in misfits:
        places = {other.number for other in known if any(misfit.fits(other.number, before) for before in hashes)}
        if not places:
            yield f"row {misfit.number} (event {misfit.row[_CAUSE]}) was altered"
        elif misfit.number not in places:
            yield f"row {misfit.number} (event {misfit.row[_CAUSE]}) was row {min(places)} and has been moved"
