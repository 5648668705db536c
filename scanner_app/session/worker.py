"""The work thread: the one place where entries become facts. It owns the store; everything else hands it work.

It takes all that is queued, lets the desk store and interpret it, and then puts the newest view where a face finds it.
It never waits for a face, a device or a network. A job of the sync engine runs after each group of entries.
"""

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from msgspec.structs import replace

from scanner_app.domain.entry import Entry
from scanner_app.errors import ScannerError
from scanner_app.session.desk import Desk
from scanner_app.session.view import Link, StatusLine, View

GROUP_MAX = 500
IDLE_S = 1.0
T = TypeVar("T")
Job = tuple[Callable[[], Any], "Future[Any]"]


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


class WorkThread:
    """Feed it with ``submit``; read ``views``. ``failure`` is set when the store could not be written."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._entries: queue.SimpleQueue[Sequence[Entry] | None] = queue.SimpleQueue()
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="work", daemon=True)
        self._link = Link.NEVER
        self._revision = 0
        self._handled = 0
        self._since_checkpoint = 0
        self._stopping = False
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

    def set_link(self, link: Link) -> None:
        """Show another state of the link."""

        def change() -> None:
            self._link = link

        self.call(change)

    def _run(self) -> None:
        try:
            while not self._stopping or not self._entries.empty():
                entries = self._next()
                if entries:
                    self._desk.take(entries)
                    self._handled += len(entries)
                    self._since_checkpoint += 1
                    self._publish()
                if not self._jobs.empty():
                    self._work_off()
                    self._publish()
        except ScannerError as error:
            self.failure = error
            self._publish()
        finally:
            self._refuse_jobs()

    def _next(self) -> list[Entry]:
        """Everything that is queued, up to a group; waits for the first, and tidies the store when nothing comes."""
        taken: list[Entry] = []
        try:
            if self._jobs.empty():
                taken.extend(self._entries.get(timeout=IDLE_S if self._since_checkpoint else None) or ())
            while len(taken) < GROUP_MAX:
                taken.extend(self._entries.get_nowait() or ())
        except queue.Empty:
            if not taken and self._since_checkpoint and self._jobs.empty():
                self._tidy()
        if self._since_checkpoint > 20_000:
            self._tidy()
        return taken

    def _tidy(self) -> None:
        self._desk.store.file.checkpoint()
        self._since_checkpoint = 0

    def _work_off(self) -> None:
        job, future = self._jobs.get()
        self._since_checkpoint += 1
        try:
            future.set_result(job())
        except Exception as error:  # noqa: BLE001  the named door: a job's trouble belongs to whoever asked for it
            self._desk.store.forget()
            future.set_exception(error)

    def _refuse_jobs(self) -> None:
        while not self._jobs.empty():
            self._jobs.get()[1].cancel()

    def _publish(self) -> None:
        self.views.put(self._picture())
        self._desk.shown(self._desk.tools.stamp())

    def _picture(self) -> View:
        self._revision += 1
        store = self._desk.store
        status = StatusLine(self._link, store.identity.exchanged_us, store.journal.waiting, self._desk.who.name)
        finished = self._desk.finished or self.failure is not None
        return replace(self._desk.view(), revision=self._revision, status=status, finished=finished)
