"""Consistency check of timelines and checkpoints against the ledger they were sorted from, for ``central verify``."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Connection, Select, and_, except_, select

from sync.central.audit.breach import Breach
from sync.central.audit.laws import Law
from sync.central.database.tables import KEY_NAMES, checkpoints, keys, ledger, timeline, timelines

_ROWS_PER_FETCH = 5_000
_CELLS = ("recorded", "effective_us", "quantity")


class _Checkpoint(NamedTuple):
    site: str
    key_id: int
    effective_us: int
    recorded: int
    balance: int


def wrong_timelines(connection: Connection, found_max: int) -> Iterator[Breach]:
    """Yield what is wrong, at most ``found_max`` of each law."""
    for law, wanted in (
        (Law.SORTED, except_(_sorted_ledger(), _timelines())),
        (Law.SORTED_ONLY, except_(_timelines(), _sorted_ledger())),
    ):
        for row in connection.execute(wanted.limit(found_max)).all():
            yield Breach(law, row[0], f"row {row[1]}, {row[4]} {row[5]}")
    for number, wrong in enumerate(_wrong_checkpoints(connection)):
        if number == found_max:
            return
        yield wrong


def _sorted_ledger() -> Select[Any]:
    taken = and_(timelines.c.site == ledger.c.site, ledger.c.recorded <= timelines.c.recorded)
    names = (ledger.c[name] for name in ("site", *_CELLS, *KEY_NAMES))
    return select(*names).select_from(ledger.join(timelines, taken))


def _timelines() -> Select[Any] | CompoundSelect[Any]:
    same = and_(keys.c.site == timeline.c.site, keys.c.key_id == timeline.c.key_id)
    cells = (timeline.c[name] for name in ("site", *_CELLS))
    return select(*cells, *(keys.c[name] for name in KEY_NAMES)).select_from(timeline.join(keys, same))


def _wrong_checkpoints(connection: Connection) -> Iterator[Breach]:
    cells = checkpoints.c
    wanted = select(cells.site, cells.key_id, cells.effective_us, cells.recorded, cells.balance).order_by(*cells)
    made = (_Checkpoint(*row) for row in connection.execute(wanted).all())
    for _key, group in groupby(made, lambda checkpoint: checkpoint[:2]):
        of_key = list(group)
        for checkpoint in _unlike_the_fold(of_key, _rows_of(connection, of_key[0])):
            what = f"key {checkpoint.key_id} at {checkpoint.effective_us} as of row {checkpoint.recorded}"
            yield Breach(Law.CHECKPOINT, checkpoint.site, what)


def _unlike_the_fold(of_key: list[_Checkpoint], rows: Iterable[tuple[int, int, int]]) -> Iterator[_Checkpoint]:
    """Walk the timeline of one key beside its checkpoints; rows that some of them did not know yet are kept apart.

    A row is when it happened, its number in the ledger, and its quantity. Below, row 4 came late: it happened before
    row 2. The checkpoint at 3 was 5 + 1 while the ledger ended at row 3, and was renewed with row 4; it has to be
    5 - 2 + 1 then, and is found to be still the old sum.

    >>> made = [_Checkpoint("W1", 1, 3, 3, balance=6), _Checkpoint("W1", 1, 3, 4, balance=6)]
    >>> [one.recorded for one in _unlike_the_fold(made, [(1, 1, 5), (2, 4, -2), (3, 2, 1)])]
    [4]
    """
    knowns = [checkpoint.recorded for checkpoint in of_key]
    for at in range(len(of_key) - 2, -1, -1):
        knowns[at] = min(knowns[at], knowns[at + 1])
    balance, late, at = 0, list[tuple[int, int]](), 0
    for effective_us, recorded, quantity in rows:
        while at < len(of_key) and of_key[at].effective_us < effective_us:
            yield from _if_unlike(of_key[at], balance, late)
            at += 1
        if at == len(of_key):
            return
        if recorded <= knowns[at]:
            balance += quantity
        else:
            late.append((recorded, quantity))
    for checkpoint in of_key[at:]:
        yield from _if_unlike(checkpoint, balance, late)


def _if_unlike(checkpoint: _Checkpoint, balance: int, late: list[tuple[int, int]]) -> Iterator[_Checkpoint]:
    if checkpoint.balance != balance + sum(quantity for recorded, quantity in late if recorded <= checkpoint.recorded):
        yield checkpoint


def _rows_of(connection: Connection, of: _Checkpoint) -> Iterator[tuple[int, int, int]]:
    cells = (timeline.c.effective_us, timeline.c.recorded, timeline.c.quantity)
    wanted = select(*cells).where(timeline.c.site == of.site, timeline.c.key_id == of.key_id).order_by(*cells[:2])
    with connection.execution_options(yield_per=_ROWS_PER_FETCH).execute(wanted) as rows:
        for row in rows:
            yield row[0], row[1], row[2]
