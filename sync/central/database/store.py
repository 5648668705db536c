"""The central store, open: an engine over SQLite or PostgreSQL, and transactions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, select, update
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from scanner_app.errors import CentralError
from scanner_app.ownership import danger_in
from sync.central.database import master_tables as kinds
from sync.central.database import postgresql
from sync.central.database.migrate import migrate, revision_of
from sync.central.database.proof import prove
from sync.central.database.retry import tried
from sync.central.database.tables import REVISION, meta, metadata

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "busy_timeout=30000",
    "cache_size=-65536",
    "journal_size_limit=67108864",
    "wal_autocheckpoint=16000",
)
_WRITES = "writes"
_IS_ONE_STATEMENT = "is_one_statement"
_SECRETS = frozenset({"password", "passfile", "sslpassword"})
_UNREADABLE = (
    "[central] database cannot be read. Behind the host stands a number, the port; in a password '/' is written %2F, "
    "'@' %40, ':' %3A and '%' %25."
)
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class CentralStore:
    """An engine, and the transactions over it."""

    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one moment of the store."""
        options = {} if self.is_embedded else postgresql.ONE_MOMENT
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection in a transaction that may write; it commits unless the block raises.

        Raises:
            UnconfirmedError: it has committed, but a standby that had to have it may not.
        """
        with self.engine.connect().execution_options(**{_WRITES: True}) as connection:
            postgresql.forget_warnings(connection)
            with connection.begin():
                yield connection
            postgresql.refuse_unconfirmed(connection)

    def read(self, work: Callable[[Connection], _Result]) -> _Result:
        """Return what ``work`` reads from one moment; a connection that breaks is replaced, and it reads again."""

        def once() -> _Result:
            with self.reading() as connection:
                return work(connection)

        return tried(once)

    def glance(self, work: Callable[[Connection], _Result]) -> _Result:
        """Return what ``work`` reads by a single statement, which needs no transaction around it."""

        options = {_IS_ONE_STATEMENT: True} if self.is_embedded else postgresql.ONE_STATEMENT

        def once() -> _Result:
            with self.engine.connect().execution_options(**options) as connection:
                return work(connection)

        return tried(once)

    def write(self, work: Callable[[Connection], _Result]) -> _Result:
        """Do ``work`` in a transaction, and the whole of it again where the database failed under it."""

        def once() -> _Result:
            with self.writing() as connection:
                return work(connection)

        return tried(once)

    @property
    def is_embedded(self) -> bool:
        """Say whether only one connection may write at a time."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        self.engine.dispose()


def init_store(url: str) -> CentralStore:
    """Make the store, or bring one of an older program up to date, and open it.

    Raises:
        CentralError: the database cannot be opened, or a newer program wrote it.
    """
    engine = _engine(url)
    _make_folder(engine)
    with _told(engine, "set up"):
        with CentralStore(engine).writing() as connection:
            _refuse_newer(revision_of(connection))
            migrate(connection)
            _settle(connection)
        return _opened(engine)


def store_of_backup(
    url: str, revision: str, load: Callable[[Connection], None], settle: Callable[[Connection], None]
) -> CentralStore:
    """Make the tables of a ``revision`` where there is no store, ``load`` them, bring them up to date, and open.

    ``settle`` says what else is to be done before anybody sees them.

    Raises:
        CentralError: there is a store, or it cannot be made.
    """
    engine = _engine(url)
    _make_folder(engine)
    with _told(engine, "set up"):
        with CentralStore(engine).writing() as connection:
            if revision_of(connection):
                there = shown(engine.url)
                raise CentralError(f"There is a central store at {there}; name a place where there is none.")
            migrate(connection, revision)
            load(connection)
            migrate(connection)
            settle(connection)
            _settle(connection)
        return _opened(engine)


def open_store(url: str, *, is_service: bool = False) -> CentralStore:
    """Open a store made by :func:`init_store`; a service has every look-up done by index.

    Raises:
        CentralError: there is no store, it cannot be opened, or an older or a newer program wrote it.
    """
    engine = _engine(url, is_service=is_service)
    _refuse_exposed(engine)
    with _told(engine, "opened"):
        with CentralStore(engine).reading() as connection:
            revision = revision_of(connection)
        if not revision:
            raise CentralError(f"There is no central store at {shown(engine.url)}; make one with 'central init'.")
        _refuse_newer(revision)
        if revision < REVISION:
            raise CentralError(
                f"An older program wrote the central store at {shown(engine.url)}; make a backup, "
                "then run 'central init'."
            )
        return _opened(engine)


@contextmanager
def _told(engine: Engine, what: str) -> Iterator[None]:
    """Say in a sentence why a store cannot be had, and leave no connection behind."""
    try:
        yield
    except DatabaseError as trouble:
        engine.dispose()
        why = str(trouble.orig).strip().partition("\n")[0]
        raise CentralError(f"The central store at {shown(engine.url)} cannot be {what}: {why}.") from trouble
    except CentralError:
        engine.dispose()
        raise


def _refuse_newer(revision: str) -> None:
    if revision > REVISION:
        raise CentralError("A newer program wrote this central store; update this program before opening it.")


def _opened(engine: Engine) -> CentralStore:
    with engine.connect() as connection:
        postgresql.refuse_unfit(connection)
        prove(connection)
    return CentralStore(engine)


def _settle(connection: Connection) -> None:
    """Tell programs that know no revisions whether the store is newer than they are."""
    wanted = {"name": "schema", "value": str(int(REVISION))}
    if connection.execute(select(meta.c.name).where(meta.c.name == wanted["name"])).first() is None:
        connection.execute(meta.insert(), [wanted])
    connection.execute(update(meta).where(meta.c.name == wanted["name"]).values(value=wanted["value"]))


def _make_folder(engine: Engine) -> None:
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        return
    _refuse_exposed(engine)
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as trouble:
        raise CentralError(f"The folder of {path} cannot be made: {trouble.strerror}.") from trouble


def _refuse_exposed(engine: Engine) -> None:
    """Open no embedded store that others can exchange or change."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        return
    if danger := danger_in(Path(path).absolute().parent):
        raise CentralError(f"The central store is not opened: {danger}.")


def _engine(url: str, *, is_service: bool = False) -> Engine:
    """Take a file path for SQLite, or any SQLAlchemy URL.

    Raises:
        CentralError: it is neither.
    """
    full_url = url if "://" in url else f"sqlite:///{url}"
    try:
        if full_url.startswith("sqlite"):
            return _sqlite(full_url)
        return postgresql.engine_of(full_url, is_service=is_service)
    except (ArgumentError, ImportError) as trouble:
        raise CentralError(f"[central] database is no database that is known here: {trouble}.") from trouble
    except ValueError:  # what it says may be a piece of the password
        raise CentralError(_UNREADABLE) from None


def _sqlite(full_url: str) -> Engine:
    engine = create_engine(full_url, connect_args={"isolation_level": None, "check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: ConnectionPoolEntry) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads and then wants to write fails without waiting."""
    options = connection.get_execution_options()
    if not options.get(_IS_ONE_STATEMENT, False):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITES, False) else "BEGIN")


def shown(url: URL) -> str:
    """A database as it may be printed: a password in it, also one behind the question mark, is three stars."""
    hidden = {key: "***" for key in url.query if key.lower() in _SECRETS}
    return url.update_query_dict(hidden).render_as_string(hide_password=True)


TABLES = (metadata, kinds.MASTER_KINDS)
"""Everything a store is made of; naming the kinds here makes their tables part of the metadata."""
