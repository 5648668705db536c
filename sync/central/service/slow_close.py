"""Lingering close: the end of a connection on which a request was answered before all of it had come.

Whoever closes on somebody who is still sending resets the connection, and the answer that is under way is lost with it.
So the answer is followed by an end of our own; what still comes is thrown away, for a moment.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from sync.central.service.one_piece import OnePiece

LINGER_S_MAX = 2.0


class SlowClose:
    """A transport whose ``close`` waits for the other side while ``is_coming`` says that it is in mid-request."""

    def __init__(self, transport: OnePiece, is_coming: Callable[[], bool]) -> None:
        self._transport = transport
        self._is_coming = is_coming
        self._end: asyncio.TimerHandle | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    @property
    def has_left(self) -> bool:
        """Say whether what comes in is of no interest any more."""
        return self._end is not None

    def is_closing(self) -> bool:
        return self.has_left or self._transport.is_closing()

    def close(self) -> None:
        if self.is_closing():
            return
        if not self._is_coming():
            self._transport.close()
            return
        self._end = asyncio.get_running_loop().call_later(LINGER_S_MAX, self._transport.close)
        self._transport.write_eof()
        self._transport.resume_reading()

    def close_now(self) -> None:
        """Wait for nobody; what has been written is still sent."""
        self._transport.close()

    def lost(self) -> None:
        """The connection is gone: nobody is waited for."""
        if self._end is not None:
            self._end.cancel()
