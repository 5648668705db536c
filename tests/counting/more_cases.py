"""More cases of counting, one a rule that no named case is about: told as those are."""

from collections.abc import Callable

from scanner_app.domain.catalog import Tolerance
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from tests.counting.cases import BOLT, CODE, ON_HOLD, A, Claimed, Story, Telling, percent, pieces, saw
from tests.counting.floor import MINUTE_US, S1, S2, S3, THIEF, W1, W2, W3, W4, Floor, claimed, on_claim, on_closing

MORE: dict[str, Telling] = {}
"""By what happened."""


def case(name: str) -> Callable[[Telling], Telling]:
    def register(telling: Telling) -> Telling:
        MORE[name] = telling
        return telling

    return register


def only(count: str, what: StockKey = A) -> frozenset[Claimed]:
    return frozenset({(count, what)})


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


@case("a closing as a whole and one of its keys: the higher number rules")
def _(floor: Floor) -> Story:
    closing = floor.closed("c1", "A", "10:00")
    words = [
        floor.said("accept", [on_closing(closing)], "11:00"),
        floor.said("reject", [on_claim("c1", A, version=closing.id, seen=1)], "11:05", S2),
    ]
    events = [floor.came(A, 4), floor.came(BOLT, 3), closing, *words]
    return Story(events, {A: 4, BOLT: 0}, is_decided=True, verdicts=["", ""], rows=0)


@case("a closing as a whole, by somebody who has not seen the word on one of its keys")
def _(floor: Floor) -> Story:
    closing = floor.closed("c1", "A", "10:00")
    words = [
        floor.said("reject", [on_claim("c1", A, version=closing.id)], "11:00"),
        floor.said("accept", [on_closing(closing)], "11:05", S2),
    ]
    events = [floor.came(A, 4), floor.came(BOLT, 3), closing, *words]
    return Story(events, {A: 4, BOLT: 3}, is_decided=True, waits=only("c1", BOLT), verdicts=["", "already_decided"])


@case("a word on one of its keys, by somebody who has not seen that on the closing as a whole")
def _(floor: Floor) -> Story:
    closing = floor.closed("c1", "A", "10:00")
    words = [
        floor.said("accept", [on_closing(closing)], "11:00"),
        floor.said("reject", [on_claim("c1", A, version=closing.id)], "11:05", S2),
    ]
    events = [floor.came(A, 4), closing, *words]
    return Story(events, {A: 0}, is_decided=True, verdicts=["", "already_decided"])


@case("a closing as a whole, by whoever has not seen the word on a line that was taken back")
def _(floor: Floor) -> Story:
    """Nothing is there, and was: that anybody spoke of the key is all that is known of it."""
    line = floor.counted("c1", A, 4, "10:00")
    accepted = floor.said("accept", [on_claim("c1", A, line, pieces=4)], "10:30")
    undo, closing = floor.undone(line, "10:02"), floor.closed("c1", "A", "10:05", 1)
    words = [floor.said("accept", [on_closing(closing, seen)], "11:00", S2) for seen in (0, 1)]
    events = [floor.came(BOLT, 3), line, accepted, undo, closing, *words]
    return Story(events, {A: 0, BOLT: 0}, is_decided=True, verdicts=["", "already_decided", ""], rows=0)


@case("a closing under the name of another's count")
def _(floor: Floor) -> Story:
    line, closing = floor.counted("c1", A, 7, "10:00"), floor.closed("c1", "A", "10:05", 1)
    words = [
        floor.said("accept", [on_claim("c1", A, line, pieces=-3)], "11:00"),
        floor.said("accept", [on_closing(closing)], "11:01"),
    ]
    stolen = [floor.closed("c1", "A", clock, 0, THIEF) for clock in ("10:30", "10:31", "10:32")]
    events = [floor.came(A, 10), floor.came(BOLT, 4), line, closing, *words, *stolen]
    return Story(events, {A: 7, BOLT: 0}, is_decided=True, waits=only("d6/c1"))


@case("a word before what it is about")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 8, "10:00")
    word = floor.said("accept", [on_claim("c1", A, line, pieces=-2)], "11:00")
    verdicts = ["unknown_subject"]
    return Story([floor.came(A, 10), word, line], {A: 10}, is_decided=True, waits=only("c1"), verdicts=verdicts)


@case("a closing accepted as a whole, undone and restored")
def _(floor: Floor) -> Story:
    closing = floor.closed("c1", "A", "10:00")
    word, undo = floor.said("accept", [on_closing(closing)], "11:00"), floor.undone(closing, "12:00")
    return Story([floor.came(A, 4), closing, word, undo, floor.undone(undo, "12:10")], {A: 0}, is_decided=True)


@case("a closing accepted as a whole, undone, the place closed anew")
def _(floor: Floor) -> Story:
    first = floor.closed("c1", "A", "10:00")
    word, undo = floor.said("accept", [on_closing(first)], "11:00"), floor.undone(first, "12:00")
    events = [floor.came(A, 4), first, word, undo, floor.closed("c1", "A", "12:10")]
    return Story(events, {A: 4}, is_decided=True, waits=only("c1"))


@case("two closings of one count: the last speaks")
def _(floor: Floor) -> Story:
    first, second = floor.closed("c1", "A", "10:00"), floor.closed("c1", "A", "10:05")
    word = floor.said("accept", [on_claim("c1", A, version=first.id, pieces=-4)], "11:00")
    return Story([floor.came(A, 4), first, word, second], {A: 4}, is_decided=True, waits=only("c1"))


@case("a closing that waits for what its count sighted")
def _(floor: Floor) -> Story:
    return Story([floor.came(A, 4), floor.closed("c1", "A", "10:00", sightings=1)], {A: 4})


@case("a closing whose count sighted a plate")
def _(floor: Floor) -> Story:
    sighted = floor.sighted("c1", "P1", "A", "09:59")
    return Story([floor.came(A, 4), floor.closed("c1", "A", "10:00", sightings=1), sighted], {A: 0})


@case("an undo of another device does not tell a closing that a line is undone")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 4, "10:00")
    undo = floor.undone(line, "10:01", S2)
    return Story([floor.came(A, 4), line, undo, floor.closed("c1", "A", "10:05", 1)], {A: 4})


@case("a rejected count hides nothing")
def _(floor: Floor) -> Story:
    lines = floor.counted("c1", A, 8, "10:00"), floor.counted("c2", A, 7, "11:00")
    word = floor.said("reject", [on_claim("c2", A, lines[1], pieces=-3)], "12:00")
    return Story([floor.came(A, 10), *lines, word], {A: 10}, is_decided=True, waits=only("c1"), rows=1)


@case("a count that stands by rule hides nothing")
def _(floor: Floor) -> Story:
    lines = floor.counted("c1", A, 7, "10:00"), floor.counted("c2", A, 9, "11:00")
    return Story([floor.came(A, 10), *lines], {A: 9}, pieces(1), is_decided=True, waits=only("c1"), rows=1)


@case("a word on a count that was replaced counts")
def _(floor: Floor) -> Story:
    lines = floor.counted("c1", A, 8, "10:00"), floor.counted("c2", A, 7, "11:00")
    word = floor.said("accept", [on_claim("c1", A, lines[0], pieces=-2)], "12:00")
    return Story([floor.came(A, 10), *lines, word], {A: 8}, is_decided=True, waits=only("c2"), verdicts=[""])


@case("a pick half an hour later, by a clock that may be an hour off")
def _(floor: Floor) -> Story:
    pick = floor.take(A, 5, "10:30", off_us=60 * MINUTE_US)
    return Story([floor.came(A, 10), floor.counted("c1", A, 10, "10:00"), pick], {A: 5}, is_decided=True, rows=0)


@case("counted exactly, while somebody else may have picked")
def _(floor: Floor) -> Story:
    pick = floor.take(A, 5, "10:01", off_us=2 * MINUTE_US)
    events = [floor.came(A, 10), floor.counted("c1", A, 10, "10:00"), pick]
    return Story(events, {A: 5}, is_decided=True, waits=only("c1"), doubted=only("c1"))


@case("nobody said whose it is, and nobody else has any")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 9, "10:00", is_said=False)
    return Story([floor.came(A, 10), line], {A: 9}, pieces(1), is_decided=True, rows=0)


@case("nobody said whose it is, and what is on hold came later")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 9, "10:00", is_said=False)
    return Story([floor.came(A, 10), line, floor.came(ON_HOLD, 5, "11:00")], {A: 9}, pieces(1), is_decided=True, rows=0)


@case("nobody said whose it is, and it is accepted")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 10, "10:00", is_said=False)
    return Story([floor.came(ON_HOLD, 10), line, floor.closed("c1", "A", "10:05", 1)], {ON_HOLD: 0, A: 10}, pieces(100))


@case("nobody said whose it is, the count was left, and it is accepted")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 10, "10:00", is_said=False)
    return Story([floor.came(ON_HOLD, 10), line], {ON_HOLD: 10, A: 10}, pieces(100))


@case("nothing counted is never within a percentage")
def _(floor: Floor) -> Story:
    events = [floor.came(A, 1), floor.counted("c1", A, 0, "10:00")]
    return Story(events, {A: 1}, percent(100), is_decided=True, waits=only("c1"))


@case("a limit of value without a cost")
def _(floor: Floor) -> Story:
    limit = Tolerance("all", quantity=5 * SCALE, value=1_000 * SCALE)
    return Story([floor.came(A, 10), floor.counted("c1", A, 9, "10:00")], {A: 10}, limit, True, waits=only("c1"))


@case("every limit that is set must hold")
def _(floor: Floor) -> Story:
    limit = Tolerance("all", quantity=5 * SCALE, value=1 * SCALE)
    events = [floor.came(A, 10), floor.counted("c1", A, 8, "10:00")]
    return Story(events, {A: 10}, limit, is_decided=True, waits=only("c1"), cost=1)


@case("two badges of one person: one's own count")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 8, "10:00", W4)
    word, waits = floor.said("accept", [on_claim("c1", A, line)], "11:00", S1), only("c1")
    return Story([floor.came(A, 10), line, word], {A: 10}, is_decided=True, waits=waits, verdicts=["own"])


@case("whoever identified a line does not decide it")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", BOLT, 5, "10:00", code=CODE)
    named = floor.identified(line, CODE, "BOLT", "11:00", S1)
    words = [floor.said("accept", [on_claim("c1", BOLT, line)], "12:00", by) for by in (S1, S2)]
    return Story([line, named, *words], {BOLT: 5}, is_decided=True, verdicts=["", "own", ""])


@case("one's own earlier words count as seen")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 8, "10:00")
    words = [floor.said(word, [on_claim("c1", A, line)], "11:00", S3) for word in ("accept", "reject")]
    return Story([floor.came(A, 10), line, *words], {A: 10}, is_decided=True, verdicts=["", ""], rows=0)


@case("a serial scanned twice in one count is there once")
def _(floor: Floor) -> Story:
    lines = [floor.counted("c1", saw("A"), 1, clock, W1) for clock in ("10:00", "10:01")]
    return Story([floor.came(saw("B"), 1), *lines], {saw("A"): 1, saw("B"): 0})


@case("a serial counted as none says nothing of other places")
def _(floor: Floor) -> Story:
    return Story([floor.came(saw("B"), 1), floor.counted("c1", saw("A"), 0, "10:00")], {saw("A"): 0, saw("B"): 1})


@case("a serial moves elsewhere while it is counted")
def _(floor: Floor) -> Story:
    moved = floor.take(saw("B"), 1, "10:01", off_us=2 * MINUTE_US)
    events = [floor.came(saw("B"), 1), floor.counted("c1", saw("A"), 1, "10:00"), moved]
    claimed = only("c1", saw("A"))
    return Story(events, {saw("A"): 0, saw("B"): 0}, pieces(1), is_decided=True, waits=claimed, doubted=claimed)


@case("a line that joins gives a claim another version")
def _(floor: Floor) -> Story:
    first, second = floor.counted("c1", A, 5, "10:00"), floor.counted("c1", A, 3, "10:05")
    word = floor.said("accept", [on_claim("c1", A, first, pieces=-5)], "11:00")
    return Story(
        [floor.came(A, 10), first, word, second], {A: 10}, is_decided=True, waits=only("c1"), variances={("c1", A): -2}
    )
