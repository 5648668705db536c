"""Constants of a statement, written into it: by them a server sees which of its partial indexes fits, once for all."""

from typing import Any, cast

from sqlalchemy import BindParameter, Select, literal_column
from sqlalchemy.sql.visitors import replacement_traverse


def written(statement: Select[Any]) -> Select[Any]:
    """The same statement with what is text or a number in it no longer sent beside it; what is named stays so."""
    return cast("Select[Any]", replacement_traverse(statement, {}, _literal))


def _literal(element: Any, **_others: Any) -> Any:
    if not isinstance(element, BindParameter) or element.required or element.expanding:
        return None
    if isinstance(element.value, str):
        return literal_column("'" + element.value.replace("'", "''") + "'", element.type)
    return literal_column(str(element.value), element.type) if type(element.value) is int else None
