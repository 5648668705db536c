"""Constants of a statement, written into it: by them a server sees which of its partial indexes fits, once for all."""

from typing import Any, cast

from sqlalchemy import BindParameter, Select, literal_column
from sqlalchemy.sql.visitors import replacement_traverse


def written(statement: Select[Any]) -> Select[Any]:
    """The same statement with what is text or a number in it no longer sent beside it; what is named stays so."""
    return cast("Select[Any]", replacement_traverse(statement, {}, _literal))


def _literal(element: Any, **_others: Any) -> Any:
    if not isinstance(element, BindParameter) or element.required:
        return None
    if element.expanding:
        given = [_text(one) for one in element.value or ()]
        return None if None in given or not given else literal_column(f"({', '.join(map(str, given))})", element.type)
    text = _text(element.value)
    return None if text is None else literal_column(text, element.type)


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value) if type(value) in (int, float) else None
