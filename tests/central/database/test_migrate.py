"""Migrations: a store of any age becomes one of today, with the same tables as a new one and all that it held."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from scanner_app.errors import CentralError
from sync.central.audit.verification import verify
from sync.central.book.lives import store_epoch_of
from sync.central.database import migrate as migrating
from sync.central.database.migrate import migrate, revision_of
from sync.central.database.store import CentralStore, init_store, open_store
from sync.central.database.tables import REVISION, metadata
from sync.protocol import Outcome
from tests.central.databases import address
from tests.central.warehouse import SITE, event, move, push

MADE_US = 1_800_000_000_000_000
"""When the events in the old stores were made."""
OLD = Path(__file__).parent / "old"


def make_old(url: str) -> None:
    """A store as the program made it that had no migrations: the small warehouse, and two pushed events."""
    engine = "postgresql" if url.startswith("postgresql") else "sqlite"
    statements = (OLD / f"schema-1-{engine}.sql").read_text()
    if engine == "sqlite":
        with closing(sqlite3.connect(url)) as file:
            file.executescript(statements)
        return
    with closing(psycopg.connect(address(url), autocommit=True)) as connection:
        connection.execute(statements.encode())


def _tables(store: CentralStore) -> dict[str, object]:
    """Columns, keys and indexes of every table, as the database tells them."""
    with store.reading() as connection:
        seen = inspect(connection)
        return {
            name: (
                [(one["name"], str(one["type"]), one["nullable"], one["default"]) for one in seen.get_columns(name)],
                seen.get_pk_constraint(name)["constrained_columns"],
                [(one["name"], one["column_names"], one["unique"]) for one in seen.get_indexes(name)],
            )
            for name in sorted(seen.get_table_names())
        }


def test_a_new_store_is_what_the_program_asks_for(empty_url: str) -> None:
    with closing(init_store(empty_url)) as store, store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert revision_of(connection) == REVISION


def test_a_store_from_before_there_were_migrations_is_brought_up_to_date(empty_url: str) -> None:
    make_old(empty_url)
    with pytest.raises(CentralError, match=r"older program .* 'central init'"):
        open_store(empty_url)
    with closing(init_store(empty_url)) as store:
        assert store.read(lambda connection: store_epoch_of(connection, SITE)) == "9cdce506ee21d6c0"
        assert verify(store) == []
        known = event(1, move("A", "B", at_us=MADE_US), wall_us=MADE_US)
        answers = push(store, [known, event(3, move("A", "B"))])
        assert [(one.outcome, one.duplicate) for one in answers] == [(Outcome.POSTED, True), (Outcome.POSTED, False)]


def test_an_old_store_ends_like_a_new_one(empty_url: str, warehouse_url: str) -> None:
    make_old(empty_url)
    with closing(init_store(empty_url)) as old, closing(open_store(warehouse_url)) as new:
        assert _tables(old) == _tables(new)


def test_to_make_a_store_again_changes_nothing(warehouse_url: str) -> None:
    with closing(open_store(warehouse_url)) as store:
        before = _tables(store)
        init_store(warehouse_url).close()
        assert _tables(store) == before


@pytest.mark.parametrize("again", [init_store, open_store])
def test_a_store_of_a_newer_program_is_refused(warehouse_url: str, again: Callable[[str], CentralStore]) -> None:
    with closing(open_store(warehouse_url)) as store, store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CentralError, match="newer program"):
        again(warehouse_url)


def test_an_older_program_refuses_the_store_too(warehouse_url: str) -> None:
    with closing(open_store(warehouse_url)) as store, store.reading() as connection:
        told = connection.execute(text("SELECT value FROM meta WHERE name = 'schema'")).scalar_one()
    assert int(told) == int(REVISION) > 1


def test_a_migration_that_fails_leaves_the_store_as_it_was(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_old(empty_url)
    monkeypatch.setattr("sync.central.database.store.migrate", _migrated_and_broken)
    with pytest.raises(CentralError, match="cannot be set up"):
        init_store(empty_url)
    monkeypatch.undo()
    with pytest.raises(CentralError, match="older program"):
        open_store(empty_url)
    init_store(empty_url).close()


def _migrated_and_broken(connection: Connection) -> None:
    migrate(connection)
    connection.execute(text("INSERT INTO meta (name) SELECT name FROM meta"))


def test_the_newest_revision_is_the_one_that_the_program_names() -> None:
    scripts = ScriptDirectory.from_config(migrating.settings())
    assert scripts.get_heads() == [REVISION]
    assert [one.revision for one in scripts.walk_revisions()] == [f"{n:04}" for n in range(int(REVISION), 0, -1)]
