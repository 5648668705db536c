"""Mates: what a count says of goods of which nobody said whose they are is one row, and one word decides all of it."""

import pytest

from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.ledger import ADJUSTMENT, Leg, StockKey
from scanner_app.domain.quantity import SCALE
from sync.central.database.store import CentralStore
from sync.central.decisions.sources import claim_mates
from sync.central.decisions.subjects_named import subjects_named
from tests.central.claims import AT_US, MINUTE_US, Centre, closed, line, subject
from tests.central.warehouse import SITE, key

AVAILABLE, DAMAGED, LENT = key("A"), key("A", status="DAMAGED"), key("A", owner="ACME")


@pytest.fixture
def centre(store: CentralStore) -> Centre:
    """A hundred that are available; ten are damaged, and ninety are counted without a word on that."""
    centre = Centre(store)
    for what, pieces in ((DAMAGED, 10), (LENT, 4)):
        account = StockKey(ADJUSTMENT, what.item, owner=what.owner, status=what.status)
        legs = (Leg(AT_US - 9 * MINUTE_US, pieces * SCALE, account, what),)
        centre.push(centre.made(Adjusted(legs, "found"), "s1"))
    centre.count(line("c1", 90, is_owner_said=False, is_status_said=False))
    centre.count(closed("c1", lines=1, at_us=AT_US + 1))
    return centre


def row(centre: Centre) -> tuple[Subject, ...]:
    """All that a word on the one row of these goods names."""
    (case,) = [case for case in centre.cases().cases if case.item == "NUT"]
    mates = (Subject("claim", mate.id, mate.version, mate.seen, mate.quantity) for mate in case.mates)
    return (subject(case), *mates)


def held(centre: Centre) -> list[float]:
    return [centre.held(what) for what in (AVAILABLE, DAMAGED, LENT)]


def test_a_word_on_the_row_decides_all_of_it(centre: Centre) -> None:
    assert len(row(centre)) == 3
    assert held(centre) == [100, 10, 4]
    opened = centre.opened(row(centre)[0].id)
    assert opened.claim
    case = opened.case
    whose = [(case.owner, case.status), *((mate.owner, mate.status) for mate in case.mates)]
    assert sorted(whose) == [("ACME", "AVAILABLE"), ("OWN", "AVAILABLE"), ("OWN", "DAMAGED")]
    assert centre.say("accept", *row(centre)) == ()
    assert held(centre) == [90, 0, 0]
    assert opened.claim.book_after == centre.held(key("A", owner=case.owner, status=case.status)) * SCALE
    assert [case for case in centre.cases().cases if case.item == "NUT"] == []


def test_rejected_nothing_of_it_is_left_for_the_next_word(centre: Centre) -> None:
    assert centre.say("reject", *row(centre)) == ()
    assert held(centre) == [100, 10, 4]
    assert [case for case in centre.cases().cases if case.item == "NUT"] == []


def test_what_is_too_much_for_one_row_is_the_next_one(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim_mates, "MATES_MAX", 1)
    assert len(row(centre)) == 2
    assert centre.say("accept", *row(centre)) == ()
    assert len(row(centre)) == 1
    assert centre.say("accept", *row(centre)) == ()
    assert held(centre) == [90, 0, 0]


def test_who_names_one_at_the_centre_names_all(centre: Centre) -> None:
    (first, *others) = row(centre)
    with centre.store.reading() as connection:
        assert subjects_named(connection, SITE, [first.id, others[0].id]) == (first, *others)
        assert subjects_named(connection, SITE, [first.id], alone=True) == (first,)
