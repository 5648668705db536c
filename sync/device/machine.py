"""The sync state machine: what to send, when to retry and how long to back off, from what has happened.

``heard`` takes a happening, ``advance`` says what to do now. Pure: no clock, chance, thread, socket or file. Push comes
before pull, nothing blocks the queue and nothing is given up: an event is set aside only when the centre rejects it
alone twice, and takes an empty request between the two.
"""

from enum import StrEnum
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.backoff import Backoff
from scanner_app.domain.clock import Offset
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

_DRIFT_DIVISOR = 10_000
"""A device's clock may gain or lose a ten-thousandth between two measurements."""


class Pace(Protocol):
    """How fast the machine goes and how much it takes at once, whoever says so."""

    @property
    def interval_s(self) -> float: ...

    @property
    def retry_delay_s_min(self) -> float: ...

    @property
    def retry_delay_s_max(self) -> float: ...

    @property
    def push_batch_max(self) -> int: ...

    @property
    def pull_rows_max(self) -> int: ...


class Contact(StrEnum):
    """How the device last found the centre."""

    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"
    REFUSED = "refused"


class Phase(StrEnum):
    IDLE = "idle"
    EXCHANGING = "exchanging"
    RETRYING = "retrying"


class Suspect(Struct, frozen=True):
    """An event rejected alone; ``is_probed``: the centre took an empty request then; ``is_guilty``: rejected again."""

    number: int
    reason: str
    is_probed: bool = False
    is_guilty: bool = False


class State(Struct, frozen=True, kw_only=True):
    """Everything the machine remembers.

    ``waiting`` is the length of the outbox, ``cursor`` the version pulled, ``news`` a newer one that was heard of.
    ``is_timed`` says that the clock offset was measured in this boot. ``due_s`` is when the next exchange is due.
    """

    phase: Phase = Phase.IDLE
    contact: Contact = Contact.CONNECTING
    waiting: int = 0
    cursor: int = 0
    news: int = 0
    more: bool = False
    is_timed: bool = False
    batch_max: int = 1
    failures: int = 0
    due_s: float = 0.0
    suspect: Suspect | None = None
    news_refused: bool = False


class Wait(Struct, frozen=True):
    """Do nothing for so long, unless something happens."""

    seconds: float


class Exchange(Struct, frozen=True):
    """Push at most ``events_max`` events and pull, or with ``is_probe`` only ask whether the centre answers."""

    events_max: int
    is_probe: bool = False


class SetAside(Struct, frozen=True):
    """Take one event out of the queue: the centre cannot take it."""

    number: int
    reason: str


Do = Wait | Exchange | SetAside


def begun(pace: Pace, *, waiting: int, cursor: int, is_timed: bool) -> State:
    """The state of a device that has just been started."""
    return State(waiting=waiting, cursor=cursor, is_timed=is_timed, batch_max=pace.push_batch_max)


def advance(state: State, now_s: float) -> tuple[State, Do]:
    """Say what is to be done now."""
    suspect = state.suspect
    if suspect is not None and suspect.is_guilty:
        return state, SetAside(suspect.number, suspect.reason)
    wait_s = _pause(state, now_s)
    if wait_s > 0:
        return state, Wait(wait_s)
    has_to_prove = suspect is not None and not suspect.is_probed
    is_probe = has_to_prove or (not state.is_timed and state.waiting > 0)
    return replace(state, phase=Phase.EXCHANGING), Exchange(0 if is_probe else state.batch_max, is_probe)


def _pause(state: State, now_s: float) -> float:
    if state.phase is not Phase.RETRYING:
        has_work = state.waiting > 0 or state.more or state.news > state.cursor
        if has_work or state.suspect is not None or not state.is_timed:
            return 0.0
    return state.due_s - now_s


def rows_wanted(plan: Exchange, sending: int, waiting: int, pace: Pace) -> int:
    """How many rows to ask for: none while more events wait than this exchange takes."""
    return 0 if plan.is_probe or waiting > sending else pace.pull_rows_max


def heard(state: State, happening: Happening, pace: Pace) -> State:
    """Return the state after something happened."""
    match happening:
        case Exchanged():
            return _exchanged(state, happening, pace)
        case BatchRejected():
            return _rejected(state, happening, pace)
        case Failed():
            return _failed(state, happening, pace)
        case Removed(waiting=waiting):
            return replace(state, suspect=None, waiting=waiting)
        case Nudged():
            return replace(state, waiting=max(1, state.waiting))
        case _:
            return _news(state, happening)


def _news(state: State, happening: Happening) -> State:
    match happening:
        case Told(version=version):
            contact = Contact.ONLINE if state.news_refused and not state.failures else state.contact
            return replace(state, news=max(state.news, version), news_refused=False, contact=contact)
        case NewsRefused():
            return replace(state, news_refused=True, contact=Contact.REFUSED)
        case NewsLost() if state.phase is not Phase.RETRYING:
            return replace(state, due_s=0.0)
        case _:
            return state


def _exchanged(state: State, done: Exchanged, pace: Pace) -> State:
    if done.sent and not done.answered:
        return _failed(state, Failed(now_s=done.now_s, chance=0.5), pace)
    suspect = state.suspect
    grown = min(pace.push_batch_max, max(state.batch_max, done.sent) * 2) if done.sent else state.batch_max
    return replace(
        state,
        phase=Phase.IDLE,
        contact=Contact.REFUSED if state.news_refused else Contact.ONLINE,
        waiting=done.waiting,
        cursor=done.cursor,
        news=0 if done.has_pulled and not done.more else state.news,
        more=done.more and done.cursor != state.cursor,
        is_timed=True,
        batch_max=grown,
        failures=0,
        due_s=done.now_s + pace.interval_s,
        suspect=None if suspect is None or done.sent else replace(suspect, is_probed=True),
    )


def _rejected(state: State, rejected: BatchRejected, pace: Pace) -> State:
    if rejected.sent == 0:
        return _failed(state, Failed(now_s=rejected.now_s, chance=rejected.chance), pace)
    if rejected.sent > 1:
        return replace(state, phase=Phase.IDLE, batch_max=rejected.sent // 2)
    known = state.suspect
    is_again = known is not None and known.is_probed and known.number == rejected.first
    suspect = Suspect(rejected.first, rejected.reason, is_probed=is_again, is_guilty=is_again)
    return replace(state, phase=Phase.IDLE, batch_max=1, suspect=suspect)


def _failed(state: State, failed: Failed, pace: Pace) -> State:
    """Wait longer each time; a suspect is tried again, because now it is not the only thing that failed."""
    failures = state.failures + 1
    backoff = slow_backoff_of(pace) if failed.is_refused else backoff_of(pace)
    return replace(
        state,
        phase=Phase.RETRYING,
        contact=_contact_after(state, failed),
        failures=failures,
        due_s=failed.now_s + failed.pause_s + backoff.pause_s(failures, failed.chance),
        suspect=None,
    )


def _contact_after(state: State, failed: Failed) -> Contact:
    if failed.is_store:
        return state.contact
    return Contact.REFUSED if failed.is_refused else Contact.OFFLINE


def backoff_of(pace: Pace) -> Backoff:
    """How to come back when nothing answers: soon at first, and ever later."""
    return Backoff(pace.retry_delay_s_min, pace.retry_delay_s_max)


def slow_backoff_of(pace: Pace) -> Backoff:
    """How to come back when nothing changes before somebody acts."""
    return Backoff(pace.retry_delay_s_max / 2, pace.retry_delay_s_max)


def news_backoff_of(pace: Pace) -> Backoff:
    """How to ask for news again: an exchange looks after the link each interval anyhow."""
    return Backoff(pace.retry_delay_s_min, pace.interval_s)


def better_offset(known: Offset | None, fresh: Offset) -> Offset:
    """Choose between the offset in use and a new measurement: the surer one, unless they contradict each other.

    The doubt of the known one grows with its age; one of another boot says nothing about this one.
    """
    if known is None or known.at.boot != fresh.at.boot:
        return fresh
    age_us = fresh.at.monotonic_us - known.at.monotonic_us
    doubt_us = known.uncertainty_us + age_us // _DRIFT_DIVISOR
    centre_now_us = known.at.wall_us + known.offset_us + age_us
    apart_us = abs(fresh.at.wall_us + fresh.offset_us - centre_now_us)
    contradicts = apart_us > doubt_us + fresh.uncertainty_us
    return fresh if contradicts or fresh.uncertainty_us <= doubt_us else known
