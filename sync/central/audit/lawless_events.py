"""Lawless events: what is in the book and breaks the law of kinds, counted for ``central verify``.

The book is sound with them: what the floor has done is booked as it happened, and somebody looks at it. What somebody
might do then is not known any more, and is not asked; what the centre made itself may be anywhere.
"""

from collections import Counter
from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, select

from scanner_app.domain.catalog import Item, Tracking
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import KINDS_WITH_LEGS
from scanner_app.domain.events.law import Maker, offences
from scanner_app.domain.item_rules import StockRules
from scanner_app.domain.people import CENTRE, Right
from sync.central.audit.breach import Breach
from sync.central.audit.laws import Law
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import events
from sync.central.events.decode import UNREADABLE
from sync.protocol import Outcome

_BOOKED = tuple(outcome.value for outcome in Outcome if outcome.is_booked)
_ROWS_PER_FETCH = 100
_event = msgspec.json.Decoder(Event)
_Rules = dict[str, dict[str, StockRules]]


def lawless_events(connection: Connection) -> Iterator[Breach]:
    """Yield a note for each site and word of the law: how many events break it, and one of them."""
    rules = _rules(connection)
    counts: Counter[tuple[str, str]] = Counter()
    latest: dict[tuple[str, str], str] = {}
    for site, name, payload in _booked(connection):
        for word in _words(payload, rules.get(site, {})):
            counts[site, word] += 1
            latest[site, word] = name
    for (site, word), count in sorted(counts.items()):
        yield Breach(Law.KINDS, site, f"{word}: {count} events, such as {latest[site, word]}")


def _rules(connection: Connection) -> _Rules:
    items = BY_STRUCT[Item].table.c
    rules: _Rules = {}
    for site, item, *kept in connection.execute(select(items.site, items.item, items.tracking, items.decimals)):
        rules.setdefault(site, {})[item] = StockRules(Tracking(kept[0]), kept[1])
    return rules


def _booked(connection: Connection) -> Iterator[tuple[str, str, bytes]]:
    wanted = select(events.c.site, events.c.id, events.c.payload).where(
        events.c.outcome.in_(_BOOKED), events.c.kind.in_(KINDS_WITH_LEGS), events.c.device != CENTRE
    )
    with connection.execute(wanted, execution_options={"yield_per": _ROWS_PER_FETCH}) as rows:
        for row in rows:
            yield row.site, row.id, bytes(row.payload)


def _words(payload: bytes, rules: dict[str, StockRules]) -> Iterator[str]:
    try:
        event = _event.decode(payload)
    except UNREADABLE:
        return
    maker = Maker(event.operator, event.operator, frozenset(Right))
    yield from (offence.word for offence in offences(event.fact, maker, rules))
