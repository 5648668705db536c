"""People: which operators are one person, by what the site knows of them."""

import sqlite3

_SAME = """SELECT operator FROM operator WHERE person <> '' AND person = ?
UNION ALL SELECT operator FROM operator WHERE operator = ? AND person = ''"""
_PERSON = "SELECT person FROM operator WHERE operator = ?"


def same_person(database: sqlite3.Connection, operator: str) -> frozenset[str]:
    """Every operator who is the same person, the one asked for among them, also where the site knows nobody."""
    row = database.execute(_PERSON, (operator,)).fetchone()
    who = (row[0] if row else "") or operator
    return frozenset((operator, *(other for (other,) in database.execute(_SAME, (who, who)))))
