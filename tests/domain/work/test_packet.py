"""The packet of a worker: nobody is sent where another may be, what is asked for is free, and it is bounded."""

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner_app.domain.task import COUNT, Task
from scanner_app.domain.work.lease import AHEAD, AHEAD_MIN, WAIT_US
from scanner_app.domain.work.packet import OwnLease, packet

WHO, NOW_US = "1001", 10 * WAIT_US
_NAMES = st.lists(st.sampled_from([f"t{number}" for number in range(2 * AHEAD)]), unique=True)
_INSTANTS = st.sampled_from([0, NOW_US - WAIT_US - 1, NOW_US - WAIT_US, NOW_US - WAIT_US + 1, NOW_US - 1, NOW_US])
_LEASES = st.builds(
    OwnLease, _INSTANTS, st.sampled_from([0, NOW_US - 1, NOW_US, NOW_US + 1, 2 * NOW_US]), st.booleans()
)


@st.composite
def lines(draw: st.DrawFn) -> tuple[list[Task], dict[str, OwnLease], list[str]]:
    """Tasks in line for somebody, the leases asked for at this device, and what comes again."""
    names = draw(_NAMES)
    line = [
        Task(name, COUNT, name, holder=draw(st.sampled_from(["", WHO])), priority=draw(st.integers(0, 2)))
        for name in names
    ]
    own = {name: draw(_LEASES) for name in names if draw(st.booleans())}
    return line, own, [name for name in names if draw(st.integers(0, 5)) == 0]


@settings(max_examples=100, deadline=None)
@given(lines())
def test_who_is_sent_where_and_what_is_asked_for(drawn: tuple[list[Task], dict[str, OwnLease], list[str]]) -> None:
    line, own, again = drawn
    found = packet(line, WHO, own, NOW_US, again)
    runs = {name for name, lease in own.items() if lease.until_us >= NOW_US}
    both = [task.task for task in (*found.given, *found.others)]
    assert sorted(both) == sorted(task.task for task in line), "each is in it, and once"
    for task in found.given:
        assert task.holder == WHO
        assert task.task in runs
        assert own[task.task].is_answered, "the centre has said so"
    asked = {task.task for task in found.others} & runs
    assert found.is_waiting is any(0 <= NOW_US - own[name].asked_us < WAIT_US for name in asked)
    assert not found.is_waiting or found.offered == found.given, "while it is asked nobody is sent on a guess"
    assert not set(found.wanted) & runs, "nothing is asked for twice while it runs"
    assert set(found.wanted) <= {task.task for task in found.others}
    assert len(found.wanted) == len(set(found.wanted)) <= 2 * AHEAD
    first = found.given[0].priority if found.given else None
    urgent = {task.task for task in line if task.task in again or (first is not None and task.priority > first)}
    if len(found.given) + len(asked) >= AHEAD_MIN:
        assert set(found.wanted) <= urgent, "a packet that holds enough asks for nothing but what comes before"
    assert packet(line, WHO, dict(reversed(own.items())), NOW_US, again) == found


@settings(max_examples=25, deadline=None)
@given(st.integers(0, AHEAD), st.integers(0, 2 * AHEAD))
def test_a_packet_is_filled_up_once_it_runs_out(have: int, free: int) -> None:
    mine = [Task(f"mine{number}", COUNT, "A", holder=WHO) for number in range(have)]
    others = [Task(f"free{number}", COUNT, "B") for number in range(free)]
    own = {task.task: OwnLease(0, NOW_US) for task in mine}
    wanted = packet([*mine, *others], WHO, own, NOW_US).wanted
    assert len(wanted) == (min(free, AHEAD - have) if have < AHEAD_MIN else 0)


def test_a_lease_that_has_run_out_sends_nobody() -> None:
    task = Task("A", COUNT, "A", holder=WHO)
    at_its_end, behind = (packet([task], WHO, {"A": OwnLease(0, NOW_US)}, NOW_US + more) for more in (0, 1))
    assert (at_its_end.given, behind.given) == ((task,), ())
    assert behind.wanted == ("A",), "it is asked for anew"
