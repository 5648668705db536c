"""Guns of the other ways, with what those on ptys have: one that types on HID, and one on the network."""

import contextlib
import socket
import threading
import time
from pathlib import Path

from devices.readers.hid.keys import ENTER
from scanner_app.domain.capture.layouts import US
from tests.devices.hid import keyboard, plugged_drain

CONNECT_S_MAX = 5.0


class HidGun:
    """A keyboard whose drain comes to a socket (``at_work_with_guns.py``); what is sent while none is there is gone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self.plug()

    def plug(self) -> None:
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._listener.bind(str(self.path))
        self._listener.listen()
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        """Give each drain the state that it asks for; the newest of them is fed."""
        while True:
            try:
                line, _address = listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError):
                if line.recv(1) == plugged_drain.ASK and line.send(keyboard.state()):
                    with self._lock:
                        self._line, before = line, self._line
                    if before is not None:
                        before.close()

    def unplug(self) -> None:
        self.path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            if self._line is not None:
                self._line.close()
            self._line = None

    def send(self, data: bytes) -> None:
        """Text as keys; whatever ends it is Enter."""
        strokes: list[keyboard.Stroke] = []
        for sign in data.decode().replace("\r\n", "\r"):
            strokes += [(ENTER,)] if sign in "\r\n\t" else keyboard.strokes_of(US, sign)
        events = keyboard.events(edge for stroke in strokes for edge in keyboard.edges(stroke))
        with self._lock, contextlib.suppress(OSError):
            if self._line is not None:
                self._line.send(events)


class TcpGun:
    """A gate that connects to the program; what is sent while nobody is there is gone."""

    def __init__(self, port: int) -> None:
        self._where = ("127.0.0.1", port)
        self._line: socket.socket | None = None

    def plug(self) -> None:
        """Connect, as soon as somebody is there."""
        until_s = time.monotonic() + CONNECT_S_MAX
        while self._line is None and time.monotonic() < until_s:
            with contextlib.suppress(OSError):
                self._line = socket.create_connection(self._where, timeout=CONNECT_S_MAX)

    def unplug(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = None

    def send(self, data: bytes) -> None:
        if self._line is None:
            self.plug()
        try:
            if self._line is not None:
                self._line.sendall(data)
        except OSError:
            self.unplug()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port
