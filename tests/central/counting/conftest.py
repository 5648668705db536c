"""The floor of the histories in a store of the engine that a test runs on, made once for all tests of a module."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from sync.central.database.store import CentralStore, init_store
from tests.central.counting.centre import import_floor
from tests.central.databases import ENGINES, Databases


@pytest.fixture(scope="module", params=ENGINES)
def floor_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralStore]:
    databases = request.getfixturevalue(request.param)
    assert isinstance(databases, Databases)
    with databases.empty() as url, closing(init_store(url)) as store:
        import_floor(store, tmp_path_factory.mktemp("floor") / "sheets")
        yield store
