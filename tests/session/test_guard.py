"""Wrong PINs cost time, and at last a lock that only the centre lifts; neither a restart nor a clock shortens it."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from scanner_app.domain.clock import Stamp
from scanner_app.domain.lockout import OF_OPERATOR, WAITS_S, Failures, failed, is_locked, lifted, wait_s
from scanner_app.session.view.view import Tone, View
from tests.warehouse import GTIN, PIN, Floor

WRONG = "864209"
SECOND_US = 1_000_000


def wrong(floor: Floor, line: str = WRONG) -> View:
    """What is shown of a wrong line at the PIN, which stops everything until it is acknowledged."""
    view = floor.say(line)
    assert (view.halted, view.tone) == (True, Tone.BAD)
    floor.say(".k")
    return view


def fail(floor: Floor, times: int) -> str:
    """Type so many wrong PINs, each when it is looked at again; return what was said last."""
    view = floor.desk.view()
    for _ in range(times):
        view = wrong(floor)
        floor.clock.now_us += 700 * SECOND_US
    return view.message


def test_the_first_failures_cost_nothing_and_the_fifth_costs_half_a_minute(floor: Floor) -> None:
    floor.say("B-1001")
    assert [wrong(floor).message for _ in range(4)] == ["Wrong PIN. Type it again."] * 4
    view = floor.say(WRONG)
    assert (view.message, view.tone) == ("Too many wrong PINs. Wait 30 s.", Tone.BAD)


def test_while_a_wait_is_on_even_the_right_pin_is_not_looked_at(floor: Floor) -> None:
    floor.say("B-1001")
    fail(floor, 4)
    wrong(floor)
    view = wrong(floor, PIN)
    assert (view.title, view.tone) == ("Sign in", Tone.BAD)
    assert view.message.startswith("Too many wrong PINs. Wait 2")
    floor.clock.now_us += 30 * SECOND_US
    assert floor.say(PIN).title == "Menu"


@pytest.mark.parametrize(("failure", "wait"), [(6, "60 s"), (7, "2 min"), (8, "5 min"), (9, "10 min")])
def test_each_further_failure_waits_longer(floor: Floor, failure: int, wait: str) -> None:
    floor.say("B-1001")
    assert fail(floor, failure) == f"Too many wrong PINs. Wait {wait}."


def test_the_right_pin_forgets_the_failures(floor: Floor) -> None:
    floor.say("B-1001")
    fail(floor, 4)
    floor.say(PIN, ".o", "B-1001")
    assert fail(floor, 4) == "Wrong PIN. Type it again."


def test_what_is_no_pin_is_no_attempt(floor: Floor) -> None:
    floor.say("B-1001")
    for line in (GTIN, "12345", "1234567", "x", "٠٠٠٠٠٠") * 4:
        assert wrong(floor, line).message == "Not a PIN. Type your six digits."
    assert floor.say(PIN).title == "Menu"


def test_the_tenth_failure_locks_until_the_centre_was_reached(floor: Floor) -> None:
    floor.say("B-1001")
    assert fail(floor, 10) == "Locked: too many wrong PINs. Connect."
    floor.clock.now_us += 10**6 * SECOND_US
    assert wrong(floor, PIN).message == "Locked: too many wrong PINs. Connect."
    assert floor.restart().title == "Sign in"
    assert floor.say(".b", "B-1001").message == "Locked: too many wrong PINs. Connect."
    floor.say(".k")
    assert floor.store.failures.locked() == ("1001",)
    with floor.store.transaction:
        floor.store.failures.lift(["1001"])
    assert floor.say("B-1001", PIN).title == "Menu"


def test_after_a_lifted_lock_guessing_stays_slow(floor: Floor) -> None:
    floor.say("B-1001")
    fail(floor, 10)
    with floor.store.transaction:
        floor.store.failures.lift(["1001"])
    assert floor.say(WRONG).message == "Too many wrong PINs. Wait 60 s."


def test_another_operator_is_not_kept_waiting(floor: Floor) -> None:
    floor.say("B-1001")
    fail(floor, 4)
    floor.say(WRONG, ".k", ".b", "B-1101")
    assert floor.say(PIN).title == "Menu"


def test_who_tries_the_badges_of_all_is_stopped_by_the_device(floor: Floor) -> None:
    floor.say("B-1001")
    fail(floor, 6)
    floor.say(".b", "B-1101")
    fail(floor, 3)
    wrong(floor)
    assert floor.say(".b", "B-1101").message.startswith("Too many wrong PINs. Wait ")
    floor.say(".k")
    floor.clock.now_us += 700 * SECOND_US
    floor.say("B-1101")
    fail(floor, 5)
    floor.say(".b", "B-1001")
    fail(floor, 4)
    floor.say(".b", "B-1101")
    assert fail(floor, 1) == "Locked: too many wrong PINs. Connect."
    assert floor.store.failures.locked() == ("", "1001", "1101")


@pytest.mark.parametrize("set_us", [0, -3600 * SECOND_US, 3600 * SECOND_US])
def test_neither_a_restart_nor_a_clock_shortens_a_wait(floor: Floor, set_us: int) -> None:
    floor.say("B-1001")
    fail(floor, 8)
    floor.clock.now_us += 200 * SECOND_US
    wrong(floor)
    floor.restart()
    assert wrong(floor, PIN).message == "Too many wrong PINs. Wait 10 min."
    floor.clock.reboot(set_us)
    floor.restart()
    assert wrong(floor, PIN).message == "Too many wrong PINs. Wait 10 min."
    floor.clock.now_us += 600 * SECOND_US
    assert floor.say(PIN).title == "Menu"


def test_no_failure_reaches_the_log_with_its_digits(floor: Floor) -> None:
    floor.say("B-1001")
    fail(floor, 10)
    kept = str(floor.store.file.database.execute("SELECT raw, facts FROM entry JOIN verdict USING (entry)").fetchall())
    assert WRONG not in kept


def test_waits_only_grow() -> None:
    assert list(WAITS_S) == sorted(WAITS_S)


class Guessing(RuleBasedStateMachine):
    """Somebody guesses, restarts and sets clocks; a plain count of true time says what they may get."""

    def __init__(self) -> None:
        super().__init__()
        self.failures: Failures | None = None
        self.true_us = 10**12
        self.booted_us = 0
        self.wall_shift_us = 0
        self.boot = 0
        self.count = 0
        self.last_us = 0

    @property
    def now(self) -> Stamp:
        return Stamp(self.true_us + self.wall_shift_us, self.true_us - self.booted_us, str(self.boot))

    @rule()
    def guess(self) -> None:
        if is_locked(self.failures, OF_OPERATOR) or wait_s(self.failures, OF_OPERATOR, self.now):
            return
        assert self.count < OF_OPERATOR.locks_at
        if self.count >= OF_OPERATOR.waits_from:
            owed_s = WAITS_S[self.count - OF_OPERATOR.waits_from]
            assert self.true_us - self.last_us >= owed_s * SECOND_US, "a guess came too soon"
        self.failures = failed(self.failures, self.now)
        self.count, self.last_us = self.count + 1, self.true_us

    @rule(seconds=st.integers(0, 700))
    def wait(self, seconds: int) -> None:
        self.true_us += seconds * SECOND_US

    @rule(seconds=st.integers(0, 700), shift_s=st.integers(-(10**6), 10**6))
    def reboot(self, seconds: int, shift_s: int) -> None:
        self.true_us += seconds * SECOND_US
        self.boot += 1
        self.booted_us = self.true_us
        self.wall_shift_us = shift_s * SECOND_US

    @rule()
    def reach_the_centre(self) -> None:
        if self.failures is not None and is_locked(self.failures, OF_OPERATOR):
            self.failures = lifted(self.failures, OF_OPERATOR)
            self.count = OF_OPERATOR.waits_from

    @invariant()
    def a_wait_is_never_longer_than_the_longest(self) -> None:
        assert wait_s(self.failures, OF_OPERATOR, self.now) <= WAITS_S[-1]


TestGuessing = Guessing.TestCase
TestGuessing.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
