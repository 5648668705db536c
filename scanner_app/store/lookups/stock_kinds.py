"""Kinds of stock that can be at a place: the owners and statuses of the site, and what the place's profile says."""

import sqlite3

from scanner_app.domain.catalog import AVAILABLE, OWN
from scanner_app.workflows.lookups.stock_kinds import KINDS_MAX, Kinds, KindsAt, Named

_OWNERS = "SELECT owner, name FROM owner WHERE owner <> ? ORDER BY owner LIMIT ?"
_STATUSES = "SELECT status, name FROM status WHERE status <> ? ORDER BY status LIMIT ?"
_OF_PROFILE = """SELECT p.owner, p.status FROM location l JOIN profile p USING (profile) WHERE l.location = ?"""
_OUTERMOST = """WITH RECURSIVE around (count, place, within, layer) AS (
SELECT count, place, within, 0 FROM own_count WHERE count = ?
UNION ALL SELECT o.count, o.place, o.within, a.layer + 1 FROM around a JOIN own_count o ON o.count = a.within
WHERE a.layer < 16) SELECT place FROM around ORDER BY layer DESC LIMIT 1"""


def stock_kinds(database: sqlite3.Connection, look: KindsAt) -> Kinds:
    """What can be chosen there, and what is said already: of a plate by the place that a count has found it at."""
    place = look.place
    if look.within:
        (place,) = database.execute(_OUTERMOST, (look.within,)).fetchone() or (look.place,)
    said = database.execute(_OF_PROFILE, (place,)).fetchone() or ("", "")
    return Kinds(_named(database, _OWNERS, OWN), _named(database, _STATUSES, AVAILABLE), *said)


def _named(database: sqlite3.Connection, query: str, usual: str) -> tuple[Named, ...]:
    """All there are, the usual one first; none where there is no other."""
    others = database.execute(query, (usual, KINDS_MAX - 1)).fetchall()
    return (Named(usual), *(Named(*row) for row in others)) if others else ()
