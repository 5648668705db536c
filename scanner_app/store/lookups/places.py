"""Look-ups of places as places: where a plate stands, what a place wants apart, in which order a hand is emptied."""

import sqlite3
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from scanner_app.domain.catalog import PLATES_STACKED_MAX, LocationState
from scanner_app.store.lookups.answers import Answers
from scanner_app.store.lookups.inquiries import Inquiries
from scanner_app.workflows.lookups.places import Where, Whereabouts
from scanner_app.workflows.lookups.stock import AtPlace, Held, HeldRow, Rows, ToPut
from scanner_app.workflows.questions.facts import KnownPlace, Mix

_STANDS = "SELECT location, parent FROM plate_now WHERE plate = ?"
_RULES = """SELECT p.plates_only, p.mixes_items, p.mixes_lots FROM location l JOIN profile p USING (profile)
WHERE l.location = ?"""
_LAYERS = """WITH RECURSIVE stacked (plate, layer) AS (SELECT ?1, 0
UNION ALL SELECT p.plate, s.layer + 1 FROM stacked s CROSS JOIN plate p ON p.parent = s.plate AND p.parent <> ''
WHERE s.layer < ?2 AND NOT EXISTS (SELECT 1 FROM plate_laid o WHERE o.plate = p.plate)
UNION ALL SELECT o.plate, s.layer + 1 FROM stacked s CROSS JOIN plate_laid o ON o.parent = s.plate
WHERE s.layer < ?2)
SELECT max(layer) FROM stacked"""
"""Both halves of ``plate_now`` are written out: joined as a view, all plates of the site are put together first."""
_MANY = 200
_STAND_THERE = """SELECT plate FROM plate_now WHERE location = ?1 AND parent = '' AND plate <> ?2
UNION ALL SELECT plate FROM plate_now WHERE parent = ?1 AND parent <> '' AND plate <> ?2 LIMIT 1"""
_HOME = """SELECT l.walk_order FROM stock s JOIN location l ON l.location = s.place WHERE s.item = ?
ORDER BY s.quantity DESC, l.walk_order LIMIT 1"""
_CHECKED = "SELECT 1 FROM location WHERE location = ? AND check_digits <> ''"
_MIX_ROWS_MAX = 200
_NO_HOME = 2**62
_MARKS = "+-/ "
"""What may stand between the name of a place and its check digits on a label."""


class Places:
    def __init__(self, database: sqlite3.Connection, inquiries: Inquiries, held: Callable[[Held], Rows]) -> None:
        self._database = database
        self._inquiries = inquiries
        self._held = held
        self.answers: Answers = {Where: self.where, Held: self.held, AtPlace: self.at_place, ToPut: self.to_put}

    def where(self, look: Where) -> Whereabouts:
        state = self._state(look.place)
        if state:
            return Whereabouts(look.place, state)
        row = self._database.execute(_STANDS, (look.place,)).fetchone()
        if row is None:
            return Whereabouts(look.place)
        location, parent = row
        _carriers, at = self._carriers(look.place)
        state = self._state(at) or LocationState.OPEN.value
        return Whereabouts(look.place, state, True, location, parent, at, self._layers(look.place))

    def _state(self, location: str) -> str:
        row = self._database.execute("SELECT state FROM location WHERE location = ?", (location,)).fetchone()
        return row[0] if row else ""

    def _carriers(self, plate: str) -> tuple[tuple[str, ...], str]:
        """The plates that a plate stands on, nearest first, and the location that the lowest one stands at."""
        carriers: list[str] = []
        location = ""
        on = plate
        while on and len(carriers) <= PLATES_STACKED_MAX:
            row = self._database.execute(_STANDS, (on,)).fetchone() or ("", "")
            location, on = row
            if on:
                carriers.append(on)
        return tuple(carriers), location

    def _layers(self, plate: str) -> int:
        return int(self._database.execute(_LAYERS, (plate, PLATES_STACKED_MAX)).fetchone()[0])

    def held(self, look: Held) -> Rows:
        """With whether anything else is at the place."""
        found = self._held(look)
        return replace(found, is_alone=not (self._has_others(look) or self.has_plates(look.place)))

    def _has_others(self, look: Held) -> bool:
        """Say whether other goods are there, in few rows if that will do; what was not read may be others, too."""
        return self._others(look, 2, is_last=False) or self._others(look, _MANY, is_last=True)

    def _others(self, look: Held, rows_max: int, *, is_last: bool) -> bool:
        """Other rows among so many; the first may all be gone by this device's own events."""
        found = self._inquiries.at_place(AtPlace(look.place, rows_max))
        return any(row.item != look.item for row in found.rows) or bool(found.more and is_last)

    def at_place(self, look: AtPlace) -> Rows:
        """With whether plates stand there, where that is asked."""
        found = self._inquiries.at_place(look)
        return replace(found, is_alone=not self.has_plates(look.place)) if look.tells_alone else found

    def has_plates(self, place: str, but: str = "") -> bool:
        """Say whether any plate stands at a place, or on a plate; one that is empty stands there, too."""
        return self._database.execute(_STAND_THERE, (place, but)).fetchone() is not None

    def to_put(self, look: ToPut) -> Rows:
        """What is known to be gone, or more than was there, is nothing that can be put."""
        held = self._inquiries.at_place(AtPlace(look.place, look.rows_max))
        rows = [row for row in held.rows if row.quantity > 0]
        homes = {item: self._home(item) for item in {row.item for row in rows}}
        is_alone = len(rows) == len(held.rows) and not self.has_plates(look.place)
        return Rows(tuple(sorted(rows, key=lambda row: homes[row.item])), held.more, is_alone=is_alone)

    def _home(self, item: str) -> int:
        row = self._database.execute(_HOME, (item,)).fetchone()
        return row[0] if row else _NO_HOME

    def checked(self, text: str) -> tuple[str, str]:
        """Split the text of a label into a place and the check digits behind its name; empty texts if it is none."""
        for mark in _MARKS:
            name, is_marked, digits = text.rpartition(mark)
            if is_marked and digits.isdigit() and self._database.execute(_CHECKED, (name,)).fetchone():
                return name, digits
        return "", ""

    def seen(self, place: KnownPlace, brings: Iterable[tuple[str, str]]) -> KnownPlace:
        """A place with what matters of it when goods, (item, lot) pairs, are taken or put there."""
        if place.is_plate:
            carriers, at = self._carriers(place.place)
            return replace(place, carriers=carriers, at=at, state=LocationState(self._state(at) or LocationState.OPEN))
        wanted = frozenset(brings)
        if not wanted or not place.is_strict:
            return place
        plates_only, mixes_items, mixes_lots = self._database.execute(_RULES, (place.place,)).fetchone()
        mix = Mix.NOTHING if mixes_items and mixes_lots else self._mix(place.place, wanted, mixes_items)
        return replace(place, wants_plate=bool(plates_only), mix=mix)

    def _mix(self, place: str, brings: frozenset[tuple[str, str]], mixes_items: int) -> Mix:
        there = self._inquiries.at_place(AtPlace(place, _MIX_ROWS_MAX)).rows
        return _mixed(brings, [row for row in there if row.quantity > 0], may_mix_items=bool(mixes_items))


def _mixed(brings: frozenset[tuple[str, str]], there: list[HeldRow], *, may_mix_items: bool) -> Mix:
    together = brings | {(row.item, row.lot) for row in there}
    items = {item for item, _lot in together}
    if len(items) > 1 and not may_mix_items:
        return Mix.ITEMS
    return Mix.LOTS if len(together) > len(items) else Mix.NOTHING
