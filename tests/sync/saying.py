"""A server on loopback that answers as it is told, over http or https."""

import ssl
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec

from sync.protocol import ExchangeAnswer

GOOD = msgspec.json.encode(ExchangeAnswer(store_epoch="e", cursor=5))


class Saying:
    """``status``, ``body`` and ``headers`` are of its next answers; ``silence`` cleared lets it say nothing at all.

    While ``leaves`` it closes a connection behind its answer without a word; ``left`` counts those it has closed.
    Unless it ``reads`` it answers before it has read what was sent.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.status = 200
        self.body = GOOD
        self.headers: dict[str, str] = {}
        self.silence = threading.Event()
        self.silence.set()
        self.asked = 0
        self.path = ""
        self.seen: dict[str, str] = {}
        self.sent = b""
        self.leaves = False
        self.reads = True
        self.left = 0
        saying = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                saying.sent = self.rfile.read(int(self.headers.get("content-length", "0"))) if saying.reads else b""
                saying.asked += 1
                saying.path = self.path
                saying.seen = dict(self.headers.items())
                saying.silence.wait(10)
                self.send_response(saying.status)
                for name, value in {"Content-Length": str(len(saying.body)), **saying.headers}.items():
                    self.send_header(name, value)
                with suppress(OSError):
                    self.end_headers()
                    self.wfile.write(saying.body)
                self.close_connection = self.close_connection or saying.leaves

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            def shutdown_request(self, request: Any) -> None:
                super().shutdown_request(request)
                saying.left += 1

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        if context is not None:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            self.url = f"https://127.0.0.1:{self.server.server_port}"
        self._thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> "Saying":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.silence.set()
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()
