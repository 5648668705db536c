"""Ends in the middle of a request: of a device that goes away, and of a centre that has read enough of it."""

import socket

import anyio
import msgspec
import pytest

from sync.central.database.store import CentralStore
from sync.central.service.requests import ENROL_BYTES_MAX
from sync.central.service.service import Service
from tests.central.serving import Handheld

SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/v1/enrol",
    "raw_path": b"/v1/enrol",
    "query_string": b"",
    "headers": [(b"content-length", b"100")],
    "http_version": "1.1",
}


def test_a_request_that_ends_in_the_middle_raises_nothing(store: CentralStore) -> None:
    parts: list[dict[str, object]] = [
        {"type": "http.request", "body": b'{"code', "more_body": True},
        {"type": "http.disconnect"},
    ]
    answered = []

    async def receive() -> dict[str, object]:
        return parts.pop(0)

    async def send(message: dict[str, object]) -> None:
        answered.append(message["type"])

    async def ask() -> None:
        await Service(store).app(dict(SCOPE), receive, send)  # type: ignore[arg-type]

    anyio.run(ask)
    assert answered == ["http.response.start", "http.response.body"]


@pytest.mark.parametrize("kilobytes", [64, 1_024])
def test_an_answer_that_comes_early_is_read_to_its_end(handheld: Handheld, kilobytes: int) -> None:
    """What was sent in vain meanwhile resets nothing."""
    url = handheld.http.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=10) as line:
        length = 2 * kilobytes * 1_024
        assert length > ENROL_BYTES_MAX
        line.sendall(f"POST /v1/enrol HTTP/1.1\r\nHost: centre\r\nContent-Length: {length}\r\n\r\n".encode())
        line.sendall(b" " * (length // 2))
        answer = b"".join(iter(lambda: line.recv(4_096), b""))
        line.sendall(b" " * (length // 4))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert msgspec.json.decode(answer.partition(b"\r\n\r\n")[2])["error"] == "too_large"
