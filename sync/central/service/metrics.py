"""Prometheus metrics of the service: counters and gauges in a table of doubles, a row for each process.

The table may lie in memory that several processes share. Whichever of them is asked tells the sum of all rows, so the
figures never depend on who answers.
"""

import mmap
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sync.central.exchange.troubles import TROUBLES
from sync.central.service.addresses import ADDRESSES, OTHER
from sync.protocol import Outcome

BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
PROCESSES_MAX = 64
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_NAMES = (*(address.name for address in ADDRESSES), OTHER)
_STATUSES = (200, *sorted({known.status for known in TROUBLES.values()}), 0)
"""0 stands for a request whose connection was gone before it was answered, and for every other status."""


class Family(NamedTuple):
    """Samples that belong together; ``samples`` are their names with labels, as they are told."""

    name: str
    kind: str
    about: str
    samples: tuple[str, ...]


def _counter(name: str, about: str, labels: Iterable[str] = ("",)) -> Family:
    return Family(name, "counter", about, tuple(name + label for label in labels))


def _gauge(name: str, about: str) -> Family:
    return Family(name, "gauge", about, (name,))


def _seconds(name: str, about: str) -> Family:
    samples: list[str] = []
    for address in _NAMES:
        bounds = [*(f"{bound:g}" for bound in BUCKETS_S), "+Inf"]
        samples += [f'{name}_bucket{{address="{address}",le="{bound}"}}' for bound in bounds]
        samples += [f'{name}_sum{{address="{address}"}}', f'{name}_count{{address="{address}"}}']
    return Family(name, "histogram", about, tuple(samples))


REQUESTS = "scanner_requests_total"
SECONDS = "scanner_request_seconds"
EVENTS = "scanner_events_total"
DUPLICATES = "scanner_duplicates_total"
TROUBLED = "scanner_troubles_total"
ROWS = "scanner_rows_sent_total"
AT_WORK = "scanner_exchanges_at_work"
WAITING = "scanner_exchanges_waiting"
POLLS = "scanner_long_polls"
PROCESSES = "scanner_processes"

FAMILIES = (
    _counter(
        REQUESTS,
        "Requests answered, by address and status; status 0: hung up.",
        (f'{{address="{name}",status="{status}"}}' for name in _NAMES for status in _STATUSES),
    ),
    _seconds(SECONDS, "Time from the head of a request to the end of its answer."),
    _counter(EVENTS, "Events answered for the first time.", (f'{{outcome="{one.value}"}}' for one in Outcome)),
    _counter(DUPLICATES, "Events that had been answered before."),
    _counter(TROUBLED, "Answers other than 200, by their word.", (f'{{error="{word}"}}' for word in TROUBLES)),
    _counter(ROWS, "Rows of the feed sent to devices."),
    _gauge(AT_WORK, "Exchanges that have room and are at work."),
    _gauge(WAITING, "Exchanges that wait in line for room."),
    _gauge(POLLS, "Devices that wait for news."),
    _gauge(PROCESSES, "Processes that serve."),
)
_SLOTS: Mapping[str, int] = {
    sample: slot for slot, sample in enumerate(sample for family in FAMILIES for sample in family.samples)
}
_GAUGES = tuple(_SLOTS[family.name] for family in FAMILIES if family.kind == "gauge")
ROW_BYTES = 8 * len(_SLOTS)
TABLE_BYTES = ROW_BYTES * PROCESSES_MAX


def shared_table() -> mmap.mmap:
    """A table of zeros that processes made by a fork from here on share."""
    return mmap.mmap(-1, TABLE_BYTES)


class Figures:
    """Row number ``row`` of ``table`` is written here, and by nobody else; who takes the row over goes on counting."""

    def __init__(self, table: mmap.mmap | bytearray | None = None, row: int = 0) -> None:
        self._table = memoryview(table if table is not None else bytearray(TABLE_BYTES)).cast("d")
        self._first = row * len(_SLOTS)
        for slot in _GAUGES:
            self._table[self._first + slot] = 0.0
        self.set(PROCESSES, 1)

    def add(self, sample: str, amount: float = 1.0) -> None:
        slot = _SLOTS.get(sample)
        if slot is not None:
            self._table[self._first + slot] += amount

    def set(self, sample: str, value: float) -> None:
        self._table[self._first + _SLOTS[sample]] = value

    def answered(self, address: str, status: int, seconds: float) -> None:
        """Count a request."""
        known = status if status in _STATUSES else 0
        self.add(f'{REQUESTS}{{address="{address}",status="{known}"}}')
        for bound in BUCKETS_S:
            if seconds <= bound:
                self.add(f'{SECONDS}_bucket{{address="{address}",le="{bound:g}"}}')
        self.add(f'{SECONDS}_bucket{{address="{address}",le="+Inf"}}')
        self.add(f'{SECONDS}_sum{{address="{address}"}}', seconds)
        self.add(f'{SECONDS}_count{{address="{address}"}}')

    def text(self, versions: Mapping[str, int]) -> str:
        """Tell all of them, of all processes, and the last version of each site."""
        return "".join(f"{line}\n" for line in self._lines(versions))

    def _lines(self, versions: Mapping[str, int]) -> Iterator[str]:
        for family in FAMILIES:
            yield from _head(family.name, family.kind, family.about)
            for sample in family.samples:
                yield f"{sample} {self._sum(_SLOTS[sample]):.12g}"
        yield from _head("scanner_site_version", "gauge", "The last version of each site; it grows with every change.")
        for site, version in sorted(versions.items()):
            yield f'scanner_site_version{{site="{_escaped(site)}"}} {version}'

    def _sum(self, slot: int) -> float:
        return sum(self._table[slot :: len(_SLOTS)])


def _head(name: str, kind: str, about: str) -> Iterator[str]:
    yield f"# HELP {name} {about}"
    yield f"# TYPE {name} {kind}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
