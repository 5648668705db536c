"""A device with a real store: it makes moves, runs the engine or one exchange, and can say what it has on hand."""

import random
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

from msgspec.structs import replace

from scanner_app.config import Sync
from scanner_app.domain.clock import Stamp
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.ledger import is_on_device
from scanner_app.session.context import Settings, Tools
from scanner_app.session.desk import Desk
from scanner_app.session.seat import Seat
from scanner_app.session.session import Session
from scanner_app.session.worker import WorkThread
from scanner_app.store.file import open_reader
from scanner_app.store.identity import Enrolment, Position
from scanner_app.store.store import open_store
from sync.device.client import Client, connected, enrol
from sync.device.engine import SyncEngine
from sync.device.full_sync import Synced, exchange_once
from sync.protocol import EnrolRequest
from tests.caches import lay
from tests.central.warehouse import move
from tests.sync.centre import Centre, Key

FAST = Sync(interval_s=1, retry_delay_s_min=0.05, retry_delay_s_max=0.2, connect_timeout_s=1, answer_timeout_s=30)
DEADLINE_S = 10.0
_BOOT = str(uuid4())


def stamp() -> Stamp:
    return Stamp(time.time_ns() // 1000, time.monotonic_ns() // 1000, _BOOT)


def until(condition: Callable[[], bool], what: str, seconds: float = DEADLINE_S) -> float:
    """Wait for a condition; return how long it took (s)."""
    begun = time.monotonic()
    pause = threading.Event()
    while not condition():
        assert time.monotonic() - begun < seconds, f"not within {seconds} s: {what}"
        pause.wait(0.005)
    return time.monotonic() - begun


class Handheld:
    """Without ``start`` the store belongs to the test's own thread."""

    def __init__(self, folder: Path, settings: Sync = FAST) -> None:
        self.settings = settings
        self._folder = folder
        lay(folder)
        self.store = open_store(folder)
        self.clients: list[Client] = []
        self.work: WorkThread | None = None
        self.seat: Seat | None = None
        self.engine: SyncEngine | None = None

    def enrol(self, centre: Centre, name: str = "one", url: str = "", again: str = "") -> "Handheld":
        before = self.store.identity.enrolment
        known, held = (before.device, before.token) if before else ("", "")
        answer = enrol(
            centre.url, EnrolRequest(code=centre.invite(again), name=name, device=known, token=held), self.settings
        )
        with self.store.transaction:
            at = url or centre.url
            self.store.identity.enrol(Enrolment(answer.device, answer.epoch, answer.site, at, answer.token))
            if before is None:
                self.store.identity.move_to(Position(answer.store_epoch, 0))
        return self

    def connect(self, enrolment: Enrolment) -> Client:
        client = connected(enrolment, self.settings)
        self.clients.append(client)
        return client

    def sync(self, settings: Sync | None = None) -> Synced:
        enrolment = self.store.identity.enrolment
        assert enrolment is not None
        client = self.connect(enrolment)
        return exchange_once(self.store, client, settings or self.settings, stamp, "test")

    def start(self) -> "Handheld":
        tools = Tools(stamp, lambda: str(uuid4()), lambda *_: True, lambda n: "4711"[:n], "test", lambda _: "")
        desk = Desk(Session(self.store, "main", tools, Settings(idle_lock_us=0)))
        desk.resume()
        self.work = WorkThread(self.store, stamp)
        self.seat = self.work.seat(desk)
        self.engine = SyncEngine(
            self.store,
            self.work,
            connect=self.connect,
            settings=self.settings,
            stamp=stamp,
            chance=random.random,
            program="test",
        )
        self.work.start()
        self.engine.start()
        return self

    def job(self, job: Callable[[], None]) -> None:
        """Run a writing job where the store may be used, and tell the engine."""

        def whole() -> None:
            with self.store.transaction:
                job()

        if self.work is None or self.engine is None:
            whole()
        else:
            self.work.call(whole).result(DEADLINE_S)
            self.engine.nudge()

    def look(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the store from beside it, as commands that only read do."""
        with closing(open_reader(self._folder)) as reader:
            return reader.execute(query).fetchall()

    def move(self, source: str = "A", target: str = "B", pieces: int = 1, **changed: object) -> None:
        self.job(lambda: self._post(source, target, pieces, changed))

    def moves(self, count: int) -> None:
        """As many moves to and fro, in one group."""

        def whole() -> None:
            for number in range(count):
                self._post("AB"[number % 2], "BA"[number % 2], 1, {})

        self.job(whole)

    def _post(self, source: str, target: str, pieces: int, changed: dict[str, object]) -> None:
        enrolment, journal, now = self.store.identity.enrolment, self.store.journal, stamp()
        assert enrolment is not None
        number = journal.next_sequence(enrolment.epoch)
        whole = {
            "id": str(uuid4()),
            "device": enrolment.device,
            "epoch": enrolment.epoch,
            "sequence": number,
            "entry": number,
            "site": enrolment.site,
            "operator": "w1",
            "wall_us": now.wall_us,
            "monotonic_us": now.monotonic_us,
            "boot": now.boot,
            "program": "test",
            "fact": _moved(source, target, pieces, now.wall_us),
            **changed,
        }
        offset = self.store.identity.offset
        journal.post(Event(**whole), offset if offset is not None and offset.at.boot == now.boot else None)  # type: ignore[arg-type]

    @property
    def waiting(self) -> int:
        """Asked between the jobs of the work thread, so that what it says is committed and can be looked at."""
        work, journal = self.work, self.store.journal
        return journal.waiting if work is None else work.call(lambda: journal.waiting).result(DEADLINE_S)

    @property
    def link(self) -> str:
        return "" if self.seat is None else self.seat.views.latest().status.link.value

    def on_hand(self) -> dict[Key, int]:
        """Pulled stock plus overlay, without keys at zero."""
        rows = self.look(
            "SELECT place, item, lot, serial, owner, status, sum(quantity) FROM ("
            "SELECT place, item, lot, serial, owner, status, quantity FROM stock UNION ALL "
            "SELECT place, item, lot, serial, owner, status, quantity FROM overlay) GROUP BY 1, 2, 3, 4, 5, 6"
        )
        return {tuple(row[:6]): row[6] for row in rows if row[6] and is_on_device(row[0])}

    def outcomes(self) -> list[tuple[str, str]]:
        """Outcome and reasons of every event."""
        return [(row[0], row[1]) for row in self.look("SELECT outcome, reasons FROM event ORDER BY number")]

    def stop(self) -> None:
        if self.engine is not None and self.work is not None:
            self.engine.stop()
            self.work.stop()
        self.engine = self.work = self.seat = None

    def close(self) -> None:
        self.stop()
        for client in self.clients:
            client.close()
        self.store.close()


def _moved(source: str, target: str, pieces: int, wall_us: int) -> Moved:
    """Both legs at one instant, so that moves made without a pause do not run ahead of the clock."""
    return Moved(tuple(replace(leg, wall_us=wall_us) for leg in move(source, target, pieces).legs))
