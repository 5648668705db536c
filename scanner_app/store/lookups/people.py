"""People: which operators are one person, and which rights roles do not have, by what the site says."""

import sqlite3

_SAME = """SELECT operator FROM operator WHERE person <> '' AND person = ?
UNION ALL SELECT operator FROM operator WHERE operator = ? AND person = ''"""
_PERSON = "SELECT person FROM operator WHERE operator = ?"


def same_person(database: sqlite3.Connection, operator: str) -> frozenset[str]:
    """Every operator who is the same person, the one asked for among them, also where the site knows nobody."""
    who = person_of(database, operator)
    return frozenset((operator, *(other for (other,) in database.execute(_SAME, (who, who)))))


def person_of(database: sqlite3.Connection, operator: str) -> str:
    """The person that an operator is."""
    row = database.execute(_PERSON, (operator,)).fetchone()
    return (row[0] if row else "") or operator


def taken_away(database: sqlite3.Connection) -> tuple[str, ...]:
    """The rights that the site takes away from roles, as words."""
    row = database.execute("SELECT taken_away FROM site LIMIT 1").fetchone()
    return tuple(row[0].split()) if row else ()
