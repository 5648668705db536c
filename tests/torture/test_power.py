"""Power cuts while a worker works: what was acknowledged is on the disk when the device starts again."""

import contextlib
import random
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from tests.extent import SEED, extent
from tests.torture.tools.disks import PowerDisk
from tests.torture.tools.shift import Shift
from tests.torture.tools.site import Device, Site

CUTS = extent(3, 60)


class Battery:
    """Cuts the power of a disk at a random moment after each start, so many times."""

    def __init__(self, disk: PowerDisk, chance: random.Random) -> None:
        self._disk = disk
        self._chance = chance
        self._timer: threading.Timer | None = None
        self.is_dead = False
        self.cuts = 0

    def arm(self) -> None:
        if self.cuts < CUTS:
            self._timer = threading.Timer(self._chance.uniform(0.05, 1.0), self._cut)
            self._timer.start()

    def _cut(self) -> None:
        self.is_dead = True
        self._disk.cut()
        self.cuts += 1

    def renew(self) -> None:
        """After the program is gone: if it was the power, start the system again."""
        assert self._timer is not None, "it went without a power cut"
        self._timer.join()
        self._timer = None
        self._disk.restore()
        self.is_dead = False

    @property
    def is_over(self) -> bool:
        return self.cuts >= CUTS and self._timer is None


class Cutting(Shift):
    """A shift whose worker believes nothing that is said after the power has gone: no screen would be lit any more."""

    def __init__(self, device: Device, battery: Battery) -> None:
        super().__init__(device, device.line, battery.renew)
        self._battery = battery

    def arrive(self) -> None:
        super().arrive()
        self._battery.arm()

    def step(self) -> None:
        said = self.said
        super().step()
        if self._battery.is_dead and self.said == said + 1:
            self.said = said
            self.come_back()


@pytest.mark.timeout(extent(120, 900))
def test_power_cuts_lose_nothing_that_was_acknowledged(site: Site, tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        disk = PowerDisk(tmp_path / "disk", tmp_path / "image")
        stack.enter_context(disk)
        shutil.copytree(site.devices["one"].folder, disk.folder / "one")
        subprocess.run(["sync"], check=True)
        device = Device(disk.folder / "one", "one", tmp_path / "told")
        stack.callback(device.close)
        device.configure("")
        battery = Battery(disk, random.Random(SEED))
        shift = Cutting(device, battery)
        shift.work(lambda: battery.is_over)
        assert shift.worker is not None
        assert shift.worker.leave() == 0
        assert len(device.events()) == shift.moves
        assert device.look("PRAGMA integrity_check") == [("ok",)]
        print(f"{battery.cuts} cuts, {shift.said} entries acknowledged, {shift.unsure} in flight, {shift.moves} moves")
    disk.check()
