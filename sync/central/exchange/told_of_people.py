"""People, as an exchange is answered about them: whom the site knows, and what came back to them.

Who is elsewhere is known from the push (``sites/signed_on.py``), and so is whether anything came back: the store is
looked into only where there is something to find.
"""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.people import Operator
from sync.central.book.lives import store_epoch_of
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.events.sender import Sender
from sync.central.exchange.exchange import Pushed
from sync.central.sites.known_operators import known_of_locked
from sync.central.sites.signed_on import Told, signed_on_at
from sync.central.words.came_back import BackPage, back_after
from sync.protocol import ExchangeRequest


class People(NamedTuple):
    known: tuple[str, ...] = ()
    back: BackPage = BackPage()


def people_after(sender: Sender, request: ExchangeRequest, pushed: Pushed) -> People | None:
    """What is told of people where the push says all; None where it has to be looked up. The revoked hear nothing."""
    if sender.revoked:
        return People()
    if request.locked:
        return None
    after = _after(request, pushed.store_epoch)
    if after < 0:
        return People()
    return People(back=BackPage((), pushed.back)) if after == pushed.back else None


def people(store: CentralStore, sender: Sender, request: ExchangeRequest, now_us: int) -> People:
    """Look up all of it from one moment of the store."""

    def look(connection: Connection) -> People:
        known = known_of_locked(connection, sender.site, request.locked)
        after = _after(request, store_epoch_of(connection, sender.site))
        return People(known, _back(connection, sender, after, request, now_us) if after >= 0 else BackPage())

    return store.read(look)


def _after(request: ExchangeRequest, store_epoch: str) -> int:
    """How far a device has what came back: a cursor of another store epoch means nothing; who has none asks not."""
    return request.back if request.store_epoch == store_epoch else min(request.back, 0)


def _back(connection: Connection, sender: Sender, after: int, request: ExchangeRequest, now_us: int) -> BackPage:
    operators = Told(sender, signed_on_at(request)).operators
    persons = _persons(connection, sender.site, operators) if operators else ()
    return back_after(connection, sender, persons, after, now_us)


_operators = BY_STRUCT[Operator].table.c
_PERSONS = select(_operators.operator, _operators.person).where(
    _operators.site == bindparam("site"), among(_operators.operator, "operators")
)


def _persons(connection: Connection, site: str, operators: list[str]) -> set[str]:
    """Who ``operators`` are; one whom the site does not know, or who is of no person, is one."""
    rows = connection.execute(_PERSONS, {"site": site, "operators": operators}).all()
    known = {row.operator: row.person for row in rows}
    return {known.get(operator) or operator for operator in operators}
