"""Cases of counting: recounts of what a closing says of a key, which nobody keeps as long as it makes no difference."""

from scanner_app.domain.events.event import Event
from tests.counting.cases.story import ON_HOLD, A, Story, Telling, only, registering
from tests.counting.floor import MINUTE_US, W2, W3, W4, Floor, claimed

OF_CLOSINGS: dict[str, Telling] = {}
"""By what happened."""
case = registering(OF_CLOSINGS)


def _gone(floor: Floor) -> list[Event]:
    """There was some of it, and there is none any more: an empty place closed makes no difference."""
    return [floor.came(A, 3), floor.came(A, -3, "07:00")]


def _again(floor: Floor) -> Event:
    return floor.counted("c2", A, 0, "11:00", W3, recounts=claimed("c1", A))


def _doubtful(floor: Floor) -> Event:
    """A pick just after the recount, by a clock of which nobody knows whether it was before."""
    return floor.take(A, 1, "11:02", W2, off_us=5 * MINUTE_US)


@case("a recount of a closing that made no difference agrees in doubt, the pick comes last")
def _(floor: Floor) -> Story:
    events = [*_gone(floor), floor.closed("c1", "A", "10:00"), _again(floor), _doubtful(floor)]
    return Story(events, {A: -1}, is_decided=True, stands=only("c2"), doubted=only("c2"), rows=0)


@case("a recount of a closing that made no difference agrees in doubt, the recount comes last")
def _(floor: Floor) -> Story:
    events = [*_gone(floor), floor.closed("c1", "A", "10:00"), _doubtful(floor), _again(floor)]
    return Story(events, {A: -1}, is_decided=True, stands=only("c2"), doubted=only("c2"), rows=0)


@case("a recount of a closing that made no difference agrees in doubt, the closing comes last")
def _(floor: Floor) -> Story:
    closing = floor.closed("c1", "A", "10:00")
    events = [*_gone(floor), _again(floor), _doubtful(floor), closing]
    return Story(events, {A: -1}, is_decided=True, stands=only("c2"), doubted=only("c2"), rows=0)


@case("a recount agrees with a recount that agrees with a closing, and a pick comes that nobody is sure of")
def _(floor: Floor) -> Story:
    third = floor.counted("c3", A, 0, "11:01:30", W4, recounts=claimed("c2", A, W3.device))
    events = [*_gone(floor), floor.closed("c1", "A", "10:00"), _again(floor), third, _doubtful(floor)]
    return Story(events, {A: -1}, is_decided=True, stands=only("c2") | only("c3"), doubted=only("c2") | only("c3"))


@case("a recount in doubt agreed with a closing that made no difference, which is undone")
def _(floor: Floor) -> Story:
    closing = floor.closed("c1", "A", "10:00")
    events = [*_gone(floor), closing, _again(floor), _doubtful(floor), floor.undone(closing, "12:00")]
    return Story(events, {A: -1}, is_decided=True, waits=only("c2"), doubted=only("c2"), rows=1)


@case("a recount in doubt agreed with a closing that made no difference, which is undone and restored")
def _(floor: Floor) -> Story:
    closing = floor.closed("c1", "A", "10:00")
    undo = floor.undone(closing, "12:00")
    events = [*_gone(floor), closing, _again(floor), _doubtful(floor), undo, floor.undone(undo, "12:05")]
    return Story(events, {A: -1}, is_decided=True, stands=only("c2"), doubted=only("c2"), rows=0)


@case("a recount in doubt agreed with a closing that made no difference, and the count is closed again behind it")
def _(floor: Floor) -> Story:
    closing, later = floor.closed("c1", "A", "10:00"), floor.closed("c1", "A", "12:00")
    events = [*_gone(floor), closing, _again(floor), _doubtful(floor), later]
    return Story(events, {A: -1}, is_decided=True, waits=only("c1"), doubted=only("c2"), rows=1)


@case("a recount in doubt agreed with a closing that made no difference, and its count has a line of it behind it")
def _(floor: Floor) -> Story:
    closing, line = floor.closed("c1", "A", "10:00"), floor.counted("c1", A, 0, "12:00")
    events = [*_gone(floor), closing, _again(floor), _doubtful(floor), line]
    return Story(events, {A: -1}, is_decided=True, waits=only("c1"), doubted=only("c2"), rows=1)


@case("a recount in doubt agreed with a closing that made no difference, and its count had a line that is taken back")
def _(floor: Floor) -> Story:
    closing, line = floor.closed("c1", "A", "10:00"), floor.counted("c1", A, 0, "12:00")
    undo = floor.undone(line, "12:01")
    events = [*_gone(floor), closing, _again(floor), _doubtful(floor), undo, line]
    return Story(events, {A: -1}, is_decided=True, waits=only("c2"), doubted=only("c2"), rows=1)


@case("a recount lies behind a closing that made no difference, what it recounts before the first of a later recount")
def _(floor: Floor) -> Story:
    firsts = floor.counted("c1", A, 7, "09:00"), floor.counted("c2", A, 7, "09:30", W2)
    between = floor.counted("c9", A, 7, "09:44"), floor.closed("c9", "A", "09:45", 1)
    again = floor.counted("c3", A, 7, "10:00", W3, recounts=claimed("c1", A))
    later = floor.counted("c4", A, 7, "11:00", W4, recounts=claimed("c2", A, W2.device))
    events = [floor.came(A, 10), floor.came(ON_HOLD, 3), floor.came(ON_HOLD, -3, "07:00"), *firsts, *between]
    stands = only("c3") | only("c4")
    return Story(
        [*events, again, later, _doubtful(floor)], {A: 6}, is_decided=True, stands=stands, waits=only("c9"),
        doubted=only("c4"),
    )  # fmt: skip
