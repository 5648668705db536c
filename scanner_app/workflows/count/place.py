"""A place that is scanned in a count: its own closes it, a plate is seen or opened, any other one leaves it open."""

from scanner_app.domain.events.sighted import Sighted
from scanner_app.domain.ledger import in_hand
from scanner_app.workflows.count import item_phrases as of_item
from scanner_app.workflows.count import phrases as say
from scanner_app.workflows.count import shown
from scanner_app.workflows.count.ending import closed
from scanner_app.workflows.count.open import Count, around, onward
from scanner_app.workflows.engine.script import Part, Post, Start
from scanner_app.workflows.lookups.counting import CountedOf, SameCounted, SoFar
from scanner_app.workflows.lookups.places import Where, Whereabouts
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.lookups.stock import Rows, ToPut
from scanner_app.workflows.parts.check_digits import proven
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Place, Text
from scanner_app.workflows.questions.ask.again import AskAgain
from scanner_app.workflows.questions.shown import Shown

SLOTS = ("close", "empty", "leave", "next_digits")


def scanned(operator: str, count: Count, so_far: SoFar, place: Place) -> Part[Post | Start]:
    """What the label of a place means at the next question of a count."""
    if place.place == count.place:
        if not so_far.lines and not so_far.plates:
            return Start(count.script, count.again(), Said(say.USE_DOT_E.key, "attention"))
        return (yield from _closed(operator, count, so_far))
    return (yield from _plate(count, place)) if place.is_plate else (yield from _left(count, place))


def _closed(operator: str, count: Count, so_far: SoFar) -> Part[Post]:
    """Close it by its label once more, below what was counted: that a label is read twice closes nothing."""
    hand: Rows = yield ToPut(in_hand(operator))
    lines = (*shown.total(so_far), *shown.codes(so_far), *shown.in_hand(hand))
    return (yield from _closing(count, so_far, "close", of_item.CLOSE if count.only else say.CLOSE, lines))


def empty(count: Count, so_far: SoFar) -> Part[Post]:
    """Say that nothing at all is there, or nothing of the one item."""
    asked = of_item.EMPTY if count.only else say.EMPTY
    return (yield from _closing(count, so_far, "empty", asked, (Shown(phrase=say.NO_LINES),)))


def _closing(count: Count, so_far: SoFar, slot: str, asked: Phrase, lines: tuple[Shown, ...]) -> Part[Post]:
    once_more: Text = yield AskAgain(
        slot=slot, phrase=asked, help=say.HELP_CLOSE, arguments={"place": count.place}, place=count.place, lines=lines
    )
    outer = yield from around(count)
    return closed(count, so_far, once_more.wall_us, outer or {**onward(count), "done": "1"})


def _plate(count: Count, plate: Place) -> Part[Post | Start]:
    """A plate is there: that is one scan. Once more opens it, and what is on it is counted by itself."""
    seen: CountedOf = yield SameCounted(count.count, "", plate=plate.place)
    if seen.lines:
        return Start("count", {"place": plate.place, "begun": str(plate.wall_us), "within": count.count})
    stands: Whereabouts = yield Where(count.place)
    at = {"parent": count.place} if stands.is_plate else {"location": count.place}
    said = Said(say.PLATE_NOTED.key, "good", {"plate": plate.place})
    return Post(Sighted(plate.wall_us, count.count, plate.place, **at), count.again(just=True), said)


def _left(count: Count, other: Place) -> Part[Start]:
    """Another place is gone to only if it is meant: a neighbour's label hangs close by."""
    policies: Policies = yield Policy()
    yield from proven(policies, other, "next")
    once_more: Text = yield AskAgain(
        slot="leave", phrase=say.LEAVE, help=say.HELP_LEAVE, arguments={"other": other.place},
        place=other.place,
    )  # fmt: skip
    outer = yield from around(count)
    if outer.get("place") == other.place:
        return Start("count", outer)
    return Start("count", {"place": other.place, "begun": str(once_more.wall_us)})
