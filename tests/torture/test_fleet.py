"""Fifty devices with real stores and engines, all of whose messages meet bad luck on their way to a real centre."""

import random
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.central.warehouse import make_store
from tests.extent import SEED, extent
from tests.sync.handheld import Handheld, until
from tests.torture.tools.proxy import Fate, FaultProxy
from tests.torture.tools.service import Service

DEVICES = extent(8, 50)
EVENTS = extent(40, 400)
"""Of each device."""
DRAIN_S_MAX = 300.0


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    folder = tmp_path / "centre"
    folder.mkdir()
    make_store(folder).close()
    service = Service(folder)
    service.start()
    yield service
    service.stop()
    shutil.rmtree(folder)


def work(device: Handheld, seed: int) -> None:
    """Moves one by one and in small heaps, with pauses, as a floor makes them."""
    chance = random.Random(seed)
    left = EVENTS
    while left:
        heap = min(left, chance.choice((1, 1, 1, 2, 5, 20)))
        for _ in range(heap):
            source, target = chance.sample("ABC", 2)
            device.move(source, target, pieces=chance.randint(1, 3))
        left -= heap
        time.sleep(chance.uniform(0, 0.05))


def all_work(devices: list[Handheld]) -> None:
    threads = [threading.Thread(target=work, args=(device, SEED + n)) for n, device in enumerate(devices)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DRAIN_S_MAX)
        assert not thread.is_alive()


def drained(devices: list[Handheld]) -> bool:
    return not any(device.waiting for device in devices)


@pytest.mark.timeout(extent(120, 900))
def test_a_fleet_with_bad_luck_loses_and_doubles_nothing(service: Service, tmp_path: Path) -> None:
    with FaultProxy(service.port, SEED) as proxy, ExitStack() as stack:
        devices = []
        for number in range(DEVICES):
            device = Handheld(tmp_path / str(number)).enrol(service, str(number), proxy.url)
            stack.callback(device.close)
            devices.append(device.start())
        begun = time.monotonic()
        all_work(devices)
        until(lambda: drained(devices), "all events sent through the bad luck", DRAIN_S_MAX)
        took_s = time.monotonic() - begun
        assert len(proxy.fates) >= extent(4, len(Fate)), proxy.fates
        proxy.heal()
        truth = service.on_hand()
        until(lambda: all(device.on_hand() == truth for device in devices), "all devices know the truth", DRAIN_S_MAX)
        for device in devices:
            assert device.look("SELECT count(*) FROM overlay") == [(0,)]
            assert {outcome for outcome, _ in device.outcomes()} <= {"posted", "posted_with_exceptions"}
        print(f"{DEVICES} devices, {DEVICES * EVENTS} events in {took_s:.0f} s; {dict(proxy.fates)}")
        assert_complete(service, devices)


def assert_complete(service: Service, devices: list[Handheld]) -> None:
    made = [row[0] for device in devices for row in device.look("SELECT id FROM event")]
    assert len(made) == DEVICES * EVENTS
    assert sorted(service.event_ids()) == sorted(made)
    rows = Counter(service.causes())
    assert rows.keys() == set(made)
    assert set(rows.values()) == {4}
    assert service.verified() == "The book is sound.\n"
