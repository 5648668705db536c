"""Take: collect goods from many places, into the hand or onto a tote; Put sets them down again."""

from msgspec.structs import replace

from scanner_app.domain.events.envelope import Moved
from scanner_app.domain.ledger import Leg, in_hand
from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Part, Post, Said, Script, Start, Steps
from scanner_app.workflows.lookups import look
from scanner_app.workflows.lookups.look import Policies
from scanner_app.workflows.move import phrases as words
from scanner_app.workflows.move.move import GOODS_SLOTS
from scanner_app.workflows.parts.quantity import Taken, how_many
from scanner_app.workflows.parts.source import Found, Source, source_and_goods
from scanner_app.workflows.parts.stock import stock_of
from scanner_app.workflows.parts.target import empty_options, is_emptied, moved, told
from scanner_app.workflows.phrases import phrase as phrases
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions.answers import Choice, Place

_PLATE = (ask.Option("plate", phrase=words.ON_A_PLATE),)


def take(operator: str, source: str = "", onto: str = "") -> Steps:
    """Take goods onto the plate ``onto``, or into the hand; the last were taken from ``source``."""
    policies: Policies = yield look.Policy()
    options = () if onto else _PLATE
    found = yield from source_and_goods(policies, Source(source, other_than=onto, options=options))
    if isinstance(found, Choice):
        plate: Place = yield ask.AskPlate(
            slot="onto", phrase=words.ONTO_WHICH, help=words.HELP_PLATE, label=words.L_ONTO
        )
        yield Start("take", {"onto": plate.place})
    elif isinstance(found, Found):
        yield from _take_goods(operator, policies, found, onto)


def _take_goods(operator: str, policies: Policies, found: Found, onto: str) -> Steps:
    stock = yield from stock_of(found.place, found.what)
    taken = yield from how_many(policies, stock, found.what, _ends(onto or found.place))
    seen = yield from _seen(policies, taken, found)
    if onto:
        fact = moved(taken, found.wall_us, Place(onto, found.wall_us), operator, seen)
        said = Said(words.TOOK_ONTO.key, "good", {"quantity": told(taken)})
        yield Post(fact, {"source": found.place, "onto": onto}, said)
    else:
        said = Said(words.TOOK.key, "good", {"quantity": told(taken)})
        yield Post(_into_hand(taken, found.wall_us, operator, seen), {"source": found.place}, said)


def _ends(place: str) -> ask.AskPlace:
    """The label that ends the counting of pieces: the tote they are on, or the place they are from."""
    return ask.AskPlace(
        slot="counted", phrase=phrases.TO_WHERE, help=phrases.HELP_TARGET, label=phrases.L_TARGET, only=place
    )


def _seen(policies: Policies, taken: Taken, found: Found) -> Part[str]:
    """What is left at a place that is empty by the book."""
    if not (yield from is_emptied(policies, taken, is_plate=found.is_plate)):
        return ""
    asked = ask.AskChoice(
        slot="empty", phrase=words.IS_EMPTY, help=words.HELP_EMPTY, label=words.L_EMPTY,
        arguments={"place": found.place}, options=empty_options(found.place),
    )  # fmt: skip
    chosen: Choice = yield asked
    return chosen.value


def _into_hand(taken: Taken, taken_us: int, operator: str, seen: str) -> Moved:
    key = taken.stock.key
    hand = replace(key, place=in_hand(operator))
    return Moved((Leg(taken_us, taken.quantity, key, hand),), seen)


TAKE = Script(
    name="take",
    title=words.TAKE,
    steps=take,
    slots=(*GOODS_SLOTS, "onto", "empty"),
    right=Right.MOVE,
    halts=True,
)
