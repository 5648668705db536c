"""Look-ups of what a screen shows beside the question: what is offered at a menu, and what is known of goods."""

import sqlite3

from scanner_app.domain.catalog import Tracking
from scanner_app.domain.people import Right, Role, rights_of
from scanner_app.store.lookups.answers import Answers
from scanner_app.store.lookups.inquiries import Inquiries
from scanner_app.store.lookups.people import taken_away
from scanner_app.store.lookups.places import Places
from scanner_app.workflows.lookups.details import Details, DetailsOf
from scanner_app.workflows.lookups.load import Load, LoadOf
from scanner_app.workflows.lookups.offers import Offer, Offers, Use
from scanner_app.workflows.lookups.places import Where
from scanner_app.workflows.lookups.plates import Standing
from scanner_app.workflows.lookups.stock import AtPlace

_ROLES = "SELECT roles FROM operator WHERE operator = ?"
_UNITS = "SELECT unit, factor FROM unit WHERE item = ? AND factor > 0 ORDER BY factor"
_ITEM = "SELECT base_unit, tracking FROM item WHERE item = ?"
_USES = {
    Use.PLATES: (
        "SELECT 1 FROM plate LIMIT 1",
        "SELECT 1 FROM plate_laid LIMIT 1",
        "SELECT 1 FROM profile WHERE plates_only LIMIT 1",
    )
}


class Beside:
    def __init__(self, database: sqlite3.Connection, inquiries: Inquiries, places: Places) -> None:
        self._database = database
        self._inquiries = inquiries
        self._places = places
        self.answers: Answers = {
            Offers: self.offers,
            LoadOf: self.load,
            DetailsOf: self.details,
        }

    def offers(self, look: Offers) -> Offer:
        row = self._database.execute(_ROLES, (look.operator,)).fetchone()
        roles = tuple(Role(role) for role in row[0].split()) if row else ()
        uses = tuple(use for use, queries in _USES.items() if any(map(self._finds, queries)))
        rights = rights_of(roles, taken_away(self._database))
        return Offer(tuple(right for right in Right if right in rights), uses)

    def load(self, look: LoadOf) -> Load:
        found = self._inquiries.at_place(AtPlace(look.plate, look.rows_max))
        plates = self._inquiries.standing(Standing(look.plate, look.rows_max)).here
        rows = tuple(row for row in found.rows if row.quantity > 0)
        return Load(rows, plates, found.more, self._alone_at(look.plate))

    def _alone_at(self, plate: str) -> str:
        """Where a plate stands, if it is all that is known there."""
        stands = self._places.where(Where(plate))
        place = stands.parent or stands.location
        is_alone = place and not self._inquiries.at_place(AtPlace(place, 1)).rows
        return place if is_alone and not self._places.has_plates(place, but=plate) else ""

    def details(self, look: DetailsOf) -> Details:
        row = self._database.execute(_ITEM, (look.item,)).fetchone()
        if row is None:
            return Details()
        return Details(row[0], tuple(self._database.execute(_UNITS, (look.item,)).fetchall()), Tracking(row[1]))

    def _finds(self, query: str) -> bool:
        return self._database.execute(query).fetchone() is not None
