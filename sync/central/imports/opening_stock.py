"""Opening stock: on-hand that a site starts with, as ordinary ``adjusted`` events made by the centre itself.

A key is opened once. Importing the same quantity again does nothing, another quantity is refused: after the opening,
only the floor changes stock. Rows wait in a temporary database file, so that a million of them need little memory.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import msgspec
from sqlalchemy import Connection, func, select

from scanner_app.domain.bounds import QUANTITY_BELIEVED_MAX
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.limits import LEGS_MAX
from scanner_app.domain.ledger import ADJUSTMENT, Leg, StockKey
from scanner_app.domain.people import CENTRE
from scanner_app.errors import CentralError
from sync.central.database.repeatable import ordered
from sync.central.database.store import CentralStore
from sync.central.database.tables import KEY_NAMES, QUARANTINED, events, stock
from sync.central.events.reason import Reason
from sync.central.events.sender import Sender
from sync.central.imports.references import RowFault
from sync.central.imports.sheets import SheetRow
from sync.central.intake.apply import apply_batch

REASON = "opening"
_SOMEBODY_ELSE = "Somebody else imports opening stock of this site. Import again when that is done."
_EPOCH = 1
_NAMES = UUID("6f0a3f3e-5d0b-4c53-9d0e-7b1f5b0c2a11")
_EVENTS_PER_BATCH = 5
_BUFFER = 10_000
_SAME = " AND ".join(f"opened.{name} = opening.{name}" for name in KEY_NAMES)
_FRESH = f"WHERE NOT EXISTS (SELECT 1 FROM opened WHERE {_SAME})"
_SERIAL_TWICE = f"""
    SELECT number, serial, CASE number WHEN first THEN last ELSE first END FROM
        (SELECT *, min(number) OVER same AS first, max(number) OVER same AS last
         FROM opening {_FRESH} AND serial <> '' WINDOW same AS (PARTITION BY item, serial))
    WHERE first <> last"""
_SERIAL_HELD = f"SELECT number, serial, held.place FROM opening JOIN held USING (item, serial) {_FRESH}"
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Event).decode


class OpeningRow(NamedTuple):
    key: StockKey
    quantity: int
    row: int


class Opening:
    """Rows of opening stock, sorted by key on the disk; ``fresh`` of them were not opened before."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._buffer: list[tuple[Any, ...]] = []
        self.last_sequence = 0
        self.fresh = 0
        database.execute("PRAGMA journal_mode=OFF")
        database.execute(f"CREATE TABLE opening ({', '.join(KEY_NAMES)}, quantity INTEGER, number INTEGER)")
        names = ", ".join(KEY_NAMES)
        database.execute("CREATE TABLE held (item, serial, place, PRIMARY KEY (item, serial)) WITHOUT ROWID")
        database.execute(f"CREATE TABLE opened ({names}, quantity INTEGER, PRIMARY KEY ({names})) WITHOUT ROWID")

    def take(self, line: SheetRow) -> RowFault | None:
        """Keep one row; zero is no stock and is left out."""
        row = line.value
        if row.quantity > QUANTITY_BELIEVED_MAX:
            return RowFault("quantity", "nobody has as much as this")
        if row.quantity:
            self._buffer.append((*msgspec.structs.astuple(row)[:-1], line.row))
        if len(self._buffer) >= _BUFFER:
            self.flush()
        return None

    def flush(self) -> None:
        """Put what is still in memory on the disk."""
        self._database.executemany("INSERT INTO opening VALUES (?,?,?,?,?,?,?,?)", self._buffer)
        self._buffer.clear()

    def remember(self, connection: Connection, site: str) -> None:
        """Copy what was opened before, from the events that opened it."""
        self.last_sequence = _last_sequence(connection, site)
        of_centre = (events.c.site == site, events.c.device == CENTRE, events.c.epoch == _EPOCH)
        wanted = select(events.c.payload).where(*of_centre, events.c.outcome != QUARANTINED)
        for payload in connection.execution_options(yield_per=_EVENTS_PER_BATCH).execute(wanted).scalars():
            legs = _decode(bytes(payload)).fact.legs
            rows = [(*msgspec.structs.astuple(leg.target), leg.quantity) for leg in legs]
            self._database.executemany("INSERT OR REPLACE INTO opened VALUES (?,?,?,?,?,?,?)", rows)

    def chunks(self) -> Iterator[list[OpeningRow]]:
        """Yield the rows not opened before in the order of their keys, at most ``LEGS_MAX`` at a time."""
        rows = self._database.execute(f"SELECT * FROM opening {_FRESH} ORDER BY {', '.join(KEY_NAMES)}, number")
        while chunk := list(islice(rows, LEGS_MAX)):
            yield [OpeningRow(StockKey(*row[:6]), row[6], row[7]) for row in chunk]

    def hold(self, connection: Connection, site: str) -> None:
        """Copy where serials are, if any is to be opened: of each there is one."""
        if self._database.execute(f"SELECT 1 FROM opening {_FRESH} AND serial <> '' LIMIT 1").fetchone():
            there = stock.c.site == site, stock.c.on_device.is_(True), stock.c.quantity > 0, stock.c.serial != ""
            wanted = select(stock.c.item, stock.c.serial, stock.c.place).where(*there)
            for rows in connection.execution_options(yield_per=_BUFFER).execute(wanted).partitions():
                self._database.executemany("INSERT OR IGNORE INTO held VALUES (?,?,?)", map(tuple, rows))

    def refused(self) -> Iterator[tuple[int, RowFault]]:
        """Yield and leave out what contradicts itself, the book or what was opened before; then count what is fresh."""
        joined = f"SELECT number FROM opening JOIN opened ON {_SAME} WHERE opened.quantity <> opening.quantity"
        names = ", ".join(KEY_NAMES)
        twice = f"SELECT {names} FROM opening GROUP BY {names} HAVING count(*) > 1"
        numbers = f"SELECT min(number) OVER (PARTITION BY {names}), number FROM opening WHERE ({names}) IN ({twice})"
        reason = "this stock was opened with another quantity; count it instead"
        faults = [(number, RowFault("quantity", reason)) for (number,) in self._database.execute(joined)]
        faults += self._serials_elsewhere()
        told = {number for number, _fault in faults}
        pairs = self._database.execute(numbers).fetchall()
        faults += [
            (number, RowFault("place", f"row {first} is the same stock"))
            for first, number in pairs
            if number > first and number not in told
        ]
        self._drop({number for number, _fault in faults} | {first for first, _number in pairs})
        self.fresh = self._database.execute(f"SELECT count(*) FROM opening {_FRESH}").fetchone()[0]
        yield from faults

    def _serials_elsewhere(self) -> Iterator[tuple[int, RowFault]]:
        """Rows of a serial that the table has in another place, too, or the book has somewhere already."""
        for number, serial, other in self._database.execute(_SERIAL_TWICE):
            yield number, RowFault("serial", f"serial {serial} is in row {other}, too: of each there is one")
        for number, serial, place in self._database.execute(_SERIAL_HELD):
            yield number, RowFault("serial", f"serial {serial} is at {place} already: of each there is one")

    def _drop(self, numbers: set[int]) -> None:
        if numbers:
            self._database.execute("CREATE INDEX by_number ON opening (number)")
            self._database.executemany("DELETE FROM opening WHERE number = ?", [(number,) for number in numbers])


@contextmanager
def staged() -> Iterator[Opening]:
    """Yield an empty opening on a temporary file that goes away with the block."""
    with closing(sqlite3.connect("", isolation_level=None)) as database:
        yield Opening(database)


def open_stock(
    store: CentralStore, opening: Opening, site: str, now_us: int, tell: Callable[[str, int, int], None]
) -> int:
    """Post the rows that have not been opened yet; return how many they were.

    Raises:
        CentralError: somebody else opens stock of the site at the same time; what is booked stays booked.
    """
    booked = opening.last_sequence
    opened = 0
    chunks = opening.chunks()
    while group := list(islice(chunks, _EVENTS_PER_BATCH)):
        payloads = [_event(site, rows, number, now_us) for number, rows in enumerate(group, booked + 1)]
        ordered(store, partial(_book, site, booked, payloads, now_us))
        booked += len(group)
        opened += sum(map(len, group))
        tell("opening stock", opened, opening.fresh)
    return opened


def _book(site: str, booked: int, payloads: Sequence[bytes], now_us: int, connection: Connection) -> None:
    """Book the events that follow number ``booked``, or find that they are: a commit's answer may have been lost."""
    sender = Sender(site, CENTRE, _EPOCH, is_centre=True)
    if _last_sequence(connection, site) not in (booked, booked + len(payloads)):
        raise CentralError(_SOMEBODY_ELSE)
    for answer in apply_batch(connection, sender, payloads, now_us):
        if Reason.SEQUENCE_TAKEN in answer.reasons:
            raise CentralError(_SOMEBODY_ELSE)
        if not answer.outcome.counts_as_stock:
            raise CentralError(f"Opening stock was not booked: {', '.join(answer.reasons)}.")


def _last_sequence(connection: Connection, site: str) -> int:
    of_centre = (events.c.site == site, events.c.device == CENTRE, events.c.epoch == _EPOCH)
    booked = events.c.outcome != QUARANTINED
    return connection.execute(select(func.max(events.c.sequence)).where(*of_centre, booked)).scalar() or 0


def _event(site: str, rows: list[OpeningRow], sequence: int, now_us: int) -> bytes:
    """Make one event; its id comes from what it opens, so that the same opening cannot be booked twice."""
    legs = tuple(Leg(now_us, row.quantity, msgspec.structs.replace(row.key, place=ADJUSTMENT), row.key) for row in rows)
    content = _encode([site, [(row.key, row.quantity) for row in rows]]).decode()
    return _encode(
        Event(
            id=str(uuid5(_NAMES, content)),
            device=CENTRE,
            epoch=_EPOCH,
            sequence=sequence,
            entry=sequence,
            site=site,
            operator=CENTRE,
            wall_us=now_us,
            monotonic_us=0,
            boot="",
            program=CENTRE,
            fact=Adjusted(legs, REASON),
        )
    )
