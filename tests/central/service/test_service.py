"""The service: a real server on loopback, spoken to over HTTP as a device does."""

import os
import signal
import subprocess
import sys
import threading
import time
from queue import Queue
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from scanner_app.errors import CentralError
from sync.central.book.counters import site_versions
from sync.central.database.store import CentralStore
from sync.central.database.tables import devices
from sync.central.exchange.threads import now_us
from sync.central.service.server import serve
from sync.central.sites.administration import invite, revoke_device
from sync.protocol import (
    BODY_BYTES_MAX,
    PROTOCOL,
    EnrolRequest,
    Outcome,
)
from tests.central.databases import ON_SQLITE
from tests.central.serving import Handheld, trouble
from tests.central.warehouse import SITE, event, move


def test_one_exchange_pushes_and_pulls(handheld: Handheld) -> None:
    first = handheld.exchange(event(1, move("A", "B"), handheld.sender), program="1.0", watermark_us=5)
    assert [answer.outcome for answer in first.answers] == [Outcome.POSTED]
    assert not first.more
    assert first.cursor == max(row.version for row in first.rows)
    assert first.received_us <= first.answered_us
    again = handheld.exchange(store_epoch=first.store_epoch, cursor=first.cursor)
    assert (again.rows, again.cursor) == ((), first.cursor)


def test_a_cursor_of_another_store_epoch_starts_over(handheld: Handheld) -> None:
    first = handheld.exchange()
    again = handheld.exchange(store_epoch="another", cursor=first.cursor)
    assert again.rows == first.rows


def test_a_push_may_pull_nothing(handheld: Handheld) -> None:
    answer = handheld.exchange(event(1, move("A", "B"), handheld.sender), rows_max=0)
    assert (answer.rows, answer.cursor, answer.answers[0].outcome) == ((), 0, Outcome.POSTED)


def test_an_exchange_of_duplicates_still_writes_the_device_row(handheld: Handheld, store: CentralStore) -> None:
    handheld.push(1)
    before = _device_row(store)
    assert handheld.push(1).duplicate
    assert _device_row(store).pushed_us > before.pushed_us


def _device_row(store: CentralStore) -> Any:
    with store.reading() as connection:
        return connection.execute(select(devices)).one()


def test_a_long_poll_wakes_when_another_device_pushes(handheld: Handheld, store: CentralStore, address: str) -> None:
    other = Handheld(address, invite(store, SITE, now_us()), "other")
    cursor = handheld.exchange().cursor
    told: Queue[tuple[int, float]] = Queue()
    thread = threading.Thread(target=lambda: told.put((handheld.news(cursor, 20), time.monotonic())))
    thread.start()
    pushed = other.push(1)
    answered = time.monotonic()
    version, woken = told.get(timeout=15)
    thread.join()
    assert version >= pushed.version > cursor
    assert woken - answered < 0.3
    other.http.close()


def test_a_long_poll_sees_what_another_process_commits(handheld: Handheld, store: CentralStore) -> None:
    from tests.central.warehouse import push

    cursor = handheld.exchange().cursor
    told: Queue[int] = Queue()
    thread = threading.Thread(target=lambda: told.put(handheld.news(cursor, 20)))
    thread.start()
    push(store, [event(1, move("A", "B"))])
    assert told.get(timeout=5) > cursor
    thread.join()


def test_a_long_poll_ends_when_time_is_up(handheld: Handheld) -> None:
    cursor = handheld.exchange().cursor
    assert handheld.news(cursor, 0.05) == cursor
    assert handheld.news(0, 20) == cursor


def test_enrolment_codes_work_once_and_for_a_while(handheld: Handheld, store: CentralStore) -> None:
    stale = invite(store, SITE, now_us() - 10_000_000, life_s=5)
    used = invite(store, SITE, now_us())
    for code, status in ((stale, 403), (used.lower(), 200), (used, 403), ("nonsense", 403)):
        answer = handheld.http.post("/v1/enrol", content=msgspec.json.encode(EnrolRequest(code=code, name="x")))
        assert answer.status_code == status


def test_enrolled_again_the_epoch_goes_up_and_the_old_token_is_void(
    handheld: Handheld, store: CentralStore, address: str
) -> None:
    again = Handheld(address, invite(store, SITE, now_us(), again="scanner"))
    assert again.enrolled.device == handheld.enrolled.device
    assert again.enrolled.epoch > handheld.enrolled.epoch
    answer = handheld.http.get("/v1/news", headers=handheld.headers)
    assert trouble(answer) == (401, "unknown_token")
    again.http.close()


def test_events_that_waited_while_the_device_was_enrolled_again_are_booked(
    handheld: Handheld, store: CentralStore, address: str
) -> None:
    """A clone that comes with other events under the same numbers is found, and asked to number them anew."""
    handheld.exchange(event(1, move("A", "B"), handheld.sender))
    again = Handheld(address, invite(store, SITE, now_us(), again="scanner"))
    waited = event(2, move("A", "B"), handheld.sender)
    cloned = event(1, move("A", "B"), handheld.sender, id="another")
    fresh = event(1, move("A", "B"), again.sender)
    answers = again.exchange(waited, cloned, fresh).answers
    assert [answer.outcome for answer in answers] == [Outcome.POSTED, Outcome.WAITING, Outcome.POSTED]
    assert answers[1].reasons == ("sequence_taken",)
    again.http.close()


def test_an_event_that_was_settled_again_is_the_same_event(
    handheld: Handheld, store: CentralStore, address: str
) -> None:
    """By a file put back from its backup, or by two copies of one that waited for its epoch."""
    handheld.exchange(event(1, move("A", "B"), handheld.sender))
    again = Handheld(address, invite(store, SITE, now_us(), again="scanner"))
    renewed = event(1, move("A", "B"), handheld.sender, epoch=again.enrolled.epoch, offset_us=7, uncertainty_us=8)
    other = event(1, move("A", "C"), handheld.sender)
    answers = again.exchange(renewed, other).answers
    assert [(answer.outcome, answer.duplicate) for answer in answers] == [
        (Outcome.POSTED, True),
        (Outcome.NOT_ACCEPTED, False),
    ]
    again.http.close()


def test_only_hashes_of_secrets_are_stored(handheld: Handheld, store: CentralStore) -> None:
    assert len(_device_row(store).token_hash) == 64
    assert handheld.enrolled.token not in str(_device_row(store))


def test_a_revoked_device_is_quarantined_and_pulls_nothing(handheld: Handheld, store: CentralStore) -> None:
    revoke_device(store, SITE, handheld.enrolled.device)
    answer = handheld.exchange(event(1, move("A", "B"), handheld.sender))
    assert answer.answers[0].outcome is Outcome.QUARANTINED
    assert answer.rows == ()
    assert trouble(handheld.http.get("/v1/news", headers=handheld.headers)) == (403, "revoked")


@pytest.mark.parametrize("value", ["", "Bearer", "Basic abc", "Bearer wrong", "Bearer \u00e9"])
def test_no_exchange_without_a_token(handheld: Handheld, value: str) -> None:
    headers = {b"Authorization": value.encode()} if value else {}
    answer = handheld.http.post("/v1/exchange", content=b"{}", headers=headers)
    assert trouble(answer)[0] == 401


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", (400, "malformed")),
        (b"{", (400, "malformed")),
        (b"\xff\xfe", (400, "malformed")),
        (b"{}", (422, "invalid")),
        (b'{"epoch": "one"}', (422, "invalid")),
        (b'{"epoch": 1, "cursor": -1}', (422, "invalid")),
        (b'{"epoch": 1, "signed_on": {"operator": "w\\u0000"}}', (422, "invalid")),
        (b'{"epoch": 1, "signed_on": {"operator": "' + b"w" * 201 + b'"}}', (422, "invalid")),
        (b'{"epoch": 1, "signed_on": {"operator": "w", "since_us": 9223372036854775808}}', (422, "invalid")),
        (b'{"epoch": 1, "cursor": 99999999999999999999}', (422, "invalid")),
        (b'{"epoch": 1, "protocol": %d}' % (PROTOCOL + 1), (426, "protocol_newer")),
        (b'{"epoch": 1, "events": [%s]}' % b",".join([b"1"] * 1_001), (422, "too_many_events")),
        (b" " * (BODY_BYTES_MAX + 1), (413, "too_large")),
    ],
    ids=lambda case: str(case[:40]),
)
def test_wrong_bodies_have_documented_answers(handheld: Handheld, body: bytes, told: tuple[int, str]) -> None:
    assert trouble(handheld.http.post("/v1/exchange", content=body, headers=handheld.headers)) == told


@pytest.mark.parametrize(
    ("method", "path", "told"),
    [
        ("GET", "/v1/exchange", (405, "wrong_method")),
        ("GET", "/nothing", (404, "not_found")),
        ("GET", "/v1/news?after=x", (422, "invalid")),
        ("GET", "/v1/news?wait=x", (422, "invalid")),
        ("GET", "/v1/news?wait=nan", (422, "invalid")),
        ("POST", "/v1/enrol", (400, "malformed")),
    ],
)
def test_wrong_addresses_have_documented_answers(
    handheld: Handheld, method: str, path: str, told: tuple[int, str]
) -> None:
    assert trouble(handheld.http.request(method, path, headers=handheld.headers)) == told


def test_nobody_is_called_what_no_database_holds(handheld: Handheld) -> None:
    assert handheld.exchange(locked=("w1", "w\0")).known == ("w1",)


def test_health_and_readiness(handheld: Handheld) -> None:
    assert handheld.http.get("/health").json() == {"health": "ok"}
    assert handheld.http.get("/ready").json() == {"ready": "yes"}


_DOUBTED = (Outcome.EXCEPTIONS, ("clock_doubtful",))
_BY_NOBODY = {"operator": "nobody", "fact": move("A", "B", by="nobody")}
_SERVE = """import sys
from sync.central.service.server import serve
serve(sys.argv[1], '127.0.0.1', 0, lambda port: print(port, flush=True))
"""


def test_the_process_ends_cleanly_on_sigterm_with_a_long_poll_open(store: CentralStore, warehouse_url: str) -> None:
    with subprocess.Popen([sys.executable, "-c", _SERVE, warehouse_url], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        device = Handheld(f"http://127.0.0.1:{process.stdout.readline().strip()}", invite(store, SITE, now_us()))
        cursor = device.exchange().cursor
        told: Queue[int] = Queue()
        thread = threading.Thread(target=lambda: told.put(device.news(cursor, 40)))
        thread.start()
        assert device.push(1).version > 0
        told.get(timeout=10)
        thread.join()
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(timeout=15) == 0
        device.http.close()


@ON_SQLITE
def test_an_embedded_store_is_served_once(store: CentralStore, warehouse_url: str) -> None:
    with subprocess.Popen([sys.executable, "-c", _SERVE, warehouse_url], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        with pytest.raises(CentralError, match=r"Another service serves .*\. Stop it first"):
            serve(warehouse_url, "127.0.0.1", 0, print)
        assert store.read(site_versions).keys() == {SITE}, "looking at it is free"
        process.terminate()


@pytest.mark.parametrize(
    ("situation", "changed", "told"),
    [
        ("of another site", {"site": "W2"}, (Outcome.NOT_ACCEPTED, ("wrong_site",))),
        ("from the future", {"fact": move("A", "B", at_us=2**52)}, _DOUBTED),
        ("of another device", {"device": "d9"}, (Outcome.QUARANTINED, ("wrong_device",))),
        ("of an epoch never given", {"epoch": 2**60}, (Outcome.WAITING, ("epoch_not_given",))),
        ("of nobody known", _BY_NOBODY, (Outcome.EXCEPTIONS, ("unknown_operator",))),
        ("out of the hand of somebody else", {"operator": "w2"}, (Outcome.HELD, ("hand_not_own",))),
    ],
)
def test_events_that_are_not_as_they_should_be_have_documented_answers(
    handheld: Handheld, situation: str, changed: dict[str, Any], told: tuple[Outcome, tuple[str, ...]]
) -> None:
    """And sent again, they have the same."""
    strange = event(1, **{"fact": move("A", "B"), "sender": handheld.sender, **changed})
    first, again = (handheld.exchange(strange).answers[0] for _ in range(2))
    assert (first.outcome, first.reasons) == (again.outcome, again.reasons) == told
    assert again.duplicate is (first.outcome not in (Outcome.NOT_ACCEPTED, Outcome.WAITING))
