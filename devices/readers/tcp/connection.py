"""A connection: one scanner on the network, its line, and how much it may send."""

import contextlib
import socket
from collections.abc import Callable

from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.capture.framed import Framer
from scanner_app.domain.clock import Stamp

READ_BYTES_MAX = 1024
LINES_PER_S, LINES_AT_ONCE = 50.0, 200.0
BYTES_PER_S, BYTES_AT_ONCE = 65_536.0, 65_536.0
HALF_S = 10.0
"""When nothing has come for so long behind half a line, it is told: the network delays, but not for ever."""
_KEEPALIVE = ((socket.TCP_KEEPIDLE, 30), (socket.TCP_KEEPINTVL, 10), (socket.TCP_KEEPCNT, 3))
"""A scanner that lost its power says nothing: after a minute its connection is over."""


class Bucket:
    """How much of something may come: so much a second, and some at once."""

    def __init__(self, per_s: float, at_once: float, now_s: float) -> None:
        self._per_s = per_s
        self._at_once = at_once
        self._left = at_once
        self._then_s = now_s

    def take(self, count: int, now_s: float) -> float:
        """Note what came; return for how long no more may come, in seconds."""
        self._left = min(self._at_once, self._left + (now_s - self._then_s) * self._per_s) - count
        self._then_s = now_s
        return max(0.0, -self._left / self._per_s)


class Connection:
    """What exceeds its rate waits with the sender: nothing is lost, and nobody else waits.

    Entries go to ``submit``. The thread of its reader reads; ``send`` may be called by any, under the reader's lock.
    """

    def __init__(
        self,
        peer: socket.socket,
        framer: Framer,
        submit: Callable[[Entry, "Connection"], None],
        now_s: float,
        half_s: float = HALF_S,
    ) -> None:
        peer.setblocking(False)
        with contextlib.suppress(OSError):
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for option, value in _KEEPALIVE:
                peer.setsockopt(socket.IPPROTO_TCP, option, value)
        self._socket = peer
        self._framer = framer
        self._submit = submit
        self._lines = Bucket(LINES_PER_S, LINES_AT_ONCE, now_s)
        self._bytes = Bucket(BYTES_PER_S, BYTES_AT_ONCE, now_s)
        self._half_s = half_s
        self._came_s = now_s
        self.whole_s = now_s
        self.paused_until_s = 0.0

    @property
    def fd(self) -> int:
        return self._socket.fileno()

    def read(self, stamp: Stamp, now_s: float) -> bool:
        """Take what has come; False where the connection is over."""
        try:
            data = self._socket.recv(READ_BYTES_MAX)
        except BlockingIOError:
            return True
        except OSError:
            return False
        if not data:
            return False
        self._came_s = now_s
        entries = self._framer.feed(data, stamp)
        self._hand_on(entries)
        if entries:
            self.whole_s = now_s
        rest_s = max(self._lines.take(len(entries), now_s), self._bytes.take(len(data), now_s))
        self.paused_until_s = now_s + rest_s if rest_s else 0.0
        return True

    def rest(self, stamp: Stamp, now_s: float) -> None:
        """Tell half a line behind which nothing has come for long."""
        if self._framer.is_pending and now_s - self._came_s >= self._half_s:
            self._hand_on(self._framer.rest(stamp))

    def send(self, data: bytes) -> bool:
        try:
            return self._socket.send(data, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL) == len(data)
        except OSError:
            return False

    def close(self, stamp: Stamp) -> None:
        """End it; half a line is told."""
        self._socket.close()
        self._hand_on(self._framer.cut(stamp))

    def _hand_on(self, entries: list[Entry]) -> None:
        for entry in entries:
            self._submit(entry, self)
