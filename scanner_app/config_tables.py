"""Tables of the configuration, each setting checked against its struct, and refused with what is allowed."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Meta
from msgspec.structs import FieldInfo, fields

from scanner_app.errors import ConfigError

Hint = Callable[[str, Mapping[str, object]], str]
"""What to say behind a name that is not known, with those that are."""


def table_of(kind: Any, label: str, values: dict[str, Any], shown: str, hint: Hint) -> Any:
    """A table as its struct; ``label`` is how a sentence names it, as ``[sync]``, ``shown`` the file."""
    known = {field.name: field for field in fields(kind)}
    for key in values:
        if key not in known:
            raise ConfigError(f'{shown}: {label} has no setting "{key}"{hint(key, known)}')
    return kind(**{key: _value(known[key], label, value, shown) for key, value in values.items()})


def _value(field: FieldInfo, label: str, value: Any, shown: str) -> Any:
    try:
        if value != value:  # noqa: PLR0124 - TOML can spell "nan", which no range refuses
            raise msgspec.ValidationError("not a number")
        return msgspec.convert(value, field.type)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{shown}: {label} {field.name} must be {allowed(field.type)}.") from error


def allowed(kind: Any) -> str:
    """What a setting may be, in words."""
    if kind is bool:
        return "true or false"
    if getattr(kind, "__origin__", None) is tuple:
        return f"a list, each {allowed(kind.__args__[0])}"
    meta = next(mark for mark in kind.__metadata__ if isinstance(mark, Meta))
    if meta.description:
        return meta.description
    noun = "a whole number" if kind.__origin__ is int else "a number"
    return f"{noun} from {meta.ge:,g} to {meta.le:,g}"
