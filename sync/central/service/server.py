"""The server process: a socket, a uvicorn server on it, and a graceful shutdown when it is asked to stop."""

import gc
import logging
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

import uvicorn

from scanner_app.errors import CentralError
from sync.central.database.alone import be_alone
from sync.central.database.store import CentralStore, open_store
from sync.central.service import logbook
from sync.central.service.connection import patient
from sync.central.service.connections import Connections, room_for_connections
from sync.central.service.metrics import Figures, shared_table
from sync.central.service.service import Service
from sync.central.service.terms import USUAL, Terms
from sync.central.service.workers import Minder

SHUTDOWN_S_MAX = 10
_PATIENCE = 2
"""A slow body is answered in time; a slow head has its connection closed after twice that."""
IDLE_S_MAX = 75
"""Longer than a device keeps a connection: it is the one that closes it, and never finds it closed while it asks."""
_READ_AHEAD_BYTES = 64 * 1024
"""Of each connection, kept while its request waits in line: hundreds that come at once fit into memory."""
Listening = Callable[[int], None]
"""Is called once, with the port that is listened on."""
_GARBAGE_THRESHOLD = 100_000
"""Allocations between two sweeps of the collector; a batch allocates a few thousand objects and no cycles."""


class CentralServer(uvicorn.Server):
    """A uvicorn server that says when it listens, and lets long polls go when it is told to stop."""

    def __init__(
        self, store: CentralStore, ready: Callable[[int], None], terms: Terms = USUAL, figures: Figures | None = None
    ) -> None:
        self._service = Service(store, terms, figures)
        self._ready = ready
        super().__init__(
            uvicorn.Config(
                self._service.app,
                http=patient(_PATIENCE * terms.request_s_max, Connections(room_for_connections(terms.connections_max))),
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
    """Listen on ``host``; port 0 takes any free one. Connections inherit its options.

    Nothing that is written waits for more (TCP_NODELAY): asyncio sees to that only where a socket names its protocol.

    Raises:
        CentralError: the address cannot be had.
    """
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as trouble:
        raise CentralError(f"Cannot listen on {host} port {port}: {trouble.strerror}.") from trouble
    except (TypeError, ValueError) as trouble:  # of a name with line ends or other characters that no host has
        raise CentralError(f"Cannot listen on {host} port {port}: that is no name of a host.") from trouble
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _READ_AHEAD_BYTES)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def serve(
    url: str, host: str, port: int, ready: Callable[[int], None], terms: Terms = USUAL, *, workers: int = 1
) -> None:
    """Serve the store at ``url`` until SIGTERM or SIGINT; ``ready`` is called once with the port that is listened on.

    What is of interest goes to standard error, as JSON lines.

    Raises:
        CentralError: there is no such store, it is not for several processes, or the address cannot be had.
    """
    with closing(open_store(url)) as store:
        if workers > 1 and store.is_embedded:
            raise CentralError("An SQLite database is served by one process; use PostgreSQL for several --workers.")
    with bound_socket(host, port) as listening:
        logbook.begin(logging.INFO if terms.log_requests else logging.WARNING)
        collect_seldom()
        if workers == 1:
            _serve_alone(url, listening, terms, Figures(), ready)
            return
        table = shared_table()
        ready(listening.getsockname()[1])
        Minder(workers, lambda row: _serve_alone(url, listening, terms, Figures(table, row), _say_nothing)).run()


def collect_seldom() -> None:
    """Look for garbage seldom, and never again through what was loaded so far."""
    gc.freeze()
    gc.set_threshold(_GARBAGE_THRESHOLD, 20, 20)


def _say_nothing(_port: int) -> None:
    """For a worker: its minder has told the port."""


def _serve_alone(url: str, listening: socket.socket, terms: Terms, figures: Figures, ready: Listening) -> None:
    """Serve in this process. A signal that comes before the server listens to it, or after, is heard as well."""
    store = open_store(url, is_service=True)
    be_alone(store)
    server = CentralServer(store, ready, terms, figures)

    def stop(_number: int, _frame: Any) -> None:
        server.should_exit = True

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
    server.run(sockets=[listening])
