"""What would take a stock key past what is believed is held, and what was pushed beside it is booked."""

import msgspec
import pytest

from scanner_app.domain.bounds import CELL_QUANTITY_MAX, EVENT_QUANTITY_MAX, QUANTITY_BELIEVED_MAX
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.event import Event
from scanner_app.domain.ledger import ADJUSTMENT, Leg, StockKey
from scanner_app.domain.quantity import SCALE
from sync.central.audit.verification import verify
from sync.central.book.posting import CellFullError
from sync.central.database.store import CentralStore
from sync.central.exchange.exchange import Push, push_apart
from sync.protocol import ExchangeRequest, Outcome
from tests.central.warehouse import NOW_US, SENDER, SITE, event, key, move, push, words

LEGS = EVENT_QUANTITY_MAX // QUANTITY_BELIEVED_MAX
SHELF, ACCOUNT = key("C"), key(ADJUSTMENT)
FULL = [QUANTITY_BELIEVED_MAX] * LEGS


def _found(number: int, quantities: list[int], *, is_less: bool = False) -> Event:
    source, target = (SHELF, ACCOUNT) if is_less else (ACCOUNT, SHELF)
    legs = tuple(Leg(NOW_US, quantity, source, target) for quantity in quantities)
    return event(number, Adjusted(legs, "adjust_other", "all of it"), operator="s1")


def _balance(store: CentralStore, of: StockKey) -> int:
    with store.reading() as connection:
        sql = f"SELECT quantity FROM stock WHERE site = '{SITE}' AND place = '{of.place}' AND item = 'NUT'"
        return int(connection.exec_driver_sql(sql).scalar_one())


def _asked(made: list[Event]) -> Push:
    events = tuple(msgspec.Raw(msgspec.json.encode(one)) for one in made)
    return Push(SENDER, ExchangeRequest(epoch=1, events=events), NOW_US)


@pytest.mark.parametrize("is_less", [False, True])
def test_a_key_is_filled_to_its_bound_and_not_beyond(store: CentralStore, is_less: bool) -> None:
    """The adjustment account gave the opening stock, and has that much more room the one way."""
    events = [_found(number, FULL, is_less=is_less) for number in range(1, CELL_QUANTITY_MAX // EVENT_QUANTITY_MAX)]
    assert {answer.outcome for answer in push(store, events)} == {Outcome.POSTED}
    room = CELL_QUANTITY_MAX - max(abs(_balance(store, SHELF)), abs(_balance(store, ACCOUNT)))
    number = len(events)
    rest = [QUANTITY_BELIEVED_MAX] * (LEGS - 1) + [room - (LEGS - 1) * QUANTITY_BELIEVED_MAX]
    beyond = _found(number + 2, [SCALE], is_less=is_less)
    last = _found(number + 1, rest if rest[-1] <= QUANTITY_BELIEVED_MAX else FULL, is_less=is_less)
    made = [last, beyond, event(number + 3, move("A", "B"))]
    answers = words(push_apart(store, _asked(made)).answers)
    assert answers[0] == answers[2] == (Outcome.POSTED, ())
    assert answers[1] == ((Outcome.HELD, ("not_bookable",)) if rest[-1] <= QUANTITY_BELIEVED_MAX else answers[0])
    assert max(abs(_balance(store, SHELF)), abs(_balance(store, ACCOUNT))) <= CELL_QUANTITY_MAX
    assert verify(store) == []


def test_a_batch_that_sums_past_64_bits_is_taken_apart(store: CentralStore) -> None:
    """A thousand full events are more than twice what a database holds; those that fit are booked."""
    made = [_found(number, FULL) for number in range(1, 1_001)]
    with pytest.raises(CellFullError):
        push(store, made)
    push(store, made[:390])
    answers = words(push_apart(store, _asked(made[390:410])).answers)
    held = (Outcome.HELD, ("not_bookable",))
    assert {*answers} == {(Outcome.POSTED, ()), held}
    assert answers.count(held) >= 410 - CELL_QUANTITY_MAX // EVENT_QUANTITY_MAX
    assert _balance(store, SHELF) <= CELL_QUANTITY_MAX
    assert verify(store) == []
