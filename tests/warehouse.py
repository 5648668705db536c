"""A small site for tests: a store filled as a pull fills it, and a desk at it that is fed by hand."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.catalog import (
    Barcode,
    Item,
    Location,
    LocationState,
    Lot,
    Owner,
    Plate,
    Profile,
    Site,
    Status,
    Stock,
    Tracking,
    Unit,
)
from scanner_app.domain.clock import Stamp
from scanner_app.domain.people import Operator, Role
from scanner_app.domain.quantity import whole
from scanner_app.session.context import Settings, Tools
from scanner_app.session.desk import Desk
from scanner_app.session.seat import Seat
from scanner_app.session.session import Session
from scanner_app.session.view.view import View
from scanner_app.session.worker import WorkThread
from scanner_app.store.identity import Enrolment, Position
from scanner_app.store.store import Store, open_store
from scanner_app.workflows.lookups.stock import Held
from tests.caches import lay

PIN = "135790"
GTIN = "4006381333931"
CASE_GTIN = "14006381333938"


def rows() -> list[Struct]:
    """Two aisles, a plate, a plain item with a case, a lot item, a serial item, two people."""
    return [
        Site("DC1", "Main", "Europe/Berlin"),
        Profile("bin"),
        *(Location(f"A-01-{n:02}", "A", n, "bin") for n in range(1, 6)),
        Location("B-01-01", "B", 10, "bin", label="LBL-B1"),
        Location("BLOCKED", "B", 11, "bin", state=LocationState.BLOCKED),
        Location("CLOSED", "B", 12, "bin", state=LocationState.CLOSED),
        Plate("340123450000000017", "B-01-01"),
        Owner("OWN", "Own"),
        Owner("ACME", "Supplier", "supplier"),
        Status("AVAILABLE", "Available"),
        Status("HOLD", "On hold", blocking=True),
        Item("100001", "Plain pen", "EA"),
        Unit("100001", "CS", whole(12)),
        Barcode(GTIN, "100001", "EA"),
        Barcode(CASE_GTIN, "100001", "CS"),
        Item("100002", "Lot cheese", "KG", Tracking.LOT, has_expiry=True, decimals=3),
        Barcode("4006381333948", "100002", "KG"),
        Lot("100002", "L1", "2027-01-31"),
        Item("100003", "Serial drill", "EA", Tracking.SERIAL),
        Barcode("4006381333955", "100003", "EA"),
        Item("100004", "Shared one", "EA"),
        Item("100005", "Shared two", "EA"),
        Barcode("SHARED", "100004", "EA"),
        Barcode("SHARED", "100005", "EA"),
        Operator("1001", "Worker 1001", "B-1001", "verifier:" + PIN),
        Operator("1003", "Worker 1003", "B-1003", "verifier:" + PIN, language="de"),
        Operator("1101", "Counter 1101", "B-1101", "verifier:" + PIN, (Role.COUNTER,)),
        Stock("A-01-01", "100001", "", "", "OWN", "AVAILABLE", whole(100)),
        Stock("A-01-02", "100002", "L1", "", "OWN", "AVAILABLE", whole(8)),
        Stock("A-01-03", "100001", "", "", "OWN", "AVAILABLE", whole(5)),
        Stock("A-01-03", "100001", "", "", "ACME", "AVAILABLE", whole(7)),
        Stock("A-01-04", "100003", "", "S-1", "OWN", "AVAILABLE", whole(1)),
    ]


class Ticking:
    """A clock that moves one second whenever it is read, so that no two stamps are alike."""

    def __init__(self, start_us: int = 1_700_000_000_000_000, boot: str = "boot-1") -> None:
        self.now_us = start_us
        self.boot = boot
        self._booted_us = 1_600_000_000_000_000

    def stamp(self) -> Stamp:
        self.now_us += 1_000_000
        return Stamp(self.now_us, self.now_us - self._booted_us, self.boot)

    def reboot(self, set_us: int) -> None:
        """Begin another boot, with the wall clock set so much ahead."""
        self.now_us += set_us
        self._booted_us = self.now_us
        self.boot += "'"


class Floor:
    """A store, a desk and a clock, driven by lines of text."""

    def __init__(
        self,
        folder: Path,
        clock: Ticking | None = None,
        settings: Settings | None = None,
        more: Iterable[Struct] = (),
    ) -> None:
        self.folder = folder
        self.clock = clock or Ticking()
        self.settings = settings or Settings()
        self.store = filled(folder, more)
        self.desk = self._desk()

    def _desk(self) -> Desk:
        made = iter(range(10**9))
        start = self.clock.now_us
        tools = Tools(
            stamp=self.clock.stamp,
            new_id=lambda: f"{start:x}-{next(made):08}",
            verify=lambda verifier, secret: verifier == "verifier:" + secret.decode(),
            digits=lambda n: "4711"[:n],
            program="test",
            hash=lambda secret: "verifier:" + secret.decode(),
        )
        desk = Desk(Session(self.store, "main", tools, self.settings))
        desk.resume()
        desk.shown(self.clock.stamp())
        return desk

    @property
    def session(self) -> Session:
        return self.desk.session

    def worker(self) -> tuple[WorkThread, Seat]:
        """A work thread, not started yet, and the place of the desk in it."""
        worker = WorkThread(self.store, self.clock.stamp)
        return worker, worker.seat(self.desk)

    def entry(self, text: str | bytes) -> Entry:
        if isinstance(text, str) and text.startswith("key:"):
            return Entry(b"", Source.KEYBOARD, self.clock.stamp(), key=text[4:])
        raw = text if isinstance(text, bytes) else text.encode()
        return Entry(raw, Source.KEYBOARD, self.clock.stamp())

    def say(self, *texts: str | bytes) -> View:
        """Enter one line after the other, each after its prompt was shown."""
        for text in texts:
            self.desk.take([self.entry(text)])
            self.desk.shown(self.clock.stamp())
        return self.desk.view()

    def burst(self, *texts: str | bytes) -> View:
        """Enter lines that were all captured before any was looked at."""
        self.desk.take([self.entry(text) for text in texts])
        self.desk.shown(self.clock.stamp())
        return self.desk.view()

    def sign_in(self, badge: str = "B-1001") -> View:
        return self.say(badge, PIN)

    def move(self) -> View:
        """Sign in and choose to move."""
        self.sign_in()
        return self.say("1")

    def restart(self) -> View:
        """Stop the process and start it again on the same file."""
        self.store.close()
        self.store = open_store(self.folder)
        self.desk = self._desk()
        return self.desk.view()

    def on_hand(self, place: str, item: str) -> int:

        return sum(row.quantity for row in self.store.catalog.held(Held(place, item)).rows)

    def events(self) -> list[bytes]:
        return [
            row[0] for row in self.store.file.database.execute("SELECT payload FROM event ORDER BY number").fetchall()
        ]

    def log(self) -> list[tuple[bytes | None, str]]:
        """Raw bytes and outcome of each entry."""
        return self.store.file.database.execute(
            "SELECT raw, outcome FROM entry LEFT JOIN verdict USING (entry) ORDER BY entry"
        ).fetchall()

    def close(self) -> None:
        self.store.close()


def filled(folder: Path, more: Iterable[Struct] = ()) -> Store:
    """Open an enrolled store that has pulled the small site."""
    is_new = lay(folder, _pull)
    store = open_store(folder)
    if is_new and (rest := list(more)):
        with store.transaction:
            store.feed.put(enumerate(rest, len(rows()) + 1))
    return store


def _pull(store: Store) -> None:
    store.identity.enrol(Enrolment("dev-1", 1, "DC1", "http://127.0.0.1:1", "token"))
    store.feed.put(enumerate(rows(), 1))
    store.identity.move_to(Position("epoch", len(rows())))
