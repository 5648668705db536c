"""The terms of the service: what is over a limit is refused by a documented answer, and nothing of it is applied."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from queue import Queue
from typing import Any

import httpx2
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.central.database.store import CentralStore
from sync.central.exchange.threads import now_us
from sync.central.exchange.troubles import TroubleError
from sync.central.service import connection
from sync.central.service.compression import packed, takes_gzip, told_size, unpacked
from sync.central.service.rates import Rates
from sync.central.service.responses import REFUSAL_S
from sync.central.service.service import UNREADABLE_COST
from sync.central.service.strangers import HOSTS_AT_ONCE, Strangers
from sync.central.service.terms import MEGABYTE, Terms
from sync.central.service.waiting_line import APPOINTMENT_S_MAX, SIZE_BYTES_MIN, Appointments
from sync.central.sites.administration import invite
from sync.protocol import EnrolRequest, ExchangeAnswer, ExchangeRequest
from tests.central.serving import Handheld, served, trouble
from tests.central.warehouse import SITE, event, move

TIGHT = Terms(
    body_mb_max=1,
    batch_events_max=2,
    request_s_max=1,
    device_requests_per_s_max=0.01,
    device_requests_burst_max=4,
    compress_kb_min=1,
)


@pytest.fixture
def tight(store: CentralStore) -> Iterator[Handheld]:
    with served(store, TIGHT) as address:
        device = Handheld(address, invite(store, SITE, now_us()))
        yield device
        device.http.close()


def asked(device: Handheld, **headers: str) -> Callable[[bytes], httpx2.Response]:
    return lambda body: device.http.post("/v1/exchange", content=body, headers={**device.headers, **headers})


def request(device: Handheld, events: int = 0) -> bytes:
    batch = (event(number, move("A", "B"), device.sender) for number in range(1, events + 1))
    raws = tuple(msgspec.Raw(msgspec.json.encode(one)) for one in batch)
    return msgspec.json.encode(ExchangeRequest(epoch=device.enrolled.epoch, events=raws))


def test_a_body_a_batch_and_a_rate_have_their_limits(store: CentralStore) -> None:
    """What cannot be read counts as several requests. Who asks too often is refused after a pause: that costs, too."""
    terms = msgspec.structs.replace(TIGHT, device_requests_burst_max=3 * UNREADABLE_COST + 2)
    with served(store, terms) as address:
        device = Handheld(address, invite(store, SITE, now_us()))
        post = asked(device)
        assert trouble(post(b" " * (MEGABYTE + 1))) == (413, "too_large")
        assert trouble(post(request(device, events=3))) == (422, "too_many_events")
        assert trouble(post(b"{")) == (400, "malformed")
        assert post(request(device, events=2)).status_code == 200
        assert post(request(device)).status_code == 200
        begun_s = time.monotonic()
        refused = post(request(device))
        assert trouble(refused) == (429, "too_many_requests")
        assert time.monotonic() - begun_s >= REFUSAL_S
        assert int(refused.headers["retry-after"]) >= 1
        device.http.close()


def test_no_more_is_charged_than_there_is() -> None:
    rates = Rates(1, 4)
    rates.charge("d", 4, 0.0)
    assert rates.wait_s("d", 0.0) == 0.0, "who has asked nothing owes nothing"
    rates.charge("d", 2, 0.0)
    assert rates.wait_s("d", 0.0) == 0.0
    rates.charge("d", 100, 0.0)
    assert rates.wait_s("d", 0.0) == 1.0
    assert rates.wait_s("d", 1.0) == 0.0


def test_one_device_that_asks_too_often_does_not_keep_others_out(tight: Handheld, store: CentralStore) -> None:
    other = Handheld(str(tight.http.base_url), invite(store, SITE, now_us()), "other")
    while asked(tight)(request(tight)).status_code == 200:
        pass
    assert other.exchange().store_epoch == tight.enrolled.store_epoch
    other.http.close()


def guessed(device: Handheld, host: str) -> httpx2.Response:
    """Try a code that nobody was given, from a host behind the proxy."""
    body = msgspec.json.encode(EnrolRequest(code="AAAA-BBBB-CCCC", name="guess"))
    return device.http.post("/v1/enrol", content=body, headers={"X-Forwarded-For": host})


@pytest.mark.parametrize("others", ["10.0.0.2", "2001:db8:0:2::1"])
def test_one_host_that_tries_code_after_code_does_not_keep_others_out(tight: Handheld, others: str) -> None:
    while trouble(guessed(tight, "10.0.0.1")) == (403, "wrong_code"):
        pass
    refused = guessed(tight, "10.0.0.1")
    assert trouble(refused) == (429, "too_many_requests")
    assert int(refused.headers["retry-after"]) >= 1
    assert trouble(guessed(tight, others)) == (403, "wrong_code")


def test_a_host_is_one_whatever_its_addresses_in_its_subnet() -> None:
    strangers = Strangers(1, 2)
    assert [strangers.wait_s(f"2001:db8::{number}", 0.0) > 0 for number in range(3)] == [False, False, True]
    assert strangers.wait_s("2001:db8:0:1::1", 0.0) == 0
    assert strangers.wait_s("10.0.0.1", 0.0) == strangers.wait_s("::ffff:10.0.0.1", 0.0) == 0
    assert strangers.wait_s("10.0.0.1", 0.0) > 0


def test_all_hosts_together_have_a_bound_that_one_of_them_cannot_reach() -> None:
    burst = 4
    strangers = Strangers(0.8, burst)
    for _ in range(10 * HOSTS_AT_ONCE):
        strangers.wait_s("10.0.0.0", 0.0)
    given = [strangers.wait_s(f"10.0.1.{number}", 0.0) == 0 for number in range(burst * HOSTS_AT_ONCE)]
    assert given.count(True) == burst * HOSTS_AT_ONCE - burst
    assert strangers.wait_s("10.0.2.1", 3600.0) == 0


@pytest.mark.parametrize("length", [20, MEGABYTE])
def test_a_body_that_dribbles_in_is_answered_and_the_connection_closed(tight: Handheld, length: int) -> None:
    answer = dribbled(tight, f"Content-Length: {length}\r\n\r\n{{")
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert msgspec.json.decode(answer.partition(b"\r\n\r\n")[2])["error"] == "too_slow"


def test_a_head_that_dribbles_in_has_its_connection_closed(tight: Handheld) -> None:
    assert dribbled(tight, "X-Slow: ") == b""


def test_a_first_request_may_take_as_long_as_any(store: CentralStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only its head is waited for so shortly: a body comes over a slow line, or waits for its turn."""
    monkeypatch.setattr(connection, "FIRST_S_MAX", 0.2)
    with served(store, Terms(request_s_max=30)) as address:
        device = Handheld(address, invite(store, SITE, now_us()))
        url, body = device.http.base_url, request(device, events=1)
        head = f"POST /v1/exchange HTTP/1.1\r\nHost: centre\r\nAuthorization: {device.headers['Authorization']}\r\n"
        with socket.create_connection((url.host, url.port or 80), timeout=10) as line:
            line.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:20])
            time.sleep(3 * connection.FIRST_S_MAX)
            line.sendall(body[20:])
            assert line.recv(4_096).startswith(b"HTTP/1.1 200 ")
        device.http.close()


def test_a_connection_rests_after_a_request_whose_answer_came_before_its_end(tight: Handheld) -> None:
    """Longer than a request may take: a device that is told to come back in a minute finds it open."""
    url = tight.http.base_url
    patience_s = 3 * TIGHT.request_s_max
    with socket.create_connection((url.host, url.port or 80), timeout=patience_s) as line:
        line.sendall(b"POST /v1/exchange HTTP/1.1\r\nHost: centre\r\nContent-Length: 300000\r\n\r\n" + bytes(100_000))
        assert line.recv(4_096).startswith(b"HTTP/1.1 401 ")
        line.sendall(bytes(200_000))
        with pytest.raises(TimeoutError):
            received(line)
        line.sendall(b"GET /health HTTP/1.1\r\nHost: centre\r\n\r\n")
        assert line.recv(4_096).startswith(b"HTTP/1.1 200 ")


def dribbled(device: Handheld, rest: str) -> bytes:
    """Begin a request, send no more, and read until the other side closes."""
    url = device.http.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=10) as line:
        head = f"POST /v1/exchange HTTP/1.1\r\nHost: centre\r\nAuthorization: {device.headers['Authorization']}\r\n"
        line.sendall(head.encode() + rest.encode())
        return received(line)


def received(line: socket.socket) -> bytes:
    """Read until the other side closes."""
    return b"".join(iter(lambda: line.recv(4_096), b""))


def test_what_is_no_http_is_answered_as_every_trouble(tight: Handheld) -> None:
    url = tight.http.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=10) as line:
        line.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n")
        answer = received(line)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert msgspec.json.decode(answer.partition(b"\r\n\r\n")[2])["error"] == "malformed"


@pytest.mark.parametrize(
    ("situation", "encoding", "body", "told"),
    [
        ("not gzip at all", "gzip", b"{}", (400, "malformed")),
        ("cut short", "gzip", gzip.compress(b"{}")[:-9], (400, "malformed")),
        ("something behind it", "gzip", gzip.compress(b"{}") + b"\0" * 4, (400, "malformed")),
        ("a bomb", "gzip", gzip.compress(b" " * (64 * MEGABYTE)), (413, "too_large")),
        ("another encoding", "br", b"{}", (415, "unknown_encoding")),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_a_compressed_request_is_read_within_bounds(
    tight: Handheld, situation: str, encoding: str, body: bytes, told: tuple[int, str]
) -> None:
    assert trouble(asked(tight, **{"Content-Encoding": encoding})(body)) == told


def test_compressed_requests_are_taken_and_large_answers_sent(tight: Handheld) -> None:
    answer = asked(tight, **{"Content-Encoding": "gzip"})(gzip.compress(request(tight, events=1)))
    assert answer.headers["content-encoding"] == "gzip"
    assert msgspec.json.decode(answer.content, type=ExchangeAnswer).rows
    plain = asked(tight, **{"Accept-Encoding": "identity"})(request(tight))
    assert "content-encoding" not in plain.headers
    assert plain.headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("header", "takes"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("gzip;q=0", False), ("gzip; q=0.0", False), ("", False)],
)
def test_gzip_is_sent_to_those_who_take_it(header: str, takes: bool) -> None:
    assert takes_gzip(header) is takes


@given(st.binary(max_size=2_000))
def test_packed_and_unpacked_is_the_same(body: bytes) -> None:
    assert unpacked(packed(body), len(body)) == body


def test_exchanges_without_room_wait_in_line_and_what_the_line_cannot_hold_is_sent_away(
    store: CentralStore,
) -> None:
    """Slow senders have all the room; one more waits and is served; those after it are sent away."""
    room = Terms(exchanges_mb_max=1, device_exchanges_max=8, exchanges_waiting_max=1)
    with served(store, room) as address:
        devices = [Handheld(address, invite(store, SITE, now_us()), f"d{number}") for number in range(4)]
        slow, second, *late = devices
        waited: Queue[httpx2.Response] = Queue()
        with held_open(slow, MEGABYTE // SIZE_BYTES_MIN):
            thread = threading.Thread(target=lambda: waited.put(asked(second)(request(second))))
            thread.start()
            figure(second, "scanner_exchanges_at_work 8", "scanner_exchanges_waiting 1")
            refused = [asked(device)(request(device)) for device in late]
        assert [trouble(answer) for answer in refused] == [(503, "busy")] * 2
        assert all(int(answer.headers["retry-after"]) >= 1 for answer in refused)
        assert waited.get(timeout=10).status_code == 200
        thread.join()
        for device in devices:
            device.http.close()


@pytest.mark.parametrize("packing", ["", "Content-Encoding: gzip\r\n"])
def test_slow_bodies_harm_nobody_but_their_sender(store: CentralStore, packing: str) -> None:
    """What is said to come takes no room: a device may begin as many as it may have, the others go on at once."""
    with served(store, Terms(exchanges_mb_max=8, request_s_max=30)) as address:
        devices = [Handheld(address, invite(store, SITE, now_us()), f"d{number}") for number in range(2)]
        slow, honest = devices
        with held_open(slow, Terms().device_exchanges_max, packing):
            begun_s = time.monotonic()
            assert asked(honest)(request(honest)).status_code == 200
            assert time.monotonic() - begun_s < 10
            assert trouble(asked(slow)(request(slow))) == (429, "too_many_at_once")
        figure(honest, "scanner_exchanges_at_work 0")
        assert asked(slow)(request(slow)).status_code == 200
        for device in devices:
            device.http.close()


@pytest.mark.parametrize("size", [0, 5, 2**31])
def test_a_compressed_body_holds_what_it_says(store: CentralStore, size: int) -> None:
    body = packed(b'{"protocol": 3, "epoch": 1}')
    with pytest.raises(TroubleError) as caught:
        unpacked(body, told_size(body[:-4] + size.to_bytes(4, "little"), 8 * MEGABYTE))
    assert caught.value.word == ("too_large" if size == 2**31 else "malformed")
    assert unpacked(body, told_size(body, 8 * MEGABYTE)).startswith(b"{")


class held_open:  # noqa: N801  it reads as a phrase
    """Requests that say that they are large, and of which nothing but the heads come while this lasts."""

    def __init__(self, device: Handheld, count: int, packing: str = "") -> None:
        self._device = device
        self._count = count
        self._packing = packing
        self._lines: list[socket.socket] = []

    def __enter__(self) -> None:
        url = self._device.http.base_url
        token = self._device.headers["Authorization"]
        head = f"POST /v1/exchange HTTP/1.1\r\nHost: centre\r\nAuthorization: {token}\r\n{self._packing}"
        for _ in range(self._count):
            line = socket.create_connection((url.host, url.port or 80), timeout=10)
            line.sendall(head.encode() + b"Content-Length: %d\r\n\r\n" % (8 * MEGABYTE))
            self._lines.append(line)
        figure(self._device, f"scanner_exchanges_at_work {self._count}")

    def __exit__(self, *_: Any) -> None:
        for line in self._lines:
            line.close()


def figure(device: Handheld, *lines: str) -> None:
    """Ask until the figures say so."""
    while not all(line in device.http.get("/metrics").text.splitlines() for line in lines):
        pass


@given(st.integers(1, 50), st.integers(1, 20), st.lists(st.floats(0, 3), max_size=60))
def test_a_bucket_never_gives_more_than_its_rate_and_burst(per_s: int, burst: int, pauses_s: list[float]) -> None:
    rates, now_s, given_at = Rates(per_s, burst), 100.0, []
    for pause_s in pauses_s:
        now_s += pause_s
        wait_s = rates.wait_s("d", now_s)
        if wait_s == 0:
            given_at.append(now_s)
        else:
            assert rates.wait_s("d", now_s + wait_s + 1e-6) == 0
            given_at.append(now_s := now_s + wait_s + 1e-6)
    for first, begun_s in enumerate(given_at):
        for count, ended_s in enumerate(given_at[first:], 1):
            assert count <= burst + per_s * (ended_s - begun_s) + 1e-3


def test_a_thousand_that_are_sent_away_come_back_one_after_the_other() -> None:
    appointments = Appointments()
    pauses_s = [appointments.pause_s(100.0, 0.02, 50) for _ in range(1_000)]
    assert pauses_s == sorted(pauses_s)
    assert (pauses_s[0], pauses_s[-1]) == (2, 21)
    assert max(pauses_s.count(second) for second in range(3, 21)) == 50
    crowd_s = [appointments.pause_s(100.0, 1.0, 50) for _ in range(1_000)]
    assert crowd_s[-1] == APPOINTMENT_S_MAX
    assert appointments.pause_s(500.0, 0.02, 0) == 1


@pytest.mark.parametrize(("others", "is_remembered"), [(0, True), (19_999, True), (20_000, False)])
def test_so_many_buckets_are_kept_and_no_more(others: int, is_remembered: bool) -> None:
    rates = Rates(1, 1)
    assert rates.wait_s("first", 0.0) == 0
    for number in range(others):
        rates.wait_s(f"other {number}", 0.0)
    assert (rates.wait_s("first", 0.0) > 0) == is_remembered


def test_whoever_asks_again_is_not_the_one_that_is_forgotten() -> None:
    rates = Rates(1, 1)
    rates.wait_s("first", 0.0)
    for number in range(30_000):
        rates.wait_s(f"other {number}", 0.0)
        if number % 10_000 == 0:
            assert rates.wait_s("first", 0.0) > 0
    assert rates.wait_s("first", 0.0) > 0
