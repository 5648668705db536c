"""Every kind of event at the centre: who may make it, what it writes into the book, and how verifying checks it."""

from typing import ClassVar, cast

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, func, select, text, update

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.kind import Kind
from scanner_app.domain.people import Right, Role, may
from sync.central.audit.laws import Law
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from sync.central.database.tables import KEY_NAMES, events, ledger, plate_places
from sync.central.events.decode import Arrival
from sync.central.events.sender import Sender
from sync.central.intake.look_up import known_of
from sync.central.intake.ruling import rule
from sync.central.words.came_back import about_event
from sync.protocol import Answer, Back, Outcome
from tests.central.warehouse import SITE, push, words
from tests.kinds import NOW_US, Row, event, every_kind, first, row_of

DEVICE = Sender(SITE, "dev-1", 1)
SUPERVISOR = "s1"


def _pushed(store: CentralStore, *made: Event) -> list[Answer]:
    return push(store, made, DEVICE)


def _made(row: Row, operator: str = SUPERVISOR) -> Event:
    return event(2, row.fact, operator)


def _balances(connection: Connection) -> dict[tuple[str, ...], int]:
    """What the ledger sums to, key by key, where that is not zero."""
    total = func.sum(ledger.c.quantity)
    keys = [ledger.c[name] for name in ("site", *KEY_NAMES)]
    rows = connection.execute(select(*keys, total).group_by(*keys).having(total != 0))
    return {tuple(key): int(balance) for *key, balance in rows}


@every_kind
@pytest.mark.parametrize(("operator", "roles"), [("w1", (Role.WORKER,)), (SUPERVISOR, (Role.WORKER, Role.SUPERVISOR))])
def test_it_is_booked_and_without_the_right_of_its_operator_it_is_an_exception_or_waits(
    store: CentralStore, kind: str, operator: str, roles: tuple[Role, ...]
) -> None:
    row = row_of(kind)
    answers = _pushed(store, first(), _made(row, operator))
    without = Outcome.UNAPPROVED if row.waits else Outcome.EXCEPTIONS
    wanted = (Outcome.POSTED, row.told) if may(roles, row.right) else (without, ("no_right",))
    assert words(answers) == [(Outcome.POSTED, ()), wanted]
    assert row.fact.wants_approval == row.waits


@every_kind
def test_what_comes_back_of_it_says_where_and_what_it_was(kind: str) -> None:
    """Its worker has to know which one it is; what names no place and no goods has nothing to say."""
    row = row_of(kind)
    back = Back(number=1, event="e", operator="w1", device="d1", outcome=Outcome.POSTED)
    told = about_event(back, Arrival(_made(row), row.fact, kind))
    places = {*row.fact.places, *(key.place for leg in row.fact.legs for key in (leg.source, leg.target))}
    assert bool(told.place) == bool(places)
    assert told.place in places or not places
    assert bool(told.item) == bool(row.items or row.fact.items or row.legs or row.fact.line or row.stand)


@every_kind
def test_what_is_impossible_is_not_accepted(store: CentralStore, kind: str) -> None:
    faulty = row_of(kind).faulty
    answers = _pushed(store, *(event(number, fact) for number, (fact, _) in enumerate(faulty, 2)))
    assert words(answers) == [(Outcome.NOT_ACCEPTED, (fault,)) for _, fault in faulty]
    assert verify(store) == []


@every_kind
def test_what_the_centre_does_not_know_is_looked_up_and_named(store: CentralStore, kind: str) -> None:
    fact, outcome, reason = row_of(kind).unknown
    assert words(_pushed(store, event(2, fact, SUPERVISOR))) == [(Outcome(outcome), (reason,) * bool(reason))]


@every_kind
def test_the_book_has_what_it_says_and_nothing_else(store: CentralStore, kind: str) -> None:
    row = row_of(kind)
    made = _made(row)
    _pushed(store, first(), made)
    own = select(ledger.c.via).where(ledger.c.cause == made.id)
    of_first = 2 * len(first().fact.legs) if row.undoes else 0
    stands = select(plate_places.c.plate, plate_places.c.location, plate_places.c.parent, plate_places.c.effective_us)
    with store.reading() as connection:
        assert connection.execute(select(events.c.kind).where(events.c.id == made.id)).scalars().all() == [kind]
        assert connection.execute(own).scalars().all() == [""] * 2 * row.legs + [first().id] * of_first
        entered = connection.execute(stands.where(plate_places.c.cause == made.id)).all()
    assert [tuple(entry) for entry in entered] == (
        [(row.stand.plate, row.stand.location, row.stand.parent, row.stand.wall_us)] if row.stand else []
    )
    assert verify(store) == []


@every_kind
def test_annulled_it_leaves_nothing_in_the_book(store: CentralStore, kind: str) -> None:
    made = _made(row_of(kind))
    _pushed(store, first())
    with store.reading() as connection:
        before = _balances(connection)
    _pushed(store, made, event(3, Annulled(NOW_US, made.id), SUPERVISOR))
    with store.reading() as connection:
        assert _balances(connection) == before
        assert all(connection.execute(select(plate_places.c.is_void).where(plate_places.c.cause == made.id)).scalars())
    assert verify(store) == []


@every_kind
def test_verifying_holds_its_rows_against_it(store: CentralStore, kind: str) -> None:
    """Rows of a kind that posts are missed; rows of one that posts nothing stand out."""
    row = row_of(kind)
    made = _made(row)
    _pushed(store, first(), made)
    with store.writing() as connection:
        if row.legs:
            connection.execute(text("DELETE FROM ledger WHERE cause = :cause"), {"cause": made.id})
        else:
            changed = {"cause": made.id, "via": ""}
            connection.execute(update(ledger).where(ledger.c.cause == first().id).values(changed))
    laws = {found.law for found in verify(store) if made.id in found.what}
    assert ("every posted event is in the ledger" if row.legs else Law.RECOUNTED) in laws


@every_kind
def test_verifying_holds_its_cells_against_its_payload(store: CentralStore, kind: str) -> None:
    made = _made(row_of(kind))
    _pushed(store, first(), made)
    with store.writing() as connection:
        connection.execute(update(events).where(events.c.id == made.id).values(kind="another"))
    assert [found.what for found in verify(store) if found.law == Law.COPIES] == [
        f"event {made.id} has another kind than its payload"
    ]


@every_kind
def test_of_a_newer_schema_it_is_held(store: CentralStore, kind: str) -> None:
    newer = replace(_made(row_of(kind)), schema=99)
    assert words(_pushed(store, first(), newer))[1] == (Outcome.HELD, ("newer_schema",))


class _Listed(Kind, frozen=True):
    """A fact of a kind that names items without moving them."""

    right: ClassVar[Right] = Right.MOVE

    names: tuple[str, ...]
    last_us: int = NOW_US

    @property
    def items(self) -> tuple[str, ...]:
        return self.names


@pytest.mark.parametrize(
    ("names", "outcome", "reasons"),
    [
        (("NUT", "GLUE"), Outcome.POSTED, ()),
        (("NUT", "WHAT"), Outcome.HELD, ("unknown_item",)),
        (("NUT", "BOLT"), Outcome.EXCEPTIONS, ("item_inactive",)),
    ],
)
def test_items_that_a_fact_names_beside_its_legs_are_looked_up(
    store: CentralStore, names: tuple[str, ...], outcome: Outcome, reasons: tuple[str, ...]
) -> None:
    listed = cast(Fact, _Listed(names))
    arrival = Arrival(replace(first(), fact=listed), listed, "listed")
    with store.writing() as connection:
        connection.execute(text("UPDATE items SET active = false WHERE item = 'BOLT'"))
        ruling = rule(arrival, known_of(connection, SITE, [arrival]), DEVICE, NOW_US)
    assert (ruling.outcome, ruling.reasons) == (outcome, reasons)
