"""The lists of the desk, asked of a real service: cases, devices, people, and who is answered at all."""

from typing import Any

import msgspec
import pytest
from sqlalchemy import update

from scanner_app.domain.bounds import QUANTITY_BELIEVED_MAX
from scanner_app.domain.catalog import Item
from scanner_app.domain.desk.about import VALUE_MAX
from scanner_app.domain.desk.asks import ROWS_MAX, Ask, AskCase, AskCases, AskDevices, AskPeople
from scanner_app.domain.desk.case import CASES_MAX, Case
from scanner_app.domain.desk.replies import CasePage, CasesPage, DevicesPage, PeoplePage, Refused, Why
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.decided import Decided, Word
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.ledger import Leg
from scanner_app.domain.quantity import SCALE
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.sites.administration import revoke_device
from tests.central.decisions.desks import asked, sent
from tests.central.serving import Handheld, trouble
from tests.central.warehouse import NOW_US, OTHER, SITE, event, key, move

_items = BY_STRUCT[Item].table
ASKS: list[Ask] = [AskCases(), AskCase(kind="held", id="x"), AskDevices(), AskPeople()]


def cases(device: Handheld, **filters: Any) -> CasesPage:
    reply = asked(device, AskCases(**filters))
    assert isinstance(reply, CasesPage), reply
    return reply


def priced(store: CentralStore, item: str, cost: int) -> None:
    with store.writing() as connection:
        connection.execute(update(_items).where(_items.c.site == SITE, _items.c.item == item).values(cost=cost * SCALE))


def test_what_waits_is_listed_the_largest_value_first(store: CentralStore, handheld: Handheld) -> None:
    priced(store, "NUT", 2)
    handheld.exchange(
        event(1, move("A", "BLOCKED", 3), handheld.sender),
        event(2, move("A", "nowhere", 9), handheld.sender),
        event(3, move("A", "CLOSED", 5), handheld.sender, operator="s1"),
        event(4, move("A", "B", 1), handheld.sender),
    )
    page = cases(handheld)
    shown = [(case.kind, case.place, case.item, case.quantity // SCALE, case.value // SCALE) for case in page.cases]
    assert shown == [("held", "A", "NUT", 9, 18), ("exception", "A", "NUT", 5, 10), ("exception", "A", "NUT", 3, 6)]
    assert [case.reasons for case in page.cases] == [("unknown_place",), ("place_closed",), ("place_blocked",)]
    assert [case.marks for case in page.cases] == [(), ("yours",), ()]
    assert (page.waiting, page.is_more, page.after) == (3, False, "")
    assert [case.value // SCALE for case in cases(handheld, kind="exception").cases] == [10, 6]
    assert [case.value // SCALE for case in cases(handheld, person="w1").cases] == [18, 6]
    assert len(cases(handheld, zone="pick").cases) == 3
    assert cases(handheld, zone="other").cases == cases(handheld, kind="unheard").cases == ()
    assert cases(handheld, before_us=1).waiting == 0


def test_a_page_begins_where_the_one_before_ended(store: CentralStore, handheld: Handheld) -> None:
    priced(store, "NUT", 1)
    pieces = [1, 2, 2, 2, 3, 3, 5]
    handheld.exchange(
        *(
            event(number, move("A", "BLOCKED" if number % 2 else "nowhere", count), handheld.sender)
            for number, count in enumerate(pieces, 1)
        )
    )
    seen: list[Case] = []
    after = ""
    while True:
        page = cases(handheld, rows_max=2, after=after)
        assert page.waiting == len(pieces)
        seen += page.cases
        after = page.after
        if not after:
            break
    assert [case.value // SCALE for case in seen] == sorted(pieces, reverse=True)
    assert len({case.id for case in seen}) == len(pieces)


def test_what_waits_is_counted_up_to_a_bound(handheld: Handheld) -> None:
    for start in (1, 501, 1001):
        count = 500 if start < 1001 else 1
        handheld.exchange(*(event(start + at, move("A", "nowhere"), handheld.sender) for at in range(count)))
        page = cases(handheld, rows_max=10_000)
        assert (page.waiting, page.is_more) == (min(start + count - 1, CASES_MAX), start > CASES_MAX)
        assert len(page.cases) == ROWS_MAX


@pytest.mark.parametrize("after", ["x", "1", "1 held", "-1 held x", f"{2**70} held x", "1 held "])
def test_a_cursor_that_nobody_gave_is_not_understood(handheld: Handheld, after: str) -> None:
    assert asked(handheld, AskCases(after=after)) == Refused(why=Why.NOT_UNDERSTOOD)


def test_a_case_is_opened_with_what_happened_around_it(handheld: Handheld) -> None:
    for sequence, pieces in enumerate((1, 2, 3, 4, 5, 6, 7, 8), 1):
        handheld.exchange(event(sequence, move("A", "BLOCKED" if pieces == 5 else "B", pieces), handheld.sender))
    case = cases(handheld).cases[0]
    page = asked(handheld, AskCase(kind=case.kind, id=case.id))
    assert isinstance(page, CasePage)
    opened = page.opened
    assert opened is not None
    assert opened.case == case
    assert (opened.words, opened.device_name) == (("seen",), "scanner")
    assert [(leaf.name, leaf.text) for leaf in opened.leaves[:3]] == [
        ("kind", "moved"),
        ("from", "A"),
        ("to", "BLOCKED"),
    ]
    own = [(one.place, one.quantity // SCALE) for one in opened.movements if one.is_subject]
    assert ("A", -5) in own
    assert ("BLOCKED", 5) in own
    assert any(not one.is_subject and one.operator == "w1" for one in opened.movements)
    gone = asked(handheld, AskCase(kind=case.kind, id="gone"))
    assert isinstance(gone, CasePage)
    assert gone.opened is None


def test_ones_own_case_offers_no_word(handheld: Handheld) -> None:
    handheld.exchange(event(1, move("A", "BLOCKED"), handheld.sender, operator="s1"))
    case = cases(handheld).cases[0]
    page = asked(handheld, AskCase(kind=case.kind, id=case.id))
    assert isinstance(page, CasePage)
    assert page.opened is not None
    assert page.opened.words == ()


def test_devices_are_listed_with_what_they_told(handheld: Handheld) -> None:
    handheld.exchange(
        event(1, move("A", "nowhere"), handheld.sender),
        program="p 1",
        waiting=12,
        watermark_us=7,
        store_epoch=handheld.enrolled.store_epoch,
    )
    page = asked(handheld, AskDevices())
    assert isinstance(page, DevicesPage)
    (row,) = page.devices
    assert (row.device, row.name, row.is_revoked) == (handheld.enrolled.device, "scanner", False)
    assert (row.told_us, row.program, row.waiting, row.undecided) == (7, "p 1", 12, {"held": 1})
    assert row.heard_us > 0


def test_people_are_listed_with_what_is_in_their_hands(handheld: Handheld) -> None:
    moved = move("A", "B", 3)
    handheld.exchange(event(1, msgspec.structs.replace(moved, legs=moved.legs[:1]), handheld.sender))
    page = asked(handheld, AskPeople())
    assert isinstance(page, PeoplePage)
    assert [row.operator for row in page.people] == ["s1", "w1"]
    assert [(held.item, held.quantity // SCALE) for held in page.people[1].in_hand] == [("NUT", 3)]
    second = asked(handheld, AskPeople(rows_max=1, after="s1"))
    assert isinstance(second, PeoplePage)
    assert [row.operator for row in second.people] == ["w1"]


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: type(ask).__name__)
def test_only_who_may_decide_is_answered(store: CentralStore, handheld: Handheld, ask: Ask) -> None:
    assert asked(handheld, ask, operator="nobody") == Refused(why=Why.UNKNOWN_OPERATOR)
    assert asked(handheld, ask, operator="w1") == Refused(why=Why.NO_RIGHT)
    assert not isinstance(asked(handheld, ask), Refused)
    revoke_device(store, SITE, handheld.enrolled.device)
    assert asked(handheld, ask) == Refused(why=Why.DEVICE_REVOKED)
    handheld.headers = {"Authorization": "Bearer made-up"}
    assert trouble(sent(handheld, ask)) == (401, "unknown_token")


def test_a_key_below_zero_is_a_case_as_long_as_it_is(store: CentralStore, handheld: Handheld) -> None:
    priced(store, "NUT", 3)
    taken = event(1, move("C", "A", 4), handheld.sender)
    handheld.exchange(taken)
    (case,) = cases(handheld, kind="negative").cases
    assert (case.place, case.item, case.quantity, case.value) == ("C", "NUT", -4 * SCALE, 12 * SCALE)
    page = asked(handheld, AskCase(kind="negative", id=case.id))
    assert isinstance(page, CasePage)
    opened = page.opened
    assert opened is not None
    assert (opened.case.operator, opened.words, opened.happened_us) == ("w1", (), taken.fact.legs[0].wall_us)
    assert [one.quantity // SCALE for one in opened.movements if one.is_subject] == [-4]
    handheld.exchange(event(2, move("A", "C", 4), handheld.sender))
    assert cases(handheld, kind="negative").cases == ()
    page = asked(handheld, AskCase(kind="negative", id=case.id))
    assert isinstance(page, CasePage)
    assert page.opened is None


def test_a_serial_in_two_places_is_a_case_as_long_as_it_is(handheld: Handheld) -> None:
    found = [
        Adjusted((Leg(NOW_US, SCALE, key("@adjustment", serial="S1"), key(at, serial="S1")),), "found") for at in "AB"
    ]
    handheld.exchange(*(event(number, fact, handheld.sender, operator="s1") for number, fact in enumerate(found, 1)))
    (case,) = cases(handheld, kind="serial_twice").cases
    assert (case.item, case.quantity, case.place) == ("NUT", 2 * SCALE, "A")
    page = asked(handheld, AskCase(kind="serial_twice", id=case.id))
    assert isinstance(page, CasePage)
    assert page.opened is not None
    assert [leaf.text for leaf in page.opened.leaves] == ["S1", "A", "B"]


def test_no_number_is_too_large_for_the_list(store: CentralStore, handheld: Handheld) -> None:
    priced(store, "NUT", 9_000_000_000_000)
    most = QUANTITY_BELIEVED_MAX // SCALE
    handheld.exchange(
        event(1, move("C", "A", most), handheld.sender), event(2, move("C", "nowhere", most), handheld.sender)
    )
    assert {case.kind: case.value for case in cases(handheld).cases if case.kind == "held"} == {"held": VALUE_MAX}
    assert [case.value for case in cases(handheld, kind="negative").cases] == [VALUE_MAX]


def test_who_let_an_event_in_decides_no_more_about_it_until_that_is_taken_back(handheld: Handheld) -> None:
    """It names a place that nobody knows: let in, it is held and waits again, with what was said before."""
    strange = event(1, move("A", "nowhere"), OTHER)
    handheld.exchange(strange)
    let_in = Decided(NOW_US, Word.LET_IN, (Subject("event", strange.id),))
    handheld.exchange(event(1, let_in, handheld.sender, operator="s1"))
    (case,) = cases(handheld).cases
    assert (case.kind, case.seen) == ("held", 1)
    page = asked(handheld, AskCase(kind="held", id=case.id))
    assert isinstance(page, CasePage)
    opened = page.opened
    assert opened is not None
    assert (opened.words, opened.case.marks) == ((), ("yours",))
    assert (opened.decided_word, opened.decided_by) == ("let_in", "s1")


def test_a_word_takes_a_case_off_the_list(handheld: Handheld) -> None:
    broken = event(1, move("A", "BLOCKED"), handheld.sender)
    handheld.exchange(broken)
    (case,) = cases(handheld).cases
    seen = Decided(NOW_US, Word.SEEN, (Subject("event", case.id, case.version, case.seen, case.quantity),), "checked")
    handheld.exchange(event(2, seen, handheld.sender, operator="s1"))
    assert cases(handheld).waiting == 0
