"""Asking the centre: a reply, or why there is none and once more; and an order, with digits and the author's PIN."""

from scanner_app.domain.desk.asks import Ask, Order
from scanner_app.domain.desk.replies import Done, Refused, Reply
from scanner_app.workflows.engine.script import Part, Start
from scanner_app.workflows.lookups.challenge import Challenge, Digits
from scanner_app.workflows.parts.centre import phrases as say
from scanner_app.workflows.phrases.book import Phrase, phrase
from scanner_app.workflows.questions.answers import Choice, Replied, Text
from scanner_app.workflows.questions.ask.centre import AskCentre
from scanner_app.workflows.questions.ask.challenge import AskChallenge
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.order import AskOrder
from scanner_app.workflows.questions.desk_phrases import ASKING
from scanner_app.workflows.questions.no_of_the_centre import no
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.shown import Shown

SLOTS = ("reply", "refused")
ORDER_SLOTS = ("digits", "order")


def answered(ask: Ask, again: Start) -> Part[Reply]:
    """What the centre replies; where it says no that is shown, and ``again`` begins anew."""
    replied: Replied = yield AskCentre(slot="reply", phrase=ASKING, help=say.HELP_ASKING, ask=ask)
    if isinstance(replied.reply, Refused):
        why = no(replied.reply)
        lines = (Shown(phrase=phrase(why.key), arguments=why.arguments),)
        options = (Option("again", phrase=say.TRY_AGAIN),)
        tried: Choice = yield AskChoice(
            slot="refused", phrase=say.NO_ANSWER, help=say.HELP_NO_ANSWER, options=options, lines=lines
        )
        del tried
        yield again
    return replied.reply


def sure(said: Phrase, about: tuple[Shown, ...]) -> Part[None]:
    """Ask for the digits on screen, which no printed code can know, below what they are ``about``."""
    drawn: Digits = yield Challenge()
    typed: Text = yield AskChallenge(
        slot="digits", phrase=said, help=say.HELP_DIGITS, arguments={"digits": drawn.digits}, digits=drawn.digits,
        lines=about,
    )  # fmt: skip
    del typed


def ordered(order: Order, said: Phrase, about: tuple[Shown, ...]) -> Part[Done]:
    """Have the centre do it: the digits first, then the PIN of who orders it, which goes there with the order."""
    yield from sure(said, about)
    replied: Replied = yield AskOrder(slot="order", phrase=say.YOUR_PIN, help=say.HELP_ORDER, order=order, lines=about)
    assert isinstance(replied.reply, Done), "an order is answered when it is done"
    return replied.reply
