"""Histories: what happens on a floor at random, what is recorded of it by clocks that err, in what order it arrives.

The shelf is the truth: goods that are lost, scans of what never happened, miscounts, undone facts are told apart from
it. Words and identifications are said on the way, by whoever sees what has arrived so far.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from random import Random
from typing import NamedTuple

from scanner_app.domain.catalog import Tolerance
from scanner_app.domain.counting.claim import Claim
from scanner_app.domain.counting.frozen import Frozen
from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from tests.counting.adjusting import Adjusting
from tests.counting.floor import DAY_US, MINUTE_US, S1, S2, S3, SECOND_US, W1, W2, W3, W4, By, Floor, claimed, hand, key
from tests.counting.site import Limits, Site

CODE = "999"
"""What is read from goods of which nobody knows that they are bolts."""
SAWS = tuple(key(place, "SAW", serial="S1", status=status) for place in "AB" for status in ("AVAILABLE", "HOLD"))
SHELVES = (
    key("A"),
    key("A", status="HOLD"),
    key("A", owner="ACME"),
    key("B"),
    key("A", "BOLT"),
    key("A", "GLUE", lot="L1"),
    key("A", "GLUE", lot="L2"),
    *SAWS,
)
PEOPLE = (W1, W2, W3, W4, S1, By("w2", "d1"))
"""Two of them share a device."""
DECIDERS = (S1, S2, S3, S1, S2, S3, W2)
TOLERANCES = (
    Tolerance("nut", item="NUT", quantity=SCALE),
    Tolerance("bolt", item="BOLT", percent=20 * SCALE),
    Tolerance("saw", item="SAW", quantity=SCALE, value=3 * SCALE),
)
COSTS = {"NUT": SCALE, "BOLT": SCALE, "GLUE": SCALE, "SAW": 2 * SCALE}
RECOUNT_VALUE = 3 * SCALE
"""So much an agreeing recount lets stand."""
_OFF_US = (20 * SECOND_US, 3 * MINUTE_US, 9 * MINUTE_US)
_SPAN_US = 40 * MINUTE_US
_WORDS = ("accept", "accept", "accept", "reject", "recount", "withdraw")


def limits(claim: Claim) -> Frozen:
    """What is frozen beside a claim: by the tolerances and costs above."""
    of_item = next((one for one in TOLERANCES if one.item == claim.key.item), Tolerance("none"))
    cost = COSTS.get(claim.key.item, 0)
    return Frozen(of_item.percent, of_item.quantity, of_item.value, RECOUNT_VALUE, cost=cost)


class Happened(NamedTuple):
    """So many pieces came to a key, at its true time."""

    at_us: int
    key: StockKey
    pieces: int


class History(NamedTuple):
    """Events in the order of arrival, some of them twice; what happened, and how far each clock was off (us)."""

    events: list[Event]
    happened: list[Happened]
    off_us: dict[str, int]
    site: Site

    def shelf(self, key: StockKey, at_us: int = 2**62) -> int:
        """What a key held, in micro-units, at a true time."""
        return SCALE * sum(one.pieces for one in self.happened if one.key == key and one.at_us <= at_us)


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


class Telling:
    """One history as it is made up from a seed: acts one after the other by their true times."""

    def __init__(self, seed: int, site: Callable[[Limits], Site] = Site) -> None:
        self._dice = Random(seed)
        self._floor = Floor()
        is_precise = self._dice.random() < 0.5
        devices = sorted({by.device for by in (*PEOPLE, *DECIDERS)})
        self._may_us = {device: 1 if is_precise else self._dice.choice(_OFF_US) for device in devices}
        self._off_us = {device: self._dice.randint(-may, may) for device, may in self._may_us.items()}
        self._happened: list[Happened] = []
        self._held: dict[StockKey, int] = defaultdict(int)
        self._to_come: list[tuple[int, int, Callable[[int], None]]] = []
        self._made: list[Event] = []
        self._counts: list[tuple[str, str]] = []
        """What counts are called, and the devices that call them so."""
        self._site = site(limits)
        self._word_us = DAY_US + 600 * MINUTE_US
        self._talks = self._dice.choice((0.1, 0.4))
        self._seen: dict[str, set[str]] = defaultdict(set)
        self._adjusting = Adjusting(seed, self._floor, PEOPLE)

    def told(self) -> History:
        dice = self._dice
        for what in dice.sample(SHELVES, dice.randint(1, 4)):
            self._stock(what)
        for _ in range(dice.randint(2, 7)):
            self._later(
                dice.choice(
                    (self._take, self._take, self._lose, self._lose, self._mis_scan, self._stranger, self._undo)
                )
            )
        for _ in range(dice.randint(1, 4)):
            self._later(self._begin_count)
        for adjustment in self._adjusting.acts(_Around(self), self._made):
            heappush(self._to_come, adjustment)
        while self._to_come:
            at_us, _number, act = heappop(self._to_come)
            act(at_us)
        return History(list(self._arrived()), self._happened, self._off_us, self._site)

    def _later(self, act: Callable[[int], None], after_us: int = 0, within_us: int = _SPAN_US) -> None:
        at_us = (after_us or DAY_US + 9 * MINUTE_US) + 1 + self._dice.randrange(within_us)
        heappush(self._to_come, (at_us, len(self._to_come) + self._dice.randrange(2**30), act))

    def _happen(self, at_us: int, what: StockKey, pieces: int) -> None:
        self._happened.append(Happened(at_us, what, pieces))
        self._held[what] += pieces

    def _stock(self, what: StockKey) -> None:
        if what.serial and any(self._held[one] for one in SAWS):
            return
        pieces = 1 if what.serial else self._dice.randint(1, 9)
        self._happen(DAY_US, what, pieces)
        self._made.append(self._floor.came(what, pieces, DAY_US))

    def _shown(self, by: By, at_us: int) -> int:
        """What the clock of a device shows at a true time."""
        return at_us + self._off_us[by.device]

    def _off(self, by: By) -> int:
        return self._may_us[by.device]

    def _present(self) -> StockKey | None:
        present = [one for one in SHELVES if self._held[one] > 0]
        return self._dice.choice(present) if present else None

    def _take(self, at_us: int) -> None:
        """Some goods go into a hand, and on: by one fact, or by one each."""
        dice, source = self._dice, self._present()
        if source is None:
            return
        by, pieces = dice.choice(PEOPLE), dice.randint(1, self._held[source])
        held = hand(by.operator, source)
        self._happen(at_us, source, -pieces)
        self._happen(at_us, held, pieces)
        taken = (self._shown(by, at_us), source, held, pieces)
        is_one = dice.random() < 0.6
        if not is_one:
            self._made.append(self._floor.moved([taken], by, self._off(by)))
        place = dice.choice([one for one in "AB" if one != source.place])
        target = StockKey(place, source.item, source.lot, source.serial, source.owner, source.status)

        def put(at_us: int) -> None:
            self._happen(at_us, held, -pieces)
            self._happen(at_us, target, pieces)
            if dice.random() < 0.9:
                legs = [(self._shown(by, at_us), held, target, pieces)]
                self._made.append(self._floor.moved([taken, *legs] if is_one else legs, by, self._off(by)))

        self._later(put, at_us, 8 * MINUTE_US)

    def _lose(self, at_us: int) -> None:
        """Something is gone, and nobody says so."""
        if what := self._present():
            self._happen(at_us, what, -self._dice.randint(1, self._held[what]))

    def _mis_scan(self, at_us: int) -> None:
        """Somebody books a move that nobody made."""
        dice = self._dice
        by, what = dice.choice(PEOPLE), dice.choice(SHELVES)
        legs = [(self._shown(by, at_us), what, hand(by.operator, what), 1)]
        self._made.append(self._floor.moved(legs, by, self._off(by)))

    def _stranger(self, at_us: int) -> None:
        """Bolts go into a hand by a code that nobody knows."""
        what, by = key("A", "BOLT"), self._dice.choice(PEOPLE)
        if self._held[what] > 0:
            self._happen(at_us, what, -1)
            self._happen(at_us, hand(by.operator, what), 1)
            source = key("A", CODE)
            legs = [(self._shown(by, at_us), source, hand(by.operator, source), 1)]
            self._made.append(self._floor.moved(legs, by, self._off(by)))

    def _undo(self, at_us: int, of: Event | None = None) -> None:
        """Somebody says that a fact of theirs never happened, or takes that back."""
        own = [one for one in self._made if one.operator != "s3" and not (one.fact.undoes and self._is_deep(one))]
        if not own:
            return
        what = of or self._dice.choice(own)
        devices = [by for by in PEOPLE if by.operator == what.operator]
        by = self._dice.choice(devices)
        undo = self._floor.undone(what, self._shown(by, at_us), by)
        self._made.append(undo)
        if self._dice.random() < 0.4 and not what.fact.undoes:
            self._later(lambda at_us: self._undo(at_us, undo), at_us, 5 * MINUTE_US)

    def _is_deep(self, event: Event) -> bool:
        return any(one.id == event.fact.undoes and one.fact.undoes for one in self._made)

    def _begin_count(self, at_us: int) -> None:
        """Somebody counts at a place, line by line, and closes it or leaves."""
        dice = self._dice
        place, by = dice.choice("AAAB"), dice.choice(PEOPLE)
        count = self._name(by)
        keys = [one for one in SHELVES if one.place == place]
        counted = dice.sample(keys, dice.randint(0, min(4, len(keys))))
        counted += [one for one in counted if not one.serial and dice.random() < 0.2]
        counting, now_us = _Counting(count, place, at_us, [], {}, by.device, sighted=dice.random() < 0.1), at_us
        if counting.sighted:
            self._made.append(self._floor.sighted(count, "P1", place, self._shown(by, at_us), by))

        def line(what: StockKey) -> Callable[[int], None]:
            who = by if dice.random() < 0.97 else dice.choice(PEOPLE)
            return lambda at_us: self._line(at_us, who, counting, what)

        for what in counted:
            now_us += 1 + dice.randrange(3 * MINUTE_US)
            heappush(self._to_come, (now_us, dice.randrange(2**30), line(what)))
        if dice.random() < 0.6:
            now_us += 1 + dice.randrange(MINUTE_US)
            heappush(self._to_come, (now_us, -1, lambda at_us: self._close(at_us, by, counting)))

    def _line(self, at_us: int, by: By, counting: "_Counting", what: StockKey) -> None:
        dice, count, halves = self._dice, counting.name, counting.halves
        there = max(0, self._held[what] - halves.get(what, 0))
        counted = there if dice.random() < 0.7 else max(0, there + dice.choice((-2, -1, 1, 2)))
        if what.serial:
            counted = min(1, counted)
        elif dice.random() < 0.15:
            counted //= 2
        halves[what] = halves.get(what, 0) + counted
        is_unknown = what.item == "BOLT" and dice.random() < 0.4
        made = self._floor.counted(
            count,
            what,
            counted,
            self._shown(by, at_us),
            by,
            begun=self._shown(by, at_us) - dice.randrange(20 * SECOND_US),
            off_us=self._off(by),
            code=CODE if is_unknown else "",
            is_said=dice.random() < 0.7,
            recounts=counting.recounts or self._recounted((count, counting.device), what),
            was_shown=dice.random() < 0.1,
        )
        self._made.append(made)
        counting.lines.append(made)
        if dice.random() < 0.3:
            self._later(lambda at_us: self._recount(at_us, made), at_us, 9 * MINUTE_US)
        if dice.random() < 0.15:
            self._later(lambda at_us: self._undo(at_us, made), at_us, dice.choice((SECOND_US, 9 * MINUTE_US)))

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
        name, device = self._dice.choice(before)
        return claimed(name, what, device) if self._dice.random() < 0.4 else ""

    def _recount(self, at_us: int, first: Event) -> None:
        """Somebody counts the key of a line again."""
        line, dice = first.fact.line, self._dice
        if line is None or line.code:
            return
        by = dice.choice([by for by in PEOPLE if by.operator != first.operator])
        again = claimed(line.count, line.key, first.device)
        counting = _Counting(self._name(by), line.key.place, at_us, [], {}, by.device, again)
        self._line(at_us, by, counting, line.key)

    def _close(self, at_us: int, by: By, counting: "_Counting") -> None:
        made = self._floor.closed(
            counting.name,
            counting.place,
            self._shown(by, at_us),
            sum(line.device == by.device for line in counting.lines),
            by,
            begun=self._shown(by, counting.begun_us),
            sightings=int(counting.sighted),
            off_us=self._off(by),
            item=self._closed_of(counting),
        )
        self._made.append(made)
        if self._dice.random() < 0.2:
            self._later(lambda at_us: self._undo(at_us, made), at_us, 9 * MINUTE_US)

    def _closed_of(self, counting: "_Counting") -> str:
        """Now and then it is of one item only: of what was counted first there, or of what was not counted at all."""
        if len(self._made) % 4:
            return ""
        lines = [line for event in counting.lines if (line := event.fact.line) and not line.code]
        return lines[0].key.item if lines else "NUT"

    def _arrived(self) -> Iterator[Event]:
        """The events as they arrive, in any order, and between them what people say of what has arrived."""
        dice = self._dice
        order = list(self._made)
        dice.shuffle(order)
        order += dice.sample(order, len(order) // 6)
        if dice.random() < 0.5:
            order.sort(key=lambda event: event.fact.last_us + dice.randrange(20 * MINUTE_US))
        for event in order:
            yield self._take_in(event)
            while dice.random() < self._talks and (said := self._say()) is not None:
                yield self._take_in(said)
        for _ in range(dice.randint(0, 6)):
            if (said := self._say()) is not None:
                yield self._take_in(said)

    def _take_in(self, event: Event) -> Event:
        self._site.arrive(event)
        for kept in self._site.folded.kept:
            self._seen[kept.claim.id].add(kept.claim.version)
        return event

    def _say(self) -> Event | None:
        """Somebody says a word on a claim or a closing, or what a code is, or that it is no stock."""
        self._word_us += SECOND_US
        if self._adjusting.is_done and (said := self._adjusting.said(self._site, self._word_us, DECIDERS)):
            return said
        dice, by = self._dice, self._dice.choice(DECIDERS)
        unknown = [event for event in self._site.events.values() if self._is_unknown(event)]
        if unknown and dice.random() < 0.4:
            event = dice.choice(unknown)
            if dice.random() < 0.2:
                return self._floor.said("void", [Subject(SubjectKind.EVENT, event.id)], self._word_us, by)
            return self._floor.identified(event, CODE, dice.choice(("BOLT", "BOLT", "NUT")), self._word_us, by)
        subject = self._subject()
        return self._floor.said(dice.choice(_WORDS), [subject], self._word_us, by) if subject else None

    def _is_unknown(self, event: Event) -> bool:
        if event.fact.undoes or event.fact.says:
            return False
        line = event.fact.line
        return (line is not None and line.code == CODE) or any(leg.source.item == CODE for leg in event.fact.legs)

    def _subject(self) -> Subject | None:
        """A claim or its closing as a whole: mostly as it is now, with all that was said on it seen.

        What a closing claims of a key that held nothing is on nobody's screen: no word names it alone.
        """
        dice, kept = self._dice, self._site.folded.kept
        if not kept:
            return None
        one = dice.choice(kept)
        version = one.claim.version if dice.random() < 0.8 else dice.choice(sorted(self._seen[one.claim.id]))
        subject = Subject(SubjectKind.CLAIM, one.claim.id, version, 0, one.state.variance)
        if one.is_idle or (one.claim.kind == "closing" and dice.random() < 0.5):
            subject = Subject(SubjectKind.CLOSING, one.claim.version, one.claim.version)
        said = self._site.said_on(subject.id)
        seen = said[-1].number if said and dice.random() < 0.8 else 0
        return Subject(subject.kind, subject.id, subject.version, seen, subject.amount)


class _Around:
    """What adjusting sees of a history, and does in it."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling

    def present(self, dice: Random) -> StockKey | None:
        present = [one for one in SHELVES if self.held(one) > 0]
        return dice.choice(present) if present else None

    def held(self, what: StockKey) -> int:
        return self._telling._held[what]

    def happen(self, at_us: int, what: StockKey, pieces: int) -> None:
        self._telling._happen(at_us, what, pieces)

    def shown(self, by: By, at_us: int) -> int:
        return self._telling._shown(by, at_us)

    def off(self, by: By) -> int:
        return self._telling._off(by)


def history(seed: int, site: Callable[[Limits], Site] = Site) -> History:
    """The history of a seed: the same for the same, told to a site of a kind."""
    return Telling(seed, site).told()
