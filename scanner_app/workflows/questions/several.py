"""Several meanings of one code: a place and an item, or a barcode that items share; a number says which is meant."""

from collections.abc import Sequence

from scanner_app.workflows.questions.facts import KnownGoods, KnownPlace
from scanner_app.workflows.questions.judgement import Meaning, Several
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, code, name


def several(places: Sequence[KnownPlace], goods: Sequence[KnownGoods]) -> Several:
    """Ask which of some places and items is meant."""
    of_places = tuple(Meaning("place", place.place) for place in places)
    return Several((*of_places, *(Meaning("item", one.item, one.unit, one.name) for one in goods)))


def options_of(meanings: Sequence[Meaning]) -> tuple[Option, ...]:
    """What can be chosen by its number, in the order of the meanings."""
    return tuple(Option(value_of(one), parts=_parts(one)) for one in meanings)


def value_of(one: Meaning) -> str:
    """What tells a meaning from others, wherever it stands in a list."""
    return "\t".join((one.kind, one.code, one.unit))


def _parts(one: Meaning) -> tuple[Part, ...]:
    parts = code(one.code), code(one.unit), name(one.name)
    return tuple(part for part in parts if part.text)
