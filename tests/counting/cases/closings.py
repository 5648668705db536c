"""More cases of counting, one a rule that no named case is about: closings, and words on them."""

from msgspec.structs import replace

from tests.counting.cases.story import BOLT, A, Story, Telling, only, registering
from tests.counting.floor import S2, THIEF, Floor, on_claim, on_closing

CLOSINGS: dict[str, Telling] = {}
"""By what happened."""
case = registering(CLOSINGS)


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


@case("a closing is withdrawn as a whole and undone, and a line of its key is there again")
def _(floor: Floor) -> Story:
    """What is withdrawn of the closing is withdrawn of the claim, whatever makes it by then."""
    line = floor.counted("c1", A, 7, "10:00")
    accepted = floor.said("accept", [on_claim("c1", A, line, pieces=-3)], "10:30")
    undo, closing = floor.undone(line, "10:02"), floor.closed("c1", "A", "10:05", 1)
    withdrawn = floor.said("withdraw", [on_closing(closing, 1)], "11:00", S2)
    again = [floor.undone(closing, "12:00"), floor.undone(undo, "12:05")]
    events = [floor.came(A, 10), line, accepted, undo, closing, withdrawn, *again]
    return Story(events, {A: 10}, is_decided=True, waits=only("c1"), verdicts=["", ""])


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


@case("a closing of one item says nothing of the others there, and nothing of it elsewhere")
def _(floor: Floor) -> Story:
    line = floor.counted("c1", A, 4, "10:00")
    closing = floor.closed("c1", "A", "10:05", 1, item="NUT")
    words = [
        floor.said("accept", [on_claim("c1", A, line, pieces=-1)], "11:00"),
        floor.said("accept", [on_closing(closing)], "11:01"),
    ]
    beside, elsewhere = replace(A, lot="L2"), replace(A, place="B")
    late = floor.came(beside, 2)
    events = [floor.came(A, 5), floor.came(BOLT, 3), floor.came(elsewhere, 6), line, closing, *words, late]
    return Story(events, {A: 4, beside: 0, BOLT: 3, elsewhere: 6}, is_decided=True, verdicts=["", ""])
