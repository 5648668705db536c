"""A process of this machine: when it was born, whose it is, and a hold of it that no later one can slip into."""

import os
import pwd
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_STARTED = 19
"""The field of ``stat`` that tells the start, counted behind the name, which may hold anything."""


def _stat(pid: int) -> list[str]:
    """The fields of ``stat`` behind the name, the state first; empty when there is no such process."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def birth_of(pid: int) -> str:
    """The boot, the space of process numbers and the instant in which a process began; empty where nobody says.

    No two processes have number and birth in common: numbers are given again, and a lock may be held from another
    container or, on a shared disk, from another machine.
    """
    try:
        began = _stat(pid)
        space = Path("/proc/self/ns/pid").readlink()
        return f"{_BOOT.read_text(encoding='ascii').strip()} {space} {began[_STARTED]}"
    except (OSError, IndexError):
        return ""


def user_of(uid: int) -> str:
    """The name of a user, or the number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


class Held:
    """A process that was there when it was taken hold of; signals reach it or nobody."""

    def __init__(self, pid: int, descriptor: int) -> None:
        self.uid = Path(f"/proc/{pid}").stat().st_uid
        self._pid = pid
        self._descriptor = descriptor

    def tell(self, number: int) -> None:
        """Send a signal, and wake what stands still and would not hear it; one that has ended hears none.

        Nobody else is woken: a screen at work takes that for the end of a stop, and sets its terminal up again.
        """
        for one in (number, signal.SIGCONT):
            if one == number or self._stands_still():
                with suppress(ProcessLookupError):
                    signal.pidfd_send_signal(self._descriptor, one)

    def _stands_still(self) -> bool:
        stat = _stat(self._pid)
        return bool(stat) and stat[0] == "T"

    def has_ended(self, within_s: float) -> bool:
        """Wait for its end, for so long at most."""
        return bool(select.select([self._descriptor], [], [], within_s)[0])


@contextmanager
def held(pid: int, birth: str) -> Iterator[Held | None]:
    """Hold the process with this number and birth; ``None`` when there is none, or the system cannot say."""
    try:
        descriptor = os.pidfd_open(pid)
    except (OSError, AttributeError, OverflowError):
        yield None
        return
    try:
        is_it = bool(birth) and birth_of(pid) == birth
        yield Held(pid, descriptor) if is_it else None
    finally:
        os.close(descriptor)
