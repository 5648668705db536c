"""Look-ups of the reasons of the site."""

import sqlite3
from typing import Any

from scanner_app.domain.reasons import Direction, Reason
from scanner_app.workflows.lookups.reasons import KnownReason, Reasons, ReasonsFor

ROWS_MAX = 20
"""So many are offered at most."""
_NAMES = ("reason", "en", "de", "es", "fr", "direction", "process", "needs_note")
_FOR = f"SELECT {', '.join(_NAMES)} FROM reason WHERE process IN ('', ?) ORDER BY needs_note, reason"
_LANGUAGE = "SELECT language FROM operator WHERE operator = ?"


def reasons_for(database: sqlite3.Connection, wanted: ReasonsFor) -> Reasons:
    """Those that fit, in the words of the operator."""
    row = database.execute(_LANGUAGE, (wanted.operator,)).fetchone()
    known = (_reason(values) for values in database.execute(_FOR, (wanted.process,)))
    fitting = [one for one in known if one.fits(wanted.process, Direction(wanted.direction))]
    language = row[0] if row else ""
    return Reasons(tuple(KnownReason(one.reason, one.words(language), one.needs_note) for one in fitting[:ROWS_MAX]))


def _reason(values: tuple[Any, ...]) -> Reason:
    known = dict(zip(_NAMES, values, strict=True))
    return Reason(**{**known, "direction": Direction(known["direction"]), "needs_note": bool(known["needs_note"])})
