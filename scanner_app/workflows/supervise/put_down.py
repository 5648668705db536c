"""Put down for somebody what is in their hand: all of a row, at a place that is scanned, with a reason."""

from scanner_app.domain.desk.replies import InHand, PersonRow
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.domain.quantity import show_quantity
from scanner_app.workflows.engine.script import Post, Steps
from scanner_app.workflows.parts.centre.asking import sure
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice, Place
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, amount, code, name
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import person_phrases as words
from scanner_app.workflows.supervise import phrases as say
from scanner_app.workflows.supervise.reasons import why

SLOTS = ("goods", "why", "digits", "target")


def put_down(person: PersonRow) -> Steps:
    """Ask which goods, why and where they are put; then they are moved out of that hand."""
    rows = rows_of(person)
    chosen: Choice = yield _which(rows)
    held = rows[int(chosen.value)]
    reason = yield from why("left", "lost", "other")
    about = (Shown(parts=parts_of(held)),)
    yield from sure(say.SURE_PUT, about)
    target: Place = yield AskPlace(
        slot="target",
        phrase=words.WHERE,
        help=words.HELP_WHERE,
        brings=((held.item, held.lot),),
        lines=about,
    )
    key = StockKey(in_hand(person.operator), held.item, held.lot, held.serial, held.owner, held.status)
    put = StockKey(target.place, held.item, held.lot, held.serial, held.owner, held.status)
    fact = Moved((Leg(target.wall_us, held.quantity, key, put),), reason=reason)
    quantity = f"{show_quantity(held.quantity)} {held.unit}".strip()
    done = {"quantity": quantity, "place": target.place, "who": person.operator}
    yield Post(fact, {}, Said(words.PUT.key, "good", done))


def rows_of(person: PersonRow) -> tuple[InHand, ...]:
    """What can be put down: of what is less than nothing, nothing."""
    return tuple(held for held in person.in_hand if held.quantity > 0)


def parts_of(held: InHand) -> tuple[Part, ...]:
    """Goods in a hand: how much of what, and which exactly."""
    marks = " ".join(filter(None, (held.lot, held.serial)))
    return (amount(held.quantity, held.unit), code(f"{held.item} {marks}".strip()), name(held.name))


def _which(rows: tuple[InHand, ...]) -> AskChoice:
    options = tuple(Option(str(place), parts=parts_of(held)) for place, held in enumerate(rows))
    return AskChoice(slot="goods", phrase=words.WHICH_GOODS, help=words.HELP_WHICH_GOODS, options=options)
