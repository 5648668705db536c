"""Adjust: what is not as the book has it: taken out, brought in, of another status; or how many there are, a count.

The place and the goods go along where a move or an inquiry was at them.
"""

from scanner_app.domain.people import Right
from scanner_app.workflows.adjust import phrases as say
from scanner_app.workflows.adjust.bring_in import BRING_IN
from scanner_app.workflows.adjust.change_status import CHANGE_STATUS
from scanner_app.workflows.adjust.take_out import TAKE_OUT
from scanner_app.workflows.engine.script import Script, Start, Steps
from scanner_app.workflows.lookups.offers import Offer, Offers
from scanner_app.workflows.lookups.samples import ITEM, PLACE
from scanner_app.workflows.parts.process import SLOTS, row
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import Option

ON_ADJUST = (row(1, TAKE_OUT), row(2, BRING_IN), row(3, CHANGE_STATUS))
_COUNT = Option("count", phrase=say.COUNT_IT, number=4)
_BACK = Option("back", phrase=say.NOTHING_WRONG, number=9)


def adjust(operator: str, place: str = "", item: str = "", at: str = "", back: str = "") -> Steps:
    """Ask what is wrong, at ``place`` or with ``item`` where somebody was at them at the time ``at``.

    Nothing being wrong leads ``back`` to the process that began this one.
    """
    offer: Offer = yield Offers(operator)
    options = [listed.option for listed in ON_ADJUST if listed.is_offered(offer)]
    options += [_COUNT] if Right.COUNT in offer.rights else []
    options += [_BACK] if back else []
    chosen: Choice = yield AskChoice(
        slot="process", phrase=say.WHAT_IS_WRONG, help=say.HELP_ADJUST, options=tuple(options)
    )
    at = at or str(chosen.wall_us)
    if chosen.value == "back":
        yield Start(back, _known(back, place=place, item=item))
    elif chosen.value == "count":
        yield Start("count", _known("", place=place, begun=at if place else "", item=item))
    else:
        yield Start(chosen.value, _known("", source=place, item=item, at=at if item else ""))


def _known(back: str, **known: str) -> dict[str, str]:
    """What another process begins with, as far as it is known: a move calls its place otherwise."""
    return {"source" if (back, name) == ("move", "place") else name: text for name, text in known.items() if text}


ADJUST = Script(
    name="adjust",
    title=say.ADJUST,
    steps=adjust,
    slots=SLOTS,
    right=Right.ADJUST,
    beginnings=({}, {"place": PLACE, "item": ITEM, "at": "1", "back": "move"}),
    labels={"place": labels.PLACE, "item": labels.GOODS},
)
