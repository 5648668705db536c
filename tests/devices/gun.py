"""A scanner on a pseudo-terminal, plugged in under a name that stays the same: it sends whole scans, halves, noise."""

import os
import pty
import termios
import tty
from pathlib import Path


class Gun:
    """The scanner's end of the line; the other is what the reader opens."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.plug()

    def plug(self) -> None:
        self.master, self.slave = pty.openpty()
        tty.setraw(self.master)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(self.slave))

    def unplug(self) -> None:
        os.close(self.slave)
        os.close(self.master)
        self.path.unlink(missing_ok=True)

    @property
    def node(self) -> str:
        return os.ttyname(self.slave)

    def send(self, data: bytes) -> None:
        os.write(self.master, data)

    def send_spoilt(self, data: bytes) -> None:
        """Bytes with parity errors, as the kernel marks them: a pseudo-terminal has none of its own."""
        attributes = termios.tcgetattr(self.slave)
        attributes[0] &= ~termios.PARMRK
        termios.tcsetattr(self.slave, termios.TCSANOW, attributes)
        os.write(self.master, b"".join(b"\xff\x00" + bytes((byte,)) for byte in data))
