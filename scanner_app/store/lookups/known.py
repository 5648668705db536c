"""Look-ups of what a screen shows beside the question: what is offered at a menu, and what is known of goods."""

import sqlite3

from scanner_app.domain.people import Right, Role, may
from scanner_app.store.lookups.answers import Answers
from scanner_app.workflows.lookups.offers import Offer, Offers, Use

_ROLES = "SELECT roles FROM operator WHERE operator = ?"
_USES = {
    Use.PLATES: (
        "SELECT 1 FROM plate LIMIT 1",
        "SELECT 1 FROM plate_overlay LIMIT 1",
        "SELECT 1 FROM profile WHERE plates_only LIMIT 1",
    )
}


class Known:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.answers: Answers = {Offers: self.offers}

    def offers(self, look: Offers) -> Offer:
        row = self._database.execute(_ROLES, (look.operator,)).fetchone()
        roles = tuple(Role(role) for role in row[0].split()) if row else ()
        uses = tuple(use for use, queries in _USES.items() if any(map(self._finds, queries)))
        return Offer(tuple(right for right in Right if may(roles, right)), uses)

    def _finds(self, query: str) -> bool:
        return self._database.execute(query).fetchone() is not None
