"""HTTP connections whose requests leave in one send: head and body in one packet, where they fit into one.

Python's own sends twice, and between the two a thread that paints may have the interpreter for a millisecond.
"""

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPSConnection
from typing import Any


class Connection(HTTPConnection):
    """Holds back what a request sends until it is whole."""

    _held: list[bytes] | None = None

    def request(
        self,
        method: str,
        url: str,
        body: Any = None,
        headers: Mapping[str, Any] | None = None,
        *,
        encode_chunked: bool = False,
    ) -> None:
        held = self._held = []
        try:
            super().request(method, url, body, headers or {}, encode_chunked=encode_chunked)
        finally:
            self._held = None
        super().send(b"".join(held))

    def send(self, data: Any) -> None:
        if self._held is None:
            super().send(data)
        else:
            self._held.append(data)


class SecureConnection(Connection, HTTPSConnection):
    """The same over TLS."""
