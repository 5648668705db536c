"""Answers that are tried when a chart is drawn, each with what it is called there."""

from collections.abc import Sequence

from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.lookups import samples
from scanner_app.workflows.questions.answers import Answer, Choice, Goods, Place
from scanner_app.workflows.questions.option import Option

Examples = tuple[tuple[str, Answer], ...]
DIGITS = "47"
PLACE = Place(samples.PLACE, digits=DIGITS)
PLATE = Place(samples.PLATE, is_plate=True)
GOODS = Goods(samples.ITEM, "name", "EA", SCALE, expires=samples.DAY)


def choices(options: Sequence[Option]) -> Examples:
    """A sentence that is always the same names its way; data is chosen by its number."""
    return tuple((_name(option), Choice(option.value)) for option in options)


def _name(option: Option) -> str:
    return option.phrase.text if option.phrase and not option.arguments else "a number"
