"""The next tasks by the cache are those of the rule, whoever asks and wherever they stand."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scanner_app.domain.task import COUNT, Task, name_of
from scanner_app.domain.work.lease import LEASE_US
from scanner_app.domain.work.order import Near, in_line
from scanner_app.store.store import Store
from tests.warehouse import filled

TASKS = st.lists(
    st.builds(
        Task,
        st.integers(0, 90).map(lambda number: name_of(f"P{number}")),
        st.just(COUNT),
        st.sampled_from(("A", "B", "C")),
        walk=st.integers(0, 6),
        priority=st.integers(0, 2),
        due=st.sampled_from((0, 0, 1, 2)),
        zone=st.sampled_from(("COLD", "BULK")),
        not_by=st.sampled_from(("", "", "1001")),
        holder=st.sampled_from(("", "", "", "1001", "1002")),
        until=st.sampled_from((0, LEASE_US)),
    ),
    unique_by=lambda task: task.task,
    max_size=90,
)
NEAR = st.builds(
    Near, st.just("1001"), st.integers(0, 7), st.sampled_from((0, 2 * LEASE_US)), st.sampled_from(("", "COLD")),
    st.sets(st.sampled_from(("A", "B"))), st.sampled_from((0, 3 * LEASE_US)),
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return filled(tmp_path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tasks=TASKS, near=NEAR, most=st.sampled_from((1, 5, 30)))
def test_what_is_next_is_as_the_rule_has_it(store: Store, tasks: list[Task], near: Near, most: int) -> None:
    with store.transaction:
        store.file.database.execute("DELETE FROM task")
        store.feed.put([(number, task) for number, task in enumerate(tasks, 1)])
    assert store.work.in_line(near, most) == in_line(tasks, near, most)


def test_a_task_that_the_centre_takes_out_is_not_offered_any_more(store: Store) -> None:
    task = Task(name_of("A"), COUNT, "A")
    for row, offered in ((task, [task]), (replace(task, active=False), [])):
        with store.transaction:
            store.feed.put([(1, row)])
        assert store.work.in_line(Near("1001")) == offered


def test_the_next_task_is_found_by_index_alone(store: Store) -> None:
    """However many there are: no statement sorts, and none reads what is not asked for but the row it has found."""
    seen: list[str] = []
    store.file.database.set_trace_callback(seen.append)
    store.work.in_line(Near("1001", 3), 1)
    store.file.database.set_trace_callback(None)
    for statement in seen:
        plan = [row[3] for row in store.file.database.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()]
        assert not [line for line in plan if "SCAN task" in line or "TEMP B-TREE" in line], plan
