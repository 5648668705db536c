"""Timelines (snapshots with running balances): the ledger sorted by key and by when things happened, with checkpoints.

They are made behind the floor, by passes that each take the next rows of the ledger; applying events writes none of it.
A checkpoint is never changed. A posting that comes late, before checkpoints that are there, gives each of those a
newer one of the same instant, so that what was known earlier can still be asked for.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, insert, select, update
from sqlalchemy import bindparam as bound

from sync.central.book.counters import shared_counters
from sync.central.database.bulk import dialect_insert, insert_rows
from sync.central.database.store import CentralStore
from sync.central.database.tables import (
    KEY_NAMES,
    checkpoints,
    counters,
    events,
    keys,
    ledger,
    passes,
    timeline,
    timelines,
)

ROWS_PER_PASS = 5_000
ROWS_PER_CHECKPOINT = 4_000
EVER = -(2**62)
"""An instant before all others: the newest checkpoint of a key that has none."""


class _Touched(NamedTuple):
    """A key of a pass: its newest checkpoint, the rows after that before this pass, in it, and the late ones in it."""

    key_id: int
    newest_us: int
    since: int
    fresh: int
    late: int


def catch_up(store: CentralStore, site: str, spacing: int = ROWS_PER_CHECKPOINT) -> int:
    """Sort all that the ledger of ``site`` has by now; return how many rows that were."""
    sorted_count = 0
    while rows := advance(store, site, spacing):
        sorted_count += rows
    return sorted_count


def advance(store: CentralStore, site: str, spacing: int = ROWS_PER_CHECKPOINT, rows_max: int = ROWS_PER_PASS) -> int:
    """Make one pass, in a transaction of its own; return how many rows of the ledger it took, 0 when none was left."""

    def make(connection: Connection) -> int:
        last = shared_counters(connection, site).recorded
        start, key_count = _locked(connection, site)
        end = min(last, start + rows_max)
        if end > start:
            _Pass(connection, site, start, end).make(key_count, spacing)
        return end - start

    return store.write(make)


def sort_tail(connection: Connection, site: str, last: int, rows_max: int) -> int:
    """Sort what the ledger has up to row ``last``, in the caller's transaction, if that is more than ``rows_max`` rows.

    Return up to which row it is sorted; that stays so until the transaction ends.
    """
    start, key_count = _locked(connection, site)
    while last - start > rows_max:
        end = min(last, start + ROWS_PER_PASS)
        key_count = _Pass(connection, site, start, end).make(key_count, ROWS_PER_CHECKPOINT)
        start = end
    return start


def behind(store: CentralStore) -> dict[str, int]:
    """Return how many rows of each site's ledger no pass has taken yet; sites without any are left out."""
    wanted = select(counters.c.site, counters.c.recorded, timelines.c.recorded).outerjoin(
        timelines, timelines.c.site == counters.c.site
    )
    ends = store.read(lambda connection: connection.execute(wanted).all())
    return {site: recorded - (taken or 0) for site, recorded, taken in ends if recorded > (taken or 0)}


def _locked(connection: Connection, site: str) -> tuple[int, int]:
    wanted = select(timelines.c.recorded, timelines.c.key_count).where(timelines.c.site == site).with_for_update()
    row = connection.execute(wanted).one_or_none()
    if row is None:
        first = dialect_insert(connection, timelines).values(site=site, recorded=0, key_count=0)
        connection.execute(first.on_conflict_do_nothing())
        row = connection.execute(wanted).one()
    return row.recorded, row.key_count


class _Pass:
    """One pass over the rows of a site's ledger after ``start`` and up to ``end``."""

    def __init__(self, connection: Connection, site: str, start: int, end: int) -> None:
        self._connection = connection
        self._site = site
        self._end = end
        self._rows = and_(ledger.c.site == site, ledger.c.recorded > start, ledger.c.recorded <= end)
        self._joined = ledger.join(keys, _same_key())

    def make(self, key_count: int, spacing: int) -> int:
        """Make it; return how many keys there are then."""
        key_count = self._name_keys(key_count)
        self._sort()
        touched = self._touched()
        self._renew([key for key in touched if key.late])
        self._count([self._spaced(key, spacing) for key in touched if key.fresh])
        self._end_pass(key_count)
        return key_count

    def _name_keys(self, count: int) -> int:
        """Number the keys that are new; return how many there are."""
        names = [ledger.c[name] for name in KEY_NAMES]
        unknown = select(*names).where(self._rows, ~exists().where(_same_key())).distinct().order_by(*names)
        rows = [tuple(row) for row in self._connection.execute(unknown)]
        fresh = [(self._site, number, *row, EVER, 0) for number, row in enumerate(rows, count + 1)]
        insert_rows(self._connection, keys, fresh)
        return count + len(fresh)

    def _sort(self) -> None:
        cells = (ledger.c.site, keys.c.key_id, ledger.c.effective_us, ledger.c.recorded, ledger.c.quantity)
        rows = select(*cells).select_from(self._joined).where(self._rows)
        self._connection.execute(insert(timeline).from_select([column.name for column in timeline.c], rows))

    def _touched(self) -> list[_Touched]:
        of_key = (keys.c.key_id, keys.c.newest_us, keys.c.since)
        fresh = func.sum(case((ledger.c.effective_us > keys.c.newest_us, 1), else_=0))
        wanted = select(*of_key, fresh, func.count() - fresh).select_from(self._joined).where(self._rows)
        return [_Touched(*row) for row in self._connection.execute(wanted.group_by(*of_key))]

    def _renew(self, touched: list[_Touched]) -> None:
        """Give the checkpoints that late rows come before a newer one each."""
        if not touched:
            return
        wanted = select(keys.c.key_id, ledger.c.effective_us, ledger.c.quantity).select_from(self._joined)
        late: dict[int, list[tuple[int, int]]] = {}
        for row in self._connection.execute(wanted.where(self._rows, ledger.c.effective_us <= keys.c.newest_us)):
            late.setdefault(row.key_id, []).append((row.effective_us, row.quantity))
        rows = [row for key_id, postings in late.items() for row in self._renewed(key_id, postings)]
        insert_rows(self._connection, checkpoints, rows)

    def _renewed(self, key_id: int, postings: list[tuple[int, int]]) -> Iterator[tuple[Any, ...]]:
        balances = self._balances(key_id, min(postings)[0])
        for effective_us, balance in balances.items():
            change = sum(quantity for at_us, quantity in postings if at_us <= effective_us)
            if change:
                yield self._site, key_id, effective_us, self._end, balance + change

    def _balances(self, key_id: int, from_us: int) -> dict[int, int]:
        """Return the newest balance at each checkpoint of a key from an instant on."""
        at = (checkpoints.c.effective_us, checkpoints.c.recorded)
        of_key = (
            checkpoints.c.site == self._site,
            checkpoints.c.key_id == key_id,
            checkpoints.c.effective_us >= from_us,
        )
        wanted = select(at[0], checkpoints.c.balance).where(*of_key).order_by(*at)
        return {row[0]: row[1] for row in self._connection.execute(wanted)}

    def _spaced(self, key: _Touched, spacing: int) -> dict[str, int]:
        """Make the checkpoints of a key that are due, and return its counts.

        The last ``spacing`` rows have none: most of what comes late comes among them.
        """
        total = key.since + key.fresh
        made = list(self._due(key, total, spacing)) if total >= 2 * spacing else []
        insert_rows(self._connection, checkpoints, [row for row, _taken in made])
        newest_us, taken = (made[-1][0][2], made[-1][1]) if made else (key.newest_us, 0)
        return {"of_key": key.key_id, "newest": newest_us, "rows_since": total - taken}

    def _due(self, key: _Touched, total: int, spacing: int) -> Iterator[tuple[tuple[Any, ...], int]]:
        """Yield a checkpoint after every ``spacing`` rows, never between two of one instant, and how many it covers."""
        balance = self._balances(key.key_id, key.newest_us).get(key.newest_us, 0) if key.newest_us > EVER else 0
        of_key = (
            timeline.c.site == self._site,
            timeline.c.key_id == key.key_id,
            timeline.c.effective_us > key.newest_us,
        )
        wanted = select(timeline.c.effective_us, timeline.c.quantity).where(*of_key)
        rows = self._connection.execute(wanted.order_by(timeline.c.effective_us, timeline.c.recorded)).all()
        last = 0
        for number, (effective_us, quantity) in enumerate(rows, 1):
            balance += quantity
            is_whole = number < total and rows[number][0] > effective_us
            if is_whole and number - last >= spacing and total - number >= spacing:
                last = number
                yield (self._site, key.key_id, effective_us, self._end, balance), number

    def _count(self, counts: list[dict[str, int]]) -> None:
        if counts:
            of_key = (keys.c.site == self._site, keys.c.key_id == bound("of_key"))
            changed = update(keys).where(*of_key).values(newest_us=bound("newest"), since=bound("rows_since"))
            self._connection.execute(changed, counts)

    def _end_pass(self, key_count: int) -> None:
        received = select(func.max(events.c.received_us)).select_from(_with_event()).where(self._rows)
        before = select(func.max(passes.c.received_us)).where(passes.c.site == self._site)
        latest = max(self._connection.execute(query).scalar() or EVER for query in (received, before))
        insert_rows(self._connection, passes, [(self._site, self._end, latest)])
        after = update(timelines).where(timelines.c.site == self._site).values(recorded=self._end, key_count=key_count)
        self._connection.execute(after)


def _same_key() -> ColumnElement[bool]:
    return and_(keys.c.site == ledger.c.site, *(keys.c[name] == ledger.c[name] for name in KEY_NAMES))


def _with_event() -> Any:
    return ledger.join(events, and_(events.c.site == ledger.c.site, events.c.id == ledger.c.cause))


def recorded_at(connection: Connection, site: str, received_us: int) -> int:
    """Return the last recorded number of the rows whose events had been received by then."""
    of_passes = select(func.max(passes.c.recorded)).where(passes.c.site == site, passes.c.received_us <= received_us)
    number = connection.execute(of_passes).scalar() or 0
    wanted = select(ledger.c.recorded, events.c.received_us).select_from(_with_event())
    after = wanted.where(ledger.c.site == site, ledger.c.recorded > number).order_by(ledger.c.recorded)
    return _last_until(number, connection.execution_options(yield_per=1_000).execute(after), received_us)


def _last_until(number: int, rows: Iterable[Any], received_us: int) -> int:
    for recorded, at_us in rows:
        if at_us > received_us:
            return number
        number = recorded
    return number
