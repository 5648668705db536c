"""The first named cases of counting: counts, closings, serials, and what is late."""

from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.events.saying import Subject
from tests.counting.cases.story import BOLT, CODE, A, B, Story, Telling, pieces, registering, saw
from tests.counting.floor import S1, S2, W1, W2, Floor, hand, key, on_claim, on_closing

FIRST: dict[str, Telling] = {}
"""By what happened."""
case = registering(FIRST)


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
