"""Look-ups of the reasons of the site."""

import sqlite3
from typing import Any

from scanner_app.domain.reasons import Direction, Reason
from scanner_app.workflows.lookups.reasons import KnownReason, NamesOfReasons, ReasonNames, Reasons, ReasonsFor

ROWS_MAX = 20
"""So many are offered at most."""
_NAMES = ("reason", "en", "de", "es", "fr", "direction", "process", "needs_note", "needs_approval")
_FOR = f"SELECT {', '.join(_NAMES)} FROM reason WHERE process IN ('', ?) ORDER BY needs_note, reason"
_NAMED = f"SELECT {', '.join(_NAMES)} FROM reason WHERE reason = ?"
_LANGUAGE = "SELECT language FROM operator WHERE operator = ?"


def reasons_for(database: sqlite3.Connection, wanted: ReasonsFor) -> Reasons:
    """Those that fit, in the words of the operator."""
    known = (_reason(values) for values in database.execute(_FOR, (wanted.process,)))
    fitting = [one for one in known if one.fits(wanted.process, Direction(wanted.direction))]
    language = _language(database, wanted.operator)
    return Reasons(tuple(_known(one, language) for one in fitting[:ROWS_MAX]))


def names_of_reasons(database: sqlite3.Connection, wanted: NamesOfReasons) -> ReasonNames:
    """The words of the operator for each reason."""
    language = _language(database, wanted.operator)
    found = ((reason, database.execute(_NAMED, (reason,)).fetchone()) for reason in wanted.reasons)
    return ReasonNames(tuple(_reason(row).words(language) if row else reason for reason, row in found))


def _language(database: sqlite3.Connection, operator: str) -> str:
    row = database.execute(_LANGUAGE, (operator,)).fetchone()
    return str(row[0]) if row else ""


def _known(one: Reason, language: str) -> KnownReason:
    return KnownReason(one.reason, one.words(language), one.needs_note, one.needs_approval)


def _reason(values: tuple[Any, ...]) -> Reason:
    known = dict(zip(_NAMES, values, strict=True))
    flags = {name: bool(known[name]) for name in ("needs_note", "needs_approval")}
    return Reason(**{**known, **flags, "direction": Direction(known["direction"])})
