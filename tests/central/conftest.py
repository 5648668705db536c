"""The small warehouse in a store of the engine that the test runs on."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from sync.central.store import CentralStore, open_store


@pytest.fixture
def store(warehouse_url: str) -> Iterator[CentralStore]:
    with closing(open_store(warehouse_url)) as store:
        yield store
