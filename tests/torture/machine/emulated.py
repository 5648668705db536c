"""The machine at work: QEMU by software alone, its console read line by line, and its monitor asked by the guest.

Lines of the guest that begin with @ are for us: ``@monitor COMMAND`` is handed on to QEMU, ``@ended`` is the end.
"""

import contextlib
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.torture.machine.kit import QEMU, Kit

MONITOR = "@monitor "
ENDED = "@ended"
CPUS, MEMORY_MB = 2, 1536


def lines(kit: Kit, limit_s: float) -> Iterator[str]:
    """What the console says, until the machine ends; it is ended when it takes longer than ``limit_s``.

    Raises:
        TimeoutError: it took longer.
    """
    with tempfile.TemporaryDirectory() as folder:
        monitor = Path(folder) / "monitor"
        machine = subprocess.Popen(
            _command(kit, monitor), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        is_late = threading.Event()

        def end() -> None:
            is_late.set()
            machine.kill()

        timer = threading.Timer(limit_s, end)
        timer.start()
        try:
            assert machine.stdout is not None
            for raw in machine.stdout:
                line = raw.decode("utf-8", "replace").strip("\r\n")
                if line.startswith(MONITOR):
                    _tell(monitor, line.removeprefix(MONITOR))
                    continue
                yield line
        finally:
            timer.cancel()
            machine.kill()
            machine.wait()
        if is_late.is_set():
            raise TimeoutError


def _command(kit: Kit, monitor: Path) -> list[str]:
    return [
        QEMU, "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", str(CPUS), "-m", str(MEMORY_MB), "-nographic",
        "-no-reboot", "-kernel", str(kit.kernel), "-initrd", str(kit.initrd),
        "-append", "console=ttyS0 quiet panic=-1 mitigations=off",
        "-virtfs", "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap",
        "-device", "qemu-xhci,id=xhci", "-monitor", f"unix:{monitor},server,nowait",
    ]  # fmt: skip


def _tell(monitor: Path, command: str) -> None:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
        line.connect(str(monitor))
        line.settimeout(5)
        line.recv(4096)
        line.sendall(command.encode() + b"\n")
        time.sleep(0.05)
        line.recv(4096)
