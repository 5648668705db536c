"""Upgrades without stopping the floor: devices of the protocols before this one go on as they are.

``protocol1`` holds requests and answers byte for byte as a device and a service of protocol 1 exchanged them, and what
such a device can read; ``protocol2`` likewise. The other way round, a device of today reads what those services said,
and what a newer one says.
"""

import socket
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from msgspec.structs import replace

from scanner_app.domain.bounds import INSTANT_US_MIN
from scanner_app.domain.catalog import Tolerance
from scanner_app.domain.count_open import CountOpen
from sync.central.book.master_rows import write_master_rows
from sync.central.database.master_tables import BY_STRUCT, IMPORTED, MADE_KINDS
from sync.central.database.store import CentralStore
from sync.central.database.tables import codes, devices
from sync.central.imports.run import Wish, run_import
from sync.central.sites.devices import hashed
from sync.central.sites.enrolling import EnrolmentAsked, enrolled, invited
from sync.protocol import (
    PROTOCOL,
    PROTOCOL_OLDEST,
    SINCE,
    Answer,
    EnrolAnswer,
    ExchangeAnswer,
    ExchangeRequest,
    News,
    Outcome,
    Row,
    Trouble,
    VersionedRow,
    told,
)
from tests.central.protocol1 import device as device1
from tests.central.protocol2 import device as device2
from tests.central.serving import Handheld, trouble
from tests.central.warehouse import NOW_US, SITE

_CODE, NEGATIVE = "NRGV-3JMV-ZFLD", "negative"
_NOW: dict[str, Any] = {"enrol": EnrolAnswer, "news": News, "refused": Trouble, "rejected": Trouble}


class Old(NamedTuple):
    """A protocol of before: what its device reads, and who the device was that was recorded."""

    protocol: int
    device: Any
    token: str
    id: str

    @property
    def folder(self) -> Path:
        return Path(__file__).parent / f"protocol{self.protocol}"

    @property
    def names(self) -> list[str]:
        return sorted(path.stem for path in self.folder.glob("*.request"))


NEWER_TABLES = {
    "tolerances": "tolerance,abc,percent\nall,C,2.5\n",
    "reasons": "reason,en\nlost,Lost\n",
    "limits": "limit,process,reason_quantity\nmany,move,100\n",
    "tasks": "task,kind,place\n1,count,A\n",
}
"""A row of each kind that devices did not always know."""
OLD = (
    Old(1, device1, "protocol-1-token-of-a-recorded-device-00000", "2bdde99c6b63"),
    Old(2, device2, "protocol-2-token-of-a-recorded-device-00000", "4f21c0a7be95"),
)
EACH = pytest.mark.parametrize("old", OLD, ids=lambda old: str(old.protocol))
EACH_REQUEST = pytest.mark.parametrize(
    ("old", "name"), [pytest.param(old, name, id=f"{old.protocol}-{name}") for old in OLD for name in old.names]
)


@pytest.fixture
def recorded(store: CentralStore, old: Old) -> CentralStore:
    """The device that was recorded is enrolled, and its code is good."""
    with store.writing() as connection:
        before_us = INSTANT_US_MIN
        enrolled(connection, EnrolmentAsked(code=invited(connection, SITE, before_us), name="recorded"), before_us)
        connection.execute(devices.update().values(device=old.id, token_hash=hashed(old.token)))
        code = {"code_hash": hashed(_CODE.replace("-", "")), "expires_us": 2**60, "used_us": 0}
        connection.execute(codes.insert().values(site=SITE, **code))
    return store


def replayed(address: str, old: Old, name: str) -> tuple[int, bytes]:
    """Send a recorded request as it was; return status and body of the answer."""
    host, _, port = address.removeprefix("http://").partition(":")
    sent = (old.folder / f"{name}.request").read_bytes().replace(b"keep-alive", b"close")
    with socket.create_connection((host, int(port)), timeout=20) as line:
        line.sendall(sent)
        head, _, body = b"".join(iter(lambda: line.recv(65_536), b"")).partition(b"\r\n\r\n")
    return int(head.split()[1]), body


def said(old: Old, name: str) -> tuple[int, bytes]:
    """Status and body of a recorded answer."""
    head, _, body = (old.folder / f"{name}.answer").read_bytes().partition(b"\r\n\r\n")
    return int(head.split()[1]), body


def exchanged(address: str, old: Old, name: str) -> tuple[Any, Any]:
    """What the device reads of the answer to a recorded exchange, of today and of then."""
    now, then = (old.device.read(name, body) for _, body in (replayed(address, old, name), said(old, name)))
    assert isinstance(now, old.device.ExchangeAnswer)
    assert isinstance(then, old.device.ExchangeAnswer)
    return now, then


def test_every_protocol_that_is_spoken_was_recorded() -> None:
    assert [old.protocol for old in OLD] == list(range(PROTOCOL_OLDEST, PROTOCOL))


@EACH_REQUEST
def test_a_request_of_an_older_protocol_gets_an_answer_that_its_device_reads(
    recorded: CentralStore, address: str, old: Old, name: str
) -> None:
    status, body = replayed(address, old, name)
    assert status == said(old, name)[0]
    assert old.device.read(name, body)


def _as_now(answer: Any) -> Any:
    """An answer of then without the reasons that there are no more."""
    left = tuple(word for word in answer.reasons if word not in (NEGATIVE, "no_right"))
    outcome = answer.outcome if left or not answer.reasons or NEGATIVE in answer.reasons else "posted"
    return replace(answer, reasons=left, outcome=type(answer.outcome)(outcome))


@EACH
def test_events_of_an_older_protocol_become_what_they_became_then(
    recorded: CentralStore, address: str, old: Old
) -> None:
    """That a key went below zero is no reason of an event any more, but a case of the key; workers may adjust now."""
    now, then = exchanged(address, old, "push")
    told_then = [_as_now(one) for one in then.answers]
    assert [replace(one, version=0) for one in now.answers] == [replace(one, version=0) for one in told_then]


@EACH
def test_a_device_of_an_older_protocol_pulls_every_row_it_knows(
    recorded: CentralStore, address: str, old: Old, tmp_path: Path
) -> None:
    assert set(NEWER_TABLES) == {BY_STRUCT[kind].file for kind in SINCE} & set(IMPORTED)
    tables = tmp_path / "newer"
    tables.mkdir()
    for name, text in NEWER_TABLES.items():
        (tables / f"{name}.csv").write_text(text)
    run_import(recorded, tables, NOW_US, Wish(SITE))
    with recorded.writing() as connection:
        write_master_rows(
            connection, MADE_KINDS[0], SITE, [[CountOpen("c", "A", "o1", 1, 2)]], lambda _done, _all: None
        )
    now, then = (
        sorted(type(one.row).__name__ for one in answer.rows if not isinstance(one.row, device1.Stock))
        for answer in exchanged(address, old, "pull")
    )
    assert now == then


@EACH_REQUEST
def test_a_device_of_today_reads_what_a_service_of_an_older_protocol_says(old: Old, name: str) -> None:
    status, body = said(old, name)
    assert msgspec.json.decode(body, type=_NOW.get(name, ExchangeAnswer))
    assert status in (200, 401, 422)


@EACH
def test_rows_that_an_older_protocol_does_not_know_are_those_that_are_kept_from_it(old: Old) -> None:
    known = {kind.__name__ for kind in old.device.Row.__args__}
    assert {kind.__name__ for kind in Row.__args__ if SINCE.get(kind, 1) > old.protocol} == {
        kind.__name__ for kind in Row.__args__
    } - known


@EACH
@pytest.mark.parametrize("outcome", Outcome)
def test_a_device_of_an_older_protocol_is_answered_in_outcomes_that_it_knows(old: Old, outcome: Outcome) -> None:
    answer = Answer(id="e", outcome=outcome, version=3, reasons=("negative",))
    then = told(answer, old.protocol)
    read = msgspec.json.decode(msgspec.json.encode(then), type=device1.Answer)
    assert (read.outcome.value == outcome.value) is (outcome.value in {one.value for one in device1.Outcome})
    assert then.outcome.counts_as_stock is outcome.counts_as_stock
    assert told(answer, PROTOCOL) == answer


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
