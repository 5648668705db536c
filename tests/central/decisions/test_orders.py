"""Orders of a desk, given to a real service: who may give them, what they do, and that each is done once."""

from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from scanner_app.domain.desk.asks import (
    AdmitDevice,
    AskDevices,
    Order,
    RenameDevice,
    RetireOperator,
    RevokeDevice,
    SetPin,
)
from scanner_app.domain.desk.replies import DevicesPage, Done, Refused, Reply, Why
from scanner_app.domain.desk.work_asks import CloseStocktake
from scanner_app.domain.lockout import OF_OPERATOR
from scanner_app.domain.people import Operator
from sync.central.database.store import CentralStore
from sync.central.database.tables import orders, pin_failures
from sync.central.decisions.orders.kinds import ORDERS
from sync.central.exchange.threads import now_us
from sync.central.sites.administration import invite
from sync.central.tasks.stocktakes import begin
from sync.protocol import Outcome
from tests.central.decisions.desks import asked
from tests.central.decisions.orders import OTHER_PIN, PIN, known, new_id, ordered, people, supervisor, verifier, worker
from tests.central.serving import Handheld
from tests.central.warehouse import SITE, event, move

NEW = "862047"


@pytest.fixture(autouse=True)
def _people(store: CentralStore) -> None:
    people(store, supervisor("boss"), supervisor("deputy", OTHER_PIN, person="P2"), worker("hand"), worker("old", PIN))
    begin(store, SITE, "2026", (), now_us())


@pytest.fixture
def lost(store: CentralStore, address: str) -> Any:
    device = Handheld(address, invite(store, SITE, now_us()), "lost")
    yield device
    device.http.close()


def each(lost: Handheld) -> list[Order]:
    """One of each kind, that somebody with the right may give."""
    device = lost.enrolled.device
    return [
        RevokeDevice(id=new_id(), device=device, reason="lost"),
        AdmitDevice(id=new_id(), device=device),
        RenameDevice(id=new_id(), device=device, name="bay 7"),
        SetPin(id=new_id(), operator="hand", verifier=verifier(NEW)),
        RetireOperator(id=new_id(), operator="hand", reason="left"),
        CloseStocktake(id=new_id(), stocktake="2026", cut_us=now_us(), left=99, missing=99),
    ]


def kept(store: CentralStore) -> list[tuple[Any, ...]]:
    cells = (orders.c.number, orders.c.word, orders.c.subject, orders.c.operator, orders.c.person, orders.c.device)
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(select(*cells).order_by(orders.c.number)).all()]


def test_each_order_is_done_and_is_a_numbered_word(store: CentralStore, handheld: Handheld, lost: Handheld) -> None:
    given = each(lost)
    assert {type(order) for order in given} == set(ORDERS)
    replies = [ordered(handheld, order) for order in given]
    assert [reply.number for reply in replies if isinstance(reply, Done)] == [1, 2, 3, 4, 5, 6]
    subjects = [lost.enrolled.device] * 3 + ["hand"] * 2 + ["2026"]
    words = [ORDERS[type(order)].word for order in given]
    who = ("boss", "boss", handheld.enrolled.device)
    assert kept(store) == [
        (at, word, whom, *who) for at, (word, whom) in enumerate(zip(words, subjects, strict=True), 1)
    ]
    page = asked(handheld, AskDevices(), "boss")
    assert isinstance(page, DevicesPage)
    assert [row.name for row in page.devices if row.device == lost.enrolled.device] == ["bay 7"]
    hand = known(store, "hand")
    assert (hand.verifier, hand.active) == (verifier(NEW), False)


@pytest.mark.parametrize("at", range(len(ORDERS)))
def test_an_order_is_done_once_however_often_it_comes(
    store: CentralStore, handheld: Handheld, lost: Handheld, at: int
) -> None:
    order = each(lost)[at]
    if isinstance(order, AdmitDevice):
        ordered(handheld, RevokeDevice(id=new_id(), device=lost.enrolled.device))
    first = ordered(handheld, order)
    assert isinstance(first, Done)
    assert [ordered(handheld, order), ordered(handheld, order, pin="")] == [first, first]
    assert len([row for row in kept(store) if row[0] == first.number]) == 1
    other = RenameDevice(id=order.id, device=lost.enrolled.device, name="another")
    assert ordered(handheld, other) == Refused(why=Why.NOT_UNDERSTOOD)
    assert ordered(handheld, order, "deputy", OTHER_PIN) == Refused(why=Why.NOT_UNDERSTOOD)


@pytest.mark.parametrize("at", range(len(ORDERS)))
def test_only_who_has_the_right_and_shows_it_orders(
    store: CentralStore, handheld: Handheld, lost: Handheld, at: int
) -> None:
    order = each(lost)[at]
    if isinstance(order, SetPin):
        order = replace(order, operator="old")
    assert ordered(handheld, order, "nobody") == Refused(why=Why.UNKNOWN_OPERATOR)
    assert ordered(handheld, order, "centre") == Refused(why=Why.UNKNOWN_OPERATOR)
    assert ordered(handheld, order, "hand", OTHER_PIN) == Refused(why=Why.NO_RIGHT)
    assert ordered(handheld, order, pin="000000") == Refused(why=Why.WRONG_PIN)
    assert ordered(handheld, order, pin="") == Refused(why=Why.WRONG_PIN)
    ordered(lost, RevokeDevice(id=new_id(), device=handheld.enrolled.device))
    assert ordered(handheld, order) == Refused(why=Why.DEVICE_REVOKED)
    assert [row[1] for row in kept(store)] == ["revoke_device"]


def refusals(lost: Handheld, own: str) -> list[tuple[Order, Reply]]:
    device = lost.enrolled.device
    return [
        (RevokeDevice(id=new_id(), device="made-up"), Refused(why=Why.UNKNOWN_SUBJECT)),
        (AdmitDevice(id=new_id(), device="made-up"), Refused(why=Why.UNKNOWN_SUBJECT)),
        (RenameDevice(id=new_id(), device="made-up", name="x"), Refused(why=Why.UNKNOWN_SUBJECT)),
        (SetPin(id=new_id(), operator="made-up", verifier=verifier(NEW)), Refused(why=Why.UNKNOWN_SUBJECT)),
        (RetireOperator(id=new_id(), operator="made-up"), Refused(why=Why.UNKNOWN_SUBJECT)),
        (RevokeDevice(id=new_id(), device=own), Refused(why=Why.OWN)),
        (RetireOperator(id=new_id(), operator="boss"), Refused(why=Why.OWN)),
        (AdmitDevice(id=new_id(), device=device), Refused(why=Why.ALREADY)),
        (RenameDevice(id=new_id(), device=device, name="scanner"), Refused(why=Why.NAME_TAKEN, by=own)),
        (RenameDevice(id=new_id(), device=device, name=own), Refused(why=Why.NAME_TAKEN, by=own)),
        *(
            (RenameDevice(id=new_id(), device=device, name=name), Refused(why=Why.NOT_UNDERSTOOD))
            for name in ("", " bay", "x" * 61, "bell\a")
        ),
        *(
            (SetPin(id=new_id(), operator="hand", verifier=text), Refused(why=Why.NOT_UNDERSTOOD))
            for text in ("", NEW, "$argon2id$v=19")
        ),
        (
            SetPin(id=new_id(), operator="hand", verifier=verifier(NEW).replace("m=7168", "m=8")),
            Refused(why=Why.NOT_UNDERSTOOD),
        ),
        (
            SetPin(id=new_id(), operator="hand", verifier=verifier(NEW).replace("m=7168", "m=4194304")),
            Refused(why=Why.NOT_UNDERSTOOD),
        ),
        (RevokeDevice(id="", device=device), Refused(why=Why.NOT_UNDERSTOOD)),
    ]


def test_what_cannot_be_is_refused_with_why_and_leaves_no_word(
    store: CentralStore, handheld: Handheld, lost: Handheld
) -> None:
    for order, reply in refusals(lost, handheld.enrolled.device):
        assert ordered(handheld, order) == reply, order
    assert kept(store) == []


def test_what_is_so_already_is_told_with_who_did_it(handheld: Handheld, lost: Handheld) -> None:
    done = ordered(handheld, RevokeDevice(id=new_id(), device=lost.enrolled.device))
    assert isinstance(done, Done)
    again = ordered(handheld, RevokeDevice(id=new_id(), device=lost.enrolled.device), "deputy", OTHER_PIN)
    assert again == Refused(why=Why.ALREADY, by="boss", at_us=done.at_us)


def test_everybody_sets_their_own_pin_by_the_one_they_had(store: CentralStore, handheld: Handheld) -> None:
    order = SetPin(id=new_id(), operator="hand", verifier=verifier(NEW))
    assert ordered(handheld, order, "hand", NEW) == Refused(why=Why.WRONG_PIN)
    done = ordered(handheld, order, "hand", OTHER_PIN)
    assert isinstance(done, Done)
    assert ordered(handheld, order, "hand", OTHER_PIN) == done
    rows = [row.row for row in handheld.exchange().rows if isinstance(row.row, Operator) and row.row.operator == "hand"]
    assert [row.verifier for row in rows] == [verifier(NEW)]


def test_a_new_pin_and_a_retired_operator_reach_devices_by_the_feed(handheld: Handheld, lost: Handheld) -> None:
    cursor = lost.exchange().cursor
    ordered(handheld, SetPin(id=new_id(), operator="old", verifier=verifier(NEW)))
    done = ordered(handheld, RetireOperator(id=new_id(), operator="hand"))
    assert isinstance(done, Done)
    assert lost.news(cursor, 10) > cursor
    page = lost.exchange(cursor=cursor, store_epoch=lost.enrolled.store_epoch)
    rows = {row.row.operator: row.row for row in page.rows if isinstance(row.row, Operator)}
    assert rows["old"].verifier == verifier(NEW)
    assert rows["hand"].active is False


def test_wrong_pins_cost_time_by_person_and_a_new_pin_forgets_them(store: CentralStore, handheld: Handheld) -> None:
    people(store, supervisor("second badge", person="P2"))
    order = AdmitDevice(id=new_id(), device="made-up")
    for _ in range(OF_OPERATOR.waits_from - 1):
        assert ordered(handheld, order, "deputy", "000000") == Refused(why=Why.WRONG_PIN)
    last = ordered(handheld, order, "second badge", "000000")
    assert isinstance(last, Refused)
    assert (last.why, 29_000_000 < last.again_us <= 30_000_000) == (Why.WRONG_PIN, True)
    for operator, pin in (("deputy", OTHER_PIN), ("second badge", PIN)):
        refused = ordered(handheld, order, operator, pin)
        assert isinstance(refused, Refused)
        assert (refused.why, 0 < refused.again_us <= 30_000_000) == (Why.TOO_MANY_PINS, True)
    assert ordered(handheld, order) == Refused(why=Why.UNKNOWN_SUBJECT)
    assert isinstance(ordered(handheld, SetPin(id=new_id(), operator="deputy", verifier=verifier(NEW))), Done)
    assert ordered(handheld, order, "deputy", NEW) == Refused(why=Why.UNKNOWN_SUBJECT)


def test_a_person_who_is_locked_waits_for_a_new_pin(store: CentralStore, handheld: Handheld) -> None:
    with store.writing() as connection:
        row = {"site": SITE, "person": "P2", "failures": OF_OPERATOR.locks_at, "at_us": 0}
        connection.execute(pin_failures.insert(), [row])
    order = AdmitDevice(id=new_id(), device="made-up")
    assert ordered(handheld, order, "deputy", OTHER_PIN) == Refused(why=Why.TOO_MANY_PINS)


def test_a_right_pin_forgets_the_wrong_ones(handheld: Handheld) -> None:
    order = AdmitDevice(id=new_id(), device="made-up")
    for _ in range(3):
        for _ in range(OF_OPERATOR.waits_from - 1):
            assert ordered(handheld, order, pin="000000") == Refused(why=Why.WRONG_PIN)
        assert ordered(handheld, order) == Refused(why=Why.UNKNOWN_SUBJECT)


def test_a_revoked_device_is_let_in_again(handheld: Handheld, lost: Handheld) -> None:
    assert lost.push(1).outcome is Outcome.POSTED
    ordered(handheld, RevokeDevice(id=new_id(), device=lost.enrolled.device))
    offline = [event(number, move("A", "B"), lost.sender) for number in range(2, 302)]
    outcomes = [answer.outcome for answer in lost.exchange(*offline).answers]
    assert set(outcomes) == {Outcome.QUARANTINED}
    ordered(handheld, AdmitDevice(id=new_id(), device=lost.enrolled.device))
    assert lost.push(302).outcome is Outcome.POSTED
    assert [answer.outcome for answer in lost.exchange(*offline).answers] == outcomes
