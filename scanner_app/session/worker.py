"""The work thread: the one place where entries become facts. It owns the store; everything else hands it work.

It takes all that is queued, lets the desk of each session store and interpret its own, and then puts the newest view
where a face finds it. It never waits for a face, a device or a network. A job of the sync engine runs when the last
entry has been painted.
"""

import contextlib
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any, Protocol, TypeVar

from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.clock import Stamp
from scanner_app.errors import ScannerError, StoreDamagedError, StoreFailedError, StoreFullError
from scanner_app.session.desk import Desk
from scanner_app.session.seat import Seat
from scanner_app.session.view.view import Link
from scanner_app.session.way import Way
from scanner_app.store.damage import translated
from scanner_app.store.store import Store
from scanner_app.workflows.phrases.said import Said

GROUP_MAX = 500
IDLE_S = 1.0
COMMITS_MAX = 20_000
"""After so many without an idle moment the log is moved all the same."""
GAP_S, GAP_S_MAX = 0.03, 0.2
"""Jobs hold back so long after an entry, and so long at most behind the job before."""
CHORE_PAUSE_S = 0.02
LOOK_AFTER_S = 60.0
T = TypeVar("T")
Job = tuple[Callable[[], Any], "Future[Any]"]
Group = dict[Seat, list[Entry]]
"""Entries in the order in which they came, each session's by themselves."""


def _as_ours(error: Exception) -> ScannerError:
    if isinstance(error, sqlite3.Error):
        return translated(error)
    return ScannerError(f"The program has a fault ({error!r}). Start it again; nothing scanned is lost.")


class Chores(Protocol):
    """What the thread does for the store when nothing comes, a step of a few milliseconds at a time."""

    def step(self) -> bool:
        """Do a little; say whether there is more to do soon."""


class WorkThread:
    """Works for every session that has a ``seat`` here. ``failure`` is set when the store could not be written."""

    def __init__(self, store: Store, stamp: Callable[[], Stamp], chores: Chores | None = None) -> None:
        self._store = store
        self._chores = chores
        self._pause_s: float | None = IDLE_S if chores else None
        self._entries: queue.SimpleQueue[tuple[Seat, Sequence[Entry]] | None] = queue.SimpleQueue()
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="work", daemon=True)
        self._way = Way(store, stamp)
        self._seats: list[Seat] = []
        self._since_checkpoint = 0
        self._stopping = False
        self._entry_s = self._job_s = -GAP_S_MAX
        self._is_pressed = False
        self.failure: ScannerError | None = None

    def seat(self, desk: Desk) -> Seat:
        """Give the session of a desk its place, before the start or in a job of this thread."""
        seat = Seat(desk, self._way, self._queue, self.call)
        self._seats.append(seat)
        return seat

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finish what is queued, then end the thread."""
        self._stopping = True
        self._entries.put(None)
        self._thread.join()

    def call(self, job: Callable[[], T], *, is_short: bool = False) -> "Future[T]":
        """Run ``job`` in the work thread when no entry is waiting.

        One that ``is_short``, a few rows, does not hold back until the picture of the last entry is painted; where the
        work thread itself asks for it, between two transactions, it is done at once.
        """
        future: Future[T] = Future()
        if is_short and threading.current_thread() is self._thread:
            self._do(job, future)
            return future
        self._is_pressed = self._is_pressed or is_short
        self._jobs.put((job, future))
        self._entries.put(None)
        return future

    def set_link(self, link: Link, trouble: Said | None = None) -> None:
        """Show another state of the link, and why it is down."""
        self.call(partial(self._way.set_link, link, trouble))

    def _queue(self, seat: Seat, entries: Sequence[Entry]) -> None:
        self._entries.put((seat, entries))

    def _run(self) -> None:
        try:
            while not self._stopping or not self._entries.empty():
                if group := self._next():
                    self._take(group)
                if not self._jobs.empty() and self._gap_s() <= 0:
                    self._work_off()
                    if self._may_tidy():
                        self._tidy()
                    self._lock()
                    self._show_changes(self._seats)
        except Exception as error:  # noqa: BLE001  the named door of this thread: it must not end without a word
            self._fail(error)
        finally:
            self._refuse_jobs()

    def _take(self, group: Group) -> None:
        """What is shown of the device changes at every seat when one of them posts."""
        for seat, entries in group.items():
            seat.take(entries)
            self._since_checkpoint += 1
        self._entry_s = time.monotonic()
        self._show_changes([seat for seat in self._seats if seat not in group])

    def _show_changes(self, seats: Sequence[Seat]) -> None:
        for seat in seats:
            seat.show_changes()

    def _fail(self, error: Exception) -> None:
        """Keep what made the thread stop and let the faces end; what was acknowledged is on the disk."""
        self.failure = error if isinstance(error, ScannerError) else _as_ours(error)
        if isinstance(self.failure, StoreDamagedError):
            self._store.note_damage(str(self.failure))
        for seat in self._seats:
            seat.fail()

    def _next(self) -> Group:
        """Everything that is queued, up to a group; waits for the first, and tidies the store when nothing comes."""
        group: Group = {}
        count = 0
        try:
            if self._jobs.empty():
                count = _add(group, self._entries.get(timeout=self._wait_s()))
            elif (gap_s := self._gap_s()) > 0:
                count = _add(group, self._entries.get(timeout=gap_s))
        except queue.Empty:
            if self._jobs.empty() and not self._lock():
                self._tidy() if self._since_checkpoint else self._do_chores()
            self._show_changes([seat for seat in self._seats if seat.waits])
            return group
        with contextlib.suppress(queue.Empty):
            while count < GROUP_MAX:
                count += _add(group, self._entries.get_nowait())
        if self._since_checkpoint > COMMITS_MAX:
            self._tidy()
        return group

    def _wait_s(self) -> float | None:
        """How long to wait for an entry before something else is to be done."""
        is_soon = self._since_checkpoint or any(seat.waits for seat in self._seats)
        pause_s = IDLE_S if is_soon else self._pause_s
        idle_us = [left_us for seat in self._seats if (left_us := seat.idle_left_us()) is not None]
        if not idle_us:
            return pause_s
        lock_s = min(LOOK_AFTER_S, min(idle_us) / 1e6 + CHORE_PAUSE_S)
        return lock_s if pause_s is None else min(pause_s, lock_s)

    def _lock(self) -> bool:
        """Lock every session that nobody has touched for long; say whether there was one."""
        locked = [seat for seat in self._seats if seat.lock_if_idle()]
        self._since_checkpoint += len(locked)
        return bool(locked)

    def _gap_s(self) -> float:
        """How long jobs still hold back: for the picture of an entry to be painted, but not for ever."""
        if self._is_pressed:
            return 0.0
        now_s = time.monotonic()
        return min(self._entry_s + GAP_S, self._job_s + GAP_S_MAX) - now_s

    def _may_tidy(self) -> bool:
        """Say whether a long pull has made the log long, and nobody has scanned for a while."""
        return self._store.file.is_log_long and time.monotonic() - self._entry_s > IDLE_S

    def _tidy(self) -> None:
        """A full disk is no reason to stop here: what is in the write-ahead log is safe there."""
        with contextlib.suppress(StoreFullError):
            self._store.file.checkpoint()
        self._since_checkpoint = 0

    def _do_chores(self) -> None:
        if self._chores is None:
            return
        before = self._store.notices
        with contextlib.suppress(StoreFullError):
            self._pause_s = CHORE_PAUSE_S if self._chores.step() else LOOK_AFTER_S
        if self._store.notices != before:
            for seat in self._seats:
                seat.show()

    def _work_off(self) -> None:
        job, future = self._jobs.get()
        self._is_pressed = self._is_pressed and not self._jobs.empty()
        self._job_s = time.monotonic()
        self._do(job, future)

    def _do(self, job: Callable[[], T], future: "Future[T]") -> None:
        self._since_checkpoint += 1
        try:
            future.set_result(job())
        except Exception as error:  # the named door: a job's trouble belongs to whoever asked for it
            future.set_exception(error)
            if isinstance(error, StoreDamagedError | StoreFailedError):
                raise
            self._store.forget()

    def _refuse_jobs(self) -> None:
        while not self._jobs.empty():
            self._jobs.get()[1].cancel()


def _add(group: Group, queued: tuple[Seat, Sequence[Entry]] | None) -> int:
    """Put what was queued to its session's; return how many entries it was. Nothing is queued to wake the thread."""
    if queued is None:
        return 0
    seat, entries = queued
    if entries:
        group.setdefault(seat, []).extend(entries)
    return len(entries)
