"""The desk's thread: what a session asks the centre goes there by a connection of its own, and the reply comes back.

One ask of a session at a time: a newer one takes the place of what that session asked before. Each has an answer, in a
bounded time: where the centre gives none, this says why.
"""

import contextlib
import threading
from collections.abc import Callable
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

import msgspec

from scanner_app.config import Sync
from scanner_app.domain.desk.asks import DeskRequest
from scanner_app.domain.desk.heard import LINE_BYTES_MAX, Heard
from scanner_app.domain.desk.replies import Refused, Reply, Why
from scanner_app.errors import LinkError, OutdatedError, RefusedError, StrangerError
from scanner_app.session.centre.asking import Asked
from scanner_app.store.identity import Enrolment
from sync.device.client import address, connected
from sync.protocol import PROTOCOL

ASK_S_MAX = 15.0
"""So long an answer is waited for, from the first byte to the last."""
SESSIONS_MAX = 64
"""So many sessions have something in line at most."""
_STOP_S = 0.5


_TROUBLES = (
    (StrangerError, Why.NOT_UNDERSTOOD),
    (OutdatedError, Why.OUTDATED),
    (RefusedError, Why.DEVICE_REVOKED),
    (LinkError, Why.UNREACHABLE),
    (Exception, Why.NOT_UNDERSTOOD),
)
"""The first that fits says it."""


class Asks(Protocol):
    """The part of a client that the desk needs."""

    def desk(self, request: DeskRequest) -> Reply: ...

    def abort(self) -> None: ...

    def close(self) -> None: ...


Tell = Callable[[Heard], None]


class DeskThread:
    """``connect`` makes a client for the centre at ``url``, one for each ask."""

    def __init__(self, connect: Callable[[], Asks], url: str, ask_s_max: float = ASK_S_MAX) -> None:
        self._connect = connect
        self._is_safe = is_safe(url)
        self._ask_s_max = ask_s_max
        self._changed = threading.Condition()
        self._wanted: dict[str, tuple[Asked, Tell]] = {}
        self._under_way: Asked | None = None
        self._client: Asks | None = None
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End within about half a second, whatever hangs; nothing is told any more."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
            self._break_off()
        self._thread.join(_STOP_S)

    def ask(self, asked: Asked, tell: Tell) -> None:
        """Take an ask, and return at once."""
        with self._changed:
            if asked.session not in self._wanted and len(self._wanted) >= SESSIONS_MAX:
                tell(Heard(ask=asked.id, reply=Refused(why=Why.UNREACHABLE)))
                return
            self._wanted[asked.session] = asked, tell
            if self._under_way is not None and self._under_way.session == asked.session:
                self._break_off()
            self._changed.notify()

    def _break_off(self) -> None:
        if self._client is not None:
            self._client.abort()

    def _run(self) -> None:
        while (next_one := self._next()) is not None:
            asked, tell = next_one
            reply = self._bounded(self._answered(asked))
            with self._changed:
                self._under_way = self._client = None
                is_left = self._is_stopping or asked.session in self._wanted
            if not is_left:
                tell(Heard(ask=asked.id, reply=reply))

    def _next(self) -> tuple[Asked, Tell] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or bool(self._wanted))
            if self._is_stopping:
                return None
            session = next(iter(self._wanted))
            asked, tell = self._wanted.pop(session)
            self._under_way = asked
            return asked, tell

    def _answered(self, asked: Asked) -> Reply:
        if asked.pin and not self._is_safe:
            return Refused(why=Why.NOT_SAFE)
        try:
            return self._spoken(asked)
        except Exception as error:  # noqa: BLE001  the named door of this thread: whoever asked is always told something
            return Refused(why=next(why for kind, why in _TROUBLES if isinstance(error, kind)))

    def _spoken(self, asked: Asked) -> Reply:
        client = self._connect()
        with self._changed:
            self._client = client
            if self._is_stopping or asked.session in self._wanted:
                client.abort()
        deadline = threading.Timer(self._ask_s_max, client.abort)
        deadline.daemon = True
        deadline.start()
        try:
            return client.desk(DeskRequest(protocol=PROTOCOL, operator=asked.operator, ask=asked.ask, pin=asked.pin))
        finally:
            deadline.cancel()
            client.close()

    def _bounded(self, reply: Reply) -> Reply:
        return reply if len(msgspec.json.encode(reply)) <= LINE_BYTES_MAX else Refused(why=Why.NOT_UNDERSTOOD)


def desk_of(enrolment: Enrolment, settings: Sync) -> DeskThread:
    """The thread of an enrolled device, begun."""
    thread = DeskThread(lambda: connected(enrolment, settings), address(enrolment, settings))
    thread.start()
    return thread


def is_safe(url: str) -> bool:
    """Say whether nobody on the way to a centre can read a PIN: the connection is encrypted, or never leaves here.

    >>> [is_safe(url) for url in ("https://centre", "http://127.0.0.1:1", "http://[::1]:1", "http://localhost")]
    [True, True, True, True]
    >>> [is_safe(url) for url in ("http://centre", "http://127.0.0.1.example", "http://0.0.0.0", "HTTPS.example", "")]
    [False, False, False, False, False]
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    with contextlib.suppress(ValueError):
        return parts.scheme == "http" and ip_address(host).is_loopback
    return parts.scheme == "http" and host == "localhost"
