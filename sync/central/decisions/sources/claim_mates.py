"""Mates: what a count says of goods of which nobody said whose they are is one row, and words on it name all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from scanner_app.domain.desk.mate import MATES_MAX
from sync.central.database.asked import Columns, asked_rows
from sync.central.database.tables import claims

Mates = Mapping[str, list[Any]]
"""By claim the rows of the others, the largest first."""
_COLUMNS: Columns = {"claim": str, "goods": str, "count_id": str}


def mates_of(connection: Connection, site: str, rows: Iterable[Any]) -> Mates:
    """The mates of claims, by their rows; one that is for review is a row of its own."""
    asked = [(row.claim, row.goods, row.count_id) for row in rows if row.is_listed and is_one_of_several(row)]
    found: dict[str, list[Any]] = defaultdict(list)
    for row in asked_rows(connection, _MATES, _COLUMNS, asked, site=site) if asked else ():
        if len(found[row.mate_of]) < MATES_MAX:
            found[row.mate_of].append(row)
    return found


def is_one_of_several(row: Any) -> bool:
    """Say whether a claim is one row with whatever else its count says of the goods."""
    return bool(row.is_unclear) and not row.is_for_review


_CLAIM = ", ".join(f"c.{column.name}" for column in claims.c)
_MATES = (
    f"WITH {{asked}} SELECT {_CLAIM}, a.claim AS mate_of FROM asked a CROSS JOIN claims c WHERE c.site = :site "
    "AND c.goods = a.goods AND c.is_listed {true} AND c.count_id = a.count_id AND c.is_unclear {true} "
    "AND NOT c.is_for_review AND c.claim != a.claim ORDER BY a.claim, c.value DESC, c.claim"
)
