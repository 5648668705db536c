"""Instants of the past: before the device was there, and long before what it did before, somebody looks."""

import msgspec
import pytest
from msgspec.structs import replace

from scanner_app.domain.clock import BEFORE_NEIGHBOUR_US_MAX, CLOCK_DOUBT_US
from sync.central.database.store import CentralStore
from sync.central.events.sender import Newest
from sync.central.exchange.exchange import Push
from sync.central.exchange.exchange import push as push_all
from sync.central.sites.devices import senders_of
from sync.central.sites.enrolling import Enrolled, EnrolmentAsked, enrolled, invited
from sync.protocol import ExchangeRequest, Outcome
from tests.central.warehouse import NOW_US, SENDER, SITE, event, move, push, words

POSTED, DOUBTED = (Outcome.POSTED, ()), (Outcome.EXCEPTIONS, ("clock_doubtful",))
CARRIED_US = 60_000_000
DAY_US = BEFORE_NEIGHBOUR_US_MAX


@pytest.mark.parametrize(("early_us", "wanted"), [(CLOCK_DOUBT_US, POSTED), (CLOCK_DOUBT_US + 1, DOUBTED)])
def test_what_was_taken_before_the_device_was_there_is_flagged(
    store: CentralStore, early_us: int, wanted: tuple[Outcome, tuple[str, ...]]
) -> None:
    young = replace(SENDER, begun_us=NOW_US)
    assert words(push(store, [event(1, move("A", "B", at_us=NOW_US - early_us))], young)) == [wanted]


@pytest.mark.parametrize("is_together", [True, False])
@pytest.mark.parametrize(("early_us", "wanted"), [(DAY_US, POSTED), (DAY_US + 1, DOUBTED)])
def test_what_is_dated_long_before_the_event_before_it_is_flagged(
    store: CentralStore, early_us: int, wanted: tuple[Outcome, tuple[str, ...]], *, is_together: bool
) -> None:
    then = ((1, NOW_US), (2, NOW_US - early_us), (3, NOW_US))
    made = [event(number, move("A", "B", at_us=last_us - CARRIED_US)) for number, last_us in then]
    if is_together:
        answers = push(store, made)
    else:
        later = replace(SENDER, newest=Newest(1, 1, NOW_US))
        answers = [*push(store, made[:1]), *push(store, made[1:], later)]
    assert words(answers) == [POSTED, wanted, POSTED]


def test_what_was_made_before_and_comes_later_is_no_wonder(store: CentralStore) -> None:
    """Its number says so; nor does an earlier epoch know anything of a later one."""
    week_ago = move("A", "B", at_us=NOW_US - 7 * DAY_US)
    seen = replace(SENDER, epoch=2, newest=Newest(2, 9, NOW_US))
    made = [event(8, week_ago, epoch=2), event(10, week_ago)]
    assert words(push(store, made, seen)) == [POSTED, POSTED]


def test_an_event_of_the_future_makes_none_doubtful_that_follows(store: CentralStore) -> None:
    made = [event(1, move("A", "B", at_us=NOW_US + 90 * DAY_US)), event(2, move("A", "B"))]
    assert words(push(store, made)) == [DOUBTED, POSTED]


def test_the_centre_knows_of_each_device_since_when_it_is_there_and_what_it_told_last(store: CentralStore) -> None:
    with store.writing() as connection:
        asked = EnrolmentAsked(code=invited(connection, SITE, NOW_US), name="new")
        device = enrolled(connection, asked, NOW_US)
        assert isinstance(device, Enrolled)
    assert _exchanged(store, device, (1, NOW_US - DAY_US), (2, NOW_US)) == [DOUBTED, POSTED]
    assert _exchanged(store, device, (3, NOW_US + 3 * DAY_US)) == [POSTED]
    assert _exchanged(store, device, (4, NOW_US + DAY_US), (5, NOW_US + 3 * DAY_US)) == [DOUBTED, POSTED]
    with store.writing() as connection:
        then_us = NOW_US + 4 * DAY_US
        asked = EnrolmentAsked(code=invited(connection, SITE, then_us, device=device.device), name="new")
        again = enrolled(connection, asked, then_us)
        assert isinstance(again, Enrolled)
    assert _exchanged(store, again, (1, NOW_US + CARRIED_US)) == [POSTED], "it was there then, if under another epoch"
    assert _exchanged(store, again, (2, NOW_US - DAY_US)) == [DOUBTED]


def _exchanged(store: CentralStore, device: Enrolled, *made: tuple[int, int]) -> list[tuple[Outcome, tuple[str, ...]]]:
    """Push events of these numbers and instants (us) as the device of a token."""
    sender = store.read(lambda connection: senders_of(connection, [device.token]))[device.token]
    payloads = [event(number, move("A", "B", at_us=at_us), sender) for number, at_us in made]
    request = ExchangeRequest(
        epoch=device.epoch, events=tuple(msgspec.Raw(msgspec.json.encode(one)) for one in payloads)
    )
    return words(push_all(store, SITE, [Push(sender, request, NOW_US + 9 * DAY_US)])[0].answers)
