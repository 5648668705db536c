"""The ground of a history: what truly happens on a floor, the clocks that tell of it, and the facts made of it."""

from collections import defaultdict
from collections.abc import Callable
from heapq import heappush
from random import Random
from typing import NamedTuple

from scanner_app.domain.events.event import Event
from scanner_app.domain.ledger import StockKey
from tests.counting.floor import DAY_US, MINUTE_US, SECOND_US, By, Floor
from tests.counting.shelves import DECIDERS, PEOPLE, SHELVES

_OFF_US = (20 * SECOND_US, 3 * MINUTE_US, 9 * MINUTE_US)
_SPAN_US = 40 * MINUTE_US


class Happened(NamedTuple):
    """So many pieces came to a key, at its true time."""

    at_us: int
    key: StockKey
    pieces: int


class Ground:
    """Acts come one after the other by their true times; ``made`` are the facts, as devices have made them so far."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.floor = Floor()
        is_precise = self.dice.random() < 0.5
        devices = sorted({by.device for by in (*PEOPLE, *DECIDERS)})
        self._may_us = {device: 1 if is_precise else self.dice.choice(_OFF_US) for device in devices}
        self.off_us = {device: self.dice.randint(-may, may) for device, may in self._may_us.items()}
        self.happened: list[Happened] = []
        self._held: dict[StockKey, int] = defaultdict(int)
        self.to_come: list[tuple[int, int, Callable[[int], None]]] = []
        self.made: list[Event] = []

    def later(self, act: Callable[[int], None], after_us: int = 0, within_us: int = _SPAN_US) -> None:
        at_us = (after_us or DAY_US + 9 * MINUTE_US) + 1 + self.dice.randrange(within_us)
        heappush(self.to_come, (at_us, len(self.to_come) + self.dice.randrange(2**30), act))

    def happen(self, at_us: int, what: StockKey, pieces: int) -> None:
        self.happened.append(Happened(at_us, what, pieces))
        self._held[what] += pieces

    def held(self, what: StockKey) -> int:
        return self._held[what]

    def present(self, dice: Random) -> StockKey | None:
        """Some key of which anything is there."""
        present = [one for one in SHELVES if self._held[one] > 0]
        return dice.choice(present) if present else None

    def shown(self, by: By, at_us: int) -> int:
        """What the clock of a device shows at a true time."""
        return at_us + self.off_us[by.device]

    def off(self, by: By) -> int:
        """How far that may be off, as the device knows."""
        return self._may_us[by.device]

    def undo(self, at_us: int, of: Event | None = None) -> None:
        """Somebody says that a fact of theirs never happened, or takes that back."""
        own = [one for one in self.made if one.operator != "s3" and not (one.fact.undoes and self._is_deep(one))]
        if not own:
            return
        what = of or self.dice.choice(own)
        devices = [by for by in PEOPLE if by.operator == what.operator]
        by = self.dice.choice(devices)
        undo = self.floor.undone(what, self.shown(by, at_us), by)
        self.made.append(undo)
        if self.dice.random() < 0.4 and not what.fact.undoes:
            self.later(lambda at_us: self.undo(at_us, undo), at_us, 5 * MINUTE_US)

    def _is_deep(self, event: Event) -> bool:
        return any(one.id == event.fact.undoes and one.fact.undoes for one in self.made)
