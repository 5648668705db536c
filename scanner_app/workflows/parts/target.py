"""The target, where goods go: asks for it and whether the place they left is empty, and makes the legs of a move."""

from msgspec.structs import replace

from scanner_app.domain.events.moved import EMPTY, NOT_EMPTY, Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.places import Whereabouts
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.lookups.stock import Besides, Number
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.parts.check_digits import proven
from scanner_app.workflows.parts.quantity import Taken
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.answers import Choice, Place
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.option import Option

SLOTS = ("target", "target_digits")
NO_OPTIONS: tuple[Option, ...] = ()


def empty_options(place: str) -> tuple[Option, ...]:
    """What can be said of a place that is empty by the book."""
    return (
        Option(EMPTY, phrase=say.EMPTY, arguments={"place": place}),
        Option(NOT_EMPTY, phrase=say.NOT_EMPTY),
    )


def target_of(key: StockKey, options: tuple[Option, ...] = ()) -> AskPlace:
    """The question where goods of a key are put."""
    return AskPlace(
        slot="target", phrase=say.TO_WHERE, help=say.HELP_TARGET, label=labels.TARGET,
        other_than=key.place, brings=((key.item, key.lot),), options=options,
    )  # fmt: skip


def put_where(policies: Policies, taken: Taken, *, is_from_plate: bool = True) -> Part[tuple[Place, str]]:
    """Ask where goods are put, and offer to say whether the place they left is empty.

    Returns the place and what was said of the one that was left: empty text when nothing was.
    """
    target: Place | Choice | None = taken.target
    seen, options = "", NO_OPTIONS
    if target is None and (yield from is_emptied(policies, taken, is_plate=is_from_plate)):
        options = empty_options(taken.stock.key.place)
    while not isinstance(target, Place):
        target = yield target_of(taken.stock.key, options)
        if isinstance(target, Choice):
            seen, options = target.value, NO_OPTIONS
    yield from proven(policies, target, "target")
    return target, seen


def is_emptied(policies: Policies, taken: Taken, *, is_plate: bool) -> Part[bool]:
    """Say whether a location is empty now by the book, and the site wants to hear of that."""
    known = taken.stock.known
    if is_plate or not policies.zero_check or not 0 < known <= taken.quantity:
        return False
    besides: Number = yield Besides(taken.stock.key)
    return besides.count == 0


def moved(taken: Taken, taken_us: int, target: Place, operator: str, seen: str = "") -> Moved:
    """Two legs by way of the operator's hand: taken when the goods were scanned, put when the target was."""
    key = taken.stock.key
    hand, there = replace(key, place=in_hand(operator)), replace(key, place=target.place)
    if key == hand:
        return Moved((Leg(target.wall_us, taken.quantity, hand, there),), label_expires=taken.stock.expires)
    legs = (Leg(taken_us, taken.quantity, key, hand), Leg(target.wall_us, taken.quantity, hand, there))
    return Moved(legs, seen, label_expires=taken.stock.expires)


def set_down(plate: Whereabouts, target: Place) -> PlateMoved:
    """A plate now stands at a location, or on another plate."""
    location, parent = ("", target.place) if target.is_plate else (target.place, "")
    return PlateMoved(target.wall_us, plate.place, location, parent, plate.location, plate.parent)
