"""Rows that counts have written, as others read them: why, which count, who counted, who decided; each id once."""

import json
from typing import Any

import pytest

from scanner_app.domain.events.annulled import Annulled
from sync.central.audit.verification import verify
from sync.central.connectors.ledger_feed import postings_page
from sync.central.database.store import CentralStore
from sync.central.exports.lines import export_lines
from sync.central.exports.listings import Selection
from tests.central.claims import AT_US, MINUTE_US, Centre, closed, line, subject
from tests.central.warehouse import SITE, move


@pytest.fixture
def centre(store: CentralStore) -> Centre:
    return Centre(store)


def postings(store: CentralStore) -> list[Any]:
    with store.reading() as connection:
        return list(postings_page(connection, SITE, "", 5_000).postings)


def listed(store: CentralStore, what: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in export_lines(store, Selection(what), "jsonl")]


def test_an_auditor_goes_from_a_row_to_the_count_the_counter_the_word_and_the_person(centre: Centre) -> None:
    centre.count(line("c1", 90))
    (case,) = centre.cases().cases
    centre.say("accept", subject(case), reason="lost")
    row, against = postings(centre.store)[-2:]
    assert (row.place, row.quantity, row.kind, row.operator) == ("A", "-10", "decided", "s1")
    assert (against.place, against.quantity) == ("@adjustment", "10")
    told = (row.claim, row.via, row.count, row.counted_by, row.stands, row.decided_by, row.reason)
    assert told == (case.id, "", "d1/c1", "w1", "accepted", "s1", "lost")
    exported = listed(centre.store, "ledger")[-1]
    assert {name: exported[name] for name in ("count", "counted_by", "stands", "decided_by", "reason")} == {
        "count": "d1/c1", "counted_by": "w1", "stands": "accepted", "decided_by": "s1", "reason": "lost",
    }  # fmt: skip
    assert listed(centre.store, "ledger")[0]["count"] == ""
    (claim,) = listed(centre.store, "claims")
    assert (claim["claim"], claim["quantity"], claim["variance"], claim["adjustment"]) == (case.id, "90", "-10", "-10")
    assert (claim["standing"], claim["decided_by"], claim["percent_max"]) == ("accepted", "s1", "")


def test_each_id_is_there_once_whatever_a_closing_corrects_and_late_facts_correct_again(centre: Centre) -> None:
    first = centre.count(line("c1", 90))
    centre.count(line("c1", 3, at_us=AT_US + 1))
    for number in range(3):
        pages = centre.cases().cases
        centre.say("accept", *(subject(case) for case in pages), by="s1")
        centre.push(centre.made(move("A", "B", number + 1, at_us=AT_US - (9 - number) * MINUTE_US)))
    closing = centre.count(closed("c2", at_us=AT_US + 5 * MINUTE_US))
    centre.say("accept", *(subject(case) for case in centre.cases().cases), by="s2")
    for undone in (first, closing):
        centre.push(centre.made(Annulled(AT_US + 9 * MINUTE_US, undone.id)))
    rows = postings(centre.store)
    assert len({row.id for row in rows}) == len(rows)
    assert sum(float(row.quantity) for row in rows) == 0
    assert len([row for row in rows if row.claim]) > 8
    assert verify(centre.store) == []
