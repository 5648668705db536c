"""HTTP connection with a request timeout: a request may not dribble in for ever, and what is no HTTP is answered."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from sync.central.service.connections import Connections
from sync.central.service.one_piece import OnePiece
from sync.central.service.responses import JSON, trouble
from sync.central.service.slow_close import SlowClose

_UNFINISHED = (h11.SEND_BODY, h11.ERROR)
FIRST_S_MAX = 15.0
"""Whoever connects has something to ask; the head of it is here in this time. What follows has as long as always."""


class HttpConnection(H11Protocol):
    """Closed ``request_s_max`` after a request has begun if it has not come in whole, be it the head that lacks.

    It has one of the ``places``, and may lose it to a newcomer as long as it has asked nothing.
    """

    request_s_max = 60.0
    places = Connections(0)
    _late: asyncio.TimerHandle | None = None
    _has_head = False
    _leaving: SlowClose

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if not self.places.enter(self, transport.abort):
            transport.abort()
        self._leaving = SlowClose(OnePiece(transport), lambda: self.conn.their_state in _UNFINISHED)
        self.transport = self._leaving  # type: ignore[assignment]
        self._late = self.loop.call_later(min(FIRST_S_MAX, self.request_s_max), transport.close)

    def data_received(self, data: bytes) -> None:
        if self._leaving.has_left:
            return
        super().data_received(data)
        if not self._is_coming():
            self._in_time()
            self._rest()
            self.places.asked(self)
        elif self._late is None or self._is_first_head():
            self._in_time()
            self._late = self.loop.call_later(self.request_s_max, self.transport.close)

    def _is_first_head(self) -> bool:
        """Say whether the head of the first request has just come in: its body may take its time."""
        is_first = not self._has_head and self.conn.their_state is h11.SEND_BODY
        self._has_head |= is_first
        return is_first

    def _is_coming(self) -> bool:
        """Say whether a part of a request is here, and the rest is not."""
        is_idle = self.conn.their_state is h11.IDLE
        return bool(self.conn.trailing_data[0]) if is_idle else self.conn.their_state is h11.SEND_BODY

    def _rest(self) -> None:
        """Between two requests a connection is kept for a while, also when the rest of one came behind its answer."""
        if self.conn.their_state is h11.IDLE and self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def connection_lost(self, exc: Exception | None) -> None:
        self._in_time()
        self.places.leave(self)
        self._leaving.lost()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Let what is being answered be answered; what is still coming in has not been applied, and comes again."""
        if self.conn.their_state is h11.SEND_BODY:
            self._leaving.close_now()
        else:
            super().shutdown()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        """Answer what is no HTTP in the form of every other trouble, if an answer can still be given."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        answer = trouble("malformed")
        headers: list[Any] = [
            ("content-type", JSON),
            ("content-length", str(len(answer.body))),
            ("connection", "close"),
        ]
        for part in (
            h11.Response(status_code=400, headers=headers),
            h11.Data(data=bytes(answer.body)),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(part) or b"")
        self.transport.close()

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


def patient(seconds: float, connections: Connections) -> type[HttpConnection]:
    """A connection that waits so long for a request to come in, and has its place among others."""
    members = {"request_s_max": seconds, "places": connections}
    return type(HttpConnection.__name__, (HttpConnection,), members)
