"""A desk that asks a running service, over HTTP and with the token of a device."""

from typing import Any

import httpx2
import msgspec

from scanner_app.domain.desk.asks import Ask, DeskRequest
from scanner_app.domain.desk.replies import Reply
from sync.protocol import PROTOCOL
from tests.central.serving import Handheld


def sent(device: Handheld, ask: Ask, operator: str = "s1", **fields: Any) -> httpx2.Response:
    """Ask, and take whatever the answer is."""
    asked = DeskRequest(protocol=PROTOCOL, operator=operator, ask=ask, **fields)
    return device.http.post("/v1/desk", content=msgspec.json.encode(asked), headers=device.headers)


def asked(device: Handheld, ask: Ask, operator: str = "s1", **fields: Any) -> Reply:
    """Ask, and read the reply."""
    answer = sent(device, ask, operator, **fields)
    assert answer.status_code == 200, answer.text
    reply: Reply = msgspec.json.decode(answer.content, type=Reply)
    return reply
