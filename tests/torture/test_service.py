"""The service under requests that nobody means well: never a 5xx, never silence, and the book stays sound."""

import random
import socket
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from typing import Any

import msgspec
import pytest

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.plate_moved import PlateMoved
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore, open_store
from sync.central.exchange.threads import now_us
from sync.central.service.terms import Terms
from sync.central.sites.administration import invite
from sync.protocol import EnrolRequest, ExchangeRequest, Outcome
from tests.central.serving import Handheld, served
from tests.central.warehouse import NOW_US, SITE, adjusted, event, move
from tests.extent import SEED, extent
from tests.torture.tools.mutants import garbled, mutant

MUTANTS = extent(60, 4_000)
GARBLED = extent(40, 400)
HUSH_S = 0.2
PATIENT = Terms(device_requests_per_s_max=10_000, device_requests_burst_max=100_000, request_s_max=2)


@pytest.fixture
def store(warehouse_url: str) -> Iterator[CentralStore]:
    with closing(open_store(warehouse_url)) as store:
        yield store


@pytest.fixture
def handheld(store: CentralStore) -> Iterator[Handheld]:
    with served(store, PATIENT) as address:
        device = Handheld(address, invite(store, SITE, now_us()))
        yield device
        device.http.close()


def facts(sequence: int) -> Fact:
    """One of each kind, in turn."""
    turn: tuple[Fact, ...] = (
        move("A", "B"),
        move("A", "P1", item="GLUE", lot="L1"),
        adjusted("B"),
        PlateMoved(NOW_US, "P1", "C", ""),
        Annulled(NOW_US, event(max(1, sequence - 1), move("A", "B")).id),
    )
    return turn[sequence % len(turn)]


def requests(device: Handheld) -> Iterator[dict[str, Any]]:
    """Good requests of the device, without end."""
    for first in count(1, 2):
        batch = [event(number, facts(number), device.sender) for number in (first, first + 1)]
        raws = tuple(msgspec.Raw(msgspec.json.encode(one)) for one in batch)
        yield msgspec.json.decode(msgspec.json.encode(ExchangeRequest(epoch=device.enrolled.epoch, events=raws)))


def test_mutants_of_exchanges_are_answered_and_the_book_stays_sound(handheld: Handheld, store: CentralStore) -> None:
    chance = random.Random(SEED)
    for asked, _ in zip(requests(handheld), range(MUTANTS), strict=False):
        body = mutant(asked, chance)
        answer = handheld.http.post("/v1/exchange", content=body, headers=handheld.headers)
        assert answer.status_code < 500, (answer.status_code, body[:2_000])
    check_sound(handheld, store)


def test_mutants_of_enrolments_and_questions_are_answered(handheld: Handheld, store: CentralStore) -> None:
    chance = random.Random(SEED)
    good = msgspec.to_builtins(EnrolRequest(code="NOT-A-CODE", name="scanner", program="1", device="0123456789ab"))
    for number in range(MUTANTS // 5):
        body = mutant(good, chance)
        answer = handheld.http.post("/v1/enrol", content=body)
        assert answer.status_code < 500, (answer.status_code, body)
        query = {name: str(mutant([number], chance)[:500], "utf-8", "replace") for name in ("after", "limit", "site")}
        for path in ("/v1/news", "/v1/postings"):
            answer = handheld.http.get(path, params=query, headers=handheld.headers)
            assert answer.status_code < 500, (answer.status_code, query)
    check_sound(handheld, store)


def test_garbled_bytes_are_answered_or_hung_up_on(handheld: Handheld, store: CentralStore) -> None:
    chance = random.Random(SEED)
    url, statuses = handheld.http.base_url, set[int]()
    for asked, _ in zip(requests(handheld), range(GARBLED), strict=False):
        sent = garbled(message(handheld, asked), chance)
        with socket.create_connection((url.host, url.port or 80), timeout=30) as line:
            line.sendall(sent)
            answer = received(line)
        statuses.add(int(answer.split()[1]) if answer else 0)
        assert max(statuses) < 500, (answer[:200], sent[:2_000])
    assert 400 in statuses, "some are no HTTP"
    check_sound(handheld, store)


def message(device: Handheld, asked: dict[str, Any]) -> bytes:
    body = msgspec.json.encode(asked)
    head = f"POST /v1/exchange HTTP/1.1\r\nHost: centre\r\nAuthorization: {device.headers['Authorization']}\r\n"
    return f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def received(line: socket.socket) -> bytes:
    """The beginning of an answer; nothing when the service hangs up, or waits for what will never come."""
    line.settimeout(HUSH_S)
    try:
        return line.recv(65_536)
    except (ConnectionError, TimeoutError):
        return b""


def check_sound(device: Handheld, store: CentralStore) -> None:
    """The service still works, and what it took is balanced, chained and in the stock."""
    answer = device.exchange(event(1_000_000, move("A", "B"), device.sender)).answers[0]
    assert answer.outcome in (Outcome.POSTED, Outcome.EXCEPTIONS)
    assert verify(store) == []
