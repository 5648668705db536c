"""The floor of the histories in a store of the engine that a test runs on, made once for all tests of a module."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from sync.central.database.store import CentralStore, init_store
from tests.central.counting.centre import Rules, import_floor, rolled_back
from tests.central.counting.situation import A, Situation
from tests.central.databases import ENGINES, Databases
from tests.counting.floor import Floor


@pytest.fixture(scope="module", params=ENGINES)
def floor_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralStore]:
    databases = request.getfixturevalue(request.param)
    assert isinstance(databases, Databases)
    with databases.empty() as url, closing(init_store(url)) as store:
        import_floor(store, tmp_path_factory.mktemp("floor") / "sheets")
        yield store


@pytest.fixture
def told(floor_store: CentralStore) -> Iterator[Situation]:
    """Ten are there; whatever is told, the centre is what the model says."""
    with rolled_back(floor_store, Rules()) as centre:
        situation = Situation(centre, Floor())
        situation.tell(situation.floor.came(A, 10))
        yield situation
        assert centre.breaches() == []
