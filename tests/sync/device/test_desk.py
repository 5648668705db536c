"""The desk's thread: each ask has an answer within its time, whatever the centre does, and an order goes out safely."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue

import pytest

from scanner_app.config import Sync
from scanner_app.domain.desk.asks import AskDevices, DeskRequest, RevokeDevice
from scanner_app.domain.desk.heard import LINE_BYTES_MAX, Heard
from scanner_app.domain.desk.replies import DeviceRow, DevicesPage, Done, Refused, Reply, Why
from scanner_app.session.centre.asking import Asked
from sync.device.client import Client
from sync.device.desk import SESSIONS_MAX, DeskThread

WAIT_S = 10.0
ORDER = RevokeDevice(id="o-1", device="dev-1")


class Centre(ThreadingHTTPServer):
    """Answers ``POST /v1/desk`` with a status and a body; keeps what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        self.answer: Callable[[BaseHTTPRequestHandler], None] = said(200, b"{}")
        self.bodies: list[dict[str, object]] = []
        centre = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                centre.bodies.append(json.loads(body) | {"path": self.path})
                centre.answer(self)

            def log_message(self, *_arguments: object) -> None:
                """Nobody reads it."""

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


def said(status: int, body: bytes, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def drips(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then: each comes in time, the answer never."""
    handler.send_response(200)
    handler.send_header("content-length", "1000000")
    handler.end_headers()
    with contextlib.suppress(OSError):
        for _ in range(1_000):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)


@pytest.fixture
def centre() -> Iterator[Centre]:
    centre = Centre()
    yield centre
    centre.shutdown()
    centre.server_close()


class Desk:
    def __init__(self, url: str, ask_s_max: float = WAIT_S) -> None:
        self.heard: Queue[Heard] = Queue()
        self.thread = DeskThread(lambda: Client(url, "token", Sync(connect_timeout_s=1)), url, ask_s_max)
        self.thread.start()

    def ask(self, number: str = "1", *, pin: str = "", session: str = "main") -> None:
        ask = ORDER if pin else AskDevices()
        self.thread.ask(Asked(id=number, session=session, operator="2001", ask=ask, pin=pin), self.heard.put)

    def answer(self) -> Reply:
        return self.heard.get(timeout=WAIT_S).reply

    def close(self) -> None:
        self.thread.stop()


def test_an_ask_goes_to_the_desk_and_its_reply_comes_back(centre: Centre) -> None:
    centre.answer = said(200, b'{"reply":"devices","devices":[{"device":"dev-1","name":"Handheld 1"}],"newer":[1]}')
    with closing(Desk(centre.url)) as desk:
        desk.ask()
        assert desk.answer() == DevicesPage(devices=(DeviceRow(device="dev-1", name="Handheld 1"),))
    assert [(body["path"], body["operator"], body["ask"], body.get("pin")) for body in centre.bodies] == [
        ("/v1/desk", "2001", {"ask": "devices"}, None)
    ]


def test_an_order_takes_its_pin_along(centre: Centre) -> None:
    centre.answer = said(200, b'{"reply":"done","number":7}')
    with closing(Desk(centre.url)) as desk:
        desk.ask(pin="246831")
        assert desk.answer() == Done(number=7)
    assert [(body["ask"], body["pin"]) for body in centre.bodies] == [
        ({"ask": "revoke_device", "id": "o-1", "device": "dev-1", "reason": ""}, "246831")
    ]
    assert "246831" not in repr(DeskRequest(protocol=3, operator="2001", ask=ORDER, pin="246831"))


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (200, b'{"reply":"newer"}', Why.NOT_UNDERSTOOD),
        (200, b"<html>", Why.NOT_UNDERSTOOD),
        (200, b"\xff", Why.NOT_UNDERSTOOD),
        (200, b'{"reply":"devices","devices":7}', Why.NOT_UNDERSTOOD),
        (200, b" " * (LINE_BYTES_MAX + 1), Why.UNREACHABLE),
        (401, b"", Why.DEVICE_REVOKED),
        (403, b"", Why.DEVICE_REVOKED),
        (404, b"", Why.TOO_OLD),
        (426, b"", Why.OUTDATED),
        (429, b"", Why.UNREACHABLE),
        (500, b"", Why.UNREACHABLE),
        (503, b"", Why.UNREACHABLE),
    ],
)
def test_what_is_no_reply_is_told_as_a_word(status: int, body: bytes, why: Why, centre: Centre) -> None:
    centre.answer = said(status, body)
    with closing(Desk(centre.url)) as desk:
        desk.ask()
        assert desk.answer() == Refused(why=why)


def test_a_reply_may_be_as_large_as_the_bound_and_unpacks_to_no_more(centre: Centre) -> None:
    import gzip

    reply = b'{"reply":"done","number":7}'
    for size, answer in ((LINE_BYTES_MAX, Done(number=7)), (LINE_BYTES_MAX + 1, Refused(why=Why.UNREACHABLE))):
        body = reply + b" " * (size - len(reply))
        for whole in (said(200, body), said(200, gzip.compress(body), content_encoding="gzip")):
            centre.answer = whole
            with closing(Desk(centre.url)) as desk:
                desk.ask()
                assert desk.answer() == answer


@pytest.mark.parametrize("answer", [drips, lambda _handler: time.sleep(1.5)], ids=("drips", "is silent"))
def test_a_reply_that_never_comes_is_given_up_in_time(
    answer: Callable[[BaseHTTPRequestHandler], None], centre: Centre
) -> None:
    centre.answer = answer
    with closing(Desk(centre.url, ask_s_max=0.5)) as desk:
        before = time.monotonic()
        desk.ask()
        assert desk.answer() == Refused(why=Why.UNREACHABLE)
        assert 0.4 < time.monotonic() - before < 2.5


def test_nobody_there_is_said_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with closing(Desk(url)) as desk:
            desk.ask()
            assert desk.answer() == Refused(why=Why.UNREACHABLE)


def test_no_pin_goes_where_others_can_read_it() -> None:
    with closing(Desk("http://centre.example")) as desk:
        desk.ask(pin="246831")
        assert desk.answer() == Refused(why=Why.NOT_SAFE)


def test_a_newer_ask_of_a_session_takes_the_place_of_its_older_one(centre: Centre) -> None:
    gate = threading.Event()

    def first_waits(handler: BaseHTTPRequestHandler) -> None:
        if len(centre.bodies) == 1:
            gate.wait(WAIT_S)
        said(200, b'{"reply":"devices"}')(handler)

    centre.answer = first_waits
    with closing(Desk(centre.url)) as desk:
        desk.ask("1")
        while not centre.bodies:
            time.sleep(0.005)
        before = time.monotonic()
        desk.ask("2")
        assert desk.heard.get(timeout=WAIT_S) == Heard(ask="2", reply=DevicesPage())
        assert time.monotonic() - before < 2.0
        assert desk.heard.empty()
        gate.set()


def test_so_many_sessions_have_something_in_line_and_the_next_is_told_at_once() -> None:
    heard: list[Heard] = []
    thread = DeskThread(lambda: Client("http://127.0.0.1:1", "", Sync()), "http://127.0.0.1:1")
    for number in range(SESSIONS_MAX + 1):
        asked = Asked(id=str(number), session=str(number), operator="2001", ask=AskDevices())
        thread.ask(asked, heard.append)
    thread.ask(Asked(id="again", session="0", operator="2001", ask=AskDevices()), heard.append)
    assert heard == [Heard(ask=str(SESSIONS_MAX), reply=Refused(why=Why.UNREACHABLE))]


def test_stopping_waits_for_nobody(centre: Centre) -> None:
    centre.answer = lambda _handler: time.sleep(2.0)
    desk = Desk(centre.url)
    desk.ask()
    while not centre.bodies:
        time.sleep(0.005)
    before = time.monotonic()
    desk.close()
    assert time.monotonic() - before < 1.0
