"""Doubtful clocks: which claims lie near to what a clock told of that was less sure than is taken into account.

It may have happened before the count or behind it, and no doubt of a claim takes that into account. What somebody has
looked at (*seen*) marks nothing any more.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.sql import literal_column

from scanner_app.domain.events.event import span_us
from scanner_app.domain.events.fact import Fact
from sync.central.database.prepared import Prepared
from sync.central.database.tables import POSTED, events
from sync.central.events.decode import Arrival, NotAnEvent, read
from sync.central.events.reason import Reason
from sync.central.intake.event_case import read_with
from sync.central.words.identified_codes import codes_of
from sync.protocol import Outcome

NEAR_US = 24 * 3600 * 1_000_000
"""As near as a day to such an event a claim is marked."""
EVENTS_MAX = 1_000
"""So many of those that wait are looked at."""


def near_doubtful_clocks(connection: Connection, site: str, rows: Collection[Any]) -> frozenset[str]:
    """Those of some claims near to which a doubtful clock told something of the same goods."""
    if not rows:
        return frozenset()
    found = list(_doubtful(connection, site))
    return frozenset(row.claim for row in rows if any(_is_near(arrival, row) for arrival in found))


def _doubtful(connection: Connection, site: str) -> Iterator[Arrival]:
    stored = _DOUBTFUL.run(connection, {"site": site}).all()
    codes = codes_of(connection, site, [row.id for row in stored])
    for row in stored:
        arrival = read(bytes(row.payload), site)
        named = None if isinstance(arrival, NotAnEvent) else read_with(arrival, codes.get(row.id, ()))
        if named and named.fact:
            yield named


def _is_near(arrival: Arrival, claim: Any) -> bool:
    assert arrival.fact is not None
    first_us, last_us = span_us(arrival.envelope, arrival.fact)
    is_near = first_us - NEAR_US <= claim.effective_us <= last_us + NEAR_US
    return is_near and any(_is_of(told, claim) for told in _goods(arrival.fact))


_Goods = tuple[str, str, str]


def _goods(fact: Fact) -> Iterable[_Goods]:
    """The place, item and serial of all that a fact is about; a closing is about every item."""
    keys = [key for leg in fact.legs for key in (leg.source, leg.target)] + ([fact.line.key] if fact.line else [])
    yield from ((key.place, key.item, key.serial) for key in keys)
    if fact.closing:
        yield (fact.closing.place, "", "")


def _is_of(told: _Goods, claim: Any) -> bool:
    place, item, serial = told
    is_serial = bool(serial) and (item, serial) == (claim.item, claim.serial)
    return is_serial or (place == claim.place and item in ("", claim.item))


_DOUBTFUL = Prepared(
    select(events.c.id, events.c.payload)
    .where(
        events.c.site == bindparam("site"),
        events.c.outcome == literal_column(f"'{Outcome.EXCEPTIONS.value}'"),
        events.c.outcome != literal_column(f"'{POSTED}'"),
        events.c.word == literal_column("0"),
        events.c.reasons.contains(Reason.CLOCK_DOUBTFUL.value),
    )
    .limit(EVENTS_MAX)
)
"""The words are no parameters: only so is the index of what waits theirs."""
