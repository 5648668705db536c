"""What batches of events leave in a central store, as rows for a floor to write again."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from scanner_app.domain.ledger import is_on_device
from sync.central.database.tables import events as events_table
from sync.central.database.tables import ledger as ledger_table

Row = tuple[Any, ...]
_OUTCOME = list(events_table.c.keys()).index("outcome")
_SITE, _RECORDED, _CAUSE, _PLACE, _QUANTITY, _HASH = (
    list(ledger_table.c.keys()).index(name) for name in ("site", "recorded", "cause", "place", "quantity", "hash")
)


class Batch(NamedTuple):
    """The rows that one batch of events becomes; ``counters`` are version, recorded number, head and site."""

    events: list[Row]
    ledger: list[Row]
    stock: list[Row]
    counters: Row


def batches(events: Iterable[Row], ledger: Iterable[Row], size: int, version: int) -> Iterator[Batch]:
    """Cut the events of a device and the ledger rows that they caused, each in its order, into batches of ``size``."""
    waiting = iter(events)
    causes = (list(rows) for _cause, rows in groupby(ledger, itemgetter(_CAUSE)))
    while own := list(islice(waiting, size)):
        posted = sum(row[_OUTCOME].startswith("posted") for row in own)
        by_event = list(islice(causes, posted))
        stock = _stock(by_event, version)
        version += len(stock)
        last = by_event[-1][-1]
        counters = (version, last[_RECORDED], last[_HASH], last[_SITE])
        yield Batch(own, [row for rows in by_event for row in rows], stock, counters)


def _stock(by_event: Sequence[Sequence[Row]], version: int) -> list[Row]:
    """The change of each key that an event changes (a hand that it passes by is none), with a version each."""
    totals: dict[Row, int] = {}
    for rows in by_event:
        nets: dict[Row, int] = {}
        for row in rows:
            key = (row[_SITE], *row[_PLACE:_QUANTITY])
            nets[key] = nets.get(key, 0) + row[_QUANTITY]
        for key, net in nets.items():
            if net:
                totals[key] = totals.get(key, 0) + net
    numbered = enumerate(totals.items(), version + 1)
    return [(*key, total, is_on_device(key[1]), number, "") for number, (key, total) in numbered]
