"""Leases while devices are offline: whatever arrives when, no task is done twice; and without them many would be."""

from collections.abc import Mapping
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.work.leased import Leased
from scanner_app.domain.task import name_of
from scanner_app.domain.work.lease import Heard, Lease, extended, may_take, renewed
from sync.central.database.store import CentralStore
from sync.central.events.sender import Sender
from tests.central.tasks.floor import add_devices, add_tasks, sweep, tasks_of, tell, to_count
from tests.central.tasks.offline import TICK_US, Ask, Entry, Step, Told, walked
from tests.central.warehouse import NOW_US, SITE, event, push
from tests.extent import extent

NAMES = ["w1", "s1", "w2", "w3"]
TASKS = 3
STEPS = st.lists(
    st.builds(
        Step,
        st.integers(0, len(NAMES) - 1),
        st.sampled_from(("ask", "work", "work", "tell", "tell")),
        st.integers(0, TASKS - 1),
        st.integers(1, 8),
        st.sampled_from((0, 0, 0, 1, 3, 5)),
    ),
    min_size=20,
    max_size=80,
)


class _Rule:
    """The rule by itself, as the centre follows it; ``is_by_time`` ends leases by the time alone, as it must not."""

    def __init__(self, *, is_by_time: bool = False) -> None:
        self._leases: dict[int, dict[str, Lease]] = {task: {} for task in range(TASKS)}
        self._told: dict[str, int] = {}
        self._done: set[int] = set()
        self._is_by_time = is_by_time

    def exchange(self, device: str, told: list[Told], told_us: int) -> Mapping[int, str]:
        for one in told:
            if isinstance(one, Entry):
                self._enter(device, one)
            else:
                self._ask(device, one)
        self._told = dict.fromkeys(NAMES, told_us) if self._is_by_time else {**self._told, device: told_us}
        for task, of_task in self._leases.items():
            if of_task and may_take(self._held(task), ""):
                of_task.clear()
        return {task: next(iter(self._leases[task]), "") for task in range(TASKS) if task not in self._done}

    def _enter(self, device: str, one: Entry) -> None:
        self._done.add(one.task)
        for of_task in self._leases.values():
            if device in of_task:
                of_task[device] = extended(of_task[device], one.at_us)

    def _ask(self, device: str, one: Ask) -> None:
        if one.task not in self._done and may_take(self._held(one.task), device):
            own = self._leases[one.task].get(device)
            self._leases[one.task] = {device: renewed(own, Lease(device, device, one.until_us))}

    def _held(self, task: int) -> list[tuple[Lease, Heard]]:
        return [(lease, Heard(self._told.get(lease.device, 0))) for lease in self._leases[task].values()]


@given(STEPS)
@settings(max_examples=extent(80, 5_000), deadline=None)
def test_nothing_is_done_twice_whoever_is_offline(steps: list[Step]) -> None:
    done = list(walked(_Rule(), steps, NAMES))
    assert len(done) == len(set(done))


def test_leases_that_end_by_time_alone_let_two_do_the_same() -> None:
    """The walk is no idle one: the device that is offline works while its lease holds and tells it afterwards."""
    steps = [Step(0, "ask", 0, 2, 0), Step(0, "tell", 0, 1, 0), Step(0, "work", 0, 1, 1)]
    steps += [Step(1, "tell", 0, 1, 3), Step(1, "ask", 0, 4, 0), Step(1, "tell", 0, 1, 0), Step(1, "work", 0, 1, 0)]
    assert list(walked(_Rule(is_by_time=True), steps, NAMES)) == [0, 0]
    assert list(walked(_Rule(), steps, NAMES)) == [0]


_runs = count()


class _Store:
    """The centre itself: devices and tasks of names that no other walk has."""

    def __init__(self, store: CentralStore) -> None:
        self._store, self._run = store, next(_runs)
        self._places = [f"{'ABC'[task]}" for task in range(TASKS)]
        self._sequences = {name: count(1) for name in NAMES}
        self._done: set[int] = set()
        add_devices(store, *(self._device(name) for name in NAMES))
        add_tasks(store, *to_count(*self._places, since=self._us(0)))
        self._forget()

    def _forget(self) -> None:
        """What the walk before left to those who had tasks is over."""
        for name in NAMES:
            for run in range(self._run):
                tell(self._store, f"{name}/{run}", 2**60)
        sweep(self._store)

    def _us(self, at_us: int) -> int:
        return NOW_US + self._run * 1_000 * TICK_US + at_us

    def _device(self, name: str) -> str:
        return f"{name}/{self._run}"

    def exchange(self, device: str, told: list[Told], told_us: int) -> Mapping[int, str]:
        sender = Sender(SITE, self._device(device), 1)
        batch = []
        for one in told:
            at_us = self._us(one.at_us)
            place = self._places[one.task]
            fact = (
                Leased(at_us, (name_of(place),), self._us(one.until_us))
                if isinstance(one, Ask)
                else CountClosed(Closing(f"c{self._run}/{device}/{at_us}", place, 0, 0, at_us, at_us))
            )
            batch.append(event(next(self._sequences[device]), fact, sender, operator=device, wall_us=at_us))
        if batch:
            assert all(answer.outcome.is_booked for answer in push(self._store, batch, sender))
        tell(self._store, sender.device, self._us(told_us))
        sweep(self._store)
        rows = tasks_of(self._store, map(name_of, self._places))
        return {
            task: rows[name_of(place)].holder for task, place in enumerate(self._places) if rows[name_of(place)].active
        }


@given(STEPS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_centre_follows_the_rule(store: CentralStore, steps: list[Step]) -> None:
    """Who has what is as the rule has it after each exchange, and nothing is done twice."""
    done = list(walked(_Both(_Store(store), _Rule()), steps, NAMES[:2]))
    assert len(done) == len(set(done))


class _Both:
    """The centre beside the rule."""

    def __init__(self, centre: _Store, rule: _Rule) -> None:
        self._centre, self._rule = centre, rule

    def exchange(self, device: str, told: list[Told], told_us: int) -> Mapping[int, str]:
        found = self._centre.exchange(device, told, told_us)
        assert found == self._rule.exchange(device, told, told_us)
        return found
