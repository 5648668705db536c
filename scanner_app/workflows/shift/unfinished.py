"""Unfinished: work that was set aside is offered to whom it belongs: to go on with it, or to let it go."""

from scanner_app.workflows.engine.script import Script, Steps, TakenUp
from scanner_app.workflows.lookups.unfinished import Scanned, SetAside, Unfinished
from scanner_app.workflows.phrases.book import phrase
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.shift import phrases as say

GO_ON, LET_GO = "go_on", "let_go"


def unfinished(operator: str) -> Steps:
    """Show what had been scanned, and ask what becomes of it."""
    left: Unfinished = yield SetAside(operator)
    options = (Option(GO_ON, phrase=say.GO_ON_WITH_IT), Option(LET_GO, phrase=say.LET_IT_GO))
    chosen: Choice = yield AskChoice(
        slot="unfinished", phrase=say.UNFINISHED, help=say.HELP_UNFINISHED, options=options, lines=_lines(left)
    )
    yield TakenUp(chosen.value == GO_ON)


def _lines(left: Unfinished) -> tuple[Shown, ...]:
    title = (Shown(phrase=phrase(left.title)),) if left.title else ()
    return (*title, *(_shown(one) for one in left.scanned))


def _shown(one: Scanned) -> Shown:
    label = phrase(one.label) if one.label else None
    return Shown(label, one.text, phrase(one.phrase) if one.phrase else None, one.arguments)


UNFINISHED = Script(name="unfinished", title=say.UNFINISHED_TITLE, steps=unfinished, slots=("unfinished",))
