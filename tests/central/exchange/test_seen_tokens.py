"""Seen tokens: a request is read for the sake of whose the token was, and applied only for whose it is."""

from collections.abc import Iterator

import msgspec
import pytest
from sqlalchemy import func, select

from sync.central.database.store import CentralStore
from sync.central.database.tables import devices, events
from sync.central.events.sender import Sender
from sync.central.exchange.exchange import Push, Pushed, push
from sync.central.exchange.seen_tokens import TOKENS_MAX, SeenTokens
from sync.central.sites.administration import invite, revoke_device
from sync.central.sites.devices import hashed
from sync.protocol import ExchangeRequest, Outcome, SignedOn
from tests.central.exchange.test_statements import OF_EVENTS, OF_NO_EVENT
from tests.central.intake.test_statements import counted
from tests.central.serving import Handheld, served, trouble
from tests.central.warehouse import NOW_US, SITE, event, move


@pytest.fixture
def address(store: CentralStore) -> Iterator[str]:
    with served(store) as address:
        yield address


def enrolled(store: CentralStore, address: str, name: str, again: str = "") -> Handheld:
    return Handheld(address, invite(store, SITE, NOW_US * 2, again=again), name)


def kept(store: CentralStore) -> int:
    """How many events of devices the store has."""
    wanted = select(func.count()).select_from(events).where(events.c.device.in_(select(devices.c.device)))
    with store.reading() as connection:
        return int(connection.execute(wanted).scalar_one())


def under_way(who: Handheld, count: int = 1) -> Push:
    """A request that was let in; what is known of its sender is old."""
    made = [event(at, move("A", "B"), who.sender) for at in range(1, count + 1)]
    raws = tuple(msgspec.Raw(msgspec.json.encode(one)) for one in made)
    stale = Sender(SITE, who.sender.device, who.sender.epoch)
    asked = ExchangeRequest(epoch=who.enrolled.epoch, signed_on_all=(SignedOn("w1", 1),), events=raws)
    return Push(stale, asked, NOW_US, token_hash=hashed(who.enrolled.token))


def test_a_token_that_was_taken_away_is_nobodys_at_once(store: CentralStore, address: str) -> None:
    """Its device got another one; the service has seen the old one in use until then."""
    old = enrolled(store, address, "one")
    assert old.push(1).outcome is Outcome.POSTED
    new = enrolled(store, address, "one", again="one")
    assert trouble(old.post(event(2, move("A", "B"), old.sender))) == (401, "unknown_token")
    assert trouble(old.post()) == (401, "unknown_token")
    assert kept(store) == 1
    assert new.push(3).outcome is Outcome.POSTED


def test_of_a_push_under_way_nothing_is_applied_for_a_token_that_is_nobodys(store: CentralStore, address: str) -> None:
    """Also beside others, who are answered; the device whose token it was is not heard to have asked."""
    old, other = enrolled(store, address, "one"), enrolled(store, address, "two")
    pushes = [under_way(old, 3), under_way(other, 2)]
    enrolled(store, address, "one", again="one")
    lost, told = push(store, SITE, pushes)
    assert lost == Pushed([], "", 0, "")
    assert [answer.outcome for answer in told.answers] == [Outcome.POSTED] * 2
    assert told.sender is not None
    assert told.sender.device == other.enrolled.device
    assert push(store, SITE, [under_way(old)]) == [lost]
    assert kept(store) == 2
    with store.reading() as connection:
        heard = connection.execute(select(devices.c.pushed_us).where(devices.c.name == "one")).scalar_one()
    assert heard == 0


def test_who_pushes_is_believed_as_it_is_then(store: CentralStore, address: str) -> None:
    one = enrolled(store, address, "one")
    asked = under_way(one)
    revoke_device(store, SITE, one.enrolled.device)
    (told,) = push(store, SITE, [asked])
    assert [answer.reasons for answer in told.answers] == [("device_revoked",)]
    assert told.sender is not None
    assert told.sender.revoked
    assert one.exchange(rows_max=10).rows == ()


def test_whose_tokens_they_are_is_one_statement(store: CentralStore, address: str) -> None:
    many = [enrolled(store, address, f"d{at}") for at in range(3)]
    push(store, SITE, [under_way(one, 1) for one in many])
    for count, expected in ((0, OF_NO_EVENT), (3, OF_EVENTS)):
        with counted(store) as seen:
            push(store, SITE, [under_way(one, count) for one in many])
        assert len([text for text, _ in seen if not text.startswith("BEGIN")]) == expected + 1


def test_tokens_are_remembered_up_to_a_bound_the_latest_longest() -> None:
    seen = SeenTokens()
    for at in range(TOKENS_MAX):
        seen.note(f"t{at}", Sender(SITE, f"d{at}", 1))
    seen.note("t0", Sender(SITE, "d0", 2))
    seen.note("t2", None)
    seen.note("more", Sender(SITE, "more", 1))
    assert seen.whose("t1") is not None
    assert seen.whose("t2") is None
    seen.note("and more", Sender(SITE, "and more", 1))
    assert seen.whose("t1") is None
    assert seen.whose("t0") == Sender(SITE, "d0", 2)
    assert seen.whose("more") is not None
