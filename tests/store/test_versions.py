"""Caches of other programs: a newer one is refused and left alone, an older one is brought up to date."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.catalog import Tolerance
from scanner_app.domain.clock import Stamp
from scanner_app.store import schema
from scanner_app.store.entries.history import history
from scanner_app.store.file import CACHE_NAME
from scanner_app.store.identity import Position
from scanner_app.store.store import open_store
from scanner_app.workflows.lookups.search import Find, Hit
from tests.store.stations import config, scanner, worked


@pytest.mark.parametrize("command", [["line"], ["sync", "--once"], ["enrol", "http://127.0.0.1:9", "CODE"]])
def test_a_newer_cache_is_refused_and_nothing_is_changed(command: list[str], tmp_path: Path) -> None:
    cache = worked(tmp_path, 1)
    with closing(sqlite3.connect(cache)) as database:
        database.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    before = cache.read_bytes()
    done = scanner(config(tmp_path, tmp_path), *command, given="\n")
    assert done.returncode == 1
    assert done.stderr.startswith("scanner: ")
    assert "written by a newer program" in done.stderr
    assert "Traceback" not in done.stderr
    assert cache.read_bytes() == before
    assert not (tmp_path / "damaged-1").exists()


def test_a_newer_cache_is_no_backup_for_this_program(tmp_path: Path) -> None:
    copy = worked(tmp_path / "newer", 1)
    with closing(sqlite3.connect(copy)) as database:
        database.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    worked(tmp_path / "data", 1)
    done = scanner(config(tmp_path, tmp_path / "data"), "restore", str(copy))
    assert done.returncode == 1
    assert "written by a newer program" in done.stderr
    assert not (tmp_path / "data" / "replaced-1").exists()


def test_a_file_from_before_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / CACHE_NAME)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA user_version = 0")
        database.execute("CREATE TABLE before_the_first (word TEXT)")
    store = open_store(tmp_path)
    assert store.file.database.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    assert store.identity.enrolment is None
    store.close()


def test_a_program_that_knows_more_kinds_of_rows_pulls_from_the_start(tmp_path: Path) -> None:
    before = [one for one in schema.MIGRATIONS if one[0] < "004_tolerances"]
    with closing(sqlite3.connect(tmp_path / CACHE_NAME)) as database:
        for _name, scripts in before:
            database.executescript(";".join(scripts))
        database.execute("CREATE TABLE _sqlite_migrations (migration_set TEXT, name TEXT, applied_at TEXT)")
        applied = [("cache", name, "") for name, _scripts in before]
        database.executemany("INSERT INTO _sqlite_migrations VALUES (?, ?, ?)", applied)
        database.execute("""INSERT INTO meta VALUES ('position', '{"store_epoch": "e", "cursor": 17}')""")
        database.execute(f"PRAGMA user_version = {len(before)}")
        database.commit()
    with closing(open_store(tmp_path)) as store:
        assert store.identity.position == Position("e", 0)
        store.feed.put([(1, Tolerance("all", percent=1))])
        assert store.file.database.execute("SELECT tolerance, percent, value FROM tolerance").fetchall() == [
            ("all", 1, -1)
        ]


def test_entries_from_before_readers_had_names_are_of_none_and_can_be_printed_before_the_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = next(number for number, (name, _) in enumerate(schema.MIGRATIONS) if name.endswith("readers"))
    with monkeypatch.context() as older:
        older.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:before])
        older.setattr(schema, "VERSION", before)
        with closing(sqlite3.connect(tmp_path / CACHE_NAME, isolation_level=None)) as database:
            schema.migrate(database)
            database.execute("INSERT INTO entry VALUES (1, 'main', 'serial', '', '', x'41', 1, 2, 'boot')")
            assert [row["reader"] for row in history(database)] == [""]
    with closing(open_store(tmp_path)) as store:
        assert store.log.unjudged("main")[0].entry == Entry(b"A", Source.SERIAL, Stamp(1, 2, "boot"))


def test_names_pulled_by_an_older_program_can_be_searched_after_the_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = next(number for number, (name, _) in enumerate(schema.MIGRATIONS) if name.endswith("look_ups"))
    with monkeypatch.context() as older:
        older.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:before])
        older.setattr(schema, "VERSION", before)
        with closing(sqlite3.connect(tmp_path / CACHE_NAME, isolation_level=None)) as database:
            schema.migrate(database)
            database.execute("INSERT INTO item VALUES ('100001', 'Müsli Crunch', 'EA', 'none', 0, 0, 0, 'C')")
    store = open_store(tmp_path)
    assert store.inquiries.find(Find("687 cru"), ()).hits == (Hit("item", "100001", "Müsli Crunch"),)
    store.close()
