"""Counters (sequence numbers under a row lock): a site's versions and ledger without gaps, one writer at a time.

It is the mutex of the site, and every transaction that writes anything of a site takes it first. Who gives numbers,
books, imports or touches the calendar has it alone, so that numbers are given in the order of commits. Who does none of
these (an exchange without events, an enrolment, a pass behind the floor) shares it, beside each other and beside those.
"""

from secrets import token_hex
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from sync.central.database.book_tables import NEVER_US
from sync.central.database.bulk import dialect_insert
from sync.central.database.prepared import Prepared
from sync.central.database.tables import counters

HEAD_FIRST = bytes(32)
"""Head of an empty chain of hashes."""


class Counters(NamedTuple):
    """A site's last version, last recorded number and head of the chain, and how far its books are closed.

    What happened before ``closed_until_us`` is booked on ``open_day``. ``word`` and ``back`` are the last numbers of
    words and of what came back by them, ``kept`` says how many events were ever kept. The others are of the site's life
    (``lives.py``). No stock key holds more than ``most`` micro-units, above or below zero. No count claims anything of
    an instant after ``claimed_us``, and no claim's clock is off by more than ``claim_doubt_us``.
    """

    version: int
    recorded: int
    head: bytes
    closed_until_us: int = 0
    open_day: str = ""
    word: int = 0
    back: int = 0
    kept: int = 0
    store_epoch: str = ""
    seal: str = ""
    beat: str = ""
    beat_us: int = 0
    most: int = 0
    claimed_us: int = NEVER_US
    claim_doubt_us: int = 0


_OF_SITE = counters.c.site == bindparam("of_site")
_LOOK = select(*(counters.c[name] for name in Counters._fields)).where(_OF_SITE)
_LOCK = Prepared(_LOOK.with_for_update(key_share=True))
_SHARE = Prepared(_LOOK.with_for_update(read=True, key_share=True))
_SET = Prepared(update(counters).where(_OF_SITE).values({name: bindparam(name) for name in Counters._fields}))
_VERSION = select(counters.c.version).where(_OF_SITE)


def locked_counters(connection: Connection, site: str) -> Counters:
    """Lock and return the counters of ``site``; made on its first use.

    SQLite has the whole file locked already; elsewhere the row lock makes the site's writers wait for each other.
    """
    row = _LOCK.run(connection, {"of_site": site}).one_or_none()
    if row is None:
        life = {"store_epoch": token_hex(8), "seal": token_hex(32), "beat": token_hex(8)}
        first = dialect_insert(connection, counters).values(site=site, version=0, recorded=0, head=HEAD_FIRST, **life)
        connection.execute(first.on_conflict_do_nothing())
        row = _LOCK.run(connection, {"of_site": site}).one()
    return _counters(row)


def shared_counters(connection: Connection, site: str) -> Counters:
    """Return the counters of ``site`` as they are, for a write that moves none of them; others may write meanwhile."""
    row = _SHARE.run(connection, {"of_site": site}).one_or_none()
    return _counters(row) if row else locked_counters(connection, site)


def _counters(row: Any) -> Counters:
    return Counters(*row)._replace(head=bytes(row.head))


def set_counters(connection: Connection, site: str, after: Counters) -> None:
    """Store the counters that :func:`locked_counters` returned and the transaction moved on."""
    _SET.run(connection, {"of_site": site, **after._asdict()})


def site_version(connection: Connection, site: str) -> int:
    """Return the last version given in ``site``; 0 for one that has no row yet."""
    return connection.execute(_VERSION, {"of_site": site}).scalar() or 0


def site_versions(connection: Connection) -> dict[str, int]:
    """Return the last version of every site that has one."""
    rows = connection.execute(select(counters.c.site, counters.c.version)).all()
    return {row.site: row.version for row in rows}
