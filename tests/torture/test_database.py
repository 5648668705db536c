"""Trouble of PostgreSQL under devices that push: it is stopped, crashes, cuts its connections, has no room left.

The devices ask again until they are answered. Nothing they were told of is lost, and nothing is there twice.
"""

import random
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import psycopg
import pytest
from sqlalchemy import select

from scanner_app.domain.events.event import Event
from scanner_app.showcase.cluster import QUICK, Cluster
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore, open_store
from sync.central.database.tables import events
from sync.central.exchange.threads import now_us
from sync.central.sites.administration import invite
from tests.central.databases import address
from tests.central.service.test_workers import served
from tests.central.serving import Handheld
from tests.central.warehouse import SITE, event, fill, move
from tests.extent import SEED, extent
from tests.torture.tools.disks import SmallDisk

DEVICES = extent(4, 20)
PUSHES = extent(10, 150)
TROUBLES = extent(2, 25)
PATIENCE_S = 120.0
DISK_KB = 96 * 1024
_END = b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'scanner'"


class Fleet:
    """Devices at a service, each pushing its events one by one until every one has been answered."""

    def __init__(self, at: str, store: CentralStore) -> None:
        self._go_on = threading.Event()
        self._devices = [Handheld(at, invite(store, SITE, now_us()), f"scanner {n}") for n in range(DEVICES)]
        self._threads = ThreadPoolExecutor(DEVICES)
        self._done: list[Future[None]] = []
        self.told: list[str] = []
        """The events of which a device has been told that the centre has them."""

    def start(self) -> None:
        self._done = [self._threads.submit(self._push_all, device) for device in self._devices]

    @property
    def is_at_work(self) -> bool:
        return not all(one.done() for one in self._done)

    def wait(self) -> None:
        for one in self._done:
            one.result(PATIENCE_S)

    def close(self) -> None:
        self._go_on.set()
        self._threads.shutdown()
        for device in self._devices:
            device.http.close()

    def _push_all(self, device: Handheld) -> None:
        for sequence in range(1, PUSHES + 1):
            one = event(sequence, move("A", "B") if sequence % 2 else move("B", "A"), device.sender)
            while not self._pushed(device, one):
                if self._go_on.wait(0.02):
                    return
            self.told.append(one.id)

    @staticmethod
    def _pushed(device: Handheld, one: Event) -> bool:
        try:
            answer = device.post(one)
        except httpx2.HTTPError:
            return False
        assert answer.status_code in (200, 429, 503), answer.text
        return answer.status_code == 200


@contextmanager
def working(url: str) -> Iterator[Fleet]:
    """Devices at two processes of the service, at work within the block; the laws hold after it."""
    with closing(open_store(url)) as store, served(url) as service:
        fleet = Fleet(service.address, store)
        try:
            fleet.start()
            yield fleet
            fleet.wait()
        finally:
            fleet.close()
        wanted = select(events.c.id).where(events.c.kind == "moved")
        there = store.read(lambda connection: list(connection.execute(wanted).scalars()))
        assert Counter(there) == Counter(fleet.told)
        assert len(there) == DEVICES * PUSHES
        assert verify(store) == []


def _stop(cluster: Cluster) -> None:
    cluster.stop()
    cluster.start()


def _crash(cluster: Cluster) -> None:
    cluster.crash()
    cluster.start()


def _cut(cluster: Cluster) -> None:
    with closing(psycopg.connect(address(cluster.url()), autocommit=True)) as connection:
        connection.execute(_END)


@pytest.mark.parametrize("trouble", [_cut, _stop, _crash][: extent(1, 3)])
def test_a_server_that_is_stopped_crashes_or_cuts_loses_and_doubles_nothing(
    tmp_path: Path, trouble: Callable[[Cluster], None]
) -> None:
    chance, pause = random.Random(SEED), threading.Event()
    settings = {} if trouble is _crash else QUICK
    with Cluster(settings=settings) as cluster:
        fill(cluster.url(), tmp_path / "sheets")
        with working(cluster.url()):
            for _ in range(TROUBLES):
                pause.wait(chance.uniform(0.05, 0.5))
                trouble(cluster)


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    """A small disk where the user of the server can go."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with SmallDisk(Path(folder) / "disk", DISK_KB) as disk:
            yield disk


def test_a_full_disk_loses_and_doubles_nothing(disk: SmallDisk, tmp_path: Path) -> None:
    """The devices hear that the store is busy until there is room again, and then go on."""
    with Cluster(disk.folder / "data", {"max_wal_size": "32MB"}) as cluster:
        fill(cluster.url(), tmp_path / "sheets")
        with working(cluster.url()) as fleet:
            filler = disk.fill()
            _wait_until_nothing_is_taken(fleet)
            assert fleet.is_at_work, "there was room for everything"
            filler.unlink()
            cluster.stop()
            cluster.start()


def _wait_until_nothing_is_taken(fleet: Fleet) -> None:
    """Come back when no push has been answered for a while."""
    pause = threading.Event()
    before = -1
    while fleet.is_at_work and before != (before := len(fleet.told)):
        pause.wait(0.5)
