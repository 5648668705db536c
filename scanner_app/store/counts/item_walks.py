"""Item walks, looked up: the places that the book has of one item, in walk order, and which of them were done."""

import sqlite3
from collections.abc import Callable

from scanner_app.domain.ledger import is_virtual
from scanner_app.store.lookups.people import same_person
from scanner_app.workflows.lookups.places import Where, Whereabouts
from scanner_app.workflows.lookups.work import ItemWalk, WalkOfItem

PLACES_MAX = 1_000
"""Nobody walks to more of them by one list."""
_KEYS = "place, lot, serial, owner, status"
_HOLDING = f"""SELECT DISTINCT place FROM (SELECT place FROM (
SELECT {_KEYS}, quantity FROM stock WHERE item = ?1 UNION ALL SELECT {_KEYS}, quantity FROM laid WHERE item = ?1)
GROUP BY {_KEYS} HAVING sum(quantity) <> 0) ORDER BY place LIMIT ?2"""
_DONE = "SELECT place, operator FROM own_count WHERE last_us >= ?1 AND begun_us >= ?1 AND item = ?2 AND closed <> ''"
_WALK = "SELECT walk_order FROM location WHERE location = ?"
_NAME = "SELECT name FROM item WHERE item = ?"
_Stop = tuple[int, str, str]
"""A place: where it comes in walk order, the location that it is or stands at, and its name."""


class ItemWalks:
    """``where`` tells where a plate stands."""

    def __init__(self, database: sqlite3.Connection, where: Callable[[Where], Whereabouts]) -> None:
        self._database = database
        self._where = where

    def walk(self, look: WalkOfItem, *, is_told: bool) -> ItemWalk:
        """What a person is told of a walk: nothing of the book where they are not to be told of it."""
        done = self._done(look)
        row = self._database.execute(_NAME, (look.item,)).fetchone()
        known = ItemWalk(walked=len(done), name=row[0] if row else "")
        if not is_told:
            return known
        places = self._holding(look.item)
        stops = sorted(self._stop(place) for place in places - done - {look.here})
        near = self._stop(look.near) if look.near else (0, "", "")
        after = next((stop for stop in stops if stop > near), stops[0] if stops else None)
        all_of_it = len(places | done | ({look.here} if look.here else set()))
        if after is None:
            return ItemWalk("", "", all_of_it, len(done), is_told=True, name=known.name)
        _order, at, place = after
        return ItemWalk(place, at if at != place else "", all_of_it, len(done), is_told=True, name=known.name)

    def _done(self, look: WalkOfItem) -> set[str]:
        """Where the person has counted it since the walk began, and was through with it."""
        me = same_person(self._database, look.operator)
        rows = self._database.execute(_DONE, (look.since_us, look.item)).fetchall()
        return {place for place, who in rows if who in me and place != look.here}

    def _holding(self, item: str) -> set[str]:
        found = self._database.execute(_HOLDING, (item, PLACES_MAX)).fetchall()
        return {place for (place,) in found if not is_virtual(place)}

    def _stop(self, place: str) -> _Stop:
        stands = self._where(Where(place))
        at = (stands.at if stands.is_plate else "") or place
        row = self._database.execute(_WALK, (at,)).fetchone()
        return (row[0] if row else 0, at, place)
