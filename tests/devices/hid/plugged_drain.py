"""A drain of a device that is no kernel's: a socket that gives its state, then what it sends, a message a read.

Run in place of the drain: ``plugged_drain.py KIND PATH``. The state is asked for by a byte. What is sent is given as
one read of the kernel's would be; an empty message, or none any more, is a device that was unplugged.
"""

import errno
import socket
import sys
from collections.abc import Iterator

from devices.readers.hid.drain import Backlog, Piece, of_events, of_reports, serve

MESSAGE_BYTES_MAX = 1 << 16
ASK = b"?"


class Plugged:
    def __init__(self, kind: str, path: str) -> None:
        self._kind = kind
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._socket.connect(path)
        self.fd = self._socket.fileno()

    def state(self) -> bytes:
        self._socket.setblocking(True)
        self._socket.send(ASK)
        told = self._socket.recv(MESSAGE_BYTES_MAX)
        self._socket.setblocking(False)
        return told

    def read(self) -> Iterator[Piece]:
        if self._kind == "hid_pos":
            return of_reports(self._received)
        return of_events(self._received(), self.state)

    def _received(self) -> bytes:
        data = self._socket.recv(MESSAGE_BYTES_MAX)
        if not data:
            raise OSError(errno.ENODEV, "unplugged")
        return data


if __name__ == "__main__":
    serve(lambda: Plugged(sys.argv[1], sys.argv[2]), sys.stdout.fileno(), Backlog())
