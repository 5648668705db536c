"""The first page of deciding: how much of each kind waits, what comes first, and what can wait."""

from collections.abc import Iterator

from scanner_app.domain.desk.overview import ORDER, AskOverview, KindWaiting, OverviewPage
from scanner_app.workflows.engine.script import Part, Start
from scanner_app.workflows.parts.centre.asking import answered
from scanner_app.workflows.parts.centre.phrases import ASK_ANEW
from scanner_app.workflows.parts.money import in_money
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import ZERO, Option
from scanner_app.workflows.questions.part import NOTHING_BESIDE, beside, code, number, where
from scanner_app.workflows.questions.part import Part as Cell
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import case_phrases as cases
from scanner_app.workflows.supervise import claim_phrases as claims
from scanner_app.workflows.supervise.morning import phrases as say

ALL, ANEW, DECIDED, TASKS = "*", ".r", ".d", ".t"
LETTERS = {ANEW: "r", DECIDED: "d", TASKS: "t"}
"""What is no kind is typed with a dot: a number is always a kind, and the same one every day."""
FIRST = "!"
_NUMBERS = {kind.value: place for place, kind in enumerate(ORDER, 1)}


def kind_chosen() -> Part[str]:
    """Which kind is to be listed, empty for all of them; or another process takes this one's place."""
    page = yield from answered(AskOverview(), Start("decide"))
    assert isinstance(page, OverviewPage), "a question takes the reply that fits it"
    chosen: Choice = yield _which(page)
    if chosen.value in _STARTS:
        yield Start(_STARTS[chosen.value])
    return "" if chosen.value == ALL else chosen.value


_STARTS = {ANEW: "decide", DECIDED: "decided", TASKS: "tasks"}


def _which(page: OverviewPage) -> AskChoice:
    count = sum(one.waiting for one in page.kinds)
    more = "+" if any(one.is_more for one in page.kinds) else ""
    return AskChoice(
        slot="kind",
        phrase=say.WHAT_FIRST if page.kinds else cases.NOTHING,
        help=say.HELP_FIRST,
        options=tuple(_options(page)),
        arguments={"count": f"{count:,}{more}"},
        lines=(Shown(phrase=claims.ALONE, arguments={"who": page.alone}),) if page.alone else (),
    )


def _options(page: OverviewPage) -> Iterator[Option]:
    for place, one in enumerate(page.in_order, 1):
        yield Option(one.kind, parts=row(one), number=_NUMBERS.get(one.kind, len(_NUMBERS) + place))
    if page.kinds:
        value = in_money(sum(one.up - one.down for one in page.kinds))
        yield Option(ALL, parts=(where(say.EVERYTHING), number(value)), number=ZERO)
    if page.late_tasks:
        late = {"count": f"{page.late_tasks:,}"}
        yield Option(TASKS, phrase=say.LATE_TASKS, arguments=late, letter=LETTERS[TASKS])
    yield Option(DECIDED, phrase=say.DECIDED, letter=LETTERS[DECIDED])
    yield Option(ANEW, phrase=ASK_ANEW, letter=LETTERS[ANEW])


def row(one: KindWaiting) -> tuple[Cell, ...]:
    """Whether it comes first, how many, of what; where there is room since when, what it is worth, and it in words."""
    is_worth = one.up or one.down
    return (
        code(FIRST if one.is_first else ""),
        number(f"{one.waiting:,}{'+' if one.is_more else ''}"),
        where(say.KINDS.get(one.kind, cases.OTHER_KIND), {"kind": one.kind}),
        beside(say.COMES_FIRST if one.is_first else say.CAN_WAIT, {}),
        beside(say.LATE, {"count": f"{one.late:,}"}) if one.late else NOTHING_BESIDE,
        beside(say.WORTH, {"value": in_money(one.up - one.down)}) if is_worth else NOTHING_BESIDE,
    )
