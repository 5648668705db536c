"""Looking up by item and by parts of a name: from the line to the picture, among all goods and stock of the warehouse.

The product answers at its desk, all of it stored; the floor keeps the line in one commit and runs the bare indexed
query of the same rows. Both get the same lines in turn. That an answer is quick enough has a bound of its own.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

from benchmarks.result import BenchmarkError, Result, percentile, result
from benchmarks.world.world import World
from devices.clock import StationClock
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.capture.keypad import pressed, words_of
from scanner_app.session.context import Settings, Tools
from scanner_app.session.desk import Desk
from scanner_app.session.session import Session
from scanner_app.store.file import CACHE_NAME
from scanner_app.store.store import open_store

NAMES = ("lookup_1m", "lookup_1m_p99")
ANSWER_MS_MAX = 50.0
_PART_LENGTH = 3
_OF_ITEM = """SELECT s.*, i.name, i.base_unit FROM stock s JOIN item i ON i.item = s.item WHERE s.item = ?
ORDER BY s.place, s.lot, s.serial, s.owner, s.status LIMIT 201"""
_OF_NAME = """SELECT i.item, i.name FROM item_search s JOIN item_words w ON w.number = s.rowid JOIN item i USING (item)
WHERE item_search MATCH ? LIMIT 100"""


def measure(world: World) -> list[Result]:
    folder = world.copied("look_ups")
    product: list[float] = []
    floor: list[float] = []
    with _desk(folder) as desk, closing(_bare(folder)) as bare:
        for line in _lines(desk.store.file.database, world.size.look_ups):
            floor.append(_timed_ms(lambda line=line: _asked(bare, line)))  # type: ignore[misc]
            product.append(_timed_ms(lambda line=line: _answered(desk, line)))  # type: ignore[misc]
            if not desk.view().listed:
                raise BenchmarkError(f"Nothing was found of {line!r}.")
    worst = percentile(product, 0.99)
    return [
        result("lookup_1m", "ms", (percentile(product, 0.5), percentile(floor, 0.5)), 3.0, len(product)),
        result("lookup_1m_p99", "ms", (worst, ANSWER_MS_MAX), 1.0, len(product)),
    ]


@contextmanager
def _desk(folder: Path) -> Iterator[Desk]:
    """A desk at which somebody is signed in and looks things up."""
    clock = StationClock()
    store = open_store(folder / "device")
    tools = Tools(
        stamp=clock.stamp, new_id=lambda: "id", verify=lambda _verifier, _secret: True,
        digits=lambda count: "4711"[:count], program="bench", hash=lambda _: "",
    )  # fmt: skip
    desk = Desk(Session(store, "main", tools, Settings()))
    desk.resume()
    for line in ("B-1001", "135790", ".i"):
        _answered(desk, line)
    yield desk
    store.close()


def _bare(folder: Path) -> sqlite3.Connection:
    """The same tables beside a journal of lines, as any program would open them."""
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE line (number INTEGER PRIMARY KEY, text TEXT)")
    bare.execute("ATTACH ? AS cache", (str(folder / "device" / CACHE_NAME),))
    return bare


def _lines(database: sqlite3.Connection, count: int) -> list[str]:
    """Item numbers, and the beginnings of two words of names, in letters and as keys."""
    chance = Random("look-ups")
    items = database.execute("SELECT item, name FROM item ORDER BY item").fetchall()
    chosen = chance.sample([(item, name) for item, name in items if _parts(name)], count)
    kinds: tuple[Callable[[str, str], str], ...] = (
        lambda item, _name: item,
        lambda _item, name: _parts(name),
        lambda _item, name: " ".join(map(pressed, _parts(name).split())),
    )
    return [kinds[number % 3](item, name) for number, (item, name) in enumerate(chosen)]


def _parts(name: str) -> str:
    words = [word for word in words_of(name) if word.isascii() and word.isalpha() and len(word) > _PART_LENGTH]
    return " ".join(word[:_PART_LENGTH] for word in words[:2]) if len(words) > 1 else ""


def _answered(desk: Desk, line: str) -> None:
    stamp = desk.session.tools.stamp()
    desk.take([Entry(line.encode(), Source.KEYBOARD, stamp)])
    desk.view()
    desk.shown(stamp)


def _asked(bare: sqlite3.Connection, line: str) -> None:
    bare.execute("INSERT INTO line (text) VALUES (?)", (line,))
    if " " in line:
        bare.execute(_OF_NAME, (" ".join(f"{pressed(part)}*" for part in line.split()),)).fetchall()
    else:
        bare.execute(_OF_ITEM, (line,)).fetchall()


def _timed_ms(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000
