"""As of (bitemporal query): what a key held at an instant, as it was known when the ledger had so many rows.

Let ``sorted`` be the end of the last pass that is not behind what is known. The balance is then that of the newest
checkpoint up to the instant, plus the timeline from there to the instant as far as ``sorted``, plus the rows of the
ledger after ``sorted``: fewer than a pass takes, or those that no pass has taken yet. Late rows need no look of their
own: the pass that met them renewed every checkpoint they come before.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from msgspec.structs import astuple
from sqlalchemy import BindParameter, ColumnElement, Connection, ScalarSelect, Select, func, select
from sqlalchemy import bindparam as bound

from scanner_app.domain.ledger import StockKey
from sync.central.book.timelines import EVER
from sync.central.database.tables import KEY_NAMES, checkpoints, keys, ledger, passes, timeline

NOW = 2**62
"""As an instant: whatever has happened. As a recorded number: whatever is known."""
_ROWS_PER_FETCH = 2_000
_t: BindParameter[int] = bound("effective_us")
_r: BindParameter[int] = bound("recorded")
_site: BindParameter[str] = bound("of_site")
_until: BindParameter[int] = bound("until")


class BookMoment(NamedTuple):
    """An instant of the floor, and the last row of the ledger that is known."""

    effective_us: int = NOW
    recorded: int = NOW


def balance_as_of(connection: Connection, site: str, key: StockKey, moment: BookMoment) -> int:
    """Return what ``key`` held.

    Below, the ledger is sorted up to row 3, and the shelf has a checkpoint at 20 that says 8: rows 1 and 2 of its
    timeline. Row 4 came late, of something that had happened at 15, and is in no timeline yet. At 25 the shelf held the
    8 of the checkpoint as far as was known at row 3, and 2 more as known at row 4; at 30 row 3 took 1 of them.

    >>> from sqlalchemy import create_engine
    >>> from sync.central.database.bulk import insert_rows
    >>> book = create_engine("sqlite://").connect()
    >>> for table in (keys, timeline, checkpoints, passes, ledger): table.create(book)
    >>> shelf = StockKey("A", "NUT")
    >>> insert_rows(book, keys, [("W1", 1, *astuple(shelf), 20, 1)])
    >>> insert_rows(book, timeline, [("W1", 1, 10, 1, 5), ("W1", 1, 20, 2, 3), ("W1", 1, 30, 3, -1)])
    >>> insert_rows(book, checkpoints, [("W1", 1, 20, 3, 8)])
    >>> insert_rows(book, passes, [("W1", 3, 0)])
    >>> insert_rows(book, ledger, [("W1", 4, "late", 0, *astuple(shelf), 2, 15, "", 0, 0, "", "", b"")])
    >>> [balance_as_of(book, "W1", shelf, BookMoment(*moment)) for moment in ((25, 3), (25, 4), (30, 4))]
    [8, 10, 9]
    """
    names = dict(zip(_NAMED, astuple(key), strict=True))
    return int(connection.execute(_balance(), {"of_site": site, **moment._asdict(), **names}).scalar_one())


def balances_as_of(connection: Connection, site: str, moment: BookMoment) -> Iterator[tuple[StockKey, int]]:
    """Yield every key of a site that held anything, sorted keys first, each group in the order of the keys."""
    at = {"of_site": site, **moment._asdict()}
    until = connection.execute(select(_sorted()), at).scalar() or 0
    unsorted = {StockKey(*row[:-1]): int(row[-1]) for row in connection.execute(_unsorted(), at | {"until": until})}
    with connection.execution_options(yield_per=_ROWS_PER_FETCH).execute(_every(), at | {"until": until}) as rows:
        for row in rows:
            key = StockKey(*row[:-1])
            balance = int(row[-1]) + unsorted.pop(key, 0)
            if balance:
                yield key, balance
    yield from ((key, balance) for key, balance in sorted(unsorted.items()) if balance)


_NAMED = tuple(f"of_{name}" for name in KEY_NAMES)


def _sorted() -> ScalarSelect[Any]:
    return select(func.max(passes.c.recorded)).where(passes.c.site == _site, passes.c.recorded <= _r).scalar_subquery()


def _newest(key_id: Any, until: Any, *wanted: ColumnElement[Any]) -> Select[Any]:
    """The newest checkpoint of a key up to the instant, as known when the ledger ended at ``until``."""
    of_key = (checkpoints.c.site == _site, checkpoints.c.key_id == key_id)
    known = (checkpoints.c.effective_us <= _t, checkpoints.c.recorded <= until)
    latest = (checkpoints.c.effective_us.desc(), checkpoints.c.recorded.desc())
    return select(*wanted).where(*of_key, *known).order_by(*latest).limit(1)


def _since(key_id: Any, from_us: Any, until: Any) -> Select[Any]:
    of_key = (timeline.c.site == _site, timeline.c.key_id == key_id)
    part = (timeline.c.effective_us > from_us, timeline.c.effective_us <= _t, timeline.c.recorded <= until)
    return select(func.sum(timeline.c.quantity)).where(*of_key, *part)


def _known_unsorted(until: Any) -> tuple[ColumnElement[bool], ...]:
    """What selects the rows of the ledger that are known and not in the timeline."""
    known = (ledger.c.recorded > until, ledger.c.recorded <= _r)
    return (ledger.c.site == _site, *known, ledger.c.effective_us <= _t)


@cache
def _balance() -> Select[Any]:
    """All of it in one question: on a busy machine, every further one costs more than the sum."""
    names = (keys.c[name] == bound(named) for name, named in zip(KEY_NAMES, _NAMED, strict=True))
    key_id = select(keys.c.key_id).where(keys.c.site == _site, *names).scalar_subquery()
    known = select(key_id.label("key_id"), func.coalesce(_sorted(), 0).label("until")).cte("known")
    of_key, until = (select(known.c[name]).scalar_subquery() for name in ("key_id", "until"))
    newest = _newest(of_key, until, checkpoints.c.effective_us, checkpoints.c.balance).cte("newest")
    from_us, balance = (select(newest.c[name]).scalar_subquery() for name in ("effective_us", "balance"))
    since = _since(of_key, func.coalesce(from_us, EVER), until).scalar_subquery()
    same = (ledger.c[name] == bound(named) for name, named in zip(KEY_NAMES, _NAMED, strict=True))
    behind = select(func.sum(ledger.c.quantity)).where(*_known_unsorted(until), *same).scalar_subquery()
    return select(func.coalesce(balance, 0) + func.coalesce(since, 0) + func.coalesce(behind, 0))


@cache
def _unsorted() -> Select[Any]:
    names = [ledger.c[name] for name in KEY_NAMES]
    return select(*names, func.sum(ledger.c.quantity)).where(*_known_unsorted(_until)).group_by(*names)


@cache
def _every() -> Select[Any]:
    names = [keys.c[name] for name in KEY_NAMES]
    from_us, balance = (
        _newest(keys.c.key_id, _until, wanted).correlate(keys).scalar_subquery()
        for wanted in (checkpoints.c.effective_us, checkpoints.c.balance)
    )
    since = _since(keys.c.key_id, func.coalesce(from_us, EVER), _until).correlate(keys).scalar_subquery()
    total = func.coalesce(balance, 0) + func.coalesce(since, 0)
    return select(*names, total).where(keys.c.site == _site).order_by(*names)
