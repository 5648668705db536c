"""Fixtures shared by all tests."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.showcase.cluster import QUICK, Cluster
from tests.central.databases import ENGINES, Databases, Files, Server
from tests.warehouse import Floor

os.umask(os.umask(0) | 0o022)
"""Whoever runs the tests may let everybody write what they make; the program keeps nothing in such a folder."""

gc.disable()
"""What is collected stays: looking through it for garbage, again and again, was half of what collecting cost."""


def pytest_collection_finish() -> None:
    """From here on garbage is collected, and the tests themselves are never looked through."""
    gc.freeze()
    gc.enable()


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    floor = Floor(tmp_path)
    yield floor
    floor.close()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One PostgreSQL for all tests of this process."""
    with Cluster(settings=QUICK) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster) -> Server:
    return Server(tmp_path_factory.mktemp("postgresql"), cluster)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The engine that a test runs on; see ``tests.central.databases`` for how to choose one."""
    return str(request.param)


@pytest.fixture
def databases(engine: str, request: pytest.FixtureRequest) -> Databases:
    """Databases of the engine; the server is started only when somebody asks for it."""
    found = request.getfixturevalue(engine)
    assert isinstance(found, Databases)
    return found


@pytest.fixture
def empty_url(databases: Databases) -> Iterator[str]:
    with databases.empty() as url:
        yield url


@pytest.fixture
def warehouse_url(databases: Databases) -> Iterator[str]:
    with databases.warehouse() as url:
        yield url
