"""A reader on the network: scanners that connect to an address of ours, or one that we connect to; a thread for all."""

import select
import socket
import threading
import time
from collections import OrderedDict

from devices.finding.hotplug import POLL_S
from devices.readers.reader import Outlet
from devices.readers.reader_thread import ReaderThread
from devices.readers.seeker import NotReadyError
from devices.readers.tcp.address import connected, is_allowed, listening
from devices.readers.tcp.connection import HALF_S, Connection
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.capture.framed import Frame, Framer
from scanner_app.domain.capture.reader_state import ReaderWhy

CONNECTIONS_MAX = 8
BACKLOG = 16
IDLE_S = 60.0
"""A connection that sent no whole line for so long gives its place to a new one, where all are taken."""
CONNECT_S_MAX = 3.0
UNANSWERED_MAX = 1024


class TcpReader(ReaderThread):
    """``listens``: waits for scanners; else it connects to one. Without ``allow`` only this machine may send.

    ``half_s``: half a line behind which nothing has come for so long is told.
    """

    def __init__(
        self,
        name: str,
        outlet: Outlet,
        *,
        address: str,
        listens: bool,
        frame: Frame,
        allow: tuple[str, ...] = (),
        half_s: float = HALF_S,
        retry_s: float = POLL_S,
    ) -> None:
        super().__init__(name, outlet, kind="tcp", retry_s=retry_s)
        self.port = 0
        self._address = address
        self._listens = listens
        self._frame = frame
        self._allow = allow
        self._half_s = half_s
        self._connections: dict[int, Connection] = {}
        self._unanswered: OrderedDict[int, tuple[Entry, Connection]] = OrderedDict()
        self._lock = threading.Lock()

    def send(self, data: bytes, entry: Entry | None = None) -> bool:
        """Answer the scanner that an entry came from, or give all of them bytes; without waiting.

        One that has closed its connection misses nothing: nobody waits there.
        """
        with self._lock:
            if entry is None:
                sent = [one.send(data) for one in self._connections.values()]
                return all(sent)
            _entry, connection = self._unanswered.pop(id(entry), (None, None))
            return connection is None or connection.send(data)

    def _work(self) -> None:
        """Read until the end, or until the scanner that we connected to is gone.

        Raises:
            NotReadyError: the address cannot be had, or nobody is there.
        """
        try:
            self._read()
        except OSError as error:
            why = ReaderWhy.ADDRESS if self._listens else ReaderWhy.GONE
            raise NotReadyError(why, f"{self._address}: {error}") from error

    def _read(self) -> None:
        listener = listening(self._address, BACKLOG) if self._listens else None
        try:
            if listener is None:
                self._open(connected(self._address, CONNECT_S_MAX))
            else:
                self.port = listener.getsockname()[1]
            self.tell(ReaderWhy.NOTHING, self._address)
            while not self._stopping.is_set() and (listener is not None or self._connections):
                self._turn(listener)
        finally:
            for fd in list(self._connections):
                self._close(fd)
            if listener is not None:
                listener.close()
        if not self._stopping.is_set():
            raise ConnectionResetError("the scanner has closed the connection")

    def _turn(self, listener: socket.socket | None) -> None:
        """Take from everybody what is ready, a little from each."""
        now_s = time.monotonic()
        poll = select.poll()
        poll.register(self._waker.fd, select.POLLIN)
        if listener is not None:
            poll.register(listener.fileno(), select.POLLIN)
        paused = [one.paused_until_s for one in self._connections.values() if one.paused_until_s > now_s]
        for fd, one in self._connections.items():
            if one.paused_until_s <= now_s:
                poll.register(fd, select.POLLIN)
        wait_s = min([self._half_s, *(until_s - now_s for until_s in paused)])
        ready = {fd for fd, _event in poll.poll(wait_s * 1000 + 1)}
        now_s, stamp = time.monotonic(), self._outlet.stamp()
        for fd, one in list(self._connections.items()):
            if fd in ready and not one.read(stamp, now_s):
                self._close(fd)
            else:
                one.rest(stamp, now_s)
        if listener is not None and listener.fileno() in ready:
            self._accept(listener, now_s)

    def _accept(self, listener: socket.socket, now_s: float) -> None:
        """Let a scanner in that may send, where there is room; any other hears nothing of us."""
        try:
            peer, where = listener.accept()
        except OSError:
            return
        if is_allowed(where[0], self._allow) and self._has_room(now_s):
            self._open(peer)
        else:
            peer.close()

    def _has_room(self, now_s: float) -> bool:
        if len(self._connections) < CONNECTIONS_MAX:
            return True
        fd, idlest = min(self._connections.items(), key=lambda item: item[1].whole_s)
        if now_s - idlest.whole_s < IDLE_S:
            return False
        self._close(fd)
        return True

    def _open(self, peer: socket.socket) -> None:
        framer = Framer(self._frame, Source.TCP, self.name, entry_length_max=self._outlet.entry_length_max)
        connection = Connection(peer, framer, self._submit, time.monotonic(), self._half_s)
        with self._lock:
            self._connections[connection.fd] = connection

    def _close(self, fd: int) -> None:
        with self._lock:
            connection = self._connections.pop(fd)
            kept = ((key, kept) for key, kept in self._unanswered.items() if kept[1] is not connection)
            self._unanswered = OrderedDict(kept)
        connection.close(self._outlet.stamp())

    def _submit(self, entry: Entry, connection: Connection) -> None:
        with self._lock:
            if connection in self._connections.values():
                self._unanswered[id(entry)] = entry, connection
                if len(self._unanswered) > UNANSWERED_MAX:
                    self._unanswered.popitem(last=False)
        self._outlet.submit(entry)
