"""What is counted in a history: line by line, with miscounts, codes nobody knows, recounts and closings."""

from collections.abc import Callable
from heapq import heappush
from typing import NamedTuple

from scanner_app.domain.events.event import Event
from scanner_app.domain.ledger import StockKey
from tests.counting.floor import MINUTE_US, SECOND_US, By, claimed
from tests.counting.ground import Ground
from tests.counting.shelves import CODE, PEOPLE, SHELVES


class _Counting(NamedTuple):
    """A count as it is made: its lines so far, and how much of each key they have found."""

    name: str
    place: str
    begun_us: int
    lines: list[Event]
    halves: dict[StockKey, int]
    device: str
    recounts: str = ""
    sighted: bool = False


class Counts:
    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._counts: list[tuple[str, str]] = []
        """What counts are called, and the devices that call them so."""

    def begin(self, at_us: int) -> None:
        """Somebody counts at a place, line by line, and closes it or leaves."""
        dice = self._ground.dice
        place, by = dice.choice("AAAB"), dice.choice(PEOPLE)
        count = self._name(by)
        keys = [one for one in SHELVES if one.place == place]
        counted = dice.sample(keys, dice.randint(0, min(4, len(keys))))
        counted += [one for one in counted if not one.serial and dice.random() < 0.2]
        counting, now_us = _Counting(count, place, at_us, [], {}, by.device, sighted=dice.random() < 0.1), at_us
        if counting.sighted:
            self._ground.made.append(self._ground.floor.sighted(count, "P1", place, self._ground.shown(by, at_us), by))

        def line(what: StockKey) -> Callable[[int], None]:
            who = by if dice.random() < 0.97 else dice.choice(PEOPLE)
            return lambda at_us: self._line(at_us, who, counting, what)

        for what in counted:
            now_us += 1 + dice.randrange(3 * MINUTE_US)
            heappush(self._ground.to_come, (now_us, dice.randrange(2**30), line(what)))
        if dice.random() < 0.6:
            now_us += 1 + dice.randrange(MINUTE_US)
            heappush(self._ground.to_come, (now_us, -1, lambda at_us: self._close(at_us, by, counting)))

    def _line(self, at_us: int, by: By, counting: _Counting, what: StockKey) -> None:
        dice, count, halves = self._ground.dice, counting.name, counting.halves
        there = max(0, self._ground.held(what) - halves.get(what, 0))
        counted = there if dice.random() < 0.7 else max(0, there + dice.choice((-2, -1, 1, 2)))
        if what.serial:
            counted = min(1, counted)
        elif dice.random() < 0.15:
            counted //= 2
        halves[what] = halves.get(what, 0) + counted
        is_unknown = what.item == "BOLT" and dice.random() < 0.4
        made = self._ground.floor.counted(
            count,
            what,
            counted,
            self._ground.shown(by, at_us),
            by,
            begun=self._ground.shown(by, at_us) - dice.randrange(20 * SECOND_US),
            off_us=self._ground.off(by),
            code=CODE if is_unknown else "",
            is_said=dice.random() < 0.7,
            recounts=counting.recounts or self._recounted((count, counting.device), what),
            was_shown=dice.random() < 0.1,
        )
        self._ground.made.append(made)
        counting.lines.append(made)
        if dice.random() < 0.3:
            self._ground.later(lambda at_us: self._recount(at_us, made), at_us, 9 * MINUTE_US)
        if dice.random() < 0.15:
            self._ground.later(
                lambda at_us: self._ground.undo(at_us, made), at_us, dice.choice((SECOND_US, 9 * MINUTE_US))
            )

    def _name(self, by: By) -> str:
        """What somebody's device calls a count: now and then as another device has called the one before."""
        name, device = self._counts[-1] if self._counts else ("", by.device)
        is_taken = len(self._counts) % 3 == 1 and device != by.device
        self._counts.append((name if is_taken else f"c{len(self._counts)}", by.device))
        return self._counts[-1][0]

    def _recounted(self, count: tuple[str, str], what: StockKey) -> str:
        """The claim that a line recounts, now and then."""
        before = [one for one in self._counts if one != count]
        if not before:
            return ""
        name, device = self._ground.dice.choice(before)
        return claimed(name, what, device) if self._ground.dice.random() < 0.4 else ""

    def _recount(self, at_us: int, first: Event) -> None:
        """Somebody counts the key of a line again."""
        line, dice = first.fact.line, self._ground.dice
        if line is None or line.code:
            return
        by = dice.choice([by for by in PEOPLE if by.operator != first.operator])
        again = claimed(line.count, line.key, first.device)
        counting = _Counting(self._name(by), line.key.place, at_us, [], {}, by.device, again)
        self._line(at_us, by, counting, line.key)

    def _close(self, at_us: int, by: By, counting: _Counting) -> None:
        made = self._ground.floor.closed(
            counting.name,
            counting.place,
            self._ground.shown(by, at_us),
            sum(line.device == by.device for line in counting.lines),
            by,
            begun=self._ground.shown(by, counting.begun_us),
            sightings=int(counting.sighted),
            off_us=self._ground.off(by),
            item=self._closed_of(counting),
        )
        self._ground.made.append(made)
        if self._ground.dice.random() < 0.2:
            self._ground.later(lambda at_us: self._ground.undo(at_us, made), at_us, 9 * MINUTE_US)

    def _closed_of(self, counting: _Counting) -> str:
        """Now and then it is of one item only: of what was counted first there, or of what was not counted at all."""
        if len(self._ground.made) % 4:
            return ""
        lines = [line for event in counting.lines if (line := event.fact.line) and not line.code]
        return lines[0].key.item if lines else "NUT"
