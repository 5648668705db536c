"""A damaged cache: it is kept, what can be read is saved, and the program begins with a prompt."""

import random
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scanner_app.errors import StoreDamagedError
from scanner_app.languages.language import ENGLISH
from scanner_app.session.notices import Notices
from scanner_app.store.damage import noted_damage
from scanner_app.store.file import CACHE_NAME
from scanner_app.store.rescue.borrow import schema_pages
from scanner_app.store.store import Store, open_store
from scanner_app.store.upkeep import Upkeep
from tests.store.stations import MOVE, PAGE, Liner, config, overwrite, scanner, unsent, worked
from tests.warehouse import Floor, Ticking

MOVES = 100
SEEDS = 16


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return worked(tmp_path_factory.mktemp("whole"), MOVES, answered=30)


@pytest.fixture
def cache(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path))


def rows(store: Store, query: str) -> list[Any]:
    return store.file.database.execute(query).fetchall()


def told(store: Store) -> str:
    return " ".join(ENGLISH.said(sentence) for sentence in Notices(store).unread())


def test_every_unsent_event_that_can_be_read_is_saved(whole: Path, tmp_path: Path) -> None:
    damaged = 0
    for seed in range(SEEDS):
        folder = tmp_path / str(seed)
        folder.mkdir()
        cache = Path(shutil.copy(whole, folder))
        overwrite(cache, seed, pages=1 + seed % 6)
        before, expected = cache.read_bytes(), unsent(cache)
        store = open_store(folder, is_mending=True)
        kept = dict(rows(store, "SELECT id, payload FROM event JOIN outbox USING (number)"))
        assert expected.items() <= kept.items(), seed
        if store.notices:
            damaged += 1
            assert rows(store, "PRAGMA integrity_check") == [("ok",)]
            assert (folder / "damaged-1" / CACHE_NAME).read_bytes() == before
            assert store.identity.is_renewing
            assert store.identity.position.cursor == 0
        store.close()
    assert damaged > SEEDS / 2


def test_nothing_that_was_saved_posts_by_itself(cache: Path) -> None:
    with closing(sqlite3.connect(cache)) as database, database:
        database.execute("DELETE FROM verdict WHERE entry > (SELECT max(entry) - 7 FROM entry)")
        database.execute("DELETE FROM event WHERE entry > (SELECT max(entry) - 7 FROM entry)")
        database.execute("DELETE FROM outbox WHERE number NOT IN (SELECT number FROM event)")
        events = database.execute("SELECT count(*) FROM event").fetchone()
    (cache.parent / "cache.damaged").write_text("{}")
    open_store(cache.parent, is_mending=True).close()
    floor = Floor(cache.parent)
    assert rows(floor.store, "SELECT count(*) FROM event") == [events]
    assert rows(floor.store, "SELECT count(*) FROM play WHERE ended IS NULL") == [(1,)]
    assert floor.desk.view().title == "Menu"
    floor.close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda cache: cache.write_bytes(b"this is no database at all" * 400),
        lambda cache: cache.write_bytes(b"\0" * PAGE + cache.read_bytes()[PAGE:]),
        lambda cache: cache.write_bytes(cache.read_bytes()[: 7 * PAGE]),
        lambda cache: cache.write_bytes(cache.read_bytes()[: 2 * PAGE + 77]),
        lambda cache: overwrite(cache, 7, 10_000),
    ],
    ids=["not a database", "no header", "cut short", "cut shorter", "all pages overwritten"],
)
def test_whatever_happened_to_it_the_program_says_one_sentence(spoil: object, cache: Path, tmp_path: Path) -> None:
    assert callable(spoil)
    spoil(cache)
    before = cache.read_bytes()
    told = scanner(config(tmp_path, tmp_path), "line", given="\n")
    assert "Traceback" not in told.stdout + told.stderr
    assert "Memory was damaged. " in told.stdout + told.stderr
    assert (tmp_path / "damaged-1" / CACHE_NAME).read_bytes() == before
    assert told.returncode == 0 or "enrol" in told.stderr


@pytest.mark.parametrize("page", [1, 2, 3, 0], ids=["header", "second", "third", "all of the schema"])
def test_a_spoilt_beginning_is_borrowed_from_a_new_cache(page: int, cache: Path) -> None:
    fresh = open_store(cache.parent / "fresh")
    fresh.close()
    content = bytearray(cache.read_bytes())
    schema = schema_pages((cache.parent / "fresh" / CACHE_NAME).read_bytes(), PAGE)
    for number in schema if page == 0 else schema[page - 1 : page]:
        content[(number - 1) * PAGE : number * PAGE] = random.Random(number).randbytes(PAGE)
    cache.write_bytes(content)
    store = open_store(cache.parent, is_mending=True)
    assert told(store) == "Memory was damaged. 70 unsent saved. Scans saved: 403."
    assert not list(cache.parent.glob("cache.scratch*"))
    assert store.identity.enrolment is not None
    store.close()


def test_a_prompt_comes_after_the_sentence_and_not_twice(cache: Path, tmp_path: Path) -> None:
    overwrite_table(cache, "verdict")
    first = scanner(config(tmp_path, tmp_path), "line", given="x\n")
    assert first.returncode == 0, first.stderr
    assert re.match(r"! Memory was damaged. 70 unsent saved. Scans saved: \d+. Some of it was lost.", first.stdout)
    assert first.stdout.rstrip().endswith(" >")
    assert "damaged" not in scanner(config(tmp_path, tmp_path), "line", given="x\n").stdout


def overwrite_table(cache: Path, table: str) -> None:
    """Spoil a page in the middle of a table."""
    with closing(sqlite3.connect(cache)) as database:
        (root,) = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    content = bytearray(cache.read_bytes())
    page = content[(root - 1) * PAGE : root * PAGE]
    child = int.from_bytes(page[8:12], "big") if page[0] == 5 else root
    content[(child - 1) * PAGE : child * PAGE] = random.Random(1).randbytes(PAGE)
    cache.write_bytes(content)


def test_a_damaged_stock_page_is_found_in_idle_moments(cache: Path) -> None:
    overwrite_table(cache, "stock")
    store = open_store(cache.parent)
    upkeep = Upkeep(store, 90, Ticking().stamp)
    while upkeep.step():
        pass
    assert told(store) == "Memory damaged. Leave and restart."
    store.close()
    assert noted_damage(cache.parent) is not None
    with pytest.raises(StoreDamagedError, match="Start the scanner again"):
        open_store(cache.parent)
    mended = open_store(cache.parent, is_mending=True)
    assert "70 unsent saved" in told(mended)
    assert noted_damage(cache.parent) is None
    mended.close()


def test_damage_met_at_work_ends_it_with_a_sentence_and_is_mended_at_the_next_start(
    cache: Path, tmp_path: Path
) -> None:
    overwrite_table(cache, "stock")
    setup = config(tmp_path, tmp_path)
    worker = Liner(setup)
    worker.say(".i", "A-01-01")
    assert worker.leave() == 1
    assert "scanner: The cache is damaged" in worker.shown
    assert "found damaged at work" in scanner(setup, "doctor").stdout
    assert "Start the scanner again" in scanner(setup, "sync", "--once").stderr
    again = Liner(setup)
    assert "70 unsent saved" in again.shown
    assert again.leave() == 0
    assert "found damaged" not in scanner(setup, "doctor").stdout


def test_a_mending_that_was_interrupted_is_finished(cache: Path) -> None:
    overwrite_table(cache, "entry")
    aside = cache.parent / "damaged-1"
    aside.mkdir()
    before = cache.read_bytes()
    (cache.parent / "cache.damaged").write_text('{"reason": "cut", "folder": "damaged-1"}')
    cache.rename(aside / CACHE_NAME)
    (cache.parent / "cache.new").write_bytes(b"half")
    store = open_store(cache.parent, is_mending=True)
    assert len(rows(store, "SELECT * FROM outbox")) == 70
    assert (aside / CACHE_NAME).read_bytes() == before
    store.close()


@pytest.mark.parametrize("damaged_page", [0, 1, 5, 30])
def test_what_is_only_in_the_write_ahead_log_is_saved(damaged_page: int, floor: Floor, tmp_path: Path) -> None:
    floor.move()
    floor.burst(*MOVE * 20)
    floor.store.file.checkpoint()
    floor.burst(*MOVE[1:] * 10)
    folder = tmp_path / "killed"
    folder.mkdir()
    for part in ("", "-wal"):
        shutil.copy(f"{floor.store.file.path}{part}", folder / f"{CACHE_NAME}{part}")
    with (folder / CACHE_NAME).open("r+b") as file:
        file.seek(damaged_page * PAGE)
        file.write(random.Random(damaged_page).randbytes(PAGE))
    (folder / "cache.damaged").write_text('{"reason": "planted"}')
    log = (folder / "cache.db-wal").read_bytes()
    store = open_store(folder, is_mending=True)
    assert len(rows(store, "SELECT * FROM outbox")) == len(floor.events())
    assert (folder / "damaged-1" / "cache.db-wal").read_bytes() == log
    store.close()


def test_a_write_ahead_log_without_its_file_is_not_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "cache.db-wal").write_bytes(b"w" * 9000)
    store = open_store(tmp_path, is_mending=True)
    assert (tmp_path / "damaged-1" / "cache.db-wal").read_bytes() == b"w" * 9000
    store.close()
