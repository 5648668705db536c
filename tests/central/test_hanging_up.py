"""A device that goes away in the middle of its request: nothing for the centre to be alarmed about."""

import anyio

from sync.central.service.app import Service
from sync.central.store import CentralStore

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
