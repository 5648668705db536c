"""Among (SQL IN): a column's value is one of many words, which travel as a single parameter.

The text of the statement is the same for one word and for a thousand, so that it is compiled and prepared once.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Dialect, Text, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine

_encode = msgspec.json.Encoder().encode


class _Words(TypeDecorator[Sequence[str]]):
    """Texts in one parameter: an array for PostgreSQL, a JSON text for SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(Text()))

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:
        return _encode(value).decode() if dialect.name == "sqlite" else value


class _Among(FunctionElement[bool]):
    """Two clauses: the column, and the parameter that holds the words.

    A condition, and no value of a type: a boolean value would be compared with 1 for SQLite, which then uses no index.
    """

    type = NullType()  # type: ignore[assignment]
    inherit_cache = True


def among(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Say that ``column`` is one of the words given as parameter ``name``, a list."""
    return _Among(column, bindparam(name, type_=_Words()))


@compiles(_Among)
def _as_array(element: _Among, compiler: SQLCompiler, **words: Any) -> str:
    column, names = element.clauses
    return f"{compiler.process(column, **words)} = ANY ({compiler.process(names, **words)})"


@compiles(_Among, "sqlite")
def _as_json(element: _Among, compiler: SQLCompiler, **words: Any) -> str:
    column, names = element.clauses
    return f"{compiler.process(column, **words)} IN (SELECT value FROM json_each({compiler.process(names, **words)}))"
