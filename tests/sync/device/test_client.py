"""The client against a server that answers as told: every answer becomes a value or the right error."""

import gzip
import threading
import time
from collections.abc import Iterator

import msgspec
import pytest
from msgspec.structs import replace

from scanner_app.errors import BusyError, LinkError, RefusedError, SyncError
from sync.device.client import Client, enrol, trouble_at
from sync.device.failure import Rejected
from sync.protocol import EnrolRequest, ExchangeAnswer, ExchangeRequest, Trouble
from tests.sync.handheld import FAST, until
from tests.sync.saying import GOOD, Saying

_ASKED = ExchangeRequest(epoch=1)


@pytest.fixture
def client(saying: Saying) -> Iterator[Client]:
    client = Client(saying.url, "secret", FAST)
    yield client
    client.close()


def test_a_good_answer_is_a_value(client: Client, saying: Saying) -> None:
    assert client.exchange(_ASKED) == ExchangeAnswer(store_epoch="e", cursor=5)
    assert saying.seen["Authorization"] == "Bearer secret"


def test_a_packed_answer_is_unpacked(client: Client, saying: Saying) -> None:
    saying.body, saying.headers = gzip.compress(GOOD), {"Content-Encoding": "gzip"}
    assert client.exchange(_ASKED) == ExchangeAnswer(store_epoch="e", cursor=5)


_LARGE = replace(_ASKED, events=(msgspec.Raw(b'"%s"' % (b"x" * 20_000)),))


def test_a_large_request_goes_packed_to_a_centre_that_takes_that(client: Client, saying: Saying) -> None:
    client.exchange(_LARGE)
    assert "Content-Encoding" not in saying.seen
    saying.headers = {"Accept-Encoding": "gzip"}
    client.exchange(_LARGE)
    client.exchange(_ASKED)
    assert "Content-Encoding" not in saying.seen
    client.exchange(_LARGE)
    assert saying.seen["Content-Encoding"] == "gzip"
    assert msgspec.json.decode(gzip.decompress(saying.sent), type=ExchangeRequest) == _LARGE


def test_a_centre_that_cannot_unpack_is_sent_the_same_as_it_is(client: Client, saying: Saying) -> None:
    """It was put back to an older version while the connection lasted."""
    saying.headers = {"Accept-Encoding": "gzip"}
    client.exchange(_ASKED)
    saying.status, saying.headers, saying.body = 400, {}, msgspec.json.encode(Trouble("word", "Do this."))
    asked = saying.asked
    assert client.exchange(_LARGE) == Rejected("word")
    assert saying.asked == asked + 2
    assert msgspec.json.decode(saying.sent, type=ExchangeRequest) == _LARGE


@pytest.mark.parametrize(
    ("status", "error"),
    [
        *((status, LinkError) for status in (204, 302, 404, 408, 425, 429, 500, 502, 503, 504)),
        *((status, RefusedError) for status in (401, 403, 426)),
    ],
)
def test_a_trouble_is_an_error_with_the_centres_sentence(
    client: Client, saying: Saying, status: int, error: type[SyncError]
) -> None:
    saying.status = status
    saying.body = b"" if status == 204 else msgspec.json.encode(Trouble("word", "Do this."))
    with pytest.raises(error, match=r"Do this\.|204"):
        client.exchange(_ASKED)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_centre_says_for_how_long_it_wants_to_be_left_alone(client: Client, saying: Saying, status: int) -> None:
    saying.status, saying.body, saying.headers = status, b"", {"Retry-After": "17"}
    with pytest.raises(BusyError) as busy:
        client.exchange(_ASKED)
    assert busy.value.pause_s == 17


@pytest.mark.parametrize("status", [400, 409, 413, 422])
def test_a_rejected_request_is_a_value(client: Client, saying: Saying, status: int) -> None:
    saying.status, saying.body = status, msgspec.json.encode(Trouble("word", "Do this."))
    assert client.exchange(_ASKED) == Rejected("word")
    saying.body = b"<html>"
    assert client.exchange(_ASKED) == Rejected(f"http_{status}")


@pytest.mark.parametrize("body", [b"", b"<html>Sign in to this network</html>", b"\xff\xfe", b'{"store_epoch": 5}'])
def test_an_answer_that_is_not_the_centres_is_tried_again(client: Client, saying: Saying, body: bytes) -> None:
    saying.body = body
    with pytest.raises(LinkError):
        client.exchange(_ASKED)


def test_silence_is_a_link_error(saying: Saying) -> None:
    saying.silence.clear()
    client = Client(saying.url, "", replace(FAST, answer_timeout_s=1))
    with pytest.raises(LinkError):
        client.exchange(_ASKED)
    client.close()


def test_abort_ends_a_wait_and_everything_after_it(client: Client, saying: Saying) -> None:
    saying.silence.clear()
    ended: list[float] = []

    def wait() -> None:
        with pytest.raises(LinkError):
            client.news(0, 25)
        ended.append(time.monotonic())

    thread = threading.Thread(target=wait)
    thread.start()
    until(lambda: saying.asked == 1, "asked")
    begun = time.monotonic()
    client.abort()
    thread.join(5)
    assert ended
    assert ended[0] - begun < 0.5
    with pytest.raises(LinkError):
        client.exchange(_ASKED)
    assert saying.asked == 1


def test_a_centre_is_known_by_its_own_words(saying: Saying) -> None:
    assert trouble_at(saying.url) == ""
    assert saying.path.startswith("/v1/"), "a proxy passes on nothing else"
    saying.status, saying.body = 401, b'{"error": "no_token", "sentence": "Which device is this?"}'
    assert trouble_at(saying.url) == ""
    for status, body in ((503, b""), (401, b"<html>Log in</html>"), (404, b'{"error": "unknown"}')):
        saying.status, saying.body = status, body
        assert trouble_at(saying.url) == f"The centre answers with status {status}."
    assert trouble_at("http://127.0.0.1:1").startswith("The centre does not answer (")
    assert trouble_at("nowhere")


@pytest.mark.parametrize("url", ["http://", "ftp://centre", "http://[::1", "http://127.0.0.1:1", "nowhere"])
def test_an_address_that_leads_nowhere_is_a_link_error(url: str) -> None:
    with pytest.raises(LinkError):
        enrol(url, EnrolRequest(code="CODE", name="name"), FAST)
