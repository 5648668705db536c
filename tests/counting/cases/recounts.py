"""More cases of counting, one a rule that no named case is about: recounts, and what was accepted."""

from tests.counting.cases.story import ON_HOLD, A, Story, Telling, only, pieces, registering, saw
from tests.counting.floor import MINUTE_US, S1, S2, W2, W3, W4, Floor, claimed, on_claim

RECOUNTS: dict[str, Telling] = {}
"""By what happened."""
case = registering(RECOUNTS)


@case("a recount by another agrees")
def _(floor: Floor) -> Story:
    lines = floor.counted("c1", A, 7, "10:00"), floor.counted("c2", A, 7, "11:00", W3, recounts=claimed("c1", A))
    return Story([floor.came(A, 10), *lines], {A: 7}, is_decided=True, stands=only("c2"), rows=0)


@case("a recount by another agrees, but for what left between")
def _(floor: Floor) -> Story:
    lines = floor.counted("c1", A, 7, "10:00"), floor.counted("c2", A, 5, "11:00", W3, recounts=claimed("c1", A))
    late = floor.take(A, 2, "10:30")
    return Story([floor.came(A, 10), *lines, late], {A: 5}, is_decided=True, stands=only("c2"), rows=0)


@case("a recount finds something else")
def _(floor: Floor) -> Story:
    lines = floor.counted("c1", A, 7, "10:00"), floor.counted("c2", A, 6, "11:00", W3, recounts=claimed("c1", A))
    return Story([floor.came(A, 10), *lines], {A: 10}, is_decided=True, waits=only("c2"), rows=1)


@case("a recount by somebody who was shown the first")
def _(floor: Floor) -> Story:
    first, again = floor.counted("c1", A, 7, "10:00"), claimed("c1", A)
    second = floor.counted("c2", A, 7, "11:00", W3, recounts=again, was_shown=True)
    return Story([floor.came(A, 10), first, second], {A: 10}, is_decided=True, waits=only("c2"))


@case("a recount by the same person with another badge")
def _(floor: Floor) -> Story:
    first, again = floor.counted("c1", A, 7, "10:00", S1), claimed("c1", A, S1.device)
    lines = first, floor.counted("c2", A, 7, "11:00", W4, recounts=again)
    return Story([floor.came(A, 10), *lines], {A: 10}, is_decided=True, waits=only("c2"))


@case("a recount of another key")
def _(floor: Floor) -> Story:
    first, again = floor.counted("c1", ON_HOLD, 7, "10:00"), claimed("c1", ON_HOLD)
    second, waits = floor.counted("c2", A, 7, "11:00", W3, recounts=again), only("c2") | only("c1", ON_HOLD)
    return Story([floor.came(A, 10), floor.came(ON_HOLD, 10), first, second], {A: 10}, is_decided=True, waits=waits)


@case("a recount agrees with what was rejected")
def _(floor: Floor) -> Story:
    first = floor.counted("c1", A, 7, "10:00")
    word = floor.said("reject", [on_claim("c1", A, first, pieces=-3)], "10:30")
    second = floor.counted("c2", A, 7, "11:00", W3, recounts=claimed("c1", A))
    return Story([floor.came(A, 10), first, word, second], {A: 10}, is_decided=True, waits=only("c2"))


@case("a recount agrees, of no more value than a recount may let stand")
def _(floor: Floor) -> Story:
    lines = floor.counted("c1", A, 7, "10:00"), floor.counted("c2", A, 7, "11:00", W3, recounts=claimed("c1", A))
    return Story([floor.came(A, 10), *lines], {A: 7}, is_decided=True, rows=0, recount_value=6, cost=2)


@case("a recount agrees, of more value than a recount may let stand")
def _(floor: Floor) -> Story:
    lines = floor.counted("c1", A, 7, "10:00"), floor.counted("c2", A, 7, "11:00", W3, recounts=claimed("c1", A))
    events = [floor.came(A, 10), *lines]
    return Story(events, {A: 10}, is_decided=True, waits=only("c2"), recount_value=5, cost=2)


@case("a recount agrees, of goods whose value nobody knows")
def _(floor: Floor) -> Story:
    lines = floor.counted("c1", A, 7, "10:00"), floor.counted("c2", A, 7, "11:00", W3, recounts=claimed("c1", A))
    return Story([floor.came(A, 10), *lines], {A: 10}, is_decided=True, waits=only("c2"), recount_value=5)


@case("a recount in doubt agrees")
def _(floor: Floor) -> Story:
    lines = floor.counted("c1", A, 7, "10:00"), floor.counted("c2", A, 7, "11:00", W3, recounts=claimed("c1", A))
    pick = floor.take(A, 1, "11:02", off_us=5 * MINUTE_US)
    events = [floor.came(A, 10), *lines, pick]
    return Story(events, {A: 6}, is_decided=True, stands=only("c2"), doubted=only("c2"), rows=0)


@case("a serial is accepted elsewhere between a claim and its recount")
def _(floor: Floor) -> Story:
    first, there = floor.counted("c1", saw("A"), 1, "10:00"), floor.counted("c2", saw("B"), 1, "11:00", W2)
    word = floor.said("accept", [on_claim("c2", saw("B"), there, pieces=1)], "11:30")
    third = floor.counted("c3", saw("A"), 1, "12:00", W3, recounts=claimed("c1", saw("A")))
    book = {saw("A"): 0, saw("B"): 1}
    return Story(
        [floor.came(saw("A"), 1), first, there, word, third], book, is_decided=True, waits=only("c3", saw("A"))
    )


@case("accepted, and further from what was shown than the limit by now")
def _(floor: Floor) -> Story:
    line, late = floor.counted("c1", A, 7, "10:00"), floor.take(A, 2, "09:00")
    word = floor.said("accept", [on_claim("c1", A, line, pieces=-3)], "11:00")
    events = [floor.came(A, 10), line, word, late]
    return Story(events, {A: 7}, pieces(1), is_decided=True, reviewed=only("c1"), rows=1)


@case("accepted, and no further from what was shown than the limit by now")
def _(floor: Floor) -> Story:
    line, late = floor.counted("c1", A, 7, "10:00"), floor.take(A, 1, "09:00")
    word = floor.said("accept", [on_claim("c1", A, line, pieces=-3)], "11:00")
    return Story([floor.came(A, 10), line, word, late], {A: 7}, pieces(1), is_decided=True, rows=0)


@case("accepted once more by somebody who was shown the new amount")
def _(floor: Floor) -> Story:
    line, late = floor.counted("c1", A, 7, "10:00"), floor.take(A, 2, "09:00")
    words = [
        floor.said("accept", [on_claim("c1", A, line, seen=seen, pieces=shown)], "11:00", by)
        for seen, shown, by in ((0, -3, S1), (1, -1, S2))
    ]
    return Story([floor.came(A, 10), line, words[0], late, words[1]], {A: 7}, pieces(1), is_decided=True, rows=0)
