"""The small warehouse in a store of the engine that the test runs on."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scanner_app.showcase.cluster import QUICK, Cluster
from sync.central.database.store import CentralStore, open_store
from sync.central.exchange.threads import now_us
from sync.central.sites.administration import invite
from tests.central.serving import Handheld, served
from tests.central.warehouse import SITE, fill


@pytest.fixture
def store(warehouse_url: str) -> Iterator[CentralStore]:
    with closing(open_store(warehouse_url)) as store:
        yield store


@pytest.fixture
def address(store: CentralStore) -> Iterator[str]:
    with served(store) as address:
        yield address


@pytest.fixture
def handheld(store: CentralStore, address: str) -> Iterator[Handheld]:
    device = Handheld(address, invite(store, SITE, now_us()))
    yield device
    device.http.close()


@pytest.fixture
def lonely(tmp_path: Path) -> Iterator[Cluster]:
    with Cluster(settings=QUICK) as cluster:
        fill(cluster.url(), tmp_path / "sheets")
        yield cluster
