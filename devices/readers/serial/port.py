"""A serial port, opened for one reader alone: speed, bits, parity and flow as configured, spoilt bytes marked."""

import contextlib
import errno
import fcntl
import os
import termios

import serial
from msgspec import Struct

from devices.readers.seeker import NotReadyError, not_ready

READ_BYTES_MAX = 4096
_PARITY = {"none": "N", "even": "E", "odd": "O", "mark": "M", "space": "S"}


class LineSettings(Struct, frozen=True):
    """How bytes come over the line."""

    speed: int = 9_600
    bits: int = 8
    stop_bits: int = 1
    parity: str = "none"
    flow: str = "none"


def open_port(path: str, line: LineSettings) -> serial.Serial:
    """Open a port so that nobody else can, and have it mark what comes spoilt.

    Raises:
        NotReadyError: it is not there, may not be opened, is in use, or is no port of this kind.
    """
    try:
        port = serial.Serial(
            path,
            line.speed,
            bytesize=line.bits,
            stopbits=line.stop_bits,
            parity=_PARITY[line.parity],
            rtscts=line.flow == "rts_cts",
            xonxoff=line.flow == "xon_xoff",
            timeout=0,
            exclusive=True,
        )
    except (OSError, ValueError, termios.error) as error:
        raise refused(error) from error
    try:
        with contextlib.suppress(OSError):  # not every driver knows it; the lock that pyserial takes stands
            fcntl.ioctl(port.fileno(), termios.TIOCEXCL)
        mark_spoilt(port.fileno())
    except (OSError, termios.error) as error:
        port.close()
        raise refused(error) from error
    return port


def mark_spoilt(fd: int) -> None:
    """Have the kernel mark bytes with parity and framing errors instead of handing them over as data."""
    attributes = termios.tcgetattr(fd)
    attributes[0] |= termios.PARMRK | termios.INPCK
    attributes[0] &= ~(termios.IGNPAR | termios.ISTRIP | termios.IGNBRK | termios.BRKINT)
    termios.tcsetattr(fd, termios.TCSANOW, attributes)


def read_port(port: serial.Serial) -> bytes:
    """What has come; empty where nothing has.

    Raises:
        OSError: the port is gone.
    """
    try:
        data = os.read(port.fileno(), READ_BYTES_MAX)
    except BlockingIOError:
        return b""
    if not data:
        raise OSError(errno.ENODEV, "the port is gone")
    return data


def refused(error: Exception) -> NotReadyError:
    """By the error of the system, which pyserial keeps to itself where it could not set the line."""
    cause = error if isinstance(error, termios.error) else error.__context__
    number = cause.args[0] if isinstance(cause, termios.error) else getattr(error, "errno", None)
    return not_ready(number, str(error))
