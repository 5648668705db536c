"""One piece: what is written in one turn of the event loop leaves in one packet (write coalescing).

A server writes the head of an answer and its body one by one. Sent so, the other side wakes up twice for each answer.
"""

import asyncio
from typing import Any

JOINED_BYTES_MAX = 64 * 1024
"""Whatever is longer makes packets enough, and is not copied for the sake of one less."""


class OnePiece:
    """A transport that gathers what is written until the event loop is at its next turn."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._parts: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if not data:
            return
        if len(data) > JOINED_BYTES_MAX:
            self._send()
            self._transport.write(data)
            return
        if not self._parts:
            asyncio.get_running_loop().call_soon(self._send)
        self._parts.append(data)

    def write_eof(self) -> None:
        self._send()
        self._transport.write_eof()

    def close(self) -> None:
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._parts:
            parts, self._parts = self._parts, []
            self._transport.write(b"".join(parts))
