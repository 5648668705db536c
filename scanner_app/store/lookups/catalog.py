"""Look-ups in the cache: what a code means, how an item is handled, what is known to be where.

On-hand is the pulled stock plus this device's own overlay.
"""

import sqlite3
from functools import cache

from scanner_app.domain.catalog import LocationState, Tracking
from scanner_app.domain.near import near_misses, spellings
from scanner_app.domain.people import Operator, Role
from scanner_app.domain.quantity import DECIMALS_MAX, SCALE
from scanner_app.store.lookups.answers import Answers
from scanner_app.store.lookups.people import taken_away
from scanner_app.workflows.lookups.goods import Flag, ItemRules, Rules, StatusOf
from scanner_app.workflows.lookups.lots import Days, DaysOf
from scanner_app.workflows.lookups.stock import Held, HeldRow, Rows
from scanner_app.workflows.lookups.stock_kinds import KnownStatus, Statuses, StatusesKnown
from scanner_app.workflows.questions.facts import Facts, KnownGoods, KnownPerson, KnownPlace, KnownUnit

_MEANINGS = """SELECT 1, location, state, check_digits, {2} FROM location WHERE location IN ({0})
UNION ALL SELECT 1, location, state, check_digits, {2} FROM location WHERE label <> '' AND label IN ({0})
UNION ALL SELECT 1, plate, 'open', '', {3} FROM plate WHERE plate IN ({0})
UNION ALL SELECT 1, plate, 'open', '', {3} FROM plate_laid WHERE plate IN ({0})
UNION ALL SELECT 2, i.item, i.name, b.unit, {1} FROM barcode b JOIN item i ON i.item = b.item AND i.base_unit = b.unit
WHERE b.code IN ({0})
UNION ALL SELECT 2, i.item, i.name, b.unit, u.factor FROM barcode b JOIN item i ON i.item = b.item
AND i.base_unit <> b.unit JOIN unit u ON u.item = b.item AND u.unit = b.unit AND u.factor > 0 WHERE b.code IN ({0})
UNION ALL SELECT 2, item, name, base_unit, {1} FROM item WHERE item IN ({0})
UNION ALL SELECT 3, operator, name, '', 0 FROM operator WHERE badge IN ({0})"""
_PLACE, _GOODS, _PERSON = 1, 2, 3
_PLATE, _STRICT = 1, 2
_IS_STRICT = f"""{_STRICT} * EXISTS (SELECT 1 FROM profile p WHERE p.profile = location.profile
AND (p.plates_only OR NOT p.mixes_items OR NOT p.mixes_lots))"""
_BOTH = "SELECT place, item, lot, serial, owner, status, quantity FROM {0} WHERE "
_SUMMED = """SELECT s.place, s.item, s.lot, s.serial, s.owner, s.status, sum(s.quantity) AS q, coalesce(i.name, ''),
coalesce(i.base_unit, '') FROM ({0} UNION ALL {1}) s LEFT JOIN item i USING (item)
GROUP BY s.place, s.item, s.lot, s.serial, s.owner, s.status HAVING q <> 0 ORDER BY 1, 2, 3, 4, 5, 6 LIMIT ?"""


@cache
def _meanings(codes: int) -> str:
    """One statement for everything that one of so many codes may mean: one a kind costs twice as much."""
    return _MEANINGS.format(",".join("?" * codes), SCALE, _IS_STRICT, _PLATE)


def _on_hand(condition: str) -> str:
    return _SUMMED.format(_BOTH.format("stock") + condition, _BOTH.format("laid") + condition)


_NEAR = " UNION ".join(
    f"SELECT {code} FROM {table} WHERE {code} <> '' AND {code} IN ({{0}})"
    for table, code in (
        ("location", "location"), ("location", "label"), ("plate", "plate"), ("plate_laid", "plate"),
        ("barcode", "code"), ("item", "item"), ("operator", "badge"),
    )
)  # fmt: skip
_NEAR_MARK = " UNION ".join(
    f"SELECT {{1}} FROM {table} WHERE item = ? AND {{1}} IN ({{0}}) AND {{1}} <> ''" for table in ("stock", "laid")
)
_NEAR_LOT = "SELECT lot FROM lot WHERE item = ? AND lot IN ({0}) AND lot <> '' UNION "
_HELD = _on_hand("place = ? AND item = ?")
_UNITS = f"""SELECT base_unit, {SCALE} FROM item WHERE item = ?
UNION ALL SELECT unit, factor FROM unit WHERE item = ? AND factor > 0"""
_DAYS = "SELECT lot, expires FROM lot WHERE item = ? AND expires <> '' AND lot IN ({0})"
_HAS_DAYS = "SELECT 1 FROM item WHERE item = ? AND has_expiry"
_ONE_MAX = 1_000
_STATUSES = "SELECT status, name, blocking FROM status ORDER BY blocking, status LIMIT ?"


class Catalog:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.answers: Answers = {
            Rules: self.rules, StatusOf: self.is_blocking, DaysOf: self.days,
            StatusesKnown: self.statuses,
        }  # fmt: skip

    def identify(self, codes: tuple[str, ...], *, people: bool) -> Facts:
        """Return everything that one of ``codes`` may mean; badges only when asked or when it is nothing else."""
        rows = sorted(set(self._database.execute(_meanings(len(codes)), codes * _MEANINGS.count("{0}")).fetchall()))
        places = tuple(_place(*row[1:]) for row in rows if row[0] == _PLACE)
        goods = tuple(KnownGoods(*row[1:]) for row in rows if row[0] == _GOODS)
        persons: tuple[KnownPerson, ...] = ()
        if people or not (places or goods):
            persons = tuple(KnownPerson(row[1], row[2]) for row in rows if row[0] == _PERSON)
        return Facts(places, goods, persons, people_known=not people or bool(persons) or self._has_people())

    def near(self, text: str) -> tuple[str, ...]:
        """The codes that a text which is none may have meant: what an index finds of its likeliest spellings."""
        if not (codes := spellings(text)):
            return ()
        found = self._database.execute(_NEAR.format(",".join("?" * len(codes))), codes * _NEAR.count("{0}"))
        return near_misses(text, (code for (code,) in found.fetchall()))

    def near_marks(self, item: str, mark: str, text: str) -> tuple[str, ...]:
        """The lots or serials of an item that one which it does not have may have meant."""
        query = (_NEAR_LOT if mark == "lot" else "") + _NEAR_MARK
        codes = (text, *spellings(text))
        found = self._database.execute(
            query.format(",".join("?" * len(codes)), mark), (item, *codes) * query.count("{0}")
        )
        return near_misses(text, (code for (code,) in found.fetchall()))

    def units(self, item: str) -> tuple[KnownUnit, ...]:
        """The units of an item, its base unit first."""
        rows = self._database.execute(_UNITS, (item, item)).fetchall()
        return tuple(KnownUnit(*row) for row in rows)

    def is_blocking(self, look: StatusOf) -> Flag:
        row = self._database.execute("SELECT blocking FROM status WHERE status = ?", (look.status,)).fetchone()
        return Flag(row is not None and bool(row[0]))

    def statuses(self, look: StatusesKnown) -> Statuses:
        rows = self._database.execute(_STATUSES, (look.rows_max,)).fetchall()
        return Statuses(tuple(KnownStatus(status, name, bool(blocking)) for status, name, blocking in rows))

    def days(self, look: DaysOf) -> Days:
        """What the book says; which day it is today it does not know."""
        query = _DAYS.format(",".join("?" * len(look.lots)))
        by_lot = dict(self._database.execute(query, (look.item, *look.lots)).fetchall())
        has_days = self._database.execute(_HAS_DAYS, (look.item,)).fetchone() is not None
        return Days(by_lot, expires_at_all=has_days)

    def is_badge(self, code: str) -> bool:
        return self._database.execute("SELECT 1 FROM operator WHERE badge = ?", (code,)).fetchone() is not None

    def _has_people(self) -> bool:
        return self._database.execute("SELECT 1 FROM operator LIMIT 1").fetchone() is not None

    def operator(self, operator: str) -> Operator | None:
        """Return an operator of the site, or ``None`` when the site no longer has them."""
        row = self._database.execute(
            "SELECT operator, name, badge, verifier, roles, language, person FROM operator WHERE operator = ?",
            (operator,),
        ).fetchone()
        if row is None:
            return None
        name, badge, verifier, roles, language, person = row[1:]
        held = tuple(Role(role) for role in roles.split())
        return Operator(row[0], name, badge, verifier, held, language, person=person)

    def taken_away(self) -> tuple[str, ...]:
        """The rights that the site takes away from roles, as words."""
        return taken_away(self._database)

    def zone(self) -> str:
        """The IANA time zone of the site; UTC before it is known."""
        row = self._database.execute("SELECT zone FROM site LIMIT 1").fetchone()
        return row[0] if row else "UTC"

    def rules(self, look: Rules) -> ItemRules:
        """How an item is handled; one that the site has no longer, like goods without any rules."""
        row = self._database.execute(
            "SELECT item, name, base_unit, decimals, tracking FROM item WHERE item = ?", (look.item,)
        ).fetchone()
        if row is None:
            return ItemRules(look.item, "", "", DECIMALS_MAX, Tracking.NONE)
        item, name, base_unit, decimals, tracking = row
        return ItemRules(item, name, base_unit, decimals, Tracking(tracking))

    def held(self, look: Held) -> Rows:
        return self._rows(_HELD, (look.place, look.item) * 2, _ONE_MAX)

    def _rows(self, query: str, values: tuple[str, ...], rows_max: int) -> Rows:
        """At most ``rows_max`` rows; ``more`` is 1 when there are others."""
        rows = self._database.execute(query, (*values, rows_max + 1)).fetchall()
        return Rows(tuple(HeldRow(*row) for row in rows[:rows_max]), max(0, len(rows) - rows_max))


def _place(place: str, state: str, digits: str, kind: int) -> KnownPlace:
    return KnownPlace(
        place, LocationState(state), is_plate=kind == _PLATE, digits=digits, at=place, is_strict=kind == _STRICT
    )
