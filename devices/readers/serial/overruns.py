"""Overruns: bytes that a port lost because nobody took them in time; the kernel counts them, and says nothing else."""

import fcntl
import struct

TIOCGICOUNT = 0x545D
_COUNTERS = struct.Struct("@11i9i")
_OVERRUN, _BUFFER_OVERRUN = 7, 10


class Overruns:
    """Belongs to one opened port. A port that does not count (a pseudo-terminal) loses nothing that could be known."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._count = self._counted()

    def have_grown(self) -> bool:
        """Whether bytes were lost since it was asked last."""
        count, before = self._counted(), self._count
        self._count = count
        return count != before

    def _counted(self) -> int:
        counters = bytearray(_COUNTERS.size)
        try:
            fcntl.ioctl(self._fd, TIOCGICOUNT, counters)
        except OSError:
            return 0
        numbers = _COUNTERS.unpack(counters)
        return int(numbers[_OVERRUN] + numbers[_BUFFER_OVERRUN])
