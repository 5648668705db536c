"""The central service: the HTTP addresses that devices talk to, and the process that answers them.

A trouble is answered with its status and a ``Trouble`` body, whatever it is; the words are in ``troubles.py``.
"""

import gc
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import anyio
import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from scanner_app.errors import CentralError
from sync.central.desk import Desk, now_us
from sync.central.devices import NAME_LENGTH_MAX
from sync.central.judging import Sender
from sync.central.store import CentralStore, open_store
from sync.central.troubles import TROUBLES, TroubleError
from sync.central.watch import Watch
from sync.protocol import (
    BODY_BYTES_MAX,
    EVENTS_MAX,
    NEWS_WAIT_S_MAX,
    PROTOCOL,
    EnrolAnswer,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
    News,
    Trouble,
)

SHUTDOWN_S_MAX = 10
_GARBAGE_THRESHOLD = 100_000
"""Allocations between two sweeps of the collector; a batch allocates a few thousand objects and no cycles."""

_encode = msgspec.json.Encoder().encode
_T = TypeVar("_T")


class Service:
    """The handlers of the addresses over one store; ``app`` is what a server runs."""

    def __init__(self, store: CentralStore) -> None:
        self.desk = Desk(store)
        self.watch = Watch(self.desk.versions)
        self.app = Starlette(
            routes=[
                Route("/v1/exchange", self._exchange, methods=["POST"]),
                Route("/v1/news", self._news, methods=["GET"]),
                Route("/v1/enrol", self._enrol, methods=["POST"]),
                Route("/health", self._health, methods=["GET"]),
                Route("/ready", self._ready, methods=["GET"]),
            ],
            exception_handlers={
                TroubleError: _troubled,
                HTTPException: _lost,
                ClientDisconnect: _hung_up,
                Exception: _broken,
            },
            lifespan=self._life,
        )

    @asynccontextmanager
    async def _life(self, _app: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._poll)
            yield
            self.watch.close()
            tasks.cancel_scope.cancel()
        self.desk.close()

    async def _poll(self) -> None:
        """Keep polling whatever the database does meanwhile."""
        while True:
            try:
                await self.watch.poll()
                return
            except TroubleError:
                await anyio.sleep(1)

    async def _exchange(self, request: Request) -> Response:
        received_us = now_us()
        sender = await self._sender(request)
        asked = _decoded(await _body(request), ExchangeRequest)
        if asked.protocol > PROTOCOL:
            raise TroubleError("protocol_newer")
        if len(asked.events) > EVENTS_MAX:
            raise TroubleError("too_many_events")
        if not _is_sane(asked):
            raise TroubleError("invalid")
        answers, version = await self.desk.pushed(sender, asked, received_us)
        self.watch.told(sender.site, version)
        page = await self.desk.page(sender, asked)
        return _ok(
            ExchangeAnswer(
                store_epoch=self.desk.store.store_epoch,
                answers=tuple(answers),
                rows=page.rows,
                cursor=page.cursor,
                more=page.more,
                received_us=received_us,
                answered_us=now_us(),
                epoch=await self.desk.renewed(sender, asked) if asked.renew else 0,
            )
        )

    async def _news(self, request: Request) -> Response:
        sender = await self._sender(request)
        if sender.revoked:
            raise TroubleError("revoked")
        after = _number(request, "after", int)
        wait_s = min(_number(request, "wait", float), float(NEWS_WAIT_S_MAX))
        version = await self.desk.version(sender.site)
        self.watch.told(sender.site, version)
        if version <= after and wait_s > 0:
            version = await self.watch.past(sender.site, after, wait_s)
        return _ok(News(version))

    async def _enrol(self, request: Request) -> Response:
        asked = _decoded(await _body(request), EnrolRequest)
        if not asked.name.strip() or not _is_plain(asked.name) or not _is_plain(asked.program):
            raise TroubleError("invalid")
        enrolled = await self.desk.enrolled(asked)
        if enrolled is None:
            raise TroubleError("wrong_code")
        device, epoch, site, token = enrolled
        store_epoch = self.desk.store.store_epoch
        return _ok(EnrolAnswer(device=device, epoch=epoch, site=site, token=token, store_epoch=store_epoch))

    async def _health(self, _request: Request) -> Response:
        return _ok({"health": "ok"})

    async def _ready(self, _request: Request) -> Response:
        await self.desk.versions()
        return _ok({"ready": "yes"})

    async def _sender(self, request: Request) -> Sender:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise TroubleError("no_token")
        sender = await self.desk.sender(token.strip())
        if sender is None:
            raise TroubleError("unknown_token")
        return sender


def _is_sane(asked: ExchangeRequest) -> bool:
    """Say whether the numbers of a request fit the database and its texts are of a sensible length."""
    numbers = (asked.cursor, asked.watermark_us, asked.rows_max, asked.protocol, asked.epoch)
    return all(0 <= number < 2**62 for number in numbers) and _is_plain(asked.program)


def _is_plain(text: str) -> bool:
    return len(text) <= NAME_LENGTH_MAX and text.isprintable()


async def _body(request: Request) -> bytes:
    whole = bytearray()
    async for part in request.stream():
        whole += part
        if len(whole) > BODY_BYTES_MAX:
            raise TroubleError("too_large")
    return bytes(whole)


def _decoded(body: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as trouble:
        raise TroubleError("invalid") from trouble
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as trouble:
        raise TroubleError("malformed") from trouble


def _number(request: Request, name: str, kind: Callable[[str], _T]) -> _T:
    try:
        return kind(request.query_params.get(name, "0"))
    except ValueError as trouble:
        raise TroubleError("invalid") from trouble


def _ok(body: Any) -> Response:
    return Response(_encode(body), media_type="application/json")


def _trouble(word: str) -> Response:
    status, sentence = TROUBLES[word]
    headers = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "1"}}.get(status)
    return Response(_encode(Trouble(word, sentence)), status, headers, "application/json")


async def _troubled(_request: Request, trouble: Exception) -> Response:
    return _trouble(trouble.word if isinstance(trouble, TroubleError) else "broken")


async def _lost(_request: Request, trouble: Exception) -> Response:
    status = trouble.status_code if isinstance(trouble, HTTPException) else 500
    return _trouble({404: "not_found", 405: "wrong_method"}.get(status, "malformed"))


async def _hung_up(_request: Request, _error: Exception) -> Response:
    """A device that lost its network in the middle of a request is no fault of ours, and hears no answer."""
    return Response(status_code=400)


async def _broken(_request: Request, _trouble_seen: Exception) -> Response:
    return _trouble("broken")


class CentralServer(uvicorn.Server):
    """A uvicorn server that says when it listens, and lets long polls go when it is told to stop."""

    def __init__(self, store: CentralStore, ready: Callable[[int], None]) -> None:
        self._service = Service(store)
        self._ready = ready
        super().__init__(
            uvicorn.Config(
                self._service.app,
                log_level="warning",
                access_log=False,
                lifespan="on",
                timeout_graceful_shutdown=SHUTDOWN_S_MAX,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            self._ready(sockets[0].getsockname()[1])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._service.watch.close()
        await super().shutdown(sockets)


def bound_socket(host: str, port: int) -> socket.socket:
    """Listen on ``host``; port 0 takes any free one.

    Raises:
        CentralError: the address cannot be had.
    """
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as trouble:
        raise CentralError(f"Cannot listen on {host} port {port}: {trouble.strerror}.") from trouble


def _asked_to_stop(_number: int, _frame: Any) -> None:
    """The server has stopped already when it hands the signal on; the process is to end by itself."""


def serve(url: str, host: str, port: int, ready: Callable[[int], None]) -> None:
    """Serve the store at ``url`` until SIGTERM or SIGINT; ``ready`` is called once with the port that is listened on.

    Raises:
        CentralError: there is no such store, or the address cannot be had.
    """
    store = open_store(url)
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _asked_to_stop)
    listening = bound_socket(host, port)
    gc.freeze()
    gc.set_threshold(_GARBAGE_THRESHOLD, 20, 20)
    with listening:
        CentralServer(store, ready).run(sockets=[listening])
