"""Offer a count: of a place that the book has as empty and where something is left; its label begins it."""

from msgspec.structs import replace

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Part, Post, Script, Start, Steps
from scanner_app.workflows.lookups.offers import Offer, Offers
from scanner_app.workflows.lookups.samples import PLACE
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.answers import Choice, Place
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.option import Option

SLOTS = ("offer",)
_NOT_NOW = (Option("not_now", phrase=say.NOT_NOW),)


def offering(post: Post) -> Post:
    """What was left where it was taken from is offered to be counted as soon as that is booked."""
    seen = post.fact.looked_at
    return post if seen is None or seen.is_empty else replace(post, again={**post.again, "offer": seen.place})


def first(script: Script) -> Script:
    """A process that offers the count before it goes on, where the last event left something."""
    steps = script.steps

    def begun(operator: str, offer: str = "", **given: str) -> Steps:
        if count := (yield from offered(operator, offer)):
            yield count
        else:
            yield from steps(operator, **given)

    beginnings = (*script.beginnings, {"offer": PLACE})
    return replace(script, steps=begun, slots=(*script.slots, *SLOTS), beginnings=beginnings)


def offered(operator: str, place: str) -> Part[Start | None]:
    """The count, if it is wanted and theirs to make; None otherwise."""
    if not place:
        return None
    offer: Offer = yield Offers(operator)
    if Right.COUNT not in offer.rights:
        return None
    answer: Place | Choice = yield AskPlace(
        slot="offer", phrase=say.COUNT_IT, help=say.HELP_COUNT_IT, label=labels.PLACE, arguments={"place": place},
        only=place, is_looked_at=True, options=_NOT_NOW,
    )  # fmt: skip
    if isinstance(answer, Choice):
        return None
    return Start("count", {"place": place, "begun": str(answer.wall_us)})
