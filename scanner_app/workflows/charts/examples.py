"""What is tried when a chart is drawn: every kind of answer to a question, every kind of value of a look-up."""

from collections.abc import Callable, Sequence
from typing import Any

from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions.answers import Amount, Answer, Choice, Goods, Person, Place, Text, Verified

Answers = Sequence[tuple[str, Answer]]

_LOT, _SERIAL = "L1", "S1"
_PLACE = Place("place", digits="47")
_PLATE = Place("plate", is_plate=True)
_GOODS = Goods("item", "name", "EA", SCALE)


def answers(question: ask.Question) -> Answers:
    """The answers worth trying, each with what it is called in a chart."""
    return _ANSWERS[type(question)](question)


def _choices(options: tuple[ask.Option, ...]) -> Answers:
    """A sentence that is always the same names its way; data is chosen by its number."""
    named = [
        (option.phrase.text if option.phrase and not option.arguments else "a number", option) for option in options
    ]
    return [(name, Choice(option.value)) for name, option in named]


def _at_place(question: ask.AskPlace) -> Answers:
    more: Answers = [("a plate", _PLATE), ("an item", _GOODS)] if question.or_goods else []
    return [("a place", _PLACE), *more, *_choices(question.options)]


def _at_goods(question: ask.AskGoods) -> Answers:
    plate: Answers = [("a plate", _PLATE)] if question.plate else []
    return [("an item", _GOODS), ("a place", _PLACE), *plate]


def _at_plate(question: ask.AskPlate) -> Answers:
    new: Answers = [("a new plate", Place("plate", is_plate=True, is_new=True))] if question.may_be_new else []
    return [("a plate", _PLATE), *new]


def _at_quantity(question: ask.AskQuantity) -> Answers:
    ends: Answers = [("the place", Place("place"))] if question.ends else []
    return [("a number", Amount(SCALE)), ("the item", _GOODS), *ends]


def _always(*found: tuple[str, Answer]) -> Callable[[Any], Answers]:
    return lambda _question: found


_ANSWERS: dict[type, Callable[[Any], Answers]] = {
    ask.AskPlace: _at_place,
    ask.AskGoods: _at_goods,
    ask.AskPlate: _at_plate,
    ask.AskPick: lambda question: [*_choices(question.options), ("an item", _GOODS), ("a plate", _PLATE)],
    ask.AskDigits: _always(("the digits", Text("47"))),
    ask.AskAgain: _always(("the same", Text("same"))),
    ask.AskSubject: _always(("a code or the number of a line", Choice("item:item")), ("part of a name", Text("name"))),
    ask.AskNothing: _always(),
    ask.AskText: lambda question: [("a text", Text(_SERIAL if question.slot == "serial" else _LOT))],
    ask.AskQuantity: _at_quantity,
    ask.AskChoice: lambda question: _choices(question.options),
    ask.AskBadge: _always(("a badge", Person("1001", "name"))),
    ask.AskUnlock: _always(("the PIN", Verified()), ("a badge", Person("1002", "name"))),
    ask.AskPin: _always(("the PIN", Verified())),
    ask.AskChallenge: _always(("the digits", Text("4711"))),
}
