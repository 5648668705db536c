"""Persons: which operators are badges of one person, by the master data of today."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.people import Operator
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT

_operators = BY_STRUCT[Operator].table.c
_PERSONS = select(_operators.operator, _operators.person).where(
    _operators.site == bindparam("site"), among(_operators.operator, "operators")
)


def persons_of(connection: Connection, site: str, operators: Collection[str]) -> dict[str, str]:
    """The person of each of ``operators`` that is a badge of one; all others are persons themselves."""
    rows = connection.execute(_PERSONS, {"site": site, "operators": list(operators)}).all() if operators else ()
    return {row.operator: row.person for row in rows if row.person}
