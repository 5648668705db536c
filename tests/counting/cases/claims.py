"""More cases of counting, one a rule that no named case is about: the list, limits, owners, persons, serials."""

from scanner_app.domain.catalog import Tolerance
from scanner_app.domain.quantity import SCALE
from tests.counting.cases.story import BOLT, CODE, ON_HOLD, A, Story, Telling, only, percent, pieces, registering, saw
from tests.counting.floor import MINUTE_US, S1, S2, S3, W1, W4, Floor, on_claim

CLAIMS: dict[str, Telling] = {}
"""By what happened."""
case = registering(CLAIMS)


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
