"""The station's clock: wall time that never runs backwards within a process, time since boot, and which boot it is."""

import time
import uuid
from collections.abc import Callable
from pathlib import Path

from scanner_app.domain.clock import Stamp

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def _wall_ns() -> int:
    return time.time_ns()


def _boottime_ns() -> int:
    """Time since boot, sleep included where the system can tell."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime_ns(clock)


def boot_id(path: Path = BOOT_ID) -> str:
    """Which boot this is; where the system does not say, each process counts as a boot of its own."""
    try:
        return path.read_text(encoding="ascii").strip() or str(uuid.uuid4())
    except (OSError, UnicodeDecodeError):
        return str(uuid.uuid4())


class StationClock:
    """Wall time is read once; the rest comes from the time since boot, whoever sets the clock meanwhile."""

    def __init__(
        self,
        wall_ns: Callable[[], int] = _wall_ns,
        boottime_ns: Callable[[], int] = _boottime_ns,
        boot: str | None = None,
    ) -> None:
        self._boottime_ns = boottime_ns
        self._wall_base_ns = wall_ns() - boottime_ns()
        self._boot = boot if boot is not None else boot_id()

    def stamp(self) -> Stamp:
        """Now; may be called from any thread."""
        since_boot_ns = self._boottime_ns()
        return Stamp((self._wall_base_ns + since_boot_ns) // 1000, since_boot_ns // 1000, self._boot)
