"""The other named cases of counting: plates, doubt, words, and what is undone."""

from tests.counting.cases.story import (
    BOLT,
    CODE,
    GLUE1,
    GLUE2,
    ON_HOLD,
    A,
    Story,
    Telling,
    percent,
    pieces,
    registering,
    saw,
)
from tests.counting.floor import MINUTE_US, S1, S2, S3, W2, W3, By, Floor, claimed, on_claim, on_closing

LATER: dict[str, Telling] = {}
"""By what happened."""
case = registering(LATER)


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
