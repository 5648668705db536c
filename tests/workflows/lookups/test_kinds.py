"""Laws of every kind of look-up: it is listed, and has values to try, which a log can hold and give back."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import msgspec
import pytest
from msgspec import Struct

from scanner_app.domain.ledger import StockKey
from scanner_app.workflows import lookups
from scanner_app.workflows.lookups.kinds import KINDS, Value
from scanner_app.workflows.lookups.look import Look

PLAIN: dict[str, Any] = {
    "operator": "1001",
    "event": "e",
    "mark": "lot",
    "code": "L1",
    "text": "pen",
    "status": "HOLD",
    "item": "item",
    "process": "decide",
    "times_us": (0, 1_700_000_000_000_000),
}
KEY = StockKey("place", "item")
VALUES = msgspec.json.Decoder(Value)


def made(kind: type[Look]) -> Look:
    """A look-up of a kind, with something in each field that has nothing by itself."""
    required = [field for field in msgspec.structs.fields(kind) if field.required]
    return kind(**{field.name: KEY if field.type is StockKey else PLAIN.get(field.name, "place") for field in required})


def test_every_kind_that_is_written_is_listed() -> None:
    for module in iter_modules(lookups.__path__, f"{lookups.__name__}."):
        import_module(module.name)
    assert set(Look.__subclasses__()) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_what_it_looks_up(kind: type[Look]) -> None:
    assert (kind.__doc__ or "").startswith("Look up "), kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_values_to_try_that_a_log_can_hold(kind: type[Look]) -> None:
    examples = made(kind).examples()
    assert examples
    for _name, value in examples:
        assert isinstance(value, Struct)
        assert VALUES.decode(msgspec.json.encode(value)) == value


@pytest.mark.parametrize("kind", KINDS)
def test_values_are_told_apart_by_a_name(kind: type[Look]) -> None:
    names = [name for name, _value in made(kind).examples()]
    assert len(set(names)) == len(names)


def test_what_an_older_log_lacks_is_told_by_a_type_that_no_other_look_up_has() -> None:
    """A replay sees by the type of the next value whether the log holds it, or is older than the look-up."""
    types = {kind: {type(value) for _name, value in made(kind).examples()} for kind in KINDS}
    for kind in KINDS:
        unasked = made(kind).unasked
        if unasked is not None:
            assert VALUES.decode(msgspec.json.encode(unasked)) == unasked
            assert types[kind] == {type(unasked)}
            assert [other for other in KINDS if other is not kind and type(unasked) in types[other]] == []
