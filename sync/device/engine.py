"""The sync engine: a thread that does what the machine says, and the news thread beside it.

Entries never wait for it: all work on the store is handed to the work thread in small jobs. It says nothing to the
operator but the state of the link.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as NotYetError
from typing import Protocol, TypeVar

from scanner_app.config import Sync
from scanner_app.domain.clock import Stamp
from scanner_app.errors import BusyError, RefusedError, ScannerError, StoreError
from scanner_app.session.view.view import Link
from scanner_app.store.identity import Enrolment
from scanner_app.store.store import Store
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.shift import status_phrases as say
from sync.device.batch import Taken
from sync.device.exchanger import Exchanger
from sync.device.flight import launched
from sync.device.happenings import Failed, Happening, Nudged, Removed
from sync.device.jobs import Run
from sync.device.machine import Contact, Exchange, Phase, SetAside, State, advance, heard, slow_backoff_of
from sync.device.news import Listens, NewsThread
from sync.device.reasons import reason_of
from sync.device.speaks import Speaks

_LOOK_S = 0.2
"""How often a wait for the store looks whether the engine is being stopped."""
_STOP_S = 0.5
T = TypeVar("T")
Early = Future[Taken | None]
"""What was taken for an exchange that was not planned yet."""


class Worker(Protocol):
    """The part of the work thread that the engine needs."""

    def call(self, job: Callable[[], T], *, is_short: bool = False) -> "Future[T]": ...

    def set_link(self, link: Link, trouble: Said | None = None) -> None: ...


class Connection(Speaks, Listens, Protocol):
    """A client: the engine makes two, one for exchanges and one for news."""


class _StoppedError(Exception):
    """The engine is being stopped while it waits for the store."""


class _Rest:
    """One wait of the engine for something to happen. What comes ``early`` after its end is for nobody."""

    def __init__(self, exchanger: Exchanger) -> None:
        self.exchanger = exchanger
        self.early: Early | None = None


class SyncEngine:
    """Exchanges at start, when nudged, when there is news, each interval, and again after a failure.

    ``connect`` makes a client; ``stamp`` reads the clocks; ``chance`` gives random numbers from 0 to 1. ``failure`` is
    the last trouble that is not the network's: of the store, or one that nobody foresaw.
    """

    def __init__(
        self,
        store: Store,
        worker: Worker,
        *,
        connect: Callable[[Enrolment], Connection],
        settings: Sync,
        stamp: Callable[[], Stamp],
        chance: Callable[[], float],
        program: str,
    ) -> None:
        self._store = store
        self._worker = worker
        self._connect = connect
        self._settings = settings
        self._stamp = stamp
        self._chance = chance
        self._program = program
        self._inbox: queue.SimpleQueue[Happening | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._client: Connection | None = None
        self.failure: Exception | None = None
        self._shown: tuple[Link, Said | None] = (Link.NEVER, None)
        self._rest: _Rest | None = None
        self._trouble: Said | None = None
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Begin; a device that is not enrolled has nothing to begin with, and the engine ends by itself."""
        self._thread.start()

    def stop(self) -> None:
        """End within about a second, whatever hangs. The work thread must still be running."""
        self._stopping.set()
        self._inbox.put(None)
        if self._client is not None:
            self._client.abort()
        self._thread.join(2 * _STOP_S)

    def nudge(self) -> None:
        """Say that an event has been put into the outbox. Never blocks.

        Where the engine only waits for that, what is to be sent is taken while the engine wakes up.
        """
        if not self.is_running:
            return
        if (rest := self._rest) is not None:
            self._rest = None
            rest.early = self._worker.call(rest.exchanger.take_early, is_short=True)
        self._inbox.put(Nudged())

    @property
    def is_running(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                self._begin()
                return
            except _StoppedError:
                return
            except Exception as error:  # noqa: BLE001  the named door: whatever happens, it goes on by itself later
                self.failure = error
                self._shown = (Link.OFFLINE, reason_of(error))
                self._worker.set_link(*self._shown)
                failures += 1
                self._stopping.wait(slow_backoff_of(self._settings).pause_s(failures, self._chance()))

    def _begin(self) -> None:
        enrolment = self._through_worker(lambda: self._store.identity.enrolment)
        if enrolment is not None:
            self._serve(enrolment)

    def _serve(self, enrolment: Enrolment) -> None:
        client = self._client = self._connect(enrolment)
        news = NewsThread(self._connect(enrolment), self._settings, self._chance, self._inbox.put)
        run: Run = self._through_worker
        exchanger = Exchanger(
            self._store,
            run,
            client,
            settings=self._settings,
            stamp=self._stamp,
            chance=self._chance,
            program=self._program,
            launch=launched,
        )
        news.start()
        try:
            self._loop(exchanger, news)
        finally:
            news.stop(_STOP_S)
            client.close()

    def _loop(self, exchanger: Exchanger, news: NewsThread) -> None:
        state, early = exchanger.begun(), None
        while not self._stopping.is_set():
            state = self._heard_all(state, 0.0)
            state, do = advance(state, self._now_s())
            self._show(state, news)
            if isinstance(do, Exchange | SetAside):
                state, early = heard(state, self._done(exchanger, do, early), self._settings), None
            else:
                state, early = self._rested(exchanger, state, do.seconds)

    def _rested(self, exchanger: Exchanger, state: State, seconds: float) -> tuple[State, Early | None]:
        """Wait until something happens; also what was taken meanwhile, because that was a nudge."""
        rest = _Rest(exchanger)
        self._rest = rest if state.phase is Phase.IDLE else None
        state = self._heard_all(state, seconds)
        self._rest = None
        return state, rest.early

    def _done(self, exchanger: Exchanger, do: Exchange | SetAside, early: Early | None) -> Happening:
        """Do it; trouble is something that happens, too."""
        try:
            if isinstance(do, SetAside):
                return Removed(exchanger.set_aside(do.number, do.reason))
            done = exchanger.exchange(do, self._landed(early) if early is not None else None)
        except ScannerError as error:
            return self._failed(error)
        self._trouble = None
        return done

    def _failed(self, error: ScannerError) -> Failed:
        is_store = isinstance(error, StoreError)
        if is_store:
            self.failure = error
        else:
            self._trouble = reason_of(error)
        return Failed(
            now_s=self._now_s(),
            chance=self._chance(),
            is_refused=isinstance(error, RefusedError),
            is_store=is_store,
            pause_s=error.pause_s if isinstance(error, BusyError) else 0.0,
        )

    def _heard_all(self, state: State, wait_s: float) -> State:
        """Take in what has happened; wait for the first so long."""
        try:
            happening = self._inbox.get(timeout=wait_s) if wait_s > 0 else self._inbox.get_nowait()
            while True:
                if happening is not None:
                    state = heard(state, happening, self._settings)
                happening = self._inbox.get_nowait()
        except queue.Empty:
            return state

    def _show(self, state: State, news: NewsThread) -> None:
        has_link = state.contact is Contact.ONLINE or (state.contact is Contact.REFUSED and state.news_refused)
        news.follow(state.cursor if has_link else None)
        trouble = Said(say.IS_REFUSED.key, "bad") if state.news_refused and not self._trouble else self._trouble
        shown = (Link(state.contact.value), trouble)
        if shown != self._shown:
            self._shown = shown
            self._worker.set_link(*self._shown)

    def _now_s(self) -> float:
        return self._stamp().monotonic_us / 1e6

    def _through_worker(self, job: Callable[[], T], /, *, is_short: bool = False) -> T:
        return self._landed(self._worker.call(job, is_short=is_short))

    def _landed(self, future: "Future[T]") -> T:
        """What a job gave, or raised; the wait for it ends when the engine is stopped."""
        while True:
            try:
                return future.result(timeout=_LOOK_S)
            except NotYetError:
                if self._stopping.is_set():
                    raise _StoppedError from None
            except CancelledError:
                raise _StoppedError from None
