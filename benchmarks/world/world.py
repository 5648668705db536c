"""The world that is measured in: a filled cache, and a centre that knows the same goods; built once and kept.

The folder's name holds the size and a digest of the code that fills it, so that a change of either builds a new one.
"""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from itertools import islice
from pathlib import Path

import msgspec
from msgspec import Struct

from benchmarks.result import BenchmarkError
from benchmarks.size import Size
from benchmarks.world.picks import Pick, find_picks
from devices.clock import StationClock
from scanner_app.demo.files import write_warehouse
from scanner_app.demo.people import DemoOperator, make_operators
from scanner_app.demo.warehouse import Row, make_warehouse, rows
from scanner_app.domain.clock import Offset
from scanner_app.domain.quantity import show_quantity
from scanner_app.store.identity import Enrolment, Position
from scanner_app.store.store import Store, open_store
from scanner_app.version import PROGRAM
from sync.central.book.counters import site_version
from sync.central.book.lives import store_epoch_of
from sync.central.database.store import init_store
from sync.central.imports.run import import_folder
from sync.central.sites.enrolling import Enrolled, EnrolmentAsked, enrolled, invited

ROOT = Path(__file__).parents[2]
SITE = "DC1"
SEED = 1
FILLERS = (
    "scanner_app/demo/*.py", "scanner_app/store/schema.py", "scanner_app/store/feed.py", "scanner_app/store/journal.py",
    "scanner_app/domain/catalog.py", "scanner_app/domain/events/*.py", "sync/central/database/*tables.py",
    "benchmarks/size.py", "benchmarks/world/world.py", "benchmarks/world/picks.py", "benchmarks/world/backlog.py",
    "benchmarks/world/shelves.py",
)  # fmt: skip
_ROWS_PER_COMMIT = 20_000
_READY = "ready"
_PULLED = 1
"""Version of every row in the cache: below all that the centre gives out, as in a cache that has just been pulled."""


class World(Struct, frozen=True):
    """A folder with ``central.db``, ``device/cache.db`` and what to move; copied before anything changes it."""

    folder: Path
    size: Size
    picks: tuple[Pick, ...]
    operator: DemoOperator

    def copied(self, name: str, *, centre: bool = False) -> Path:
        """A fresh copy of the device's folder, and of the centre's database when wanted."""
        return copied(self.folder, self.folder.parent / "work" / name, centre=centre)


def copied(source: Path, target: Path, *, centre: bool) -> Path:
    """Copy the cache of ``source``, and the centre's database when wanted, into an empty ``target``."""
    shutil.rmtree(target, ignore_errors=True)
    (target / "device").mkdir(parents=True)
    shutil.copy(source / "device" / "cache.db", target / "device" / "cache.db")
    if centre:
        shutil.copy(source / "central.db", target / "central.db")
    return target


def make_world(size: Size, build: Path) -> World:
    """Open the world of a size below ``build``, and build it first where it is missing."""
    kind = f"{size.scale.items}-{size.scale.stock_rows}-"
    folder = build / f"{kind}{_digest()}"
    if not (folder / _READY).exists():
        for outdated in build.glob(f"{kind}*"):
            shutil.rmtree(outdated)
        (folder / "device").mkdir(parents=True)
        print(f"Building a warehouse of {size.scale.stock_rows:,} stock rows in {folder.name}, once ...", flush=True)
        _build(folder, size)
        (folder / _READY).touch()
    picks = msgspec.json.decode((folder / "picks.json").read_bytes(), type=tuple[Pick, ...])
    return World(folder, size, picks, make_operators(SEED)[0])


def _digest() -> str:
    """What fills the world, in twelve letters."""
    found = sha256()
    for pattern in FILLERS:
        for path in sorted(ROOT.glob(pattern)):
            found.update(path.read_bytes())
    return found.hexdigest()[:12]


def _build(folder: Path, size: Size) -> None:
    with closing(open_store(folder / "device")) as store:
        _fill(store, size)
        picks = find_picks(store.file.database, make_warehouse(size.scale, SEED), size.picks)
        if not picks:
            raise BenchmarkError("There is nothing to move in this warehouse.")
        device, position = _build_centre(folder, size, picks)
        with store.transaction:
            store.identity.enrol(
                Enrolment(device.device, device.epoch, device.site, "http://127.0.0.1:9", device.token)
            )
            store.identity.move_to(position)
            store.identity.set_offset(Offset(0, 1_000, StationClock().stamp()))
    (folder / "picks.json").write_bytes(msgspec.json.encode(picks))


def _fill(store: Store, size: Size) -> None:
    made = rows(size.scale, SEED)
    while part := list(islice(made, _ROWS_PER_COMMIT)):
        with store.transaction:
            store.feed.put(_versioned(part))
    store.file.checkpoint()


def _versioned(part: list[Row]) -> Iterator[tuple[int, Row]]:
    return ((_PULLED, row) for row in part)


def _build_centre(folder: Path, size: Size, picks: list[Pick]) -> tuple[Enrolled, Position]:
    """A centre with all master data and the stock that is moved: opening a million rows would take minutes."""
    sheets = folder / "sheets"
    write_warehouse(sheets, size.scale, SEED)
    lines = ["place,item,lot,serial,owner,status,quantity"]
    lines += [f"{one.source},{one.item},,,OWN,AVAILABLE,{show_quantity(one.quantity)}" for one in picks]
    (sheets / "stock.csv").write_text("\n".join(lines) + "\n")
    with closing(init_store(f"sqlite:///{folder / 'central.db'}")) as store:
        now_us = time.time_ns() // 1000
        import_folder(store, sheets, now_us)
        with store.writing() as connection:
            device = enrolled(
                connection,
                EnrolmentAsked(code=invited(connection, SITE, now_us), name="bench", program=PROGRAM),
                now_us,
            )
            version = site_version(connection, SITE)
        epoch = store.read(lambda connection: store_epoch_of(connection, SITE))
    if not isinstance(device, Enrolled):
        raise BenchmarkError("The centre did not take its own invitation.")
    shutil.rmtree(sheets)
    tidied(folder / "central.db")
    return device, Position(epoch, version)


def tidied(path: Path) -> None:
    """Move everything into the file itself, which is copied without its log."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
