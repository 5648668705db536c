"""The law of kinds at the centre: what the floor can have done is booked and named; what no hand can do is held."""

from collections.abc import Sequence
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner_app.domain.bounds import EVENT_QUANTITY_MAX, INSTANT_US_MAX, INSTANT_US_MIN, QUANTITY_BELIEVED_MAX
from scanner_app.domain.clock import TOLD_LATE_US_MAX
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.corrections.changed import Changed
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.ledger import ACCOUNTS, ADJUSTMENT, Leg, StockKey, in_hand
from scanner_app.domain.people import CENTRE
from scanner_app.domain.quantity import SCALE
from sync.central.audit.lawless_events import lawless_events
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore, open_store
from sync.protocol import Outcome
from tests.central.databases import Databases
from tests.central.warehouse import NOW_US, event, key, push, words
from tests.extent import extent

HELD, BOOKED = Outcome.HELD, Outcome.EXCEPTIONS
VIRTUAL = sorted(ACCOUNTS)
MINE, OTHERS = in_hand("w1"), in_hand("s1")


def _leg(source: StockKey, target: StockKey, quantity: int = SCALE, at_us: int = NOW_US) -> Leg:
    return Leg(at_us, quantity, source, target)


def _between(source: str, target: str) -> Moved:
    return Moved((_leg(key(source), key(target)),))


def _corrected(source: str, target: str) -> Adjusted:
    return Adjusted((_leg(key(source), key(target)),), "adjust_other", "either way")


def _blocked(source: str, target: str) -> Changed:
    return Changed((_leg(key(source), key(target, status="DAMAGED")),), "adjust_other", "either way")


def _pushed(store: CentralStore, fact: Fact, operator: str = "w1") -> tuple[Outcome, tuple[str, ...]]:
    ((outcome, reasons),) = words(push(store, [event(1, fact, operator=operator)]))
    assert verify(store) == []
    return outcome, reasons


@pytest.mark.parametrize("account", VIRTUAL)
@pytest.mark.parametrize("operator", ["w1", "s1"])
def test_a_move_names_no_account_whoever_makes_it(store: CentralStore, account: str, operator: str) -> None:
    assert _pushed(store, _between(account, "A"), operator) == (HELD, ("from_not_allowed",))
    assert words(push(store, [event(2, _between("A", account), operator=operator)])) == [(HELD, ("to_not_allowed",))]


@pytest.mark.parametrize(
    ("fact", "operator", "outcome", "reasons"),
    [
        (_between("A", "B"), "w1", Outcome.POSTED, ()),
        (_between(MINE, "B"), "w1", Outcome.POSTED, ()),
        (_between("A", OTHERS), "w1", HELD, ("hand_not_own",)),
        (_between(OTHERS, MINE), "w1", HELD, ("hand_not_own",)),
        (_between(MINE, "B"), "s1", Outcome.POSTED, ()),
        (_between(MINE, "B"), "eve", HELD, ("hand_not_own",)),
        (_between(MINE, "B"), CENTRE, HELD, ("hand_not_own",)),
        (_between(MINE, "B"), "", HELD, ("hand_not_own",)),
        (_corrected(ADJUSTMENT, "B"), "s1", Outcome.POSTED, ()),
        (_corrected("B", ADJUSTMENT), "s1", Outcome.POSTED, ()),
        (_corrected(MINE, ADJUSTMENT), "w1", Outcome.POSTED, ()),
        (_corrected(ADJUSTMENT, MINE), "w1", Outcome.POSTED, ()),
        (_corrected(in_hand("w2"), ADJUSTMENT), "w1", HELD, ("hand_not_own",)),
        (_corrected(MINE, ADJUSTMENT), "s1", Outcome.POSTED, ()),
        (_corrected("@supplier", "B"), "s1", HELD, ("from_not_allowed",)),
        (_corrected("A", "B"), "s1", BOOKED, ("to_not_allowed",)),
        (_corrected("A", "@customer"), "s1", HELD, ("to_not_allowed",)),
        (_corrected(ADJUSTMENT, "B"), "w1", Outcome.POSTED, ()),
        (_corrected(ADJUSTMENT, "B"), "eve", Outcome.UNAPPROVED, ("unknown_operator",)),
        (_blocked("A", "A"), "s1", Outcome.POSTED, ()),
        (_blocked(OTHERS, OTHERS), "s1", Outcome.POSTED, ()),
        (_blocked(MINE, MINE), "s1", Outcome.POSTED, ()),
        (_blocked("A", "A"), "w1", Outcome.UNAPPROVED, ("no_right",)),
        (_blocked("A", "B"), "s1", BOOKED, ("place_differs",)),
        (_blocked(OTHERS, "A"), "s1", BOOKED, ("place_differs",)),
        (_blocked("A", ADJUSTMENT), "s1", HELD, ("to_not_allowed",)),
        (_blocked("@supplier", "A"), "s1", HELD, ("from_not_allowed",)),
    ],
)
def test_the_places_of_a_kind(
    store: CentralStore, fact: Fact, operator: str, outcome: Outcome, reasons: tuple[str, ...]
) -> None:
    assert _pushed(store, fact, operator) == (outcome, reasons)


@pytest.mark.parametrize(
    ("source", "target", "quantity", "reasons"),
    [
        (key("A", owner="OWN"), key("B", owner="ACME"), SCALE, ("owner_differs",)),
        (key("A", "GLUE", lot="L1"), key("B", "GLUE", lot="L2"), SCALE, ("lot_differs",)),
        (key("A", "GLUE", lot="L1"), key("B", "GLUE"), SCALE, ("lot_differs", "lot_missing")),
        (key("A", "GLUE"), key("B", "GLUE"), SCALE, ("lot_missing",)),
        (key("A", lot="L1"), key("B", lot="L1"), SCALE, ("lot_not_kept",)),
        (key("A", serial="S1"), key("B", serial="S2"), SCALE, ("serial_differs", "serial_not_kept")),
        (key("A", serial="S1"), key("B", serial="S1"), 7 * SCALE, ("serial_not_kept", "serial_not_one")),
        (key("A", "BOLT"), key("B", "BOLT"), SCALE // 2, ("too_fine",)),
    ],
)
def test_what_of_the_goods_may_not_differ_is_booked_as_it_happened_and_named(
    store: CentralStore, source: StockKey, target: StockKey, quantity: int, reasons: tuple[str, ...]
) -> None:
    assert _pushed(store, Moved((_leg(source, target, quantity),))) == (BOOKED, reasons)


@pytest.mark.parametrize(
    ("operator", "source", "target", "reasons"),
    [
        ("w1", key("A"), key("B", status="DAMAGED"), ("status_differs", "no_right")),
        ("w1", key("A", status="DAMAGED"), key("B"), ("status_differs", "no_right")),
        ("w1", key("A"), key("A", owner="ACME", status="DAMAGED"), ("owner_differs", "status_differs", "no_right")),
        ("s1", key("A", status="DAMAGED"), key("B"), ("status_differs", "over_limit")),
    ],
)
def test_a_move_that_changes_a_status_is_judged_as_the_change_that_it_is(
    store: CentralStore, operator: str, source: StockKey, target: StockKey, reasons: tuple[str, ...]
) -> None:
    """What it does is held against limits and rights, whatever it is called; of its other legs nothing is."""
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE limits SET active = true, case_quantity = 1000000")
    carried = _leg(key("A", "BOLT"), key("B", "BOLT"), 50 * SCALE)
    small = Moved((carried, _leg(source, target)))
    large = Moved((carried, _leg(source, target, 2 * SCALE)))
    told = words(push(store, [event(1, small, operator=operator), event(2, large, operator=operator)]))
    missing = (*(one for one in reasons if one != "over_limit"), "reason_missing")
    waits = Outcome.UNAPPROVED if "no_right" in reasons else BOOKED
    assert (told[0][0], set(told[0][1])) == (waits, set(missing))
    assert (told[1][0], set(told[1][1])) == (Outcome.UNAPPROVED, {*missing, "over_limit"})
    assert verify(store) == []


@pytest.mark.parametrize("operator", [CENTRE, "", "@adjustment", "@hand:s1", "nobody"])
def test_a_reserved_or_unknown_name_undoes_nothing_not_even_its_own(store: CentralStore, operator: str) -> None:
    moved = event(1, PlateMoved(NOW_US, "P1", "B"), operator=operator)
    undone = event(2, Annulled(NOW_US, moved.id), operator=operator)
    early = event(3, Annulled(NOW_US, "ghost"), operator=operator)
    answers = words(push(store, [moved, undone, early]))
    assert answers[0] == (BOOKED, ("unknown_operator",))
    assert answers[1:] == [(HELD, ("unknown_operator",))] * 2
    assert verify(store) == []


def test_the_opening_stock_is_taken_out_by_nobody_but_who_may_decide(store: CentralStore) -> None:
    opening = _opening(store)
    for number, operator in enumerate((CENTRE, "", "w1", "nobody"), 1):
        (answer,) = push(store, [event(number, Annulled(NOW_US, opening), operator=operator)])
        assert answer.outcome is HELD
    assert words(push(store, [event(9, Annulled(NOW_US, opening), operator="s1")])) == [(Outcome.POSTED, ())]


def _opening(store: CentralStore) -> str:
    with store.reading() as connection:
        return str(connection.exec_driver_sql("SELECT id FROM events WHERE device = 'centre'").scalar_one())


def _at(us: int, number: int = 1) -> Event:
    return event(number, PlateMoved(us, "P1", "B"))


@pytest.mark.parametrize(
    ("at_us", "is_believed"),
    [
        (INSTANT_US_MIN - 1, False),
        (INSTANT_US_MIN, True),
        (INSTANT_US_MAX, True),
        (INSTANT_US_MAX + 1, False),
        (2**61, False),
        (-(2**61), False),
    ],
)
def test_an_instant_that_no_calendar_shows_is_held(store: CentralStore, at_us: int, is_believed: bool) -> None:
    wanted = (BOOKED, ("clock_doubtful",)) if is_believed else (HELD, ("instant_not_believed",))
    legs = (_leg(key("A"), key(MINE), at_us=at_us), _leg(key(MINE), key("B")))
    made = [_at(at_us), event(2, Moved(legs)), event(3, Moved((legs[1], legs[0])))]
    assert words(push(store, made)) == [wanted] * 3


def test_it_is_the_settled_instant_that_is_believed(store: CentralStore) -> None:
    """A device whose clock began in 1970 is told by its centre when that was."""
    moved = event(1, PlateMoved(5, "P1", "B"), offset_us=NOW_US - 5)
    assert words(push(store, [moved])) == [(BOOKED, ("clock_doubtful",))]


@pytest.mark.parametrize(("late_us", "is_doubtful"), [(TOLD_LATE_US_MAX, False), (TOLD_LATE_US_MAX + 1, True)])
def test_doubt_is_asked_of_the_past_too(store: CentralStore, late_us: int, is_doubtful: bool) -> None:
    wanted = (BOOKED, ("clock_doubtful",)) if is_doubtful else (Outcome.POSTED, ())
    legs = (_leg(key("A"), key(MINE), at_us=NOW_US - late_us), _leg(key(MINE), key("B")))
    assert words(push(store, [_at(NOW_US - late_us), event(2, Moved(legs))])) == [wanted] * 2


@pytest.mark.parametrize(
    ("quantities", "is_believed"),
    [
        ([QUANTITY_BELIEVED_MAX], True),
        ([QUANTITY_BELIEVED_MAX + 1], False),
        ([QUANTITY_BELIEVED_MAX] * (EVENT_QUANTITY_MAX // QUANTITY_BELIEVED_MAX), True),
        ([QUANTITY_BELIEVED_MAX] * (EVENT_QUANTITY_MAX // QUANTITY_BELIEVED_MAX) + [SCALE], False),
    ],
)
def test_quantities_of_a_leg_and_of_an_event(store: CentralStore, quantities: list[int], is_believed: bool) -> None:
    legs = tuple(_leg(key("A"), key("B"), quantity) for quantity in quantities)
    wanted = (Outcome.POSTED, ()) if is_believed else (HELD, ("quantity_not_believed",))
    assert _pushed(store, Moved(legs)) == wanted


def test_verifying_counts_what_breaks_the_law_and_finds_the_book_sound(store: CentralStore) -> None:
    """The centre's own opening stock is left out, and so is what is held."""
    differing = [event(n, Moved((_leg(key("A"), key("B", owner="ACME")),))) for n in (1, 2)]
    push(store, [*differing, event(3, _between("@supplier", "A")), event(4, _between("A", "B"))])
    with store.reading() as connection:
        notes = [str(note) for note in lawless_events(connection)]
    told = "site W1: an event does what its kind allows: owner_differs: 2 events, such as"
    assert notes in [[f"{told} {one.id}"] for one in differing]
    assert verify(store) == []


_PLACES = st.sampled_from(["A", "B", "BLOCKED", "NOWHERE", MINE, OTHERS, "@hand:eve", *VIRTUAL])
_KEYS = st.builds(
    StockKey, _PLACES, st.sampled_from(["NUT", "GLUE"]), st.sampled_from(["", "L1"]), st.sampled_from(["", "S1"]),
    st.sampled_from(["OWN", "ACME"]), st.sampled_from(["AVAILABLE", "DAMAGED"]),
)  # fmt: skip
_LEGS = st.builds(
    _leg, _KEYS, _KEYS, st.sampled_from([SCALE, 7 * SCALE, QUANTITY_BELIEVED_MAX + 1]),
    st.sampled_from([NOW_US, INSTANT_US_MIN - 1, INSTANT_US_MAX]),
)  # fmt: skip
_FACTS = st.one_of(
    st.lists(_LEGS, min_size=1, max_size=3).map(lambda legs: Moved(tuple(legs))),
    _LEGS.map(lambda leg: Adjusted((leg,), "found")),
    st.lists(_LEGS, min_size=1, max_size=3).map(lambda legs: Changed(tuple(legs), "broken")),
    st.sampled_from(["A", "P1", "NOWHERE"]).map(lambda place: PlateMoved(NOW_US, "P1", place)),
)
_PEOPLE = st.sampled_from(["w1", "s1", "eve", "", CENTRE])


@settings(max_examples=extent(5, 200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(st.tuples(_FACTS, _PEOPLE), min_size=1, max_size=10), data=st.data())
def test_what_is_told_of_an_event_does_not_depend_on_what_arrives_before_it(
    databases: Databases, drawn: list[tuple[Fact, str]], data: st.DataObject
) -> None:
    made = [event(number, fact, operator=operator) for number, (fact, operator) in enumerate(drawn, 1)]
    shuffled, size = data.draw(st.permutations(made)), data.draw(st.integers(1, 6))
    batches = [shuffled[start : start + size] for start in range(0, len(shuffled), size)]
    assert _told(databases, batches) == _told(databases, [made])


def _told(databases: Databases, batches: Sequence[Sequence[Event]]) -> dict[str, tuple[Outcome, tuple[str, ...]]]:
    with databases.warehouse() as url, closing(open_store(url)) as store:
        answers = [answer for batch in batches for answer in push(store, batch)]
        assert verify(store) == []
    return {answer.id: (answer.outcome, answer.reasons) for answer in answers}
