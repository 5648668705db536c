"""The pull feed: others read the ledger by a cursor, each posting exactly once, and can do nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.errors import CentralError
from sync.central.book.lives import begin_lives
from sync.central.connectors.ledger_feed import posting_id
from sync.central.database.store import CentralStore
from sync.central.exchange.threads import now_us
from sync.central.sites.administration import read_token, withdraw_token
from tests.central.serving import Handheld, trouble
from tests.central.warehouse import NOW_US, SITE, adjusted, event, move, push


class Ledger:
    """A reader that keeps its cursor, as an ERP does."""

    def __init__(self, device: Handheld, token: str) -> None:
        self._http = device.http
        self.headers = {"Authorization": f"Bearer {token}"}
        self.cursor = ""

    def page(self, **query: Any) -> dict[str, Any]:
        answer = self._http.get("/v1/postings", params={"after": self.cursor, **query}, headers=self.headers)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        self.cursor = page["cursor"]
        return page

    def rest(self, limit: int = 3) -> Iterator[dict[str, Any]]:
        while True:
            page = self.page(limit=limit)
            yield from page["postings"]
            if not page["more"]:
                return


@pytest.fixture
def ledger(handheld: Handheld, store: CentralStore) -> Ledger:
    return Ledger(handheld, read_token(store, SITE, "erp", now_us()))


def test_postings_are_read_once_in_their_order_whatever_the_page(ledger: Ledger, store: CentralStore) -> None:
    opening = list(ledger.rest(limit=2))
    assert [row["number"] for row in opening] == list(range(1, 7))
    push(store, [event(1, move("A", "B", 2)), event(2, adjusted("B"))])
    fresh = list(ledger.rest())
    assert [(row["place"], row["quantity"], row["kind"]) for row in fresh] == [
        ("A", "-2", "moved"),
        ("@hand:w1", "2", "moved"),
        ("@hand:w1", "-2", "moved"),
        ("B", "2", "moved"),
        ("@adjustment", "-1", "adjusted"),
        ("B", "1", "adjusted"),
    ]
    assert list(ledger.rest()) == []
    ids = [row["id"] for row in (*opening, *fresh)]
    assert len(set(ids)) == len(ids) == 12


def test_a_posting_says_who_did_what_and_when(ledger: Ledger, store: CentralStore) -> None:
    list(ledger.rest())
    push(store, [event(1, move("A", "B"))])
    row = next(ledger.rest())
    assert (row["operator"], row["device"], row["item"], row["lot"]) == ("w1", "d1", "NUT", "")
    assert row["effective"] == row["received"] == _iso(NOW_US)


def _iso(us: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(us / 1e6, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def test_a_store_put_back_from_a_backup_is_read_again_under_the_same_ids(
    ledger: Ledger, handheld: Handheld, store: CentralStore
) -> None:
    known = {row["id"]: row for row in ledger.rest()}
    store.write(begin_lives)
    assert {row["id"]: row for row in ledger.rest()} == known


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"site": "W2"}, (403, "wrong_site")),
        ({"after": "7"}, (422, "invalid")),
        ({"after": "life.-1"}, (422, "invalid")),
        ({"after": "life." + "9" * 30}, (422, "invalid")),
        ({"limit": "many"}, (422, "invalid")),
    ],
)
def test_a_wrong_question_has_a_documented_answer(
    ledger: Ledger, handheld: Handheld, query: dict[str, str], told: tuple[int, str]
) -> None:
    assert trouble(handheld.http.get("/v1/postings", params=query, headers=ledger.headers)) == told


def test_a_token_that_reads_does_nothing_else_and_a_device_reads_no_ledger(ledger: Ledger, handheld: Handheld) -> None:
    http = handheld.http
    assert trouble(http.get("/v1/postings", headers=handheld.headers)) == (401, "unknown_reader")
    assert trouble(http.post("/v1/exchange", content=b"{}", headers=ledger.headers)) == (401, "unknown_token")
    assert trouble(http.get("/v1/news", headers=ledger.headers)) == (401, "unknown_token")


def test_a_token_is_void_when_it_is_withdrawn_or_given_anew(
    ledger: Ledger, handheld: Handheld, store: CentralStore
) -> None:
    again = Ledger(handheld, read_token(store, SITE, "erp", now_us()))
    assert trouble(handheld.http.get("/v1/postings", headers=ledger.headers)) == (401, "unknown_reader")
    assert list(again.rest())
    withdraw_token(store, SITE, "erp")
    assert trouble(handheld.http.get("/v1/postings", headers=again.headers)) == (401, "unknown_reader")
    with pytest.raises(CentralError, match="no reader"):
        withdraw_token(store, SITE, "nobody")
    with pytest.raises(CentralError, match="no site"):
        read_token(store, "W2", "erp", now_us())


@given(st.lists(st.tuples(st.text("a/%2F", max_size=4), st.text("a/%2F", max_size=4)), unique=True, min_size=2))
def test_postings_of_other_events_have_other_ids_whatever_the_events_are_called(named: list[tuple[str, str]]) -> None:
    ids = {posting_id(cause, via, leg, side) for cause, via in named for leg in (0, 1) for side in "+-"}
    assert len(ids) == 4 * len(named)
