"""Constants of a statement, written into it: by them a server sees which of its partial indexes fits, once for all."""

from typing import Any

from sqlalchemy import BindParameter, Select, literal_column
from sqlalchemy.sql.visitors import replacement_traverse


def written(statement: Select[Any]) -> Select[Any]:
    """The same statement with what is text or a number in it no longer sent beside it; what is named stays so."""
    whole: Any = statement
    done: Select[Any] = replacement_traverse(whole, {}, _literal)
    return done


def _literal(part: Any, **_others: Any) -> Any:
    if not isinstance(part, BindParameter) or part.required or part.expanding:
        return None
    if isinstance(part.value, str):
        return literal_column("'" + part.value.replace("'", "''") + "'", part.type)
    return literal_column(str(part.value), part.type) if type(part.value) is int else None
