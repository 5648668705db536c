"""A machine of the database cluster loses its power while twenty devices write: nothing acknowledged is lost."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.central.warehouse import fill
from tests.extent import LONG, SEED
from tests.sync.handheld import Handheld, until
from tests.torture.tools.patroni import PatroniCluster, missing
from tests.torture.tools.service import Service

DEVICES = 20
BEFORE_S, BETWEEN_S = 10.0, 10.0
KILLS = 2
GAP_S_MAX = 90.0

pytestmark = [
    pytest.mark.skipif(not LONG, reason="a cluster needs minutes to fail over; make torture tries it"),
    pytest.mark.skipif(bool(missing()), reason=missing() or "all is there"),
    pytest.mark.timeout(900),
]


@pytest.fixture
def cluster() -> Iterator[PatroniCluster]:
    cluster = PatroniCluster()
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.close()


class Floor:
    """Devices whose workers move things until they are told to stop."""

    def __init__(self, service: Service, folder: Path, stack: ExitStack) -> None:
        self.devices: list[Handheld] = []
        self._stop = threading.Event()
        for number in range(DEVICES):
            device = Handheld(folder / str(number)).enrol(service, str(number))
            stack.callback(device.close)
            self.devices.append(device.start())
        self._workers = [
            threading.Thread(target=self._work, args=(device, random.Random(SEED + number)))
            for number, device in enumerate(self.devices)
        ]

    def begin(self) -> None:
        for worker in self._workers:
            worker.start()

    def _work(self, device: Handheld, chance: random.Random) -> None:
        while not self._stop.wait(chance.uniform(0.05, 0.3)):
            source, target = chance.sample("ABC", 2)
            device.move(source, target)

    def end(self) -> None:
        self._stop.set()
        for worker in self._workers:
            worker.join(30)
            assert not worker.is_alive()

    def acknowledged(self) -> set[str]:
        """The events that the centre has said it has."""
        query = "SELECT id FROM event WHERE outcome IN ('posted', 'posted_with_exceptions')"
        return {row[0] for device in self.devices for row in device.look(query)}

    def made(self) -> list[str]:
        return [row[0] for device in self.devices for row in device.look("SELECT id FROM event")]

    def is_drained(self) -> bool:
        return not any(device.waiting for device in self.devices)


def _fail_over(cluster: PatroniCluster, floor: Floor) -> float:
    """Cut the power of the node that leads; return how long no device was acknowledged anything (s)."""
    leader = cluster.leader()
    assert leader is not None
    before = floor.acknowledged()
    begun = time.monotonic()
    cluster.kill(leader)
    known = len(floor.acknowledged() | before)
    until(lambda: len(floor.acknowledged()) > known + DEVICES, "devices go on by themselves", GAP_S_MAX)
    gap_s = time.monotonic() - begun
    cluster.start_node(leader)
    cluster.wait(cluster.is_whole, "the old leader follows the new one")
    return gap_s


def test_a_killed_primary_costs_no_acknowledged_event(cluster: PatroniCluster, tmp_path: Path) -> None:
    fill(cluster.url, tmp_path / "sheets")
    folder = tmp_path / "centre"
    folder.mkdir()
    service = Service(folder, cluster.url)
    service.start()
    with ExitStack() as stack:
        stack.callback(service.stop)
        floor = Floor(service, tmp_path, stack)
        stack.callback(floor.end)
        floor.begin()
        gaps = []
        for _ in range(KILLS):
            time.sleep(BEFORE_S)
            told = floor.acknowledged()
            gaps.append(_fail_over(cluster, floor))
            assert told <= set(service.event_ids())
        time.sleep(BETWEEN_S)
        floor.end()
        until(floor.is_drained, "everything is sent", GAP_S_MAX)
        made = floor.made()
        print(f"{DEVICES} devices, {len(made)} events, gaps of {', '.join(f'{gap:.0f} s' for gap in gaps)}")
        assert Counter(service.event_ids()) == Counter(made)
        assert set(Counter(service.causes()).values()) == {4}
        assert service.verified() == "The book is sound.\n"
