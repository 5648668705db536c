"""The wire against servers that behave and that do not: an answer comes whole, or it is a LinkError."""

import gzip
import shutil
import ssl
import subprocess
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scanner_app.errors import LinkError
from sync.device import wire
from sync.device.one_send import Connection
from sync.device.wire import Wire
from tests.sync.handheld import FAST, until
from tests.sync.saying import GOOD, Saying


@pytest.fixture
def open_wire(saying: Saying) -> Iterator[Wire]:
    opened = Wire(saying.url, "secret", FAST)
    yield opened
    opened.close()


def test_requests_go_one_after_the_other_over_one_connection(open_wire: Wire, saying: Saying) -> None:
    for _ in range(3):
        answer = open_wire.ask("POST", "/v1/exchange", b"{}")
        assert (answer.status, answer.body) == (200, GOOD)
    assert (saying.asked, saying.left) == (3, 0)
    assert saying.seen["User-Agent"].startswith("scanner-app/")


def test_a_connection_that_the_centre_has_left_is_replaced(open_wire: Wire, saying: Saying) -> None:
    saying.leaves = True
    open_wire.ask("GET", "/health")
    until(lambda: saying.left == 1, "left")
    assert open_wire.ask("GET", "/health").status == 200


def test_a_connection_that_ends_with_its_answer_is_replaced(open_wire: Wire, saying: Saying) -> None:
    saying.headers = {"Connection": "close"}
    assert [open_wire.ask("GET", "/health").status for _ in range(2)] == [200, 200]


def test_a_connection_that_has_rested_for_long_is_replaced(
    open_wire: Wire, saying: Saying, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "_IDLE_S_MAX", 0.0)
    assert [open_wire.ask("GET", "/health").status for _ in range(2)] == [200, 200]
    until(lambda: saying.left == 1, "left")


def test_who_finds_a_request_too_large_is_heard_although_he_left_before_its_end(
    open_wire: Wire, saying: Saying
) -> None:
    saying.reads, saying.leaves, saying.status = False, True, 413
    assert open_wire.ask("POST", "/v1/exchange", b"x" * 30_000_000).status == 413
    saying.reads, saying.leaves, saying.status = True, False, 200
    assert open_wire.ask("GET", "/health").status == 200


def test_head_and_body_leave_in_one_send() -> None:
    sends: list[bytes] = []

    class Line:
        def sendall(self, data: bytes) -> None:
            sends.append(data)

    connection = Connection("centre")
    connection.sock = Line()
    connection.request("POST", "/v1/exchange", b"{}", {"Content-Type": "application/json"})
    assert len(sends) == 1
    assert sends[0].startswith(b"POST /v1/exchange ")
    assert sends[0].endswith(b"\r\n\r\n{}")


def test_the_path_of_the_address_comes_before_all_others(saying: Saying) -> None:
    opened = Wire(f"{saying.url}/lager süd/", "", FAST)
    opened.ask("GET", "/v1/news?after=1&wait=2")
    opened.close()
    assert saying.path == "/lager%20s%C3%BCd/v1/news?after=1&wait=2"
    assert "Authorization" not in saying.seen


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Length": "1000", "Connection": "close"}, GOOD),
        ({"Transfer-Encoding": "chunked", "Connection": "close"}, b"no length"),
        ({"Content-Encoding": "gzip"}, GOOD),
        ({"Content-Encoding": "gzip"}, gzip.compress(GOOD)[:-9]),
        ({f"X-{number}": "much" for number in range(200)}, GOOD),
        ({"X": "x" * 100_000}, GOOD),
    ],
    ids=["cut", "chunks without length", "not packed", "half packed", "many headers", "long header"],
)
def test_an_answer_that_does_not_come_whole_is_a_link_error_and_the_next_may_come(
    open_wire: Wire, saying: Saying, headers: dict[str, str], body: bytes
) -> None:
    saying.headers, saying.body = headers, body
    with pytest.raises(LinkError, match="does not answer"):
        open_wire.ask("GET", "/health")
    saying.headers, saying.body = {}, GOOD
    assert open_wire.ask("GET", "/health").body == GOOD


@pytest.mark.parametrize("url", ["http://a..b", "http://" + "a" * 70, "http://centre:70000", "http://a b", "https://"])
def test_an_address_that_cannot_be_is_a_link_error(url: str) -> None:
    with pytest.raises(LinkError):
        Wire(url, "", FAST).ask("GET", "/health")


def test_a_token_that_no_header_holds_is_a_link_error(saying: Saying) -> None:
    with pytest.raises(LinkError):
        Wire(saying.url, "two\r\nlines", FAST).ask("GET", "/health")
    assert saying.asked == 0


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1 that signs itself, with its key."""
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("openssl is needed to make a certificate")
    path = tmp_path / "centre.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=centre"
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(path), "-out", str(tmp_path / "only.pem")]
    subprocess.run([openssl, *words.split(), *names], check=True, capture_output=True)
    path.write_text(path.read_text() + (tmp_path / "only.pem").read_text())
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[Saying]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    wire._trust.cache_clear()
    with Saying(context) as secure:
        yield secure
    wire._trust.cache_clear()


def test_a_centre_with_a_certificate_that_the_system_trusts_is_spoken_to(
    secure: Saying, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    opened = Wire(secure.url, "secret", FAST)
    assert [opened.ask("GET", "/health").body for _ in range(3)] == [GOOD, GOOD, GOOD]
    opened.close()
    assert secure.seen["Authorization"] == "Bearer secret"


def test_a_centre_with_any_other_certificate_is_told_nothing(secure: Saying) -> None:
    with pytest.raises(LinkError, match=r"is not trusted here \(self.signed certificate\)\. Look at the address"):
        Wire(secure.url, "secret", FAST).ask("GET", "/health")
    assert secure.asked == 0


def test_abort_ends_a_wait_for_a_centre_with_a_certificate(
    secure: Saying, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    secure.silence.clear()
    opened = Wire(secure.url, "secret", FAST)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(opened.ask, "GET", "/v1/news")
        until(lambda: secure.asked == 1, "asked")
        opened.abort()
        with pytest.raises(LinkError):
            waiting.result(5)


@pytest.mark.parametrize(("size", "is_taken"), [(1_000, True), (1_001, False), (2 * 10**8, False)])
def test_an_answer_has_a_bound_also_where_it_unpacks_to_more(
    open_wire: Wire, saying: Saying, size: int, is_taken: bool
) -> None:
    packer = zlib.compressobj(wbits=31)
    body = b"".join(packer.compress(b" " * min(10**7, size - at)) for at in range(0, size, 10**7)) + packer.flush()
    saying.headers, saying.body = {"Content-Encoding": "gzip"}, body
    if is_taken:
        assert len(open_wire.ask("GET", "/health", bytes_max=1_000).body) == size
        return
    with pytest.raises(LinkError, match="larger than 1000 bytes"):
        open_wire.ask("GET", "/health", bytes_max=1_000)
