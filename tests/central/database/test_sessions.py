"""Sessions of PostgreSQL: whatever the database has by default, events come back as they were sent."""

from collections.abc import Iterator
from contextlib import closing

import msgspec
import psycopg
import pytest
from sqlalchemy import select

from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.errors import CentralError
from sync.central.audit.verification import verify
from sync.central.database.proof import prove
from sync.central.database.sessions import SETTINGS
from sync.central.database.store import CentralStore, init_store, open_store
from sync.central.database.tables import events
from sync.central.events.reason import Reason
from sync.protocol import Outcome
from tests.central.databases import ON_POSTGRESQL, address
from tests.central.warehouse import adjusted, event, push, words

pytestmark = ON_POSTGRESQL
SPOILT = {
    "client_encoding": "LATIN1",
    "standard_conforming_strings": "off",
    "backslash_quote": "on",
    "array_nulls": "off",
    "bytea_output": "escape",
    "DateStyle": "German, DMY",
    "IntervalStyle": "iso_8601",
    "TimeZone": "America/St_Johns",
    "default_transaction_isolation": "serializable",
    "default_transaction_deferrable": "on",
    "default_transaction_read_only": "on",
    "statement_timeout": "200",
    "lock_timeout": "1",
    "idle_in_transaction_session_timeout": "1",
    "transaction_timeout": "200",
}
HOSTILE = "back\\slash \\n \"quote\" 'apostrophe' é 📦 {x,NULL}"


@pytest.fixture
def database(warehouse_url: str) -> Iterator[psycopg.Connection]:
    """The database of the warehouse, to be set by hand; it is set back at the end."""
    with psycopg.connect(address(warehouse_url), autocommit=True) as connection:
        yield connection
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(f"ALTER DATABASE {connection.info.dbname} RESET ALL".encode())


def _set(database: psycopg.Connection, name: str) -> None:
    if database.execute("SELECT 1 FROM pg_settings WHERE lower(name) = lower(%s)", (name,)).fetchone():
        database.execute(f"ALTER DATABASE {database.info.dbname} SET {name} = '{SPOILT[name]}'".encode())


def _post(store: CentralStore) -> None:
    """Send an event whose text has every letter that could be taken for something else, and read it back.

    No reason of the site is called so, and nothing else is wrong with it.
    """
    sent = event(1, Adjusted(adjusted("A").legs, HOSTILE, HOSTILE), operator="s1")
    assert words(push(store, [sent])) == [(Outcome.EXCEPTIONS, (Reason.REASON_MISSING,))]
    with store.reading() as connection:
        (payload,) = connection.execute(select(events.c.payload).where(events.c.id == sent.id)).scalars()
    assert bytes(payload) == msgspec.json.encode(sent)
    assert verify(store) == []


@pytest.mark.parametrize("name", SPOILT)
def test_a_setting_of_the_database_changes_nothing(warehouse_url: str, database: psycopg.Connection, name: str) -> None:
    _set(database, name)
    with closing(open_store(warehouse_url)) as store:
        with store.reading() as connection:
            found = dict(map(tuple, connection.exec_driver_sql("SELECT lower(name), setting FROM pg_settings")))
        wanted = {one.lower(): value for one, value in SETTINGS.items() if one.lower() in found}
        assert {one: found[one] for one in wanted} == wanted
        _post(store)


def test_all_of_them_together_change_nothing(warehouse_url: str, database: psycopg.Connection) -> None:
    assert set(SPOILT) == set(SETTINGS)
    for name in SPOILT:
        _set(database, name)
    with closing(open_store(warehouse_url, is_service=True)) as store:
        _post(store)


def test_times_that_the_url_names_are_meant(warehouse_url: str) -> None:
    url = f"{warehouse_url}&options=-c%20statement_timeout%3D4321"
    with closing(open_store(url)) as store, store.reading() as connection:
        assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == "4321ms"


def test_a_server_that_changes_bytes_is_refused(store: CentralStore) -> None:
    with store.engine.connect() as connection:
        prove(connection)
        connection.exec_driver_sql("SET standard_conforming_strings = off")
        with pytest.raises(CentralError, match="does not give back"):
            prove(connection)


def test_a_database_without_letters_is_refused_in_a_sentence(empty_url: str) -> None:
    with psycopg.connect(address(empty_url), autocommit=True) as connection:
        connection.execute("CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C'")
        url = empty_url.replace(f"/{connection.info.dbname}", "/ascii")
        try:
            for opened in (init_store, open_store):
                with pytest.raises(CentralError, match="CREATE DATABASE scanner ENCODING 'UTF8' TEMPLATE template0"):
                    opened(url)
        finally:
            connection.execute("DROP DATABASE ascii WITH (FORCE)")
