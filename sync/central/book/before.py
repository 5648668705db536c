"""Before (point-in-time balances): what many keys held just before instants of the whole order, and legs near them.

All is asked at once. The ledger is sorted into timelines but for a tail of a bounded length; what shares a microsecond
with an instant is told apart by device, epoch and sequence.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import astuple
from sqlalchemy import Connection, bindparam, select, text

from scanner_app.domain.clock import Instant
from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.ledger import StockKey
from sync.central.book.timelines import sort_tail
from sync.central.book.via import claim_in
from sync.central.database.among import among
from sync.central.database.asked import Columns, asked_rows
from sync.central.database.tables import KEY_NAMES, events

TAIL_ROWS_MAX = 5_000
"""So much of the ledger is added up unsorted; more is sorted first."""
FEW_KEYS = 50
"""So many keys are looked for in the unsorted rows by the database; for more, it has no index that would help."""
_KEY: Columns = dict.fromkeys(KEY_NAMES, str)
_INSTANT: Columns = {"time_us": int, "device": str, "epoch": int, "sequence": int}
_SAME = " AND ".join(f"{{0}}.{name} = {{1}}.{name}" for name in KEY_NAMES)
_envelope = msgspec.json.Decoder(Envelope)


class NearLeg(NamedTuple):
    """What an event that is in the book added to a key, and how sure its time is."""

    key: StockKey
    quantity: int
    instant: Instant
    uncertainty_us: int
    operator: str


class Before:
    """The book of a site within one transaction, whose ledger ends at row ``last``."""

    def __init__(self, connection: Connection, site: str, last: int) -> None:
        self._connection = connection
        self._given: dict[str, Any] = {"site": site, "sorted": sort_tail(connection, site, last, TAIL_ROWS_MAX)}
        self._site = site

    def balances(self, asked: Sequence[tuple[StockKey, Instant]]) -> list[int]:
        """What each key held just before an instant, in the order in which they are asked."""
        rows = [(number, *astuple(key), *instant[:4]) for number, (key, instant) in enumerate(asked)]
        held = [0] * len(rows)
        columns: Columns = {"number": int, **_KEY, **_INSTANT}
        is_few = len(rows) <= FEW_KEYS
        for statement in (_SORTED, _TAIL) if is_few else (_SORTED,):
            for number, quantity in (
                asked_rows(self._connection, statement, columns, rows, **self._given) if rows else ()
            ):
                held[number] += int(quantity)
        if not is_few:
            for number, (key, instant) in enumerate(asked):
                held[number] += sum(row.quantity for row in self._tail.get(key, ()) if _instant(row)[:4] < instant[:4])
        return held

    @cached_property
    def _tail(self) -> Mapping[StockKey, list[Any]]:
        """The rows that are in no timeline, by their keys: for many keys it is cheaper to read all of them once."""
        rows: dict[StockKey, list[Any]] = defaultdict(list)
        for row in self._connection.execute(text(_WHOLE_TAIL), self._given):
            rows[_key(row)].append(row)
        return rows

    def near(self, asked: Sequence[tuple[StockKey, int, int]]) -> list[NearLeg]:
        """The legs on keys from one time to another (us), those left out that never happened."""
        rows = [(*astuple(key), from_us, to_us) for key, from_us, to_us in asked]
        columns: Columns = {**_KEY, "from_us": int, "to_us": int}
        legs: dict[tuple[str, StockKey, Instant], int] = defaultdict(int)
        is_few = len(rows) <= FEW_KEYS
        found = {
            row.recorded: row
            for statement in ((_NEAR, _NEAR_TAIL) if is_few else (_NEAR,)) if rows
            for row in asked_rows(self._connection, statement, columns, rows, **self._given)
        }  # fmt: skip
        for key, from_us, to_us in () if is_few else asked:
            found |= {row.recorded: row for row in self._tail.get(key, ()) if from_us <= row.effective_us <= to_us}
        for row in found.values():
            if not claim_in(row.via):
                legs[row.via or row.cause, _key(row), _instant(row)] += row.quantity
        alive = {which: quantity for which, quantity in legs.items() if quantity}
        makers = self._makers({event for event, _key, _instant in alive})
        return [
            NearLeg(key, quantity, instant, *makers[event])
            for (event, key, instant), quantity in alive.items() if event in makers
        ]  # fmt: skip

    def _makers(self, names: set[str]) -> Mapping[str, tuple[int, str]]:
        """How unsure the clock was of each event, and who made it."""
        asked = {"of_site": self._site, "names": sorted(names)}
        makers = {}
        for row in self._connection.execute(_PAYLOADS, asked) if names else ():
            envelope = _envelope.decode(row.payload)
            makers[row.id] = (abs(envelope.uncertainty_us), envelope.operator)
        return makers


def _key(row: Any) -> StockKey:
    return StockKey(*(getattr(row, name) for name in KEY_NAMES))


def _instant(row: Any) -> Instant:
    return Instant(row.effective_us, row.device, row.epoch, row.sequence, row.leg)


_PAYLOADS = select(events.c.id, events.c.payload).where(
    events.c.site == bindparam("of_site"), among(events.c.id, "names")
)
_EARLIER = (
    "(l.effective_us < a.time_us OR (l.effective_us = a.time_us AND "
    "(l.device {bytewise}, l.epoch, l.sequence) < (a.device {bytewise}, a.epoch, a.sequence)))"
)
_NEWEST = (
    "(SELECT c.{0} FROM checkpoints c WHERE c.site = :site AND c.key_id = k.key_id AND c.effective_us < a.time_us "
    "ORDER BY c.effective_us DESC, c.recorded DESC LIMIT 1)"
)
_SORTED = (
    "WITH {asked}, named AS MATERIALIZED (SELECT a.*, k.key_id, "
    + _NEWEST.format("effective_us")
    + " AS from_us, "
    + _NEWEST.format("balance")
    + " AS balance FROM asked a CROSS JOIN keys k WHERE k.site = :site AND "
    + _SAME.format("k", "a")
    + ") SELECT a.number, coalesce(a.balance, 0) + coalesce((SELECT sum(t.quantity) FROM timeline t "
    "WHERE t.site = :site AND t.key_id = a.key_id AND t.effective_us > coalesce(a.from_us, -4611686018427387904) "
    "AND t.effective_us < a.time_us), 0) + coalesce((SELECT sum(t.quantity) FROM timeline t JOIN ledger l "
    "ON l.site = :site AND l.recorded = t.recorded WHERE t.site = :site AND t.key_id = a.key_id "
    "AND t.effective_us = a.time_us AND " + _EARLIER + "), 0) AS held FROM named a"
)  # fmt: skip
_TAIL = (
    "WITH {asked} SELECT a.number, sum(l.quantity) FROM ledger l CROSS JOIN asked a WHERE l.site = :site "
    "AND l.recorded > :sorted AND " + _SAME.format("l", "a") + " AND " + _EARLIER + " GROUP BY a.number"
)
_LEG = "l.recorded, l.cause, l.via, l.leg, l.quantity, l.effective_us, l.device, l.epoch, l.sequence, " + ", ".join(
    f"l.{name}" for name in KEY_NAMES
)
_WHOLE_TAIL = f"SELECT {_LEG} FROM ledger l WHERE l.site = :site AND l.recorded > :sorted"
_NEAR = (
    f"WITH {{asked}} SELECT {_LEG} FROM asked a CROSS JOIN keys k CROSS JOIN timeline t CROSS JOIN ledger l "
    f"WHERE k.site = :site AND {_SAME.format('k', 'a')} AND t.site = :site AND t.key_id = k.key_id "
    "AND t.effective_us BETWEEN a.from_us AND a.to_us AND l.site = :site AND l.recorded = t.recorded"
)
_NEAR_TAIL = (
    f"WITH {{asked}} SELECT {_LEG} FROM ledger l CROSS JOIN asked a WHERE l.site = :site AND l.recorded > :sorted "
    f"AND {_SAME.format('l', 'a')} AND l.effective_us BETWEEN a.from_us AND a.to_us"
)
