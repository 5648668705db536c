"""The order of tasks: in the aisle, the urgent ones first; and nobody is sent where somebody is."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scanner_app.domain.task import COUNT, Task, name_of
from scanner_app.domain.work.lease import LEASE_US, TASKS_MAX, Heard, Lease, may_take
from scanner_app.domain.work.order import Near, in_line, is_open_to, next_task

TASKS = st.lists(
    st.builds(
        lambda number, walk, priority, holder, not_by: Task(
            name_of(f"P{number}"), COUNT, f"P{number}", walk=walk, priority=priority, holder=holder, until=LEASE_US,
            not_by=not_by, zone="COLD" if walk % 2 else "BULK",
        ),
        st.integers(0, 60), st.integers(0, 9), st.integers(0, 2), st.sampled_from(("", "", "1001", "1002")),
        st.sampled_from(("", "", "1001")),
    ),
    unique_by=lambda task: task.task,
    max_size=60,
)  # fmt: skip
NEAR = st.builds(
    Near, st.just("1001"), st.integers(0, 9), st.sampled_from((0, LEASE_US)), st.sampled_from(("", "COLD")),
    st.sets(st.sampled_from(("P1", "P2", "P3"))), st.sampled_from((0, 2 * LEASE_US)),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(TASKS, NEAR)
def test_what_is_offered_is_free_and_ones_own_to_do(tasks: list[Task], near: Near) -> None:
    offered = in_line(tasks, near)
    assert len(offered) == min(TASKS_MAX, sum(is_open_to(task, near) for task in tasks))
    for task in offered:
        assert not task.holder or (task.holder == "1001" and near.now_us < max(task.until, near.extended_us))
        assert task.not_by != "1001"
        assert task.place not in near.taken
        assert near.zone in ("", task.zone)
    assert next_task(tasks, near) == (offered[0] if offered else None)


@settings(max_examples=40, deadline=None)
@given(TASKS, NEAR)
def test_the_aisle_is_walked_once_for_each_priority(tasks: list[Task], near: Near) -> None:
    """One's own before what is free, and within that ahead before behind."""
    rows = [(bool(task.holder), task) for task in in_line(tasks, near, 60)]
    assert [is_own for is_own, _ in rows] == sorted((is_own for is_own, _ in rows), reverse=True)
    for is_own in (True, False):
        priorities = [task.priority for own, task in rows if own is is_own]
        assert priorities == sorted(priorities, reverse=True)
        for priority in set(priorities):
            walks = [
                (task.walk < near.walk, task.walk) for own, task in rows if (own, task.priority) == (is_own, priority)
            ]
            assert walks == sorted(walks)


def test_a_task_that_is_done_is_not_offered() -> None:
    task = Task(name_of("A"), COUNT, "A")
    assert next_task([task], Near("1001")) == task
    assert next_task([replace(task, active=False)], Near("1001")) is None


COUNTERS = 50
WALKS = 500


@settings(max_examples=3, deadline=None)
@given(st.integers(1, 30), st.lists(st.tuples(st.integers(0, COUNTERS - 1), st.booleans()), min_size=60, max_size=120))
def test_fifty_counters_in_a_large_site_are_never_sent_where_somebody_is(
    packet: int, turns: list[tuple[int, bool]]
) -> None:
    """They are online: each sees what the others have before they ask; some of what they have they do."""
    rows = {f"P{number}": Task(name_of(f"P{number}"), COUNT, f"P{number}", walk=number // 4) for number in range(2_000)}
    where: dict[str, str] = {}
    for turn, (number, is_done) in enumerate(turns):
        who = f"10{number:02}"
        taken = {place for other, place in where.items() if other != who}
        near = Near(who, (number * WALKS // COUNTERS + turn) % WALKS, turn, taken=taken)
        offered = in_line(rows.values(), near, packet)
        assert not {task.place for task in offered} & taken
        for task in offered:
            held = [(Lease(task.holder, "d", task.until), Heard(0))] if task.holder else []
            assert may_take(held, who)
            rows[task.place] = replace(task, holder=who, until=turn + LEASE_US)
        if offered:
            where[who] = offered[0].place
            if is_done:
                del rows[offered[0].place]
                where.pop(who)
    assert len(set(where.values())) == len(where)
