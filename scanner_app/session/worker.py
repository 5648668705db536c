"""The work thread: the one place where entries become facts. It owns the store; everything else hands it work.

It takes all that is queued, lets the desk store and interpret it, and then puts the newest view where a face finds it.
It never waits for a face, a device or a network. A job of the sync engine runs when the last entry has been painted.
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

from msgspec.structs import replace

from scanner_app.domain.capture.entry import Entry
from scanner_app.errors import ScannerError, StoreDamagedError, StoreFailedError, StoreFullError
from scanner_app.session.condition import Condition
from scanner_app.session.desk import Desk
from scanner_app.session.lock import idle_left_us, lock_if_idle
from scanner_app.session.view.view import Link, Scanner, Tone, View
from scanner_app.store.damage import translated
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.shift.status import STATUS

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


def _as_ours(error: Exception) -> ScannerError:
    if isinstance(error, sqlite3.Error):
        return translated(error)
    return ScannerError(f"The program has a fault ({error!r}). Start it again; nothing scanned is lost.")


class Slot:
    """Holds the newest view; a face is told that there is one, and looks when it can."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._listeners: list[Callable[[], None]] = []

    def latest(self) -> View:
        return self._view

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` in the work thread after each new view; it must return at once."""
        self._listeners.append(callback)

    def put(self, view: View) -> None:
        self._view = view
        for listener in self._listeners:
            listener()


class Chores(Protocol):
    """What the thread does for the store when nothing comes, a step of a few milliseconds at a time."""

    def step(self) -> bool:
        """Do a little; say whether there is more to do soon."""


class WorkThread:
    """Feed it with ``submit``; read ``views``. ``failure`` is set when the store could not be written."""

    def __init__(self, desk: Desk, chores: Chores | None = None) -> None:
        self._desk = desk
        self._session = desk.session
        self._chores = chores
        self._pause_s: float | None = IDLE_S if chores else None
        self._entries: queue.SimpleQueue[Sequence[Entry] | None] = queue.SimpleQueue()
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="work", daemon=True)
        self.condition = Condition(desk.session)
        self._revision = 0
        self._handled = 0
        self._since_checkpoint = 0
        self._stopping = False
        self._entry_s = self._job_s = -GAP_S_MAX
        self.failure: ScannerError | None = None
        self.views = Slot(self._picture())

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finish what is queued, then end the thread."""
        self._stopping = True
        self._entries.put(None)
        self._thread.join()

    def submit(self, entry: Entry) -> None:
        self._entries.put((entry,))

    def submit_many(self, entries: Sequence[Entry]) -> None:
        self._entries.put(entries)

    def handled(self) -> int:
        """How many submitted entries have been dealt with and committed."""
        return self._handled

    def call(self, job: Callable[[], T]) -> "Future[T]":
        """Run ``job`` in the work thread when no entry is waiting."""
        future: Future[T] = Future()
        self._jobs.put((job, future))
        self._entries.put(())
        return future

    def set_link(self, link: Link, trouble: Said | None = None) -> None:
        """Show another state of the link, and why it is down."""
        self.call(partial(self.condition.set_link, link, trouble))

    def set_scanner(self, scanner: Scanner, name: str) -> None:
        """Show another state of the scanner beside the keyboard."""
        self.call(partial(self.condition.set_scanner, scanner, name))

    def _run(self) -> None:
        self._desk.shown(self._session.tools.stamp())
        try:
            while not self._stopping or not self._entries.empty():
                entries = self._next()
                if entries:
                    self._desk.store.notice_was_read()
                    self._session.company.was_read()
                    self._desk.take(entries)
                    self._handled += len(entries)
                    self._since_checkpoint += 1
                    self._publish()
                    self._entry_s = time.monotonic()
                if not self._jobs.empty() and self._gap_s() <= 0:
                    self._work_off()
                    if self._may_tidy():
                        self._tidy()
                    if not self._lock():
                        self._publish_changes()
        except Exception as error:  # noqa: BLE001  the named door of this thread: it must not end without a word
            self._fail(error)
        finally:
            self._refuse_jobs()

    def _fail(self, error: Exception) -> None:
        """Keep what made the thread stop and let the faces end; what was acknowledged is on the disk."""
        self.failure = error if isinstance(error, ScannerError) else _as_ours(error)
        if isinstance(self.failure, StoreDamagedError):
            with contextlib.suppress(OSError):  # a disk that is gone takes no note either; the faces end all the same
                self._desk.store.note_damage(str(self.failure))
        self.views.put(replace(self.views.latest(), revision=self._revision + 1, finished=True))

    def _next(self) -> list[Entry]:
        """Everything that is queued, up to a group; waits for the first, and tidies the store when nothing comes."""
        taken: list[Entry] = []
        try:
            if self._jobs.empty():
                taken.extend(self._entries.get(timeout=self._wait_s()) or ())
            elif (gap_s := self._gap_s()) > 0:
                taken.extend(self._entries.get(timeout=gap_s) or ())
        except queue.Empty:
            if self._jobs.empty() and not self._lock():
                self._tidy() if self._since_checkpoint else self._do_chores()
            return taken
        with contextlib.suppress(queue.Empty):
            while len(taken) < GROUP_MAX:
                taken.extend(self._entries.get_nowait() or ())
        if self._since_checkpoint > COMMITS_MAX:
            self._tidy()
        return taken

    def _wait_s(self) -> float | None:
        """How long to wait for an entry before something else is to be done."""
        pause_s = IDLE_S if self._since_checkpoint else self._pause_s
        left_us = idle_left_us(self._session, self._session.tools.stamp())
        if left_us is None:
            return pause_s
        lock_s = min(LOOK_AFTER_S, left_us / 1e6 + CHORE_PAUSE_S)
        return lock_s if pause_s is None else min(pause_s, lock_s)

    def _lock(self) -> bool:
        """Lock the session if nobody has touched the device for long, and show it."""
        is_locked = lock_if_idle(self._session, self._session.tools.stamp())
        if is_locked:
            self._since_checkpoint += 1
            self._publish()
        return is_locked

    def _gap_s(self) -> float:
        """How long jobs still hold back: for the picture of an entry to be painted, but not for ever."""
        now_s = time.monotonic()
        return min(self._entry_s + GAP_S, self._job_s + GAP_S_MAX) - now_s

    def _may_tidy(self) -> bool:
        """Say whether a long pull has made the log long, and nobody has scanned for a while."""
        return self._desk.store.file.is_log_long and time.monotonic() - self._entry_s > IDLE_S

    def _tidy(self) -> None:
        """A full disk is no reason to stop here: what is in the write-ahead log is safe there."""
        with contextlib.suppress(StoreFullError):
            self._desk.store.file.checkpoint()
        self._since_checkpoint = 0

    def _do_chores(self) -> None:
        if self._chores is None:
            return
        before = self._desk.store.notices
        with contextlib.suppress(StoreFullError):
            self._pause_s = CHORE_PAUSE_S if self._chores.step() else LOOK_AFTER_S
        if self._desk.store.notices != before:
            self._publish()

    def _work_off(self) -> None:
        job, future = self._jobs.get()
        self._job_s = time.monotonic()
        self._since_checkpoint += 1
        try:
            future.set_result(job())
        except Exception as error:  # the named door: a job's trouble belongs to whoever asked for it
            future.set_exception(error)
            if isinstance(error, StoreDamagedError | StoreFailedError):
                raise
            self._desk.store.forget()

    def _refuse_jobs(self) -> None:
        while not self._jobs.empty():
            self._jobs.get()[1].cancel()

    def _publish_changes(self) -> None:
        """After a job: a face need not look again at what it shows already."""
        shown, picture = self.views.latest(), self._picture()
        if replace(picture, revision=shown.revision) != shown:
            self.views.put(picture)
            self._desk.shown(self._session.tools.stamp())

    def _publish(self) -> None:
        self.views.put(self._picture())
        self._desk.shown(self._session.tools.stamp())

    def _picture(self) -> View:
        self._revision += 1
        store = self._desk.store
        status = self.condition.status()
        finished = self._session.finished or self.failure is not None
        view = replace(self._desk.view(), revision=self._revision, status=status, finished=finished)
        if self._session.play.script is STATUS and not view.listed:
            view = replace(view, listed=self.condition.lines(status))
        who, company = self._session.who, self._session.company
        notices = (*store.notices, *company.news(who)) if not view.halted else ()
        if not notices:
            return view
        tone = view.tone if view.tone is Tone.BAD else Tone.ATTENTION
        told = [self._session.language.said(notice) for notice in notices]
        return replace(view, message=" ".join([*told, view.message]).rstrip(), tone=tone)
