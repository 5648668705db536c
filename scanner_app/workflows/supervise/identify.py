"""It is this item: an unknown code, named by a scan of the goods, or as before; then it is an event.

What somebody has named may be named otherwise by somebody else.
"""

from scanner_app.domain.desk.case import Opened
from scanner_app.domain.desk.named_code import NamedCode
from scanner_app.domain.events.identified import Identified
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.engine.script import Part, Post, Steps
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice, Goods
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.goods import AskGoods
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part as Shape
from scanner_app.workflows.questions.part import amount, code, verdict
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import case_phrases as say
from scanner_app.workflows.supervise.confirm import confirmed

SLOTS = ("code", "as_before", "goods")
_SAME, _ANOTHER = "same", "another"


def identified(operator: str, opened: Opened, again: dict[str, str]) -> Steps:
    """Ask which item a code is, in which unit by what was scanned, and have that confirmed like every word."""
    which = yield from _code(opened)
    item, unit, told = yield from _item(which, opened.known_as)
    wall_us, reason, note = yield from confirmed(operator, 1, (_called(which), Shown(labels.UNIT, told)))
    fact = Identified(wall_us, which.event or opened.case.id, which.code, item, unit, reason, note)
    yield Post(fact, again, Said(say.IDENTIFIED.key, "good", {"code": which.code, "item": item}))


def _code(opened: Opened) -> Part[NamedCode]:
    """The one code that may be named, or which of them."""
    codes = (*(NamedCode(code=one, item="") for one in opened.codes), *opened.named)
    if len(codes) == 1:
        return codes[0]
    options = tuple(Option(str(place), parts=_parts(one)) for place, one in enumerate(codes))
    chosen: Choice = yield AskChoice(slot="code", phrase=say.WHICH_CODE, help=say.HELP_WHICH_CODE, options=options)
    return codes[int(chosen.value)]


def _item(which: NamedCode, known_as: tuple[NamedCode, ...]) -> Part[tuple[str, str, str]]:
    """The item, its unit (empty: its base unit) and what that is called: as it was said before, or is scanned now."""
    before = next((one for one in known_as if one.code == which.code and not which.item), None)
    if before and (yield from _is_the_same(before)):
        return before.item, before.unit, before.unit
    goods: Goods = yield AskGoods(
        slot="goods", phrase=say.WHICH_ITEM, help=say.HELP_WHICH_ITEM, alone=True, lines=(_called(which),)
    )
    return goods.item, "" if goods.factor == SCALE else goods.unit, goods.unit


def _is_the_same(before: NamedCode) -> Part[bool]:
    named = {"item": " ".join(filter(None, (before.item, before.unit)))}
    options = (
        Option(_SAME, phrase=say.THE_SAME, arguments=named),
        Option(_ANOTHER, phrase=say.ANOTHER),
    )
    chosen: Choice = yield AskChoice(
        slot="as_before", phrase=say.AS_BEFORE, help=say.HELP_AS_BEFORE, options=options,
        lines=(_called(before),),
    )  # fmt: skip
    return chosen.value == _SAME


def _called(which: NamedCode) -> Shown:
    return Shown(say.L_CODE, parts=_parts(which))


def _parts(which: NamedCode) -> tuple[Shape, ...]:
    """A code, how much was counted of it, and what somebody has said that it is."""
    counted = (amount(which.quantity, ""),) if which.quantity else ()
    named = (verdict(say.NAMED, {"item": which.item}),) if which.event else ()
    return (code(which.code), *counted, *named)
