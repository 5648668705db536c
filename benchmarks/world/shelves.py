"""The shelves: a centre that knows much stock, and how all of that becomes new to a device at once."""

import shutil
from contextlib import closing
from itertools import islice
from pathlib import Path

from sqlalchemy import select, update

from benchmarks.result import BenchmarkError
from benchmarks.world.world import SEED, SITE, World, copied, tidied
from devices.clock import StationClock
from scanner_app.demo.warehouse import make_warehouse
from scanner_app.domain.quantity import show_quantity
from sync.central.book.counters import locked_counters, set_counters
from sync.central.database.store import CentralStore, open_store
from sync.central.database.tables import stock
from sync.central.imports.run import import_folder

_HEAD = "place,item,lot,serial,owner,status,quantity"


def make_shelves(world: World) -> Path:
    """A folder with a cache, and a centre that has ``pulled`` more stock rows than it; made once and kept."""
    folder = world.folder / f"shelves-{world.size.pulled}"
    if not (folder / "ready").exists():
        print(f"Preparing {world.size.pulled:,} stock rows at the centre, once ...", flush=True)
        copied(world.folder, folder, centre=True)
        _fill(folder, world)
        (folder / "ready").touch()
    return folder


def _fill(folder: Path, world: World) -> None:
    sheets = folder / "sheets"
    sheets.mkdir()
    (sheets / "stock.csv").write_text("\n".join([_HEAD, *_lines(world)]) + "\n")
    with closing(open_store(f"sqlite:///{folder / 'central.db'}")) as store:
        rows = import_folder(store, sheets, StationClock().stamp().wall_us, SITE).stock
    if rows != world.size.pulled:
        raise BenchmarkError(f"The centre took {rows} stock rows, not {world.size.pulled}.")
    shutil.rmtree(sheets)
    tidied(folder / "central.db")


def _lines(world: World) -> list[str]:
    """Stock that the cache has, too; but not what will be moved, which the centre has already."""
    moved = {(pick.source, pick.item) for pick in world.picks}
    rows = (row for row in make_warehouse(world.size.scale, SEED).stock() if (row.place, row.item) not in moved)
    return [
        f"{row.place},{row.item},{row.lot},{row.serial},{row.owner},{row.status},{show_quantity(row.quantity)}"
        for row in islice(rows, world.size.pulled)
    ]


def lift(store: CentralStore, rows: int) -> int:
    """Give new versions to so many of the site's oldest stock rows, as if all had changed; return the last version."""
    is_feed = (stock.c.site == SITE, stock.c.on_device.is_(True))
    with store.writing() as connection:
        before = locked_counters(connection, SITE)
        oldest = select(stock.c.version).where(*is_feed).order_by(stock.c.version)
        last = int(connection.execute(oldest.limit(1).offset(rows - 1)).scalar_one())
        lifted = update(stock).where(*is_feed, stock.c.version <= last)
        connection.execute(lifted.values(version=stock.c.version + before.version))
        after = before.version + last
        set_counters(connection, SITE, before._replace(version=after))
    return after
