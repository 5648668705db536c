"""The process that answers: a socket, a uvicorn server on it, and an end in good order when it is asked to stop."""

import gc
import logging
import signal
import socket
import threading
from collections.abc import Callable
from typing import Any

import uvicorn

from scanner_app.errors import CentralError
from sync.central.service import logbook
from sync.central.service.app import Service
from sync.central.service.connection import patient
from sync.central.service.terms import USUAL, Terms
from sync.central.store import CentralStore, open_store

SHUTDOWN_S_MAX = 10
_PATIENCE = 2
"""A slow body is answered in time; a slow head has its connection closed after twice that."""
IDLE_S_MAX = 75
"""Longer than a device keeps a connection: it is the one that closes it, and never finds it closed while it asks."""
_GARBAGE_THRESHOLD = 100_000
"""Allocations between two sweeps of the collector; a batch allocates a few thousand objects and no cycles."""


class CentralServer(uvicorn.Server):
    """A uvicorn server that says when it listens, and lets long polls go when it is told to stop."""

    def __init__(self, store: CentralStore, ready: Callable[[int], None], terms: Terms = USUAL) -> None:
        self._service = Service(store, terms)
        self._ready = ready
        super().__init__(
            uvicorn.Config(
                self._service.app,
                http=patient(_PATIENCE * terms.request_s_max),
                ws="none",
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_keep_alive=IDLE_S_MAX,
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


def serve(url: str, host: str, port: int, ready: Callable[[int], None], terms: Terms = USUAL) -> None:
    """Serve the store at ``url`` until SIGTERM or SIGINT; ``ready`` is called once with the port that is listened on.

    What is of interest goes to standard error, as JSON lines.

    Raises:
        CentralError: there is no such store, or the address cannot be had.
    """
    store = open_store(url)
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _asked_to_stop)
    listening = bound_socket(host, port)
    logbook.begin(logging.INFO if terms.log_requests else logging.WARNING)
    gc.freeze()
    gc.set_threshold(_GARBAGE_THRESHOLD, 20, 20)
    with listening:
        CentralServer(store, ready, terms).run(sockets=[listening])
