"""People, as an exchange is answered about them: who is elsewhere, whom the site knows, and what came back to them."""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.people import Operator
from sync.central.book.lives import store_epoch_of
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.events.sender import Sender
from sync.central.sites.presence import Presence, presence_at
from sync.central.sites.signed_on import signed_on_at
from sync.central.words.came_back import BackPage, back_after
from sync.protocol import ExchangeRequest


class People(NamedTuple):
    presence: Presence = Presence()
    back: BackPage = BackPage()


def asks_of_people(request: ExchangeRequest) -> bool:
    """Say whether a device tells of anybody, or asks what came back."""
    return bool(signed_on_at(request) is not None or request.locked or request.back >= 0)


def people(store: CentralStore, sender: Sender, request: ExchangeRequest, now_us: int) -> People:
    """Look up all of it from one moment of the store. The revoked are told nothing."""

    def look(connection: Connection) -> People:
        is_of_this_life = request.store_epoch == store_epoch_of(connection, sender.site)
        after = request.back if is_of_this_life else min(request.back, 0)
        return People(
            presence_at(connection, sender, request, now_us), _back(connection, sender, after, request, now_us)
        )

    return People() if sender.revoked else store.read(look)


def _back(connection: Connection, sender: Sender, after: int, request: ExchangeRequest, now_us: int) -> BackPage:
    """A cursor of another store epoch means nothing here; who has none does not ask."""
    if after < 0:
        return BackPage()
    operators = [who.operator for who in signed_on_at(request) or () if who.operator]
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
