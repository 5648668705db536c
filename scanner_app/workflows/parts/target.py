"""The target, where goods go: asks for it and whether the place they left is empty, and makes the legs of a move."""

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.places import Whereabouts
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.parts import pieces, zero_check
from scanner_app.workflows.parts.check_digits import proven
from scanner_app.workflows.parts.quantity import Taken
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.answers import Choice, Place, Text
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.option import Option

SLOTS = ("target", "target_digits")
NO_OPTIONS: tuple[Option, ...] = ()


def target_of(key: StockKey, options: tuple[Option, ...] = ()) -> AskPlace:
    """The question where goods of a key are put."""
    return AskPlace(
        slot="target", phrase=say.TO_WHERE, help=say.HELP_TARGET, label=labels.TARGET,
        other_than=key.place, brings=((key.item, key.lot),), options=options,
    )  # fmt: skip


class SetDown(Struct, frozen=True):
    """Goods with the place where they are put, and what was ``seen`` of the one that was left; empty for nothing."""

    taken: Taken
    target: Place
    seen: str = ""


def put_where(policies: Policies, taken: Taken) -> Part[SetDown]:
    """Ask where goods are put, and offer to say whether the place they left is empty; of a serial, for more pieces."""
    target: Place | None = taken.target
    seen, options = "", zero_check.offer(zero_check.emptied(policies, taken))
    while not isinstance(target, Place):
        answer: Place | Choice | Text = yield _question(taken, options)
        if isinstance(answer, Choice):
            seen, options = answer.value, NO_OPTIONS
        elif isinstance(answer, Text):
            taken = pieces.with_piece(taken, answer)
            seen, options = "", zero_check.offer(zero_check.emptied(policies, taken))
        else:
            target = answer
    yield from proven(policies, target, "target")
    return SetDown(taken, target, seen)


def _question(taken: Taken, options: tuple[Option, ...]) -> AskPlace:
    where = target_of(taken.stock.key, options)
    return pieces.or_another(taken, where) if taken.stock.key.serial else where


def moved(taken: Taken, taken_us: int, target: Place, operator: str, seen: str = "") -> Moved:
    """Two legs by way of the operator's hand: taken when the goods were scanned, put when the target was."""
    puts = tuple(
        Leg(target.wall_us, leg.quantity, leg.target, replace(leg.target, place=target.place))
        for leg in in_the_hand(taken, taken_us, operator)
    )
    if taken.stock.key.place == in_hand(operator):
        return Moved(puts, label_expires=taken.stock.expires)
    return Moved((*in_the_hand(taken, taken_us, operator), *puts), seen, label_expires=taken.stock.expires)


def in_the_hand(taken: Taken, taken_us: int, operator: str) -> tuple[Leg, ...]:
    """Each piece, or all of it, from where it was into the operator's hand, when it was scanned."""
    hand = in_hand(operator)
    return tuple(Leg(us, taken.quantity, one, replace(one, place=hand)) for one, us in taken.scanned(taken_us))


def set_down(plate: Whereabouts, target: Place) -> PlateMoved:
    """A plate now stands at a location, or on another plate."""
    location, parent = ("", target.place) if target.is_plate else (target.place, "")
    return PlateMoved(target.wall_us, plate.place, location, parent, plate.location, plate.parent)
