"""Statements of an exchange: how many there are, whoever is signed on and however many push together."""

import msgspec
import pytest

from scanner_app.domain.people import SHIFT_US
from sync.central.database.store import CentralStore
from sync.central.events.sender import Sender
from sync.central.exchange.exchange import Push, Pushed, push
from sync.central.exchange.told_of_people import People, people_after
from sync.central.sites.administration import invite, revoke_device
from sync.central.sites.enrolling import Enrolled, EnrolmentAsked, enrolled
from sync.central.sites.signed_on import DEVICES_MAX
from sync.protocol import ExchangeRequest, SignedOn
from tests.central.intake.test_statements import counted
from tests.central.warehouse import NOW_US, SITE, event, move

OF_NO_EVENT, OF_EVENTS = 3, 9
"""Counters, reports, who is signed on; and what is stored, what is known, stock, ledger, events, counters."""
DEVICES = DEVICES_MAX + 3


@pytest.fixture
def senders(store: CentralStore) -> list[Sender]:
    """Devices of the site, one more than an operator is told of, and a few."""
    made = []
    for number in range(DEVICES):
        asked = EnrolmentAsked(code=invite(store, SITE, NOW_US), name=f"device {number}", program="test")
        one = store.write(lambda connection, asked=asked: enrolled(connection, asked, NOW_US))  # type: ignore[misc]
        assert isinstance(one, Enrolled)
        made.append(Sender(SITE, one.device, one.epoch))
    return made


def asking(sender: Sender, *operators: str, since_us: int = 1, events: int = 0, first: int = 1, back: int = 0) -> Push:
    made = [msgspec.json.encode(event(n, move("A", "B"), sender)) for n in range(first, first + events)]
    people = tuple(SignedOn(operator, since_us) for operator in operators)
    raw = tuple(map(msgspec.Raw, made))
    return Push(sender, ExchangeRequest(epoch=sender.epoch, signed_on_all=people, back=back, events=raw), NOW_US)


def statements(store: CentralStore, *pushes: Push) -> int:
    """How many an exchange of these takes, without the beginning of the transaction."""
    with counted(store) as seen:
        push(store, SITE, pushes)
    return len([text for text, _ in seen if not text.startswith("BEGIN")])


def test_an_exchange_asks_nothing_twice(store: CentralStore, senders: list[Sender]) -> None:
    push(store, SITE, [asking(sender, "w1", events=1) for sender in senders])
    assert statements(store, asking(senders[0], "w1")) == OF_NO_EVENT
    assert statements(store, *(asking(sender, "w1") for sender in senders)) == OF_NO_EVENT
    assert statements(store, asking(senders[0], "w1", events=1, first=2)) == OF_EVENTS
    assert statements(store, *(asking(sender, "w1", events=3, first=3) for sender in senders)) == OF_EVENTS


def test_who_signs_on_is_written_and_looked_at_again(store: CentralStore, senders: list[Sender]) -> None:
    assert statements(store, asking(senders[0], "w1")) == OF_NO_EVENT + 3, "out, in, and where else"
    assert statements(store, asking(senders[0], "w1")) == OF_NO_EVENT
    assert statements(store, asking(senders[0])) == OF_NO_EVENT + 2, "nobody is left to be put in"


def test_what_came_back_is_looked_up_only_where_there_is_something(store: CentralStore, senders: list[Sender]) -> None:
    pushed = push(store, SITE, [asking(senders[0])])[0]
    told = asking(senders[0]).request
    assert people_after(senders[0], told, pushed) == People()
    assert people_after(senders[0], told, pushed._replace(back=1)) is None
    known = msgspec.structs.replace(told, store_epoch=pushed.store_epoch, back=1)
    assert people_after(senders[0], known, pushed._replace(back=1)) == People(back=((), 1))  # type: ignore[arg-type]
    assert people_after(senders[0], msgspec.structs.replace(known, back=-1), pushed) == People()
    assert people_after(senders[0], msgspec.structs.replace(known, locked=("w1",)), pushed) is None
    revoked = msgspec.structs.replace(senders[0], revoked=True)
    assert people_after(revoked, msgspec.structs.replace(known, locked=("w1",)), pushed) == People()


def _where(pushed: Pushed) -> list[tuple[str, str]]:
    return [(one.operator, one.device) for one in pushed.elsewhere]


def test_devices_that_push_together_are_told_of_each_other(store: CentralStore, senders: list[Sender]) -> None:
    """Each of the five newest of its operator, without itself, also where all of them sign on at once."""
    pushes = [asking(sender, "w1", "w2", since_us=NOW_US + at) for at, sender in enumerate(senders)]
    told = push(store, SITE, pushes)
    for at, pushed in enumerate(told):
        newest = [f"device {number}" for number in reversed(range(DEVICES)) if number != at][:DEVICES_MAX]
        assert _where(pushed) == [(operator, name) for operator in ("w1", "w2") for name in newest]


def test_only_who_is_trusted_and_heard_of_is_company(store: CentralStore, senders: list[Sender]) -> None:
    first, second, third, *_ = senders
    push(store, SITE, [asking(second, "w1")])
    revoke_device(store, SITE, third.device)
    late = msgspec.structs.replace(third, revoked=True)
    told = push(store, SITE, [asking(first, "w1", "w2"), asking(late, "w1")])
    assert [_where(one) for one in told] == [[("w1", "device 1")], []]
    assert _where(push(store, SITE, [asking(first, "w1")._replace(received_us=NOW_US + SHIFT_US)])[0]) == []
