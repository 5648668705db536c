"""Revoking a device: in the middle of a push, while it is offline, in the hands of a thief; and letting it in again."""

import threading
from collections.abc import Iterator

import msgspec
import pytest
from sqlalchemy import select

from scanner_app.domain.desk.asks import AdmitDevice, AskCases, AskDevices, RevokeDevice
from scanner_app.domain.desk.replies import CasesPage, DevicesPage, Done, Refused, Why
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from sync.central.database.tables import events
from sync.central.exchange.exchange import Push, push
from sync.central.exchange.threads import now_us
from sync.central.sites.administration import invite
from sync.central.sites.devices import hashed
from sync.protocol import ExchangeRequest, Outcome
from tests.central.decisions.desks import asked
from tests.central.decisions.orders import PIN, new_id, ordered, people, supervisor
from tests.central.serving import Handheld, trouble
from tests.central.warehouse import SITE, event, move


@pytest.fixture(autouse=True)
def _people(store: CentralStore) -> None:
    people(store, supervisor("boss"))


@pytest.fixture
def lost(store: CentralStore, address: str) -> Iterator[Handheld]:
    device = Handheld(address, invite(store, SITE, now_us()), "lost")
    yield device
    device.http.close()


def revoked(desk: Handheld, device: Handheld) -> Done:
    reply = ordered(desk, RevokeDevice(id=new_id(), device=device.enrolled.device, reason="lost"))
    assert isinstance(reply, Done), reply
    return reply


def admitted(desk: Handheld, device: Handheld) -> None:
    assert isinstance(ordered(desk, AdmitDevice(id=new_id(), device=device.enrolled.device)), Done)


def outcomes(store: CentralStore, device: Handheld) -> set[str]:
    wanted = select(events.c.outcome).where(events.c.site == SITE, events.c.device == device.enrolled.device)
    with store.reading() as connection:
        return set(connection.execute(wanted).scalars())


def test_a_push_that_was_let_in_before_is_quarantined_when_it_is_applied_after(
    store: CentralStore, handheld: Handheld, lost: Handheld
) -> None:
    """Its token was looked up and good; then it was revoked; then the push came to the book."""
    raws = tuple(msgspec.Raw(msgspec.json.encode(event(at, move("A", "B"), lost.sender))) for at in range(1, 20))
    request = ExchangeRequest(epoch=lost.enrolled.epoch, events=raws)
    under_way = Push(lost.sender, request, now_us(), token_hash=hashed(lost.enrolled.token))
    revoked(handheld, lost)
    (pushed,) = push(store, SITE, [under_way])
    assert {(answer.outcome, answer.reasons) for answer in pushed.answers} == {
        (Outcome.QUARANTINED, ("device_revoked",))
    }


def test_a_device_that_is_revoked_while_it_pushes_is_believed_up_to_then(
    store: CentralStore, handheld: Handheld, lost: Handheld
) -> None:
    """Whatever was answered as booked before the order was done is in the book, and nothing that came after it."""
    answers: list[tuple[int, Outcome]] = []
    began, stop = threading.Event(), threading.Event()

    def go_on() -> None:
        for sequence in range(1, 400):
            answers.append((sequence, lost.push(sequence).outcome))
            began.set()
            if stop.is_set() and answers[-1][1] is Outcome.QUARANTINED:
                return

    thief = threading.Thread(target=go_on)
    thief.start()
    assert began.wait(20)
    revoked(handheld, lost)
    done = len(answers)
    stop.set()
    thief.join(60)
    assert not thief.is_alive()
    seen = [outcome for _sequence, outcome in answers]
    first = seen.index(Outcome.QUARANTINED)
    assert first <= done + 1
    assert set(seen[:first]) <= {Outcome.POSTED}
    assert set(seen[first:]) == {Outcome.QUARANTINED}
    assert verify(store) == []


def test_what_was_made_offline_waits_for_a_word_and_the_device_is_told(
    store: CentralStore, handheld: Handheld, lost: Handheld
) -> None:
    offline = [event(sequence, move("A", "B"), lost.sender) for sequence in range(1, 301)]
    revoked(handheld, lost)
    answers = lost.exchange(*offline).answers
    assert {answer.outcome for answer in answers} == {Outcome.QUARANTINED}
    page = asked(handheld, AskDevices(), "boss")
    assert isinstance(page, DevicesPage)
    (row,) = (row for row in page.devices if row.device == lost.enrolled.device)
    assert (row.is_revoked, row.undecided) == (True, {"quarantined": 300})
    cases = asked(handheld, AskCases(kind="quarantined"), "boss")
    assert isinstance(cases, CasesPage)
    assert (cases.waiting, {case.reasons for case in cases.cases}) == (300, {("device_revoked",)})
    admitted(handheld, lost)
    assert lost.push(301).outcome is Outcome.POSTED
    assert outcomes(store, lost) == {"quarantined", "posted"}
    assert verify(store) == []


def test_a_thief_who_goes_on_learns_and_changes_nothing(
    store: CentralStore, handheld: Handheld, lost: Handheld
) -> None:
    before = handheld.exchange().version
    revoked(handheld, lost)
    pushed = lost.exchange(*(event(sequence, move("A", "B"), lost.sender) for sequence in range(1, 6)))
    assert pushed.rows == ()
    assert lost.exchange(rows_max=5_000).rows == ()
    news = lost.http.get("/v1/news", params={"after": 0, "wait": 0}, headers=lost.headers)
    assert trouble(news) == (403, "revoked")
    assert asked(lost, AskCases(), "boss") == Refused(why=Why.DEVICE_REVOKED)
    assert ordered(lost, AdmitDevice(id=new_id(), device=lost.enrolled.device), pin=PIN) == Refused(
        why=Why.DEVICE_REVOKED
    )
    assert handheld.exchange().version == before
    assert outcomes(store, lost) == {"quarantined"}
