"""Recount: the ledger of a site, held against what the payloads of its events say, for ``central verify``.

Rows are held against their event as they pass by in the order in which they were written, some thousand at a time. So a
ledger of any length needs the same memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import astuple
from sqlalchemy import Connection, bindparam, func, select

from scanner_app.domain.events.decided import SubjectKind, Word
from scanner_app.domain.events.event import Event, postings
from scanner_app.domain.events.limits import LEGS_MAX
from sync.central.audit.breach import Breach
from sync.central.audit.chain import ROWS_PER_FETCH, BrokenLaw
from sync.central.audit.laws import Law
from sync.central.book.via import claim_in, via_of
from sync.central.database.among import among
from sync.central.database.tables import events, ledger
from sync.central.events.decode import UNREADABLE
from sync.central.words.identified_codes import Code, codes_of, identified

_RUN_ROWS_MAX = 2 * LEGS_MAX + 1
"""More than any event has: a longer run is as wrong as one that ends there."""
_COLUMNS = [column.name for column in ledger.c]
_RECORDED, _CAUSE, _VIA = map(_COLUMNS.index, ("recorded", "cause", "via"))
_SAID = slice(_COLUMNS.index("leg"), _VIA)
"""The cells of a row that its event says."""
_SAID_NAMES = _COLUMNS[_SAID]
_QUANTITY = _SAID_NAMES.index("quantity")
_ROWS_PER_LEG = 2
_LEAVES_BY_TURNS = (True, False, False, True)
"""Whether the rows of a leg add, source first: when an event leaves the book, and when it comes again."""
_PAYLOADS = select(events.c.id, events.c.payload).where(events.c.site == bindparam("site"), among(events.c.id, "ids"))
_event = msgspec.json.Decoder(Event)
_Row = Sequence[Any]
_Said = tuple[Any, ...]


class _Run(NamedTuple):
    """Rows that ``cause`` wrote one behind the other, of ``event``: itself, or one that it took back."""

    cause: str
    event: str
    rows: list[_Row]

    @property
    def takes_back(self) -> bool:
        return bool(self.rows[0][_VIA])

    def named(self, at: int) -> str:
        return f"row {self.rows[at][_RECORDED]} (event {self.cause})"


class Recount:
    """Watches the ledger of a site pass by; ``told`` is what was wrong so far, at most ``told_max``."""

    def __init__(self, connection: Connection, site: str, told_max: int) -> None:
        self.told: list[BrokenLaw] = []
        self._connection = connection
        self._site = site
        self._told_max = told_max
        self._runs: list[_Run] = []
        self._payloads: dict[str, bytes] = {}
        self._codes: dict[str, list[Code]] = {}

    def watched(self, rows: Iterable[_Row]) -> Iterator[_Row]:
        """Yield the rows as they are, and hold them against their events; those of claims are for others to hold."""
        held = 0
        for row in rows:
            if claim_in(row[_VIA]):
                yield row
                continue
            if not self._goes_on(row):
                if held >= ROWS_PER_FETCH:
                    self._settle()
                    held = 0
                self._runs.append(_Run(row[_CAUSE], row[_VIA] or row[_CAUSE], []))
            self._runs[-1].rows.append(row)
            held += 1
            yield row
        self._settle()

    def _goes_on(self, row: _Row) -> bool:
        rows = self._runs[-1].rows if self._runs else None
        if rows is None or len(rows) == _RUN_ROWS_MAX:
            return False
        return bool(rows[0][_CAUSE] == row[_CAUSE] and rows[0][_VIA] == row[_VIA])

    def _settle(self) -> None:
        """Hold what has passed against its events, and forget it."""
        self._load({name for run in self._runs for name in (run.cause, run.event)})
        for run in self._runs:
            what = self._fault(run)
            if what and len(self.told) < self._told_max:
                self.told.append((Law.RECOUNTED, what))
        self._runs.clear()
        self._payloads.clear()
        self._codes.clear()

    def _load(self, ids: set[str]) -> None:
        rows = self._connection.execute(_PAYLOADS, {"site": self._site, "ids": sorted(ids)}).all() if ids else ()
        self._payloads.update((row.id, row.payload) for row in rows)
        self._codes.update(codes_of(self._connection, self._site, ids))

    def _event(self, name: str) -> Event | None:
        """Decode an event when it is its turn: what is forgotten at once costs the least.

        What nobody knew of it is called as somebody has identified it.
        """
        try:
            event = _event.decode(self._payloads.get(name, b""))
        except UNREADABLE:
            return None
        return identified(event, self._codes.get(name, ()))

    def _fault(self, run: _Run) -> str:
        event = self._event(run.event)
        if event is None:
            return f"{run.named(0)} is of event {run.event}, which is not there or cannot be read"
        if run.takes_back and not self._decides(run) and self._annulled_by(run.cause) != run.event:
            return f"{run.named(0)} takes back event {run.event}, which that one does not annul"
        written = [tuple(row[_SAID]) for row in run.rows]
        said = _said(event)
        if run.takes_back and said and written[0][_QUANTITY] != said[0][_QUANTITY]:
            said = [(*cells[:_QUANTITY], -cells[_QUANTITY], *cells[_QUANTITY + 1 :]) for cells in said]
        return "" if written == said else _difference(run, written, said)

    def _decides(self, run: _Run) -> bool:
        """Say whether the cause is a word that takes back that its event was accepted, or accepts it again."""
        said = event.fact.says if (event := self._event(run.cause)) else ()
        words = {one.word for one in said if (one.subject.kind, one.subject.id) == (SubjectKind.ADJUSTMENT, run.event)}
        return not words.isdisjoint({Word.WITHDRAW, Word.ACCEPT})

    def _annulled_by(self, name: str) -> str:
        """The event at the end of a row of annulments; empty where ``name`` is none."""
        seen: set[str] = set()
        undone = ""
        while name not in seen:
            seen.add(name)
            if name not in self._payloads:
                self._load({name})
            event = self._event(name)
            if event is None or not event.fact.undoes:
                break
            name = undone = event.fact.undoes
        return undone


def _said(event: Event) -> list[_Said]:
    """The cells of the rows that an event writes, in their order."""
    return [
        (posting.instant.leg, *astuple(posting.key), posting.quantity, *posting.instant[:-1])
        for posting in postings(event, event.fact)
    ]


def _difference(run: _Run, written: list[_Said], said: list[_Said]) -> str:
    for at, (row, other) in enumerate(zip(written, said, strict=False)):
        if row != other:
            names = [name for name, mine, its in zip(_SAID_NAMES, row, other, strict=True) if mine != its]
            return f"{run.named(at)} has another {', '.join(names)} than event {run.event} says"
    return f"{run.named(0)} begins {len(written)} rows where event {run.event} says {len(said)}"


def wrong_repeats(connection: Connection, found_max: int) -> Iterator[Breach]:
    """Yield the events that are in the book twice, or have left it twice, at most ``found_max`` of each."""
    named = (ledger.c.site, ledger.c.cause, ledger.c.via)
    of_events = (ledger.c.leg == 0, ledger.c.via.not_like(f"{via_of('')}%"))
    twice = select(*named).where(*of_events).group_by(*named).having(func.count() > _ROWS_PER_LEG)
    for site, cause, via in connection.execute(twice.limit(found_max)).all():
        yield Breach(Law.ONCE, site, f"event {cause} has written rows of event {via or cause} more than once")
    yield from islice(_left_twice(connection), found_max)


def _left_twice(connection: Connection) -> Iterator[Breach]:
    """Go through the first legs of rows that take events back, or bring them again: by turns, out of the book first."""
    order = (ledger.c.site, ledger.c.via, ledger.c.recorded)
    wanted = select(*order, ledger.c.cause, ledger.c.quantity).where(ledger.c.via != "", ledger.c.leg == 0)
    wanted = wanted.where(ledger.c.via.not_like(f"{via_of('')}%"))
    with connection.execute(wanted.order_by(*order), execution_options={"yield_per": ROWS_PER_FETCH}) as rows:
        for (site, via), turns in groupby(rows, key=lambda row: (row.site, row.via)):
            for number, row in enumerate(turns):
                is_wrong = (row.quantity > 0) is not _LEAVES_BY_TURNS[number % len(_LEAVES_BY_TURNS)]
                if is_wrong:
                    what = f"event {via} is out of turn in row {row.recorded} (event {row.cause})"
                    yield Breach(Law.ONCE, site, what)
                    break
