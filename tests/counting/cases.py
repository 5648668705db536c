"""The named cases of counting: what happened, what was said, and what the book must say then.

Where a story says no words of its own, a supervisor accepts every claim, and every closing as a whole, at the end.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from scanner_app.domain.catalog import NO_LIMIT, Tolerance
from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from tests.counting.floor import MINUTE_US, S1, S2, S3, W1, W2, W3, By, Floor, claimed, hand, key, on_claim, on_closing

Claimed = tuple[str, StockKey]
"""A count, and a key of which it says something."""


class Story(NamedTuple):
    """Events in the order of their arrival, and what is expected: pieces by key; claims on the list, and in doubt.

    ``recount_value`` and ``cost`` (of a piece, in whole units of money) are the site's and the items'. ``verdicts`` are
    why each word is not valid, empty where it is. ``is_decided``: the words are among the events;
    otherwise everything is accepted at the end, and the events may arrive in any order.
    """

    events: Sequence[Event]
    book: Mapping[StockKey, int]
    limit: Tolerance | None = None
    is_decided: bool = False
    waits: frozenset[Claimed] = frozenset()
    doubted: frozenset[Claimed] = frozenset()
    stands: frozenset[Claimed] = frozenset()
    verdicts: Sequence[str] | None = None
    rows: int | None = None
    variances: Mapping[Claimed, int] = {}
    reviewed: frozenset[Claimed] | None = None
    recount_value: int = NO_LIMIT
    cost: int = 0


Telling = Callable[[Floor], Story]
CASES: dict[str, Telling] = {}
"""By number and what happened."""


def case(name: str) -> Callable[[Telling], Telling]:
    def register(telling: Telling) -> Telling:
        CASES[name] = telling
        return telling

    return register


def pieces(quantity: int) -> Tolerance:
    """A limit of so many pieces for all."""
    return Tolerance("all", quantity=quantity * SCALE)


def percent(number: int) -> Tolerance:
    return Tolerance("all", percent=number * SCALE)


A, BOLT, B = key("A"), key("A", "BOLT"), key("B")
GLUE1, GLUE2 = key("A", "GLUE", lot="L1"), key("A", "GLUE", lot="L2")
ON_HOLD = key("A", status="HOLD")
CODE = "999"


@case("1 two counts of 8, the later accepted first")
def _(floor: Floor) -> Story:
    first, second = floor.counted("c1", A, 8, "10:00"), floor.counted("c2", A, 8, "11:00")
    words = [
        floor.said("accept", [on_claim(count, A, line, pieces=-2)], "12:00")
        for count, line in (("c2", second), ("c1", first))
    ]
    return Story([floor.came(A, 10), first, second, *words], {A: 8}, is_decided=True, verdicts=["", ""])


@case("2 a late pick before two accepted counts")
def _(floor: Floor) -> Story:
    first, second = floor.counted("c1", A, 7, "10:00"), floor.counted("c2", A, 7, "11:00")
    words = [floor.said("accept", [on_claim("c1", A, first), on_claim("c2", A, second)], "12:00")]
    late = floor.take(A, 3, "09:00")
    return Story([floor.came(A, 10), first, second, *words, late], {A: 7}, is_decided=True)


@case("3 a mis-scan that never happened, after an accepted count")
def _(floor: Floor) -> Story:
    scanned, line = floor.take(A, 4, "09:00"), floor.counted("c1", A, 10, "10:00")
    word = floor.said("accept", [on_claim("c1", A, line, pieces=4)], "11:00")
    undone = floor.undone(scanned, "12:00", W2)
    return Story([floor.came(A, 10), scanned, line, word, undone], {A: 10}, is_decided=True)


@case("4 two people undo one event")
def _(floor: Floor) -> Story:
    scanned = floor.take(A, 4, "09:00")
    undos = [floor.undone(scanned, "12:00", W2), floor.undone(scanned, "12:05", S2)]
    return Story([floor.came(A, 10), scanned, *undos], {A: 10})


@case("5 taken, counted, put down elsewhere")
def _(floor: Floor) -> Story:
    held = hand("w2", A)
    moved = floor.moved([("10:00", A, held, 4), ("10:10", held, B, 4)], W2)
    return Story([floor.came(A, 10), floor.counted("c1", A, 6, "10:05"), moved], {A: 6, B: 4, held: 0})


@case("6 closed empty and accepted as a whole, a late put-away before it")
def _(floor: Floor) -> Story:
    closing, late = floor.closed("c1", "A", "10:00"), floor.came(A, 5, "09:00", W2)
    word = floor.said("accept", [on_closing(closing)], "11:00")
    return Story([floor.came(BOLT, 3), closing, word, late], {A: 0, BOLT: 0}, is_decided=True)


@case("6 closed empty and accepted key by key, a late put-away before it")
def _(floor: Floor) -> Story:
    closing, late = floor.closed("c1", "A", "10:00"), floor.came(A, 5, "09:00", W2)
    word = floor.said("accept", [on_claim("c1", BOLT, version=closing.id, pieces=-3)], "11:00")
    waits = frozenset({("c1", A)})
    return Story([floor.came(BOLT, 3), closing, word, late], {A: 5, BOLT: 0}, is_decided=True, waits=waits)


@case("7 an unknown code counted and closed, identified later")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", BOLT, 5, "10:00", code=CODE)
    named = floor.identified(line, CODE, "BOLT", "12:00", by=S1)
    return Story([floor.came(BOLT, 5), line, floor.closed("c1", "A", "10:05", 1), named], {BOLT: 5})


@case("7 an unknown code counted and closed, meanwhile")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", BOLT, 5, "10:00", code=CODE)
    return Story([floor.came(BOLT, 5), line, floor.closed("c1", "A", "10:05", 1)], {BOLT: 5}, rows=0)


@case("8 an unknown code that turns out to be what was counted, too")
def _(floor: Floor) -> Story:
    lines = [floor.counted("c1", BOLT, 3, "10:00"), floor.counted("c1", BOLT, 2, "10:01", code=CODE)]
    named = floor.identified(lines[1], CODE, "BOLT", "12:00", by=S1)
    return Story([floor.came(BOLT, 5), *lines, named], {BOLT: 5})


@case("9 a serial booked at one place, counted at another")
def _(floor: Floor) -> Story:
    here, there = saw("A"), saw("B")
    return Story([floor.came(here, 1), floor.counted("c1", there, 1, "10:00")], {here: 0, there: 1})


@case("9 a serial in a hand, put down without a scan, counted")
def _(floor: Floor) -> Story:
    here, there, held = saw("A"), saw("B"), hand("w2", saw("A"))
    events = [floor.came(here, 1), floor.take(here, 1, "09:00"), floor.counted("c1", there, 1, "10:00")]
    return Story(events, {here: 0, there: 1, held: 0})


@case("11 a leg in the same microsecond, after a count")
def _(floor: Floor) -> Story:
    line, taken = floor.counted("c1", A, 10, "10:00"), floor.take(A, 4, "10:00", W1)
    return Story([floor.came(A, 10), line, taken], {A: 6})


@case("12 within a limit, and a late pick before")
def _(floor: Floor) -> Story:
    events = [floor.came(A, 105), floor.counted("c1", A, 100, "10:00"), floor.take(A, 10, "09:00")]
    return Story(events, {A: 100}, pieces(5), stands=frozenset({("c1", A)}))


@case("12 within a limit, the pick came first")
def _(floor: Floor) -> Story:
    events = [floor.came(A, 105), floor.take(A, 10, "09:00"), floor.counted("c1", A, 100, "10:00")]
    return Story(events, {A: 100}, pieces(5), is_decided=True, stands=frozenset({("c1", A)}))


@case("13 shipped before the count")
def _(floor: Floor) -> Story:
    return Story([floor.came(A, 95), floor.take(A, 7, "09:00"), floor.counted("c1", A, 90, "10:00")], {A: 90})


@case("13 shipped after the count")
def _(floor: Floor) -> Story:
    return Story([floor.came(A, 95), floor.counted("c1", A, 90, "10:00"), floor.take(A, 7, "11:00")], {A: 83})


@case("13 shipped before the count, told after the decision")
def _(floor: Floor) -> Story:
    line, late = floor.counted("c1", A, 90, "10:00"), floor.take(A, 7, "09:00")
    word = floor.said("accept", [on_claim("c1", A, line, pieces=-5)], "11:00")
    return Story([floor.came(A, 95), line, word, late], {A: 90}, is_decided=True)


@case("14 one out and one in between count and decision")
def _(floor: Floor) -> Story:
    line, out = floor.counted("c1", A, 8, "10:00"), floor.take(A, 1, "10:10")
    back = floor.put(A, 1, "10:20")
    return Story([floor.came(A, 10), line, out, back], {A: 8})


@case("15 what left is in the book")
def _(floor: Floor) -> Story:
    events = [floor.came(A, 97), floor.take(A, 7, "09:00"), floor.counted("c1", A, 90, "10:00")]
    return Story(events, {A: 90}, is_decided=True, stands=frozenset({("c1", A)}), rows=0)


@case("16 accepted by rule, then a late pick of 50")
def _(floor: Floor) -> Story:
    events = [floor.came(A, 91), floor.counted("c1", A, 90, "10:00"), floor.take(A, 50, "09:00")]
    return Story(events, {A: 41}, pieces(1), is_decided=True, waits=frozenset({("c1", A)}))


@case("17 a closing undone and restored: a reject of one of its keys holds")
def _(floor: Floor) -> Story:
    closing = floor.closed("c1", "A", "10:00")
    word = floor.said("reject", [on_claim("c1", BOLT, version=closing.id, pieces=-3)], "11:00")
    undo = floor.undone(closing, "12:00")
    events = [floor.came(A, 4), floor.came(BOLT, 3), closing, word, undo, floor.undone(undo, "12:10")]
    return Story(events, {A: 4, BOLT: 3}, is_decided=True, waits=frozenset({("c1", A)}))


@case("18 an identification moves a posting and the line that exempts it")
def _(floor: Floor) -> Story:
    strange = key("A", CODE)
    taken, line = floor.take(strange, 2, "09:00"), floor.counted("c1", BOLT, 3, "10:00", code=CODE)
    closing = floor.closed("c1", "A", "10:05", 1)
    named = [floor.identified(event, CODE, "BOLT", "12:00", by=S1) for event in (taken, line)]
    return Story([floor.came(BOLT, 5), taken, line, closing, *named], {BOLT: 3, strange: 0}, is_decided=True, rows=0)


@case("19 three counts wait, and a late piece between the first and the second")
def _(floor: Floor) -> Story:
    lines = [floor.counted(f"c{n}", A, n, clock) for n, clock in ((14, "10:00"), (12, "11:00"), (20, "12:00"))]
    events = [floor.came(A, 10), *lines, floor.came(A, 1, "10:30", W2)]
    stands, waits = frozenset({("c12", A)}), frozenset({("c20", A)})
    return Story(events, {A: 12}, pieces(1), is_decided=True, stands=stands, waits=waits, variances={("c20", A): 8})


@case("20 two counts stand, and three late pieces before both")
def _(floor: Floor) -> Story:
    lines = [floor.counted("c1", A, 11, "10:00"), floor.counted("c2", A, 12, "11:00")]
    events = [floor.came(A, 10), *lines, floor.came(A, 3, "09:00", W2)]
    stands, waits = frozenset({("c2", A)}), frozenset({("c1", A)})
    return Story(events, {A: 12}, pieces(1), is_decided=True, stands=stands, waits=waits)


@case("21 a line undone after the closing exempts its key")
def _(floor: Floor) -> Story:
    line, closing = floor.counted("c1", A, 4, "10:00"), floor.closed("c1", "A", "10:05", 1)
    return Story([floor.came(A, 4), line, closing, floor.undone(line, "11:00")], {A: 4})


@case("21 a line that is no stock exempts nothing")
def _(floor: Floor) -> Story:
    line, closing = floor.counted("c1", A, 1, "10:00", code=CODE), floor.closed("c1", "A", "10:05", 1)
    void = floor.said("void", [Subject(SubjectKind.EVENT, line.id)], "11:00")
    return Story([floor.came(A, 4), line, closing, void], {A: 0})


@case("22 the later of two accepted counts is withdrawn")
def _(floor: Floor) -> Story:
    lines = [floor.counted("c1", A, 8, "10:00"), floor.counted("c2", A, 7, "11:00")]
    accept = floor.said("accept", [on_claim("c1", A, lines[0]), on_claim("c2", A, lines[1])], "12:00")
    withdraw = floor.said("withdraw", [on_claim("c2", A, lines[1], seen=2)], "13:00")
    events = [floor.came(A, 10), *lines, accept, withdraw]
    return Story(events, {A: 8}, is_decided=True, waits=frozenset({("c2", A)}))


@case("22 the earlier of two accepted counts is withdrawn")
def _(floor: Floor) -> Story:
    lines = [floor.counted("c1", A, 8, "10:00"), floor.counted("c2", A, 7, "11:00")]
    accept = floor.said("accept", [on_claim("c1", A, lines[0]), on_claim("c2", A, lines[1], pieces=-3)], "12:00")
    withdraw = floor.said("withdraw", [on_claim("c1", A, lines[0], seen=1)], "13:00")
    return Story([floor.came(A, 10), *lines, accept, withdraw], {A: 7}, is_decided=True)


@case("23 a closing of a place says nothing of its plates")
def _(floor: Floor) -> Story:
    plate = key("P1")
    return Story([floor.came(plate, 5), floor.came(A, 2), floor.closed("c1", "A", "10:00")], {plate: 5, A: 0})


@case("23 a closing of a plate says it of a late filling, too")
def _(floor: Floor) -> Story:
    plate, late = key("P1"), floor.came(key("P1", "BOLT"), 3, "09:00", W2)
    closing = floor.closed("c1", "P1", "10:00")
    word = floor.said("accept", [on_closing(closing)], "11:00")
    return Story([floor.came(plate, 5), closing, word, late], {plate: 0, key("P1", "BOLT"): 0}, is_decided=True)


@case("24 a serial counted at two places")
def _(floor: Floor) -> Story:
    lines = [floor.counted("c1", saw("A"), 1, "10:00"), floor.counted("c2", saw("B"), 1, "11:00", W2)]
    return Story([floor.came(saw("C"), 1), *lines], {saw("A"): 0, saw("B"): 1, saw("C"): 0})


@case("25 a closing whose last line is late, meanwhile")
def _(floor: Floor) -> Story:
    events = [floor.came(A, 4), floor.came(BOLT, 3), floor.closed("c1", "A", "10:05", 1)]
    return Story(events, {A: 4, BOLT: 3}, rows=0)


@case("25 a closing whose last line is late, in the end")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 4, "10:00")
    events = [floor.came(A, 4), floor.came(BOLT, 3), floor.closed("c1", "A", "10:05", 1), line]
    return Story(events, {A: 4, BOLT: 0})


@case("26 a lot corrected before the closing")
def _(floor: Floor) -> Story:
    wrong = floor.counted("c1", GLUE1, 3, "10:00")
    undo, right = floor.undone(wrong, "10:01"), floor.counted("c1", GLUE2, 3, "10:02")
    return Story([floor.came(GLUE1, 3), wrong, undo, right, floor.closed("c1", "A", "10:05", 2)], {GLUE1: 0, GLUE2: 3})


@case("27 closed empty, put away, closed empty once more")
def _(floor: Floor) -> Story:
    first, second = floor.closed("c1", "A", "10:00"), floor.closed("c2", "A", "12:00")
    word = floor.said("accept", [on_closing(first)], "10:30")
    events = [floor.came(A, 3), first, word, floor.came(A, 5, "11:00", W2), second]
    return Story(events, {A: 5}, is_decided=True, waits=frozenset({("c2", A)}))


@case("28 on hold, counted without a word on status, closed")
def _(floor: Floor) -> Story:
    line, closing = floor.counted("c1", A, 10, "10:00", is_said=False), floor.closed("c1", "A", "10:05", 1)
    waits = frozenset({("c1", A), ("c1", ON_HOLD)})
    events = [floor.came(ON_HOLD, 10), line, closing]
    return Story(events, {ON_HOLD: 10, A: 0}, pieces(100), is_decided=True, waits=waits, rows=1)


@case("28 on hold, counted without a word on status, left")
def _(floor: Floor) -> Story:
    line, waits = floor.counted("c1", A, 10, "10:00", is_said=False), frozenset({("c1", A)})
    return Story(
        [floor.came(ON_HOLD, 10), line], {ON_HOLD: 10, A: 0}, pieces(100), is_decided=True, waits=waits, rows=1
    )


@case("28 a serial on hold, counted without a word on status, closed")
def _(floor: Floor) -> Story:
    held, free = saw("A", status="HOLD"), saw("A")
    line, closing = floor.counted("c1", free, 1, "10:00", is_said=False), floor.closed("c1", "A", "10:05", 1)
    waits = frozenset({("c1", free), ("c1", held)})
    return Story(
        [floor.came(held, 1), line, closing], {held: 1, free: 0}, pieces(100), is_decided=True, waits=waits, rows=1
    )


@case("29 2 % of what was counted, by two lines of one item")
def _(floor: Floor) -> Story:
    lines = [floor.counted("c1", A, 3, "10:00"), floor.counted("c1", A, 100, "10:05")]
    return Story([floor.came(A, 105), *lines], {A: 103}, percent(2), is_decided=True, stands=frozenset({("c1", A)}))


@case("30 a pick two minutes later, by a clock that may be 5 minutes off")
def _(floor: Floor) -> Story:
    pick = floor.take(A, 50, "10:02", off_us=5 * MINUTE_US)
    claimed = frozenset({("c1", A)})
    events = [floor.came(A, 91), floor.counted("c1", A, 90, "10:00"), pick]
    return Story(events, {A: 41}, pieces(1), is_decided=True, waits=claimed, doubted=claimed)


@case("31 a pick between two corners of one claim")
def _(floor: Floor) -> Story:
    lines = [floor.counted("c1", A, 3, "10:00"), floor.counted("c1", A, 2, "10:10")]
    claimed = frozenset({("c1", A)})
    events = [floor.came(A, 5), *lines, floor.take(A, 1, "10:05")]
    return Story(events, {A: 4}, pieces(10), is_decided=True, waits=claimed, doubted=claimed)


@case("32 taken by another at the same host within a count")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 10, "10:00:40", begun="10:00:00")
    taken, claimed = floor.take(A, 4, "10:00:20", By("w2", "d1")), frozenset({("c1", A)})
    return Story([floor.came(A, 10), taken, line], {A: 6}, pieces(9), is_decided=True, waits=claimed, doubted=claimed)


@case("33 the counter annuls the withdrawal of an acceptance")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 8, "10:00", S1)
    accept = floor.said("accept", [on_claim("c1", A, line)], "11:00", S2)
    withdraw = floor.said("withdraw", [on_claim("c1", A, line, seen=1)], "12:00", S2)
    events = [floor.came(A, 10), line, accept, withdraw, floor.undone(withdraw, "13:00", S1)]
    return Story(events, {A: 10}, is_decided=True, waits=frozenset({("c1", A)}), verdicts=["", ""])


@case("34 fifty words that have seen none")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 8, "10:00")
    says = [("accept", S1), *(("reject", (S2, S3)[n % 2]) for n in range(49))]
    words = [floor.said(word, [on_claim("c1", A, line)], "11:00", by) for word, by in says]
    verdicts = ["", *["already_decided"] * 49]
    return Story([floor.came(A, 10), line, *words], {A: 8}, is_decided=True, verdicts=verdicts)


@case("35 accepted, a line joins and is undone")
def _(floor: Floor) -> Story:
    first, second = floor.counted("c1", A, 8, "10:00"), floor.counted("c1", A, 1, "10:05")
    word = floor.said("accept", [on_claim("c1", A, first, pieces=-2)], "11:00")
    undo = floor.undone(second, "12:00")
    return Story([floor.came(A, 10), first, word, second, undo], {A: 8}, is_decided=True, verdicts=[""])


@case("35 a line joins and is undone, the acceptance of the first arrives between")
def _(floor: Floor) -> Story:
    first, second = floor.counted("c1", A, 8, "10:00"), floor.counted("c1", A, 1, "10:05")
    word = floor.said("accept", [on_claim("c1", A, first, pieces=-2)], "11:00")
    undo = floor.undone(second, "12:00")
    return Story([floor.came(A, 10), first, second, word, undo], {A: 8}, is_decided=True, verdicts=[""])


@case("36 counted before lunch and left, begun anew after")
def _(floor: Floor) -> Story:
    return Story([floor.came(A, 12), floor.counted("c1", A, 12, "11:00"), floor.counted("c2", A, 12, "13:00")], {A: 12})


@case("38 a recount agrees with what somebody has overruled meanwhile")
def _(floor: Floor) -> Story:
    first, second = floor.counted("c1", A, 7, "10:00"), floor.counted("c2", A, 0, "11:00", W2)
    word = floor.said("accept", [on_claim("c2", A, second, pieces=-7)], "11:30")
    third = floor.counted("c3", A, 7, "12:00", W3, recounts=claimed("c1", A))
    waits = frozenset({("c3", A)})
    return Story([floor.came(A, 7), first, second, word, third], {A: 0}, is_decided=True, waits=waits)


@case("39 accepted, then a recount is asked for")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 8, "10:00")
    accept = floor.said("accept", [on_claim("c1", A, line)], "11:00")
    recount = floor.said("recount", [on_claim("c1", A, line, seen=1)], "12:00", S2)
    return Story([floor.came(A, 10), line, accept, recount], {A: 8}, is_decided=True, verdicts=["", ""])


@case("40 a word without right before a supervisor's")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 8, "10:00")
    says = (("reject", W2), ("accept", S2))
    words = [floor.said(word, [on_claim("c1", A, line)], "11:00", by) for word, by in says]
    return Story([floor.came(A, 10), line, *words], {A: 8}, is_decided=True, verdicts=["no_right", ""])


@case("41 a word on one's own line arrives before the line")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 8, "10:00", S1)
    word = floor.said("accept", [on_claim("c1", A, line)], "11:00", S1)
    waits = frozenset({("c1", A)})
    return Story([floor.came(A, 10), word, line], {A: 10}, is_decided=True, waits=waits, verdicts=["unknown_subject"])


@case("42 an acceptance of one line, withdrawn in the version of two, comes back to one")
def _(floor: Floor) -> Story:
    first, second = floor.counted("c1", A, 8, "10:00"), floor.counted("c1", A, 1, "10:05")
    accept = floor.said("accept", [on_claim("c1", A, first)], "11:00")
    withdraw = floor.said("withdraw", [on_claim("c1", A, first, second, seen=1)], "12:00", S2)
    events = [floor.came(A, 10), first, accept, second, withdraw, floor.undone(second, "13:00")]
    return Story(events, {A: 10}, is_decided=True, waits=frozenset({("c1", A)}), verdicts=["", ""])


@case("43 an unknown code scanned, undone at once, the place closed")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 1, "10:00", code=CODE)
    events = [floor.came(A, 4), line, floor.undone(line, "10:00:05"), floor.closed("c1", "A", "10:05", 1)]
    return Story(events, {A: 0})


@case("44 a doubtful late pick before an accepted count and one that stands by rule")
def _(floor: Floor) -> Story:
    first, second = floor.counted("c1", A, 8, "10:00"), floor.counted("c2", A, 7, "10:02")
    word = floor.said("accept", [on_claim("c1", A, first, pieces=-2)], "11:00")
    late, claimed = floor.take(A, 2, "09:58", off_us=5 * MINUTE_US), frozenset({("c2", A)})
    events = [floor.came(A, 10), first, second, word, late]
    stands, doubted = frozenset({("c1", A)}), claimed | {("c1", A)}
    return Story(events, {A: 8}, pieces(1), is_decided=True, waits=claimed, doubted=doubted, stands=stands)


def saw(place: str, **identity: str) -> StockKey:
    return key(place, "SAW", serial="S1", **identity)
