"""The law of following: whatever counters do, online or not, no two are sent to one place, nor where one counts."""

from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner_app.domain.task import name_of
from scanner_app.domain.work.lease import LEASE_US
from sync.central.database.store import CentralStore
from sync.central.tasks.task_requests import Request, ask_for
from tests.central.following.counters import PLACES, WHO, Counter, Shift
from tests.central.tasks.floor import tasks_of
from tests.central.warehouse import SITE
from tests.extent import extent

MINUTE_US = 60_000_000
DEEDS = (*("hear", "go", "done") * 2, "later", "cannot", "other", "restart", "wait", "long")
STEPS = st.lists(
    st.tuples(
        st.integers(0, len(WHO) - 1),
        st.sampled_from(
            ("hear", "hear", "go", "go", "done", "done", "later", "cannot", "other", "restart", "wait", "long")
        ),
        st.integers(0, len(PLACES) - 1),
    ),
    min_size=15,
    max_size=40,
)
_runs = count()
Steps = list[tuple[int, str, int]]


def do(shift: Shift, one: Counter, deed: str, place: str) -> None:
    """What a counter does next; what does not fit where they are is left out."""
    if deed == "hear":
        one.exchange()
    elif deed == "restart":
        one.restart()
    elif deed in ("wait", "long"):
        shift.wait(5 * MINUTE_US if deed == "wait" else LEASE_US // 2)
    elif one.counts_at:
        if deed == "done":
            one.say("NUT", "1", one.counts_at, one.counts_at)
    elif deed == "go" and one.sent_to:
        one.go(one.sent_to)
        one.say("NUT", "1")
    elif deed == "other":
        one.go(place)
    elif deed == "later" and one.sent_to:
        one.say("key:F5")
    elif deed == "cannot" and one.sent_to:
        one.say(".x", "2")


def hold(shift: Shift, *, are_online: bool) -> None:
    sent = [one.sent_to for one in shift.counters if one.sent_to]
    assert len(sent) == len(set(sent)), "two are sent to one place"
    if are_online:
        for one in shift.counters:
            others = {other.counts_at for other in shift.counters if other is not one and other.has_told}
            assert one.sent_to not in others - {""}, "somebody is there"


@given(STEPS)
@settings(
    max_examples=extent(3, 150), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_nobody_is_sent_where_somebody_is(
    store: CentralStore, tmp_path: Path, steps: list[tuple[int, str, int]]
) -> None:
    shift = Shift(tmp_path / f"{next(_runs)}", store, *WHO)
    ask_for(store, SITE, Request(PLACES), shift.clock.now_us)
    try:
        for who, deed, place in steps:
            do(shift, shift.counters[who], deed, PLACES[place])
            hold(shift, are_online=False)
        shift.exchange()
        shift.look()
        shift.exchange()
        hold(shift, are_online=True)
        open_now = [task for task in tasks_of(store, map(name_of, PLACES)).values() if task.active]
        assert len({task.place for task in open_now}) == len(open_now), "each place has one task"
    finally:
        shift.close()
