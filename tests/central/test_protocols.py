"""Upgrades without stopping the floor: devices of the protocol before this one go on as they are.

``protocol1`` holds requests and answers byte for byte as a device and a service of protocol 1 exchanged them, and what
such a device can read. The other way round, a device of today reads what that service said, and what a newer one says.
"""

import socket
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from scanner_app.domain.catalog import Tolerance
from sync.central.database.store import CentralStore
from sync.central.database.tables import codes, devices
from sync.central.sites.devices import enrolled, hashed, invited
from sync.protocol import (
    PROTOCOL,
    PROTOCOL_OLDEST,
    SINCE,
    EnrolAnswer,
    ExchangeAnswer,
    ExchangeRequest,
    News,
    Row,
    Trouble,
    VersionedRow,
)
from tests.central.protocol1 import device as old
from tests.central.serving import Handheld, trouble
from tests.central.warehouse import NOW_US, SITE

RECORDED = Path(__file__).parent / "protocol1"
NAMES = sorted(path.stem for path in RECORDED.glob("*.request"))
_TOKEN, _DEVICE, _CODE = "protocol-1-token-of-a-recorded-device-00000", "2bdde99c6b63", "NRGV-3JMV-ZFLD"
_NOW: dict[str, Any] = {"enrol": EnrolAnswer, "news": News, "refused": Trouble, "rejected": Trouble}


@pytest.fixture
def recorded(store: CentralStore) -> CentralStore:
    """The device that was recorded is enrolled, and its code is good."""
    with store.writing() as connection:
        enrolled(connection, invited(connection, SITE, NOW_US), "recorded", "0.1.0", NOW_US)
        connection.execute(devices.update().values(device=_DEVICE, token_hash=hashed(_TOKEN)))
        code = {"code_hash": hashed(_CODE.replace("-", "")), "expires_us": 2**60, "used_us": 0}
        connection.execute(codes.insert().values(site=SITE, **code))
    return store


def replayed(address: str, name: str) -> tuple[int, bytes]:
    """Send a recorded request as it was; return status and body of the answer."""
    host, _, port = address.removeprefix("http://").partition(":")
    sent = (RECORDED / f"{name}.request").read_bytes().replace(b"keep-alive", b"close")
    with socket.create_connection((host, int(port)), timeout=20) as line:
        line.sendall(sent)
        head, _, body = b"".join(iter(lambda: line.recv(65_536), b"")).partition(b"\r\n\r\n")
    return int(head.split()[1]), body


def said(name: str) -> tuple[int, bytes]:
    """Status and body of a recorded answer."""
    head, _, body = (RECORDED / f"{name}.answer").read_bytes().partition(b"\r\n\r\n")
    return int(head.split()[1]), body


@pytest.mark.parametrize("name", NAMES)
def test_a_request_of_protocol_1_gets_an_answer_that_its_device_reads(
    recorded: CentralStore, address: str, name: str
) -> None:
    status, body = replayed(address, name)
    assert status == said(name)[0]
    assert old.read(name, body)


def test_events_of_protocol_1_become_what_they_became_then(recorded: CentralStore, address: str) -> None:
    now, then = (old.read("push", body) for _, body in (replayed(address, "push"), said("push")))
    assert isinstance(now, old.ExchangeAnswer)
    assert isinstance(then, old.ExchangeAnswer)
    assert [replace(one, version=0) for one in now.answers] == [replace(one, version=0) for one in then.answers]


def test_a_device_of_protocol_1_pulls_every_row_it_knows(recorded: CentralStore, address: str) -> None:
    now, then = (old.read("pull", body) for _, body in (replayed(address, "pull"), said("pull")))
    assert isinstance(now, old.ExchangeAnswer)
    assert isinstance(then, old.ExchangeAnswer)
    kinds = [type(one.row) for one in then.rows if not isinstance(one.row, old.Stock)]
    assert [type(one.row) for one in now.rows if not isinstance(one.row, old.Stock)] == kinds


@pytest.mark.parametrize("name", NAMES)
def test_a_device_of_today_reads_what_a_service_of_protocol_1_says(name: str) -> None:
    status, body = said(name)
    assert msgspec.json.decode(body, type=_NOW.get(name, ExchangeAnswer))
    assert status in (200, 401, 422)


def test_rows_that_protocol_1_does_not_know_are_those_that_are_kept_from_it() -> None:
    known = {kind.__name__ for kind in old.Row.__args__}
    assert {kind.__name__ for kind in Row.__args__ if SINCE.get(kind, 1) > 1} == {
        kind.__name__ for kind in Row.__args__
    } - known


def test_a_device_of_today_overlooks_what_a_newer_service_adds() -> None:
    """Fields of an answer, and cells at the end of a row."""
    plain = ExchangeAnswer(store_epoch="e", rows=(VersionedRow(1, Tolerance("T", percent=5)),), cursor=1)
    told = msgspec.json.decode(msgspec.json.encode(plain))
    told["weather"] = {"is": "fine"}
    told["rows"][0][1].append("a new cell")
    assert msgspec.json.decode(msgspec.json.encode(told), type=ExchangeAnswer) == plain


def test_a_service_overlooks_what_a_newer_device_of_its_protocol_adds(handheld: Handheld) -> None:
    asked = msgspec.to_builtins(ExchangeRequest(epoch=handheld.enrolled.epoch)) | {"weather": "fine"}
    answer = handheld.http.post("/v1/exchange", content=msgspec.json.encode(asked), headers=handheld.headers)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("protocol", "word"), [(PROTOCOL_OLDEST - 1, "protocol_older"), (PROTOCOL + 1, "protocol_newer")]
)
def test_other_protocols_are_refused_and_the_device_keeps_everything(
    handheld: Handheld, protocol: int, word: str
) -> None:
    body = msgspec.json.encode(ExchangeRequest(epoch=1, protocol=protocol))
    answer = handheld.http.post("/v1/exchange", content=body, headers=handheld.headers)
    assert trouble(answer) == (426, word)
