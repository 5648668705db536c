"""Adjusting in a history: what is gone or found is said outside a count, or made up; some of it waits to be accepted.

It throws dice of its own, and only in some histories: those of the others stay what they were.
"""

from collections.abc import Callable
from random import Random
from typing import Protocol

from scanner_app.domain.catalog import AVAILABLE
from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.ledger import StockKey
from tests.counting.floor import DAY_US, MINUTE_US, S1, By, Floor, hand, key
from tests.counting.site import WAITING_REASONS, Site

_BEGIN_US = DAY_US + 9 * MINUTE_US
_SPAN_US = 40 * MINUTE_US
"""As for all that happens in a history: before counts, within them, and behind."""
_BOOKED_REASONS = {"out": "lost", "in": "found", "hold": "to_check", "release": "good"}


class Around(Protocol):
    """What adjusting needs of the history that it is in."""

    def present(self, dice: Random) -> StockKey | None: ...
    def held(self, what: StockKey) -> int: ...
    def happen(self, at_us: int, what: StockKey, pieces: int) -> None: ...
    def shown(self, by: By, at_us: int) -> int: ...
    def off(self, by: By) -> int: ...


class Adjusting:
    """The adjustments of one history, of every third seed."""

    def __init__(self, seed: int, floor: Floor, people: tuple[By, ...]) -> None:
        self._dice = Random(-1 - seed)
        self._floor = floor
        self._people = people
        self.is_done = seed % 3 == 1
        self._reaching = Random(-(10**9) - seed) if seed % 6 == 4 else None
        """Some of them take out of another's hand, which is held until somebody releases it."""

    def acts(self, around: Around, made: list[Event]) -> list[tuple[int, int, Callable[[int], None]]]:
        """What somebody will do, each at its true time."""
        dice = self._dice

        def act() -> Callable[[int], None]:
            do = dice.choice((self._out, self._out, self._in, self._mistaken, self._held))
            return lambda at_us: made.extend(do(at_us, around))

        times = sorted(_BEGIN_US + dice.randrange(_SPAN_US) for _ in range(dice.randint(1, 4)))
        done = [(at_us, dice.randrange(2**30), act()) for at_us in times] if self.is_done else []
        return [*done, *self._reached(around, made)]

    def _reached(self, around: Around, made: list[Event]) -> list[tuple[int, int, Callable[[int], None]]]:
        """Somebody takes goods out of the hand of a worker, whether or not these are there."""
        if not (dice := self._reaching):
            return []
        by = dice.choice([one for one in self._people if one.operator not in ("w2", "s1")])
        at_us, pieces, what = _BEGIN_US + dice.randrange(_SPAN_US), dice.randint(1, 3), key("A")

        def reach(at_us: int) -> None:
            around.happen(at_us, hand("w2", what), -pieces)
            around.happen(at_us, what, pieces)
            made.append(
                self._floor.moved([(around.shown(by, at_us), hand("w2", what), what, pieces)], by, around.off(by))
            )

        return [(at_us, dice.randrange(2**30), reach)]

    def _out(self, at_us: int, around: Around) -> list[Event]:
        """Some goods are gone, and somebody says so."""
        what = around.present(self._dice)
        if what is None:
            return []
        pieces = self._dice.randint(1, around.held(what))
        around.happen(at_us, what, -pieces)
        return [self._adjusted(what, -pieces, at_us, around)]

    def _in(self, at_us: int, around: Around) -> list[Event]:
        """More is there than anybody knew."""
        what = around.present(self._dice)
        if what is None or what.serial:
            return []
        pieces = self._dice.randint(1, 4)
        around.happen(at_us, what, pieces)
        return [self._adjusted(what, pieces, at_us, around)]

    def _mistaken(self, at_us: int, around: Around) -> list[Event]:
        """Somebody says so of what did not happen."""
        what = around.present(self._dice)
        return [self._adjusted(what, self._dice.choice((-2, -1, 1, 2)), at_us, around)] if what else []

    def _held(self, at_us: int, around: Around) -> list[Event]:
        """Some goods go out of use, or back."""
        dice, what = self._dice, around.present(self._dice)
        if what is None:
            return []
        status, direction = ("HOLD", "hold") if what.status == AVAILABLE else (AVAILABLE, "release")
        after = StockKey(what.place, what.item, what.lot, what.serial, what.owner, status)
        pieces = dice.randint(1, around.held(what))
        around.happen(at_us, what, -pieces)
        around.happen(at_us, after, pieces)
        reason = self._reason(direction)
        return [self._floor.changed(what, status, pieces, around.shown(S1, at_us), reason, S1)]

    def _adjusted(self, what: StockKey, pieces: int, at_us: int, around: Around) -> Event:
        by = self._dice.choice(self._people)
        reason = self._reason("in" if pieces > 0 else "out")
        return self._floor.adjusted(what, pieces, around.shown(by, at_us), reason, by)

    def _reason(self, direction: str) -> str:
        return (WAITING_REASONS if self._dice.random() < 0.5 else _BOOKED_REASONS)[direction]

    def _reached_in(self, site: Site) -> list[str]:
        return sorted(name for name, event in site.events.items() if site.reaches(event))

    def said(self, site: Site, word_us: int, deciders: tuple[By, ...]) -> Event | None:
        """A word on an adjustment that waits or was decided, mostly by who has seen what was said."""
        if (dice := self._reaching) and dice.random() < 0.3 and (held := self._reached_in(site)):
            subject = Subject(SubjectKind.EVENT, dice.choice(held))
            return self._floor.said(
                dice.choice(("release", "release", "void")), [subject], word_us, dice.choice(deciders)
            )
        dice = self._reaching or self._dice
        names = sorted(name for name, event in site.events.items() if event.fact.given[0] in _WAITING)
        if not names or dice.random() < 0.4:
            return None
        name = dice.choice(names)
        said = site.said_on(name)
        seen = said[-1].number if said and dice.random() < 0.8 else 0
        words: tuple[str, ...] = ("accept", "accept", "accept", "reject", "reject", "withdraw", "withdraw")
        if self._reaching and dice.random() < 0.8:
            words = ("withdraw",) if name in site.decided else ("accept", "accept", "reject")
        word = dice.choice(words)
        return self._floor.said(word, [Subject(SubjectKind.ADJUSTMENT, name, "", seen)], word_us, dice.choice(deciders))


_WAITING = frozenset(WAITING_REASONS.values())
