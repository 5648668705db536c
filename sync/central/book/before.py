"""Before (point-in-time balances): what many keys held just before instants of the whole order, and legs near them.

All is asked at once. The ledger is sorted into timelines but for a tail of a bounded length; what shares a microsecond
with an instant is told apart by device, epoch and sequence.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import astuple
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.clock import Instant
from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.ledger import StockKey
from sync.central.book.timelines import sort_tail
from sync.central.book.via import claim_in
from sync.central.database.among import among
from sync.central.database.asked import Columns, asked_rows
from sync.central.database.tables import KEY_NAMES, events, ledger

TAIL_ROWS_MAX = 5_000
"""So much of the ledger is looked through unsorted; more is sorted first."""
_END_US = 2**62
_KEY: Columns = dict.fromkeys(KEY_NAMES, str)
_INSTANT: Columns = {"time_us": int, "device": str, "epoch": int, "sequence": int}
_SAME = " AND ".join(f"{{0}}.{name} = {{1}}.{name}" for name in KEY_NAMES)
_envelope = msgspec.json.Decoder(Envelope)
_Cells = tuple[str, ...]
"""The cells of a key."""


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
        self._sorted = sort_tail(connection, site, last, TAIL_ROWS_MAX)
        self._site = site
        self._has_tail = self._sorted < last

    def balances(self, asked: Sequence[tuple[StockKey, Instant, int]]) -> list[int]:
        """What keys held just before instants, in the order in which they are asked, each with what it holds now.

        What was done since is taken off what is there, unless a checkpoint lies behind the instant: most is counted
        when little has happened since.
        """
        rows = [(number, *astuple(key), *instant[:4]) for number, (key, instant, _now) in enumerate(asked)]
        columns: Columns = {"number": int, **_KEY, **_INSTANT}
        held = [now for _key, _instant, now in asked]
        late: dict[int, int] = {}
        for number, is_late, quantity in asked_rows(self._connection, _SORTED, columns, rows, site=self._site):
            if is_late:
                late[number] = held[number] = int(quantity)
            else:
                held[number] -= int(quantity)
        for before, numbers in ((False, [one[0] for one in rows if one[0] not in late]), (True, list(late))):
            for number, quantity in self._unsorted(rows, numbers, before=before):
                held[number] += quantity if before else -quantity
        return held

    def _unsorted(
        self, rows: Sequence[tuple[Any, ...]], numbers: Sequence[int], *, before: bool
    ) -> Iterator[tuple[int, int]]:
        """What is in no timeline yet of those rows that are asked: before the instant of each, or from that on."""
        times = [rows[number][7] for number in numbers]
        if not times:
            return
        from_us, to_us = (-_END_US, max(times)) if before else (min(times), _END_US)
        tail = self._tail({rows[number][2] for number in numbers}, from_us, to_us)
        for number in numbers if tail else ():
            cells, instant = rows[number][1:7], rows[number][7:]
            yield number, sum(leg.quantity for leg in tail.get(cells, ()) if (leg[10:14] < instant) is before)

    def _tail(self, items: Collection[str], from_us: int, to_us: int) -> Mapping[_Cells, list[Any]]:
        """The rows of some items that are in no timeline, from one time to another, by the cells of their keys."""
        rows: dict[_Cells, list[Any]] = defaultdict(list)
        if self._has_tail:
            asked = {"of_site": self._site, "after": self._sorted, "items": list(items), "from": from_us, "to": to_us}
            for row in self._connection.execute(_TAIL, asked):
                rows[row[:6]].append(row)
        return rows

    def near(self, asked: Sequence[tuple[StockKey, int, int]]) -> list[NearLeg]:
        """The legs on keys from one time to another (us), those left out that never happened."""
        rows = [(*astuple(key), from_us, to_us) for key, from_us, to_us in asked]
        if not rows:
            return []
        columns: Columns = {**_KEY, "from_us": int, "to_us": int}
        found = {row.recorded: row for row in asked_rows(self._connection, _NEAR, columns, rows, site=self._site)}
        times = min(row[6] for row in rows), max(row[7] for row in rows)
        tail = self._tail({row[1] for row in rows}, *times)
        for row in rows if tail else ():
            found |= {leg.recorded: leg for leg in tail.get(row[:6], ()) if row[6] <= leg.effective_us <= row[7]}
        legs: dict[tuple[str, StockKey, Instant], int] = defaultdict(int)
        for leg in found.values():
            if not claim_in(leg.via):
                legs[leg.via or leg.cause, StockKey(*leg[:6]), Instant(*leg[10:15])] += leg.quantity
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


_PAYLOADS = select(events.c.id, events.c.payload).where(
    events.c.site == bindparam("of_site"), among(events.c.id, "names")
)
_EARLIER = "(l.device {bytewise}, l.epoch, l.sequence) < (a.device {bytewise}, a.epoch, a.sequence)"
_NEWEST = (
    "(SELECT c.{0} FROM checkpoints c WHERE c.site = :site AND c.key_id = k.key_id AND c.effective_us < a.time_us "
    "ORDER BY c.effective_us DESC, c.recorded DESC LIMIT 1)"
)
_OF_KEY = "t.site = :site AND t.key_id = a.key_id AND t.effective_us"
_AT_ONCE = (
    "(SELECT sum(t.quantity) FROM timeline t JOIN ledger l ON l.site = :site AND l.recorded = t.recorded "
    f"WHERE {_OF_KEY} = a.time_us AND "
)
_SORTED = (
    "WITH {asked}, named AS MATERIALIZED (SELECT a.*, k.key_id, k.newest_us >= a.time_us AS is_late, "
    f"CASE WHEN k.newest_us >= a.time_us THEN {_NEWEST.format('effective_us')} END AS from_us, "
    f"CASE WHEN k.newest_us >= a.time_us THEN {_NEWEST.format('balance')} END AS balance "
    "FROM asked a CROSS JOIN keys k WHERE k.site = :site AND "
    + _SAME.format("k", "a")
    + ") SELECT a.number, a.is_late, CASE WHEN a.is_late THEN coalesce(a.balance, 0) "
    f"+ coalesce((SELECT sum(t.quantity) FROM timeline t WHERE {_OF_KEY} > coalesce(a.from_us, -4611686018427387904) "
    f"AND t.effective_us < a.time_us), 0) + coalesce({_AT_ONCE}{_EARLIER}), 0) "
    f"ELSE coalesce((SELECT sum(t.quantity) FROM timeline t WHERE {_OF_KEY} > a.time_us), 0) "
    f"+ coalesce({_AT_ONCE}NOT {_EARLIER}), 0) END AS quantity FROM named a"
)
"""What keys held, where a checkpoint lies behind the instant, and else what came since; of what is in timelines."""
_LEG_NAMES = (*KEY_NAMES, "recorded", "cause", "via", "quantity", "effective_us", "device", "epoch", "sequence", "leg")
_LEG = ", ".join(f"l.{name}" for name in _LEG_NAMES)
_TAIL = (
    select(*(ledger.c[name] for name in _LEG_NAMES))
    .where(ledger.c.site == bindparam("of_site"), ledger.c.recorded > bindparam("after"))
    .where(ledger.c.effective_us >= bindparam("from"), ledger.c.effective_us <= bindparam("to"))
    .where(among(ledger.c.item, "items"))
)
_NEAR = (
    f"WITH {{asked}} SELECT {_LEG} FROM asked a CROSS JOIN keys k CROSS JOIN timeline t CROSS JOIN ledger l "
    f"WHERE k.site = :site AND {_SAME.format('k', 'a')} AND t.site = :site AND t.key_id = k.key_id "
    "AND t.effective_us BETWEEN a.from_us AND a.to_us AND l.site = :site AND l.recorded = t.recorded"
)
