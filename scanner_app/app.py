"""Wiring: opens the cache, the desk, the work thread, the sync engine, the readers and a face; holds no rule."""

import gc
import random
import signal
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from devices.clock import StationClock
from scanner_app.config import Config, data_dir
from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.capture.reader_state import ReaderTold
from scanner_app.domain.clock import Stamp
from scanner_app.errors import DeviceError, StoreDamagedError, StoreError, StoreFullError
from scanner_app.handover import Handover, Tell
from scanner_app.languages.language import ENGLISH
from scanner_app.outfit import manner_of, session_settings, tools_of
from scanner_app.session.desk import Desk
from scanner_app.session.entries.answering import Answering
from scanner_app.session.notices import Notices
from scanner_app.session.seat import Seat
from scanner_app.session.session import Session
from scanner_app.session.worker import WorkThread
from scanner_app.signals import ends_when_told, hung_up
from scanner_app.store.file import Own
from scanner_app.store.log import MAIN
from scanner_app.store.notices import TakenOver
from scanner_app.store.owner import own
from scanner_app.store.store import open_store
from scanner_app.store.upkeep import Upkeep
from scanner_app.version import PROGRAM
from scanner_app.warm_up import load_soon

if TYPE_CHECKING:
    from sync.device.desk import DeskThread
    from sync.device.engine import SyncEngine
    from sync.device.full_sync import Synced

_SWITCH_S = 0.0005
"""How long a busy thread keeps the others waiting: at the screen the default of 5 ms is felt while rows are pulled."""
_GARBAGE_THRESHOLD = 50_000
"""Allocations between two sweeps; an entry makes about a hundred objects and no cycles."""
_NOT_ENROLLED = "This device is not enrolled. Get a code with `scanner central invite`, then: scanner enrol URL CODE"


Inlet = tuple[Callable[[Entry], None], Callable[[], Stamp], Callable[[ReaderTold], None], Callable[[Answering], None]]


class Station:
    """One device at work: the cache and everything around it but the face."""

    def __init__(self, config: Config, environ: Mapping[str, str], become_owner: Own = own) -> None:
        self.config = config
        self._become_owner = become_owner
        self.clock = StationClock()
        try:
            self.session, self.seat, self.worker = self._opened(environ)
        except StoreDamagedError:  # noted by now: opened once more, the cache is mended
            self.session, self.seat, self.worker = self._opened(environ)
        self._engine: SyncEngine | None = None
        self._desk: DeskThread | None = None
        self._waiting = 0

    def _opened(self, environ: Mapping[str, str]) -> tuple[Session, Seat, WorkThread]:
        device = self.config.device
        self.store = open_store(
            data_dir(self.config, environ),
            is_mending=True,
            ballast_mb=device.ballast_mb,
            become_owner=self._become_owner,
        )
        try:
            with self.store.noting_damage():
                return self._begun()
        except StoreError:
            self.store.close()
            raise

    def _begun(self) -> tuple[Session, Seat, WorkThread]:
        if (enrolment := self.store.identity.enrolment) is None:
            notices = [ENGLISH.said(notice) for notice in Notices(self.store).unread()]
            raise StoreError(" ".join([*notices, _NOT_ENROLLED]))
        self.enrolment = enrolment
        tools, settings = tools_of(self.clock), session_settings(self.config)
        desk = Desk(Session(self.store, MAIN, tools, settings))
        try:
            _come_back(desk)
        except StoreFullError as error:
            self.store.recover(error)
            _come_back(desk)
        self.store.ballast.keep()
        upkeep = Upkeep(self.store, self.config.device.keep_days, self.clock.stamp)
        worker = WorkThread(self.store, self.clock.stamp, upkeep)
        return desk.session, worker.seat(desk), worker

    def start(self) -> None:
        """Let the work begin. What has been loaded lives as long as the program: the collector need not look at it."""
        gc.freeze()
        gc.set_threshold(_GARBAGE_THRESHOLD, 20, 20)
        self.worker.start()

    def start_sync(self) -> None:
        """Begin to exchange, once the worker has something to look at: libraries and processes take a while to load."""
        load_soon()
        from sync.device.client import connected
        from sync.device.desk import desk_of
        from sync.device.engine import SyncEngine

        sync = self.config.sync
        self._engine = SyncEngine(
            store=self.store,
            worker=self.worker,
            connect=lambda enrolment: connected(enrolment, sync),
            settings=sync,
            stamp=self.clock.stamp,
            chance=random.random,
            program=PROGRAM,
        )
        self._engine.start()
        desk = self._desk = desk_of(self.enrolment, sync)
        self.worker.call(lambda: self.seat.reach(desk.ask))
        self.worker.call(self.session.clock.learn)
        self.seat.views.subscribe(self._nudge, is_first=True)

    @property
    def inlet(self) -> Inlet:
        """Where readers put entries and what they say of themselves, their clock, and where to say who answers them."""
        return self.seat.submit, self.clock.stamp, self.seat.tell_reader, self.seat.answer_through

    def _nudge(self) -> None:
        """In the work thread, after each view: more events wait than before, so somebody should send them."""
        waiting = self.seat.views.latest().status.waiting
        if waiting > self._waiting and self._engine is not None:
            self._engine.nudge()
        self._waiting = waiting

    def close(self) -> None:
        """Stop everything and close the cache.

        Raises:
            ScannerError: what made the work thread stop, if it did.
        """
        if self._engine is not None:
            self._engine.stop()
        if self._desk is not None:
            self._desk.stop()
        self.worker.stop()
        self.store.close()
        if self.worker.failure is not None:
            raise self.worker.failure


def _station_at(config: Config, environ: Mapping[str, str], handover: Handover) -> Station:
    """The device at work on a terminal, taken over from an older screen where there was one."""
    station = Station(config, environ, handover.own)
    if handover.has_ended_one:
        station.store.tell(TakenOver())
        station.seat.show()
    return station


def run_screen(config: Config, environ: Mapping[str, str], tell: Tell) -> str:
    """Work at the full-screen face until the operator leaves, the terminal goes away or another screen takes over.

    Returns what is to be said at the end, if anything. ``tell`` says something before the beginning.
    """
    from scanner_app.readers import reading
    from screens.streams import NO_TERMINAL, of_terminal

    if not sys.stdin.isatty():
        raise DeviceError(NO_TERMINAL)
    of_terminal()  # before another screen is ended for this one
    handover = Handover(data_dir(config, environ), config.device.language, tell)
    station = _station_at(config, environ, handover)
    station.start()
    ends_when_told()
    sys.setswitchinterval(_SWITCH_S)
    from screens.face import run_face

    try:
        with reading(config, *station.inlet), handover.ending():
            station.store.file.at_work("run")
            run_face(
                station.seat.views,
                station.seat.submit,
                station.clock.stamp,
                entry_length_max=config.entry.length_max,
                manner=manner_of(config.device),
                shown=station.start_sync,
            )
        return handover.last_words(station.session.language)
    finally:
        station.close()


def run_lines(config: Config, environ: Mapping[str, str], tell: Tell) -> str:
    """Work line by line on standard input and output. On a terminal the same holds as for the screen."""
    from scanner_app.readers import reading
    from screens.line import run_line

    handover = Handover(data_dir(config, environ), config.device.language, tell)
    is_screen = sys.stdin.isatty()
    station = _station_at(config, environ, handover) if is_screen else Station(config, environ)
    station.start()
    ends_when_told()
    signal.signal(signal.SIGHUP, hung_up)
    try:
        with reading(config, *station.inlet), handover.ending():
            if is_screen:
                station.store.file.at_work("line")
            run_line(
                station.seat.views,
                station.seat.submit_many,
                station.clock.stamp,
                station.seat.handled,
                0,
                1,
                entry_length_max=config.entry.length_max,
                rested=station.start_sync,
                is_asking=station.seat.is_asking,
            )
        return handover.last_words(station.session.language)
    finally:
        station.close()


def _come_back(desk: Desk) -> None:
    """Come back to where a session was, and judge before that what was stored in any other and interrupted there.

    Whoever worked there may never come back, and what they scanned must not meet a cache that others have changed.
    """
    session = desk.session
    for name in session.store.log.behind():
        if name != session.name:
            Desk(Session(session.store, name, session.tools, session.settings)).resume()
    desk.resume()


def sync_once(config: Config, environ: Mapping[str, str]) -> "Synced":
    """Push and pull until nothing is left; what was scanned before it is interpreted before anything is pulled."""
    from sync.device.client import connected
    from sync.device.full_sync import exchange_once, unhurried

    store = open_store(data_dir(config, environ))
    clock = StationClock()
    try:
        if store.identity.enrolment is None:
            raise StoreError(_NOT_ENROLLED)
        with store.noting_damage():
            _come_back(Desk(Session(store, MAIN, tools_of(clock), session_settings(config))))
            client = connected(store.identity.enrolment, config.sync)
            return exchange_once(store, client, unhurried(config.sync), clock.stamp, PROGRAM)
    finally:
        store.close()
