"""Paired readers: what two of them read of one code is one scan, where the configuration says that both see it."""

from collections import deque
from collections.abc import Mapping

from msgspec import Struct

from scanner_app.domain.capture.answered import Answered
from scanner_app.domain.capture.entry import Entry

TOGETHER_US = 300_000
RECENT_MAX = 16


class Pair(Struct):
    """An entry of a paired reader with what became of it, and which entries of the others were the same scan."""

    entry: Entry
    outcome: Answered
    twins: dict[str, Entry] = {}


class Pairs:
    """Of one session. ``same_as`` names for a reader the one that it is paired with; within one reader never."""

    def __init__(self, same_as: Mapping[str, str]) -> None:
        self._roots = {**{other: other for other in same_as.values()}, **same_as}
        self._recent: deque[Pair] = deque(maxlen=RECENT_MAX)

    def first_of(self, entry: Entry) -> Pair | None:
        """The entry of another reader whose scan this is, too; each is that of one entry of a reader."""
        if entry.reader not in self._roots or not entry.raw or entry.key or entry.fault:
            return None
        for first in reversed(self._recent):
            if self._is_twin(first, entry) and first.twins.setdefault(entry.reader, entry) is entry:
                return first
        return None

    def heard(self, entry: Entry, outcome: Answered) -> None:
        """An entry was judged, as a scan of its own."""
        if entry.reader in self._roots and entry.raw:
            self._recent.append(Pair(entry, outcome))

    def _is_twin(self, first: Pair, entry: Entry) -> bool:
        before, now = first.entry.stamp, entry.stamp
        is_paired = first.entry.reader != entry.reader and self._roots[first.entry.reader] == self._roots[entry.reader]
        is_near = before.boot == now.boot and abs(now.monotonic_us - before.monotonic_us) <= TOGETHER_US
        return is_paired and is_near and first.entry.raw == entry.raw
