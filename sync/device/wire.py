"""The wire: one HTTP connection to the centre, kept alive between requests. What goes wrong on it is a LinkError.

Python's own HTTP is all that is needed, at a sixth of the 5 MB that a library for everything keeps in memory.
"""

import select
import socket
import ssl
import time
import zlib
from email.message import Message
from functools import cache
from http.client import HTTPException, HTTPResponse, IncompleteRead
from urllib.parse import SplitResult, quote, urlsplit

from msgspec import Struct

from scanner_app.config import Sync
from scanner_app.errors import LinkError
from scanner_app.version import VERSION
from sync.device.one_send import Connection, SecureConnection

_IDLE_S_MAX = 60.0
"""A connection that has rested for longer is not trusted: something on the way may have forgotten it."""
_HEADERS = {
    "Accept-Encoding": "gzip",
    "Content-Type": "application/json",
    "User-Agent": f"scanner-app/{VERSION}",
}
ANSWER_BYTES_MAX = 64 * 1024 * 1024
"""A page of the most rows, each with the longest names, is half of it; a small answer can unpack to any size."""
_GZIP_BITS = 31
"""What zlib calls a gzip stream of any window."""


class Response(Struct, frozen=True):
    """An answer that came whole; ``body`` is unpacked."""

    status: int
    headers: Message
    body: bytes


class Wire:
    """For one thread; only ``abort`` may be called from another. Opened by the first request.

    Nobody is followed elsewhere and no proxy is asked. Over https, what the system trusts is trusted.
    """

    def __init__(self, url: str, token: str, settings: Sync) -> None:
        try:
            self._connection, self._folder = _connection(url, settings.connect_timeout_s)
        except (ValueError, HTTPException, OSError) as error:
            raise LinkError(f"The address {url} cannot be used ({error}).") from error
        self._headers = {**_HEADERS, "Authorization": f"Bearer {token}"} if token else _HEADERS
        self._answer_timeout_s = settings.answer_timeout_s
        self._socket: socket.socket | None = None
        self._is_aborted = False
        self._used_s = 0.0

    def ask(
        self, method: str, path: str, body: bytes | None = None, *, packing: str = "", bytes_max: int = ANSWER_BYTES_MAX
    ) -> Response:
        """Send a request and wait for all of its answer, whatever its status; one over ``bytes_max`` is none.

        ``packing`` is how the body is compressed, if it is.

        Raises:
            LinkError: no answer, or only a part of one.
        """
        if self._is_aborted:
            raise LinkError("The exchange with the centre was broken off.")
        try:
            return self._asked(method, path, body, packing, bytes_max)
        except ssl.SSLCertVerificationError as error:
            self._connection.close()
            raise LinkError(
                f"The certificate of the centre is not trusted here ({error.verify_message}). Look at the address, or "
                f"let this machine trust who has signed it."
            ) from error
        except (HTTPException, OSError, ValueError, zlib.error) as error:
            self._connection.close()
            raise LinkError(f"The centre does not answer ({str(error) or type(error).__name__}).") from error

    def abort(self) -> None:
        """End what is under way, now and for good; the thread that waits for it gets a LinkError."""
        self._is_aborted = True
        if self._socket is not None:
            _cut(self._socket)

    def close(self) -> None:
        self._connection.close()

    def _asked(self, method: str, path: str, body: bytes | None, packing: str, bytes_max: int) -> Response:
        self._get_ready()
        headers = {**self._headers, "Content-Encoding": packing} if packing else self._headers
        is_sent = self._sent(method, self._folder + path, body, headers)
        with self._connection.getresponse() as response:
            whole = _whole(response, bytes_max)
            answer = Response(response.status, response.headers, _unpacked(response.headers, whole, bytes_max))
        self._used_s = time.monotonic()
        if not is_sent:
            self._connection.close()
        return answer

    def _sent(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> bool:
        """Send, and say whether all went out: who finds a request too large answers and leaves before its end."""
        try:
            self._connection.request(method, path, body, headers)
        except (ConnectionError, ssl.SSLError):
            return False
        return True

    def _get_ready(self) -> None:
        """Have an open connection: a new one where there was none, or the other side has left the old one."""
        if self._socket is not None and self._connection.sock is self._socket:
            if time.monotonic() - self._used_s < _IDLE_S_MAX and not _has_something_to_say(self._socket):
                return
            self._connection.close()
        self._connection.connect()
        self._socket = self._connection.sock
        self._socket.settimeout(self._answer_timeout_s)
        if self._is_aborted:
            _cut(self._socket)


def _connection(url: str, timeout_s: float) -> tuple[Connection, str]:
    """A connection to an address, not opened, and the path that all requests begin with."""
    parts = urlsplit(url)
    folder = quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=~")
    if parts.scheme == "https":
        return SecureConnection(_host(parts), parts.port or 443, timeout=timeout_s, context=_trust()), folder
    if parts.scheme == "http":
        return Connection(_host(parts), parts.port or 80, timeout=timeout_s), folder
    raise ValueError("it does not begin with http:// or https://")


@cache
def _trust() -> ssl.SSLContext:
    """What the system trusts (also a warehouse's own certificates); 2.3 MB, so all connections share it."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def _host(parts: SplitResult) -> str:
    if not parts.hostname:
        raise ValueError("it names no host")
    return parts.hostname


def _has_something_to_say(resting: socket.socket) -> bool:
    """Before anything was asked, that is only: good-bye."""
    return bool(select.select([resting], [], [], 0)[0])


def _unpacked(headers: Message, body: bytes, bytes_max: int) -> bytes:
    if headers.get("content-encoding", "").lower() != "gzip":
        return body
    stream = zlib.decompressobj(_GZIP_BITS)
    plain = _within(bytes_max, stream.decompress(body, bytes_max + 1))
    if not stream.eof:
        raise ValueError("the answer is cut short")
    return plain


def _whole(response: HTTPResponse, bytes_max: int) -> bytes:
    body = _within(bytes_max, response.read(bytes_max + 1))
    if response.length:
        raise IncompleteRead(body, response.length)
    return body


def _within(bytes_max: int, body: bytes) -> bytes:
    if len(body) > bytes_max:
        raise ValueError(f"the answer is larger than {bytes_max} bytes")
    return body


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
