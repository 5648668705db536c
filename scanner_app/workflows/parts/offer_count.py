"""Offer a count: of a place that the book has as empty and where something is left; its label begins it."""

from msgspec.structs import replace

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Part, Post, Start
from scanner_app.workflows.lookups.offers import Offer, Offers
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.answers import Choice, Place
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.option import Option

SLOTS = ("offer",)
_NOT_NOW = (Option("not_now", phrase=say.NOT_NOW),)


def offering(post: Post, place: str) -> Post:
    """What was left at ``place`` is offered to be counted as soon as the move is booked."""
    return replace(post, again={**post.again, "offer": place}) if post.fact.leaves_some else post


def offered(operator: str, place: str) -> Part[Start | None]:
    """The count, if it is wanted and theirs to make; None otherwise."""
    offer: Offer = yield Offers(operator)
    if not place or Right.COUNT not in offer.rights:
        return None
    answer: Place | Choice = yield AskPlace(
        slot="offer", phrase=say.COUNT_IT, help=say.HELP_COUNT_IT, label=labels.PLACE, arguments={"place": place},
        only=place, is_looked_at=True, options=_NOT_NOW,
    )  # fmt: skip
    if isinstance(answer, Choice):
        return None
    return Start("count", {"place": place, "begun": str(answer.wall_us)})
