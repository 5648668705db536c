"""The sync machine: what it decides in each situation, and a world of faults in which it must never lose or block."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from scanner_app.config import Sync
from scanner_app.domain.clock import Offset, Stamp
from sync.device.failure import Failure, failure_of, pause_asked_s
from sync.device.happenings import (
    BatchRejected,
    Exchanged,
    Failed,
    Happening,
    NewsLost,
    NewsRefused,
    Nudged,
    Removed,
    Told,
)
from sync.device.machine import (
    Contact,
    Do,
    Exchange,
    Phase,
    SetAside,
    State,
    Wait,
    advance,
    backoff_of,
    begun,
    better_offset,
    heard,
    rows_wanted,
)

SETTINGS = Sync(interval_s=30, retry_delay_s_min=1.0, retry_delay_s_max=60.0, push_batch_max=1000)
IDLE = State(contact=Contact.ONLINE, is_timed=True, batch_max=1000, due_s=30.0, cursor=7)
REJECTED = BatchRejected(now_s=1.0, sent=8, first=3, reason="malformed", chance=0.5)
ALONE = BatchRejected(now_s=1.0, sent=1, first=3, reason="malformed", chance=0.5)
PROBED = Exchanged(now_s=0.0, waiting=5, has_pulled=False, cursor=7)


def after(state: State, *happenings: Happening) -> State:
    for happening in happenings:
        state = heard(state, happening, SETTINGS)
    return state


SITUATIONS: list[tuple[str, Sequence[Happening], Do]] = [
    ("nothing happens until the interval is over", [], Wait(30.0)),
    ("an event was made", [Nudged()], Exchange(1000)),
    ("there is news", [Told(8)], Exchange(1000)),
    ("the news is what we have already", [Told(7)], Wait(30.0)),
    ("the long poll broke off: look after the link", [NewsLost()], Exchange(1000)),
    ("more rows are left", [Exchanged(now_s=0.0, cursor=9, more=True)], Exchange(1000)),
    ("the centre says there is more and gives nothing", [Exchanged(now_s=0.0, cursor=7, more=True)], Wait(30.0)),
    ("more events are left", [Exchanged(now_s=0.0, sent=9, answered=9, waiting=1, cursor=7)], Exchange(1000)),
    ("pulled as far as the news said", [Told(9), Exchanged(now_s=0.0, cursor=9)], Wait(30.0)),
    ("news of a version that no pull brings", [Told(9), Exchanged(now_s=0.0, cursor=7)], Wait(30.0)),
    (
        "news during a push that pulls nothing",
        [Told(9), Exchanged(now_s=0.0, has_pulled=False, cursor=7)],
        Exchange(1000),
    ),
    ("nothing was answered: later", [Exchanged(now_s=0.0, sent=3, waiting=3, cursor=7)], Wait(1.5)),
    ("the link is down", [Failed(now_s=0.0, chance=1.0)], Wait(2.0)),
    ("the link is down again", [Failed(now_s=0.0, chance=1.0)] * 3, Wait(8.0)),
    ("down for very long", [Failed(now_s=0.0, chance=1.0)] * 5000, Wait(60.0)),
    ("down, and an event is made", [Failed(now_s=0.0, chance=1.0), Nudged()], Wait(2.0)),
    ("the centre wants to be left alone", [Failed(now_s=0.0, chance=1.0, pause_s=17.0)], Wait(19.0)),
    ("refused", [Failed(now_s=0.0, chance=0.0, is_refused=True)], Wait(30.0)),
    ("a batch is rejected: half of it", [Nudged(), REJECTED], Exchange(4)),
    ("an event is rejected alone: does the centre take anything?", [Nudged(), ALONE], Exchange(0, is_probe=True)),
    (
        "it does: the event once more",
        [Nudged(), ALONE, PROBED],
        Exchange(1),
    ),
    (
        "it is rejected again: it is at fault",
        [Nudged(), ALONE, PROBED, ALONE],
        SetAside(3, "malformed"),
    ),
    (
        "it is taken this time",
        [Nudged(), ALONE, PROBED, Exchanged(now_s=0.0, sent=1, answered=1, waiting=0, cursor=7)],
        Wait(30.0),
    ),
    (
        "it does not: nobody knows; later, the same event again",
        [Nudged(), ALONE, BatchRejected(now_s=0.0, sent=0, first=0, reason="malformed", chance=1.0)],
        Wait(2.0),
    ),
    ("the event is out of the way", [Nudged(), ALONE, Removed(4)], Exchange(1)),
    ("the last event is out of the way", [Nudged(), ALONE, Removed(0)], Wait(30.0)),
]


@pytest.mark.parametrize(("happenings", "do"), [row[1:] for row in SITUATIONS], ids=[row[0] for row in SITUATIONS])
def test_what_to_do(happenings: Sequence[Happening], do: Do) -> None:
    assert advance(after(IDLE, *happenings), 0.0)[1] == do


def test_a_batch_grows_again_after_a_bad_event() -> None:
    state = after(IDLE, Nudged(), ALONE, Removed(4), Exchanged(now_s=0.0, sent=1, answered=1, waiting=3, cursor=7))
    assert advance(state, 0.0)[1] == Exchange(2)


def test_a_device_that_was_just_started_measures_the_clock_before_it_pushes() -> None:
    state = begun(SETTINGS, waiting=3, cursor=0, is_timed=False)
    assert advance(state, 0.0)[1] == Exchange(0, is_probe=True)
    state = after(state, Exchanged(now_s=0.0, waiting=3, has_pulled=False))
    assert advance(state, 0.0)[1] == Exchange(1000)


def test_push_before_pull() -> None:
    plan = Exchange(1000)
    assert rows_wanted(plan, sending=1000, waiting=1001, pace=SETTINGS) == 0
    assert rows_wanted(plan, sending=1000, waiting=1000, pace=SETTINGS) == SETTINGS.pull_rows_max


@pytest.mark.parametrize(
    ("happenings", "contact"),
    [
        ([], Contact.ONLINE),
        ([Failed(now_s=0.0, chance=0.0)], Contact.OFFLINE),
        ([Failed(now_s=0.0, chance=0.0, is_refused=True)], Contact.REFUSED),
        ([Failed(now_s=0.0, chance=0.0, is_store=True)], Contact.ONLINE),
        ([Failed(now_s=0.0, chance=0.0), Exchanged(now_s=0.0)], Contact.ONLINE),
        ([NewsRefused()], Contact.REFUSED),
        ([NewsRefused(), Exchanged(now_s=0.0)], Contact.REFUSED),
        ([NewsRefused(), Told(7)], Contact.ONLINE),
        ([REJECTED], Contact.ONLINE),
    ],
)
def test_how_the_centre_was_last_found(happenings: Sequence[Happening], contact: Contact) -> None:
    assert after(IDLE, *happenings).contact is contact


@pytest.mark.parametrize(
    ("statuses", "trouble"),
    [
        ((301, 404, 408, 425, 429, 500, 502, 503, 504), Failure.RETRY),
        ((401, 403, 426), Failure.REFUSED),
        ((400, 409, 413, 422), Failure.REJECTED),
    ],
)
def test_what_a_status_means(statuses: Sequence[int], trouble: Failure) -> None:
    assert {failure_of(status) for status in statuses} == {trouble}


_DATE = "Wed, 21 Oct 2026 07:28:00 GMT"


@pytest.mark.parametrize(
    ("retry_after", "date", "pause_s"),
    [
        ("", "", 0.0),
        ("120", "", 120.0),
        ("99999999999999999999", "", 3_600.0),
        ("-5", _DATE, 0.0),
        ("soon", _DATE, 0.0),
        ("Wed, 21 Oct 2026 07:29:30 GMT", _DATE, 90.0),
        ("Wed, 21 Oct 2026 07:27:00 GMT", _DATE, 0.0),
        ("Wed, 21 Oct 2026 07:29:30 GMT", "", 0.0),
        ("Wed, 21 Oct 2026 07:29:30", _DATE, 0.0),
    ],
)
def test_how_long_a_centre_wants_to_be_left_alone(retry_after: str, date: str, pause_s: float) -> None:
    assert pause_asked_s(retry_after, date) == pause_s


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_backoff_stays_within_its_bounds(failures: int, chance: float) -> None:
    assert 1.0 <= backoff_of(SETTINGS).pause_s(failures, chance) <= 60.0


def _offset(offset_us: int, doubt_us: int, at_s: int, boot: str = "b") -> Offset:
    return Offset(offset_us, doubt_us, Stamp(at_s * 1_000_000, at_s * 1_000_000, boot))


@pytest.mark.parametrize(
    ("known", "fresh", "is_fresh_better"),
    [
        (None, _offset(0, 900_000, 10), True),
        (_offset(50, 100, 0), _offset(60, 5_000, 10), False),
        (_offset(50, 100, 0), _offset(60, 50, 10), True),
        (_offset(50, 100, 0), _offset(60, 5_000, 100), True),
        (_offset(50, 100, 0), _offset(9_000_000, 5_000, 10), True),
        (_offset(50, 100, 0, boot="a"), _offset(60, 900_000, 10), True),
    ],
    ids=["first", "less sure", "surer", "the old one has aged", "the centre's clock was set", "another boot"],
)
def test_which_offset_is_kept(known: Offset | None, fresh: Offset, is_fresh_better: bool) -> None:
    assert (better_offset(known, fresh) is fresh) is is_fresh_better


class World(Struct):
    """A device's outbox, a centre's book and a network that fails as the seed says.

    ``storm`` is what is left of a time in which something on the way rejects every request, or of the calm after it.
    """

    chance: random.Random
    outbox: list[int]
    poison: set[int]
    book: list[int]
    aside: list[int]
    now_s: float = 0.0
    has_faults: bool = True
    storm: int = 0
    is_stormy: bool = False

    def do(self, do: Do) -> Happening | None:
        match do:
            case Wait(seconds=seconds):
                self.now_s += seconds if self.chance.random() < 0.7 else seconds / 3
                return None
            case SetAside(number=number):
                self.outbox.remove(number)
                self.aside.append(number)
                return Removed(len(self.outbox))
            case _:
                return self._exchange(do)

    def _exchange(self, plan: Exchange) -> Happening:
        self.now_s += 0.01
        batch = self.outbox[: plan.events_max]
        fault = self.chance.random() if self.has_faults else 1.0
        if fault < 0.15:
            return Failed(now_s=self.now_s, chance=self.chance.random(), is_refused=fault < 0.03)
        if self._storms() or self.poison.intersection(batch):
            first = batch[0] if batch else 0
            return BatchRejected(now_s=self.now_s, sent=len(batch), first=first, reason="x", chance=0.5)
        self.book.extend(number for number in batch if number not in self.book)
        if fault < 0.3:
            return Failed(now_s=self.now_s, chance=self.chance.random())
        del self.outbox[: len(batch)]
        return Exchanged(now_s=self.now_s, sent=len(batch), answered=len(batch), waiting=len(self.outbox))

    def _storms(self) -> bool:
        self.storm -= 1
        if self.storm < 0:
            self.is_stormy = not self.is_stormy
            self.storm = self.chance.randrange(3, 20)
        return self.is_stormy and self.has_faults


@pytest.mark.parametrize("start", range(0, 2000, 200))
def test_in_any_world_everything_drains_and_only_bad_events_are_set_aside(start: int) -> None:
    for seed in range(start, start + 200):
        _live(random.Random(seed))


def _live(chance: random.Random) -> None:
    events = list(range(1, chance.randrange(2, 60)))
    poison = {number for number in events if chance.random() < 0.05}
    world = World(chance, [], poison, [], [])
    coming = iter(events)
    settings = Sync(push_batch_max=chance.choice([1, 3, 10, 1000]))
    state = begun(settings, waiting=0, cursor=0, is_timed=False)
    for step in range(4000):
        if step == 300:
            world.has_faults = False
        if chance.random() < 0.3 and (number := next(coming, 0)):
            world.outbox.append(number)
            state = heard(state, Nudged(), settings)
        state, do = advance(state, world.now_s)
        happening = world.do(do)
        if happening is not None:
            state = heard(state, happening, settings)
        if (
            step > 300
            and not world.outbox
            and state.phase is Phase.IDLE
            and len(world.aside + world.book) == len(events)
        ):
            break
    assert sorted(world.book) == [number for number in events if number not in world.aside]
    assert world.outbox == []
    assert set(world.aside) == poison
