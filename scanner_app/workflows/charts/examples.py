"""What is tried when a chart is drawn: every kind of answer to a question, every kind of value of a look-up."""

from collections.abc import Callable, Sequence
from typing import Any

from scanner_app.domain.catalog import AVAILABLE, OWN, Tracking
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.lookups.look import (
    AtPlace,
    Besides,
    Challenge,
    Digits,
    Flag,
    Held,
    HeldRow,
    ItemRules,
    Mine,
    MyEvent,
    MyEvents,
    Number,
    OfItem,
    OneOfMine,
    Policies,
    Policy,
    Rows,
    Rules,
    StatusOf,
    ToPut,
    Value,
    Where,
    Whereabouts,
)
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions.answers import Amount, Answer, Choice, Goods, Person, Place, Text, Verified

Answers = Sequence[tuple[str, Answer]]
Values = Sequence[tuple[str, Value]]

_LOT, _SERIAL = "L1", "S1"
_PLACE = Place("place", digits="47")
_PLATE = Place("plate", is_plate=True)
_GOODS = Goods("item", "name", "EA", SCALE)


def answers(question: ask.Question) -> Answers:
    """The answers worth trying, each with what it is called in a chart."""
    return _ANSWERS[type(question)](question)


def values(wanted: object) -> Values:
    """The values worth trying, each with what it is called where it decides the way."""
    if isinstance(wanted, Where):
        is_plate = wanted.place == _PLATE.place
        return [("", Whereabouts(wanted.place, "open", is_plate=is_plate, location="place", at="place"))]
    return _VALUES[type(wanted)]


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

_NONE = HeldRow("place", "item", "", "", OWN, AVAILABLE, SCALE)
_ONE = HeldRow("place", "item", _LOT, _SERIAL, OWN, AVAILABLE, SCALE)
_OTHERS = tuple(HeldRow("place", "item", row.lot, row.serial, "other", "HOLD", SCALE) for row in (_ONE, _NONE))
_MINE = MyEvent(
    "event", 0, "posted", key=StockKey("place", "item"), quantity=SCALE, source="place", target="other",
    can_annul=True, can_put_back=True,
)  # fmt: skip
_LISTED: Values = [("nothing there", Rows(())), ("something there", Rows((_NONE,)))]
_TRACKINGS = {
    "no tracking": Tracking.NONE,
    "lots": Tracking.LOT,
    "serials": Tracking.SERIAL,
    "lots and serials": Tracking.LOT_SERIAL,
}
_VALUES: dict[type, Values] = {
    Rules: [(text, ItemRules("item", "name", "EA", 0, tracking)) for text, tracking in _TRACKINGS.items()],
    Held: [
        ("one owner and status", Rows((_ONE, _NONE))),
        ("several owners or statuses", Rows((_ONE, _NONE, *_OTHERS))),
    ],
    AtPlace: _LISTED,
    OfItem: _LISTED,
    ToPut: _LISTED,
    Besides: [("the last there", Number(0)), ("something left", Number(1))],
    StatusOf: [("", Flag(False)), ("blocking", Flag(True))],
    Policy: [
        ("no checks", Policies("off", False, False)),
        ("check digits", Policies("always", True, False)),
        ("piece by piece", Policies("off", True, True)),
    ],
    Mine: [("", MyEvents((_MINE,)))],
    OneOfMine: [("", MyEvents((_MINE,)))],
    Challenge: [("", Digits("4711"))],
}
