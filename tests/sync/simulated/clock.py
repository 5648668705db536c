"""Clocks of the simulation: the true time, and devices that are wrong about it."""

import random

from scanner_app.domain.clock import Stamp

SECOND_US = 1_000_000
START_US = 1_800_000_000 * SECOND_US
_SKEW_S_MAX = 4 * 3600


class TrueTime:
    def __init__(self) -> None:
        self.now_us = START_US

    def passes(self, seconds: float) -> None:
        self.now_us += int(seconds * SECOND_US) + 1


class DeviceClock:
    """Like the program's own: wall time is read when the program starts, the rest comes from the time since boot."""

    def __init__(self, true: TrueTime, chance: random.Random) -> None:
        self._true = true
        self._chance = chance
        self._skew_us = 0
        self.set_wall()
        self.reboot()

    def set_wall(self) -> None:
        """Somebody sets the clock, well or badly; a program that runs does not notice before it starts again."""
        self._skew_us = self._chance.choice([0, self._chance.randint(-_SKEW_S_MAX, _SKEW_S_MAX) * SECOND_US])

    def reboot(self) -> None:
        self._boot = f"{self._chance.getrandbits(64):x}"
        self._booted_us = self._true.now_us - self._chance.randint(1, 100) * SECOND_US
        self.start()

    def start(self) -> None:
        """The program starts."""
        self._wall_base_us = self._booted_us + self._skew_us

    def stamp(self) -> Stamp:
        since_boot_us = self._true.now_us - self._booted_us
        return Stamp(self._wall_base_us + since_boot_us, since_boot_us, self._boot)

    @property
    def now_s(self) -> float:
        return self.stamp().monotonic_us / SECOND_US
