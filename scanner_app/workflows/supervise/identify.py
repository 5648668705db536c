"""It is this item: the unknown code of an event that is held, named by a scan of the goods; then it is an event."""

from scanner_app.domain.desk.case import Opened
from scanner_app.domain.events.identified import Identified
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.engine.script import Part, Post, Steps
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice, Goods
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.goods import AskGoods
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import code
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import case_phrases as say
from scanner_app.workflows.supervise.confirm import confirmed

SLOTS = ("code", "goods")


def identified(operator: str, opened: Opened, again: dict[str, str]) -> Steps:
    """Ask which item a code is, in which unit by what was scanned, and have that confirmed like every word."""
    which = yield from _code(opened.codes)
    goods: Goods = yield AskGoods(
        slot="goods", phrase=say.WHICH_ITEM, help=say.HELP_WHICH_ITEM, alone=True, lines=(_called(which),)
    )
    unit = "" if goods.factor == SCALE else goods.unit
    wall_us, reason, note = yield from confirmed(operator, 1, (_called(which), Shown(labels.UNIT, goods.unit)))
    fact = Identified(wall_us, opened.case.id, which, goods.item, unit, reason, note)
    yield Post(fact, again, Said(say.IDENTIFIED.key, "good", {"code": which, "item": goods.item}))


def _code(codes: tuple[str, ...]) -> Part[str]:
    """The one code that nobody knows, or which of them."""
    if len(codes) == 1:
        return codes[0]
    options = tuple(Option(one, parts=(code(one),)) for one in codes)
    chosen: Choice = yield AskChoice(slot="code", phrase=say.WHICH_CODE, help=say.HELP_WHICH_CODE, options=options)
    return chosen.value


def _called(which: str) -> Shown:
    return Shown(say.L_CODE, parts=(code(which),))
