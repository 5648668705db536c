"""Verification: the integrity check behind ``scanner central verify``, law by law, and which row breaks one."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select, case, except_, func, literal, select, union_all

from scanner_app.domain.events.fact import KINDS_WITH_LEGS
from sync.central.audit.breach import Breach
from sync.central.audit.cells_against_payloads import wrong_copies
from sync.central.audit.chain import LedgerEnd, broken_links, ledger_rows
from sync.central.audit.claims_against_ledger import wrong_claims
from sync.central.audit.laws import Law
from sync.central.audit.ledger_against_events import Recount, wrong_repeats
from sync.central.audit.timelines_against_ledger import wrong_timelines
from sync.central.database.store import CentralStore
from sync.central.database.tables import KEY_NAMES, counters, events, ledger, stock
from sync.protocol import Outcome

BREACHES_MAX = 100
_BOOKED = tuple(outcome.value for outcome in Outcome if outcome.is_booked)
_TAKEN_BACK = (Outcome.UNAPPROVED.value, Outcome.VOID.value)


def verify(store: CentralStore) -> list[Breach]:
    """Check every law over the whole store, from one moment of it; an empty list is a sound book."""
    breaches: list[Breach] = []
    with store.reading() as connection:
        for site, end in _ends(connection).items():
            breaches += _wrong_ledger(connection, site, end)
        breaches += wrong_repeats(connection, BREACHES_MAX)
        breaches += wrong_claims(connection, BREACHES_MAX)
        breaches += [Breach(Law.COPIES, *wrong) for wrong in islice(wrong_copies(connection), BREACHES_MAX)]
        breaches += wrong_timelines(connection, BREACHES_MAX)
        for law, wanted in _laws():
            rows = connection.execute(wanted.limit(BREACHES_MAX)).all()
            breaches += [Breach(law, row[0], " ".join(str(cell) for cell in row[1:] if cell != "")) for row in rows]
    return breaches


def _ends(connection: Connection) -> dict[str, LedgerEnd | None]:
    """Where the ledger of each site should end; None where no counters say so."""
    with_book = select(events.c.site).union(select(ledger.c.site))
    ends: dict[str, LedgerEnd | None] = dict.fromkeys(sorted(connection.execute(with_book).scalars()))
    for site, recorded, head in connection.execute(select(counters.c.site, counters.c.recorded, counters.c.head)).all():
        ends[site] = LedgerEnd(recorded, bytes(head))
    return ends


def _wrong_ledger(connection: Connection, site: str, end: LedgerEnd | None) -> Iterator[Breach]:
    """Walk the ledger of a site once, for its chain and for what its events say."""
    if end is None:
        yield Breach(Law.COUNTERS, site, "its row of counters is gone")
    recount = Recount(connection, site, BREACHES_MAX)
    links = broken_links(recount.watched(ledger_rows(connection, site)), end)
    for law, what in (*links[:BREACHES_MAX], *recount.told):
        yield Breach(law, site, what)


def _laws() -> Iterator[tuple[Law, Select[Any] | CompoundSelect[Any]]]:
    yield Law.BALANCE, _unbalanced()
    yield Law.STOCK, _drifted()
    yield Law.BOOKED, _unbooked()
    yield Law.CAUSED, _causeless()


def _unbalanced() -> Select[Any]:
    total = func.sum(ledger.c.quantity)
    rows = select(ledger.c.site, ledger.c.cause, total.label("total"))
    return rows.group_by(ledger.c.site, ledger.c.cause).having(total != 0)


def _drifted() -> Select[Any]:
    """Sum stock less ledger for each key; what is left is the drift, in micro-units."""
    names = ("site", *KEY_NAMES)
    held = select(*(stock.c[name] for name in names), stock.c.quantity.label("quantity"))
    booked = select(*(ledger.c[name] for name in names), (literal(0) - ledger.c.quantity).label("quantity"))
    both = union_all(held, booked).subquery()
    total = func.sum(both.c.quantity)
    keys = [both.c[name] for name in names]
    return select(*keys, total.label("total")).group_by(*keys).having(total != 0)


def _unbooked() -> CompoundSelect[Any]:
    return except_(_posted().where(events.c.kind.in_(KINDS_WITH_LEGS)), select(ledger.c.site, ledger.c.cause))


def _causeless() -> CompoundSelect[Any]:
    return except_(select(ledger.c.site, ledger.c.cause), _posted(), _taken_back())


def _taken_back() -> Select[Any]:
    """What was accepted and waits again, or was rejected then, has left the book: its rows sum to zero, key by key."""
    of_event = case((ledger.c.via == "", ledger.c.cause), else_=ledger.c.via)
    named = (events.c.site, events.c.id)
    rows = select(*named, *(ledger.c[name] for name in KEY_NAMES), func.sum(ledger.c.quantity).label("left"))
    rows = rows.join_from(ledger, events, (events.c.site == ledger.c.site) & (events.c.id == of_event))
    rows = rows.where(events.c.outcome.in_(_TAKEN_BACK)).group_by(*named, *(ledger.c[name] for name in KEY_NAMES))
    sums = rows.subquery()
    return select(sums.c.site, sums.c.id).group_by(sums.c.site, sums.c.id).having(func.max(func.abs(sums.c.left)) == 0)


def _posted() -> Select[Any]:
    return select(events.c.site, events.c.id).where(events.c.outcome.in_(_BOOKED))


def missing_numbers(store: CentralStore) -> list[Breach]:
    """Name the devices that have used more numbers than they have told of: what is missing may still be on its way.

    The book is sound without it: a device keeps what was not accepted, and a store that was put back gets it again.
    """
    of_device = (events.c.site, events.c.device, events.c.epoch)
    first, last = func.min(events.c.sequence), func.max(events.c.sequence)
    heard = func.count(events.c.sequence.distinct())
    wanted = (
        select(*of_device, first, last, heard)
        .group_by(*of_device)
        .having(last - first + 1 != heard)
        .order_by(*of_device)
    )
    gaps = []
    for site, device, epoch, first, last, heard in store.read(lambda connection: connection.execute(wanted).all()):
        what = f"device {device}, epoch {epoch}: {last - first + 1 - heard} of {first} to {last} are missing"
        gaps.append(Breach(Law.NUMBERS, site, what))
    return gaps
