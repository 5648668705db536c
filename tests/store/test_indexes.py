"""A damaged index of a long log: the start mends it, however old the page, and no scan is passed over for it."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from scanner_app.app import Station, sync_once
from scanner_app.config import Config, Device
from scanner_app.errors import StoreDamagedError
from scanner_app.store.damage import noted_damage
from scanner_app.store.file import CACHE_NAME
from scanner_app.store.log import MAIN
from scanner_app.store.notices import Saved
from scanner_app.store.store import Store, open_store
from scanner_app.store.upkeep import Upkeep
from tests.store.stations import MOVE, PAGE
from tests.warehouse import Floor, Ticking

OLDER = 11_000
"""More than are read whole at a start."""
INDEXES = (
    "entry_by_session", "play_open", "verdict_by_play", "event_annuls", "event_puts_back", "event_not_taken",
    "sqlite_autoindex_event_1", "sqlite_autoindex_event_2", "sqlite_autoindex_event_3",
)  # fmt: skip
MOVES = 10
_OLDER = """WITH RECURSIVE older (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM older WHERE n < ?)
INSERT INTO {table} SELECT n, {columns} FROM {table}, older WHERE {key} = (SELECT min({key}) FROM {table})"""
_COLUMNS = {
    ("entry", "entry"): "session, source, key, fault, raw, wall_us, monotonic_us, boot, reader",
    ("verdict", "entry"): "n, question, outcome, facts",
    ("play", "play"): "session, parent, script, version, operator, arguments, looks, said, 'done', typed",
    ("event", "number"): "'old-' || n, epoch, n, n, payload, 1, 'posted', 1, reasons, NULL, NULL, 0",
}


@pytest.fixture(scope="module")
def long_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A long log whose newest moves are not sent, an open script, and entries that were stored and interrupted."""
    floor = Floor(tmp_path_factory.mktemp("long"))
    floor.move()
    floor.burst(*MOVE)
    with floor.store.transaction:
        for (table, key), columns in _COLUMNS.items():
            query = _OLDER.format(table=table, key=key, columns=columns)
            floor.store.file.database.execute(query, (OLDER,))
        floor.store.file.database.execute("DELETE FROM outbox")
        floor.store.file.database.execute("UPDATE event SET is_settled = 1, outcome = 'posted'")
    floor.restart()
    floor.burst(*MOVE[1:], *MOVE * (MOVES - 1))
    with floor.store.transaction:
        floor.store.log.add(MAIN, [floor.entry(text) for text in MOVE])
    floor.close()
    return floor.folder / CACHE_NAME


@pytest.fixture
def cache(long_log: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(long_log, tmp_path))


def root_of(cache: Path, index: str) -> int:
    with closing(sqlite3.connect(cache)) as database:
        return int(database.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (index,)).fetchone()[0])


def spoil(cache: Path, index: str) -> None:
    """Overwrite the header of the page at which an index begins."""
    with cache.open("r+b") as file:
        file.seek((root_of(cache, index) - 1) * PAGE)
        file.write(b"\xff" * 12)


def empty(cache: Path, index: str) -> None:
    """Make an index one without rows, which SQLite reads without an error."""
    page = bytearray(PAGE)
    page[0:8] = b"\x0a\0\0\0\0" + PAGE.to_bytes(2, "big") + b"\0"
    with cache.open("r+b") as file:
        file.seek((root_of(cache, index) - 1) * PAGE)
        file.write(page)


def config(cache: Path) -> Config:
    return Config(device=Device(data_dir=str(cache.parent), ballast_mb=0))


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    return store.file.database.execute(query).fetchall()


@pytest.mark.parametrize("damage", [spoil, empty])
@pytest.mark.parametrize("index", INDEXES)
def test_a_start_mends_a_damaged_index(cache: Path, index: str, damage: Callable[[Path, str], None]) -> None:
    damage(cache, index)
    station = Station(config(cache), {})
    station.start()
    assert station.store.journal.waiting >= MOVES
    assert station.store.log.behind() == []
    assert rows(station.store, "SELECT 1 FROM entry LEFT JOIN verdict USING (entry) WHERE outcome IS NULL") == []
    station.close()


@pytest.mark.parametrize("index", ["entry_by_session", "play_open", "verdict_by_play"])
@pytest.mark.parametrize("damage", [spoil, empty])
def test_the_check_of_the_start_finds_it_before_anybody_works_with_it(
    cache: Path, index: str, damage: Callable[[Path, str], None]
) -> None:
    damage(cache, index)
    with pytest.raises(StoreDamagedError):
        open_store(cache.parent)


def test_damage_that_only_the_coming_back_meets_is_mended_at_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No check of a start can read everything."""
    with monkeypatch.context() as patched:
        patched.setattr("scanner_app.store.file.check_start", lambda _database: None)
        spoil(cache, "play_open")
        station = Station(config(cache), {})
    assert [type(notice) for notice in station.store.notices] == [Saved]
    assert station.store.journal.waiting == MOVES
    assert noted_damage(cache.parent) is None
    station.start()
    station.close()


def test_a_single_exchange_that_meets_damage_leaves_a_note_for_the_next_start(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scanner_app.store.file.check_start", lambda _database: None)
    spoil(cache, "play_open")
    with pytest.raises(StoreDamagedError):
        sync_once(config(cache), {})
    assert noted_damage(cache.parent) is not None


def test_idle_moments_find_an_old_row_that_an_index_lacks(cache: Path) -> None:
    with closing(sqlite3.connect(cache)) as database, database:
        (text,) = database.execute("SELECT sql FROM sqlite_schema WHERE name = 'entry_by_session'").fetchone()
        database.execute("PRAGMA writable_schema = ON")
        partly = "CREATE INDEX entry_by_session ON entry (session) WHERE entry <> 5000"
        database.execute("DROP INDEX entry_by_session")
        database.execute(partly)
        database.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'entry_by_session'", (text,))
    store = open_store(cache.parent)
    assert store.notices == ()
    upkeep = Upkeep(store, 0, Ticking().stamp)
    while upkeep.step():
        pass
    store.close()
    noted = noted_damage(cache.parent)
    assert noted is not None
    assert "rows of entry are missing from entry_by_session" in noted.reason
