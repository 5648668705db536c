"""Central stores on either engine: files of SQLite's, and databases in a real PostgreSQL that the tests start.

A test that asks for ``empty_url`` or ``warehouse_url`` (the small warehouse of ``tests.central.warehouse``, imported)
and gives it to ``init_store`` or ``open_store`` runs once on each engine; ``@ON_SQLITE`` or ``@ON_POSTGRESQL`` above it
leaves the other out. A test that stops its server, or wants other settings, makes a ``Cluster`` of its own.
"""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path

import psycopg
import pytest

from scanner_app.showcase.cluster import Cluster
from tests.central.warehouse import fill

ENGINES = ("sqlite", "postgresql")
ON_SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)


class Databases(ABC):
    """Databases of one engine, each under a URL that is good for the length of a block."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0

    @abstractmethod
    def empty(self) -> "Lent":
        """Lend a database without any table."""

    @abstractmethod
    def warehouse(self) -> "Lent":
        """Lend a copy of the small warehouse, which is imported when it is first asked for."""

    def _next(self) -> str:
        self._made += 1
        return f"t{self._made}"


Lent = AbstractContextManager[str]


class Files(Databases):
    """Files of SQLite's."""

    @contextmanager
    def empty(self) -> Iterator[str]:
        place = self._folder / self._next()
        place.mkdir()
        yield str(place / "central.db")
        shutil.rmtree(place)

    @contextmanager
    def warehouse(self) -> Iterator[str]:
        place = self._folder / self._next()
        place.mkdir()
        shutil.copy(self._template, place / "central.db")
        yield str(place / "central.db")
        shutil.rmtree(place)

    @cached_property
    def _template(self) -> Path:
        fill(str(self._folder / "central.db"), self._folder / "sheets")
        return self._folder / "central.db"


class Server(Databases):
    """Databases in one cluster; making one takes a third of a second, so a warehouse that comes back is used again.

    A connection to each stays open, as a new one costs the server more than what is said over it.
    """

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        super().__init__(folder)
        self.cluster = cluster
        self._free: list[str] = []
        self._connections: dict[str, psycopg.Connection] = {}

    @contextmanager
    def empty(self) -> Iterator[str]:
        name = self._made_database()
        yield self.cluster.url(name)
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def warehouse(self) -> Iterator[str]:
        name = self._free.pop() if self._free else self._filled()
        yield self.cluster.url(name)
        self._say(_LET_GO, name)
        self._say(_PUT_BACK, name)
        self._free.append(name)

    def _filled(self) -> str:
        name = self._made_database()
        fill(self.cluster.url(name), self._folder / "sheets")
        self._say(_KEEP, name)
        return name

    def _made_database(self) -> str:
        name = self._next()
        self._say(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def _say(self, statement: str, database: str = "postgres") -> None:
        if database not in self._connections:
            self._connections[database] = psycopg.connect(address(self.cluster.url(database)), autocommit=True)
        self._connections[database].execute(statement.encode())


_EACH = (
    "DO $$ DECLARE t name; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' "
    "LOOP {} END LOOP; END $$"
)
_LET_GO = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid != pg_backend_pid()"
)
_KEEP = "CREATE SCHEMA kept; " + _EACH.format("EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', t, t);")
_PUT_BACK = _EACH.format("EXECUTE format('DELETE FROM public.%I; INSERT INTO public.%I TABLE kept.%I', t, t, t);")


def address(url: str) -> str:
    """The URL as libpq takes it."""
    return url.replace("+psycopg", "", 1)
