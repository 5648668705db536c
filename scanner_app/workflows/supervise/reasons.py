"""Why something is done to a device or a person: one of a few words, by its number."""

from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.supervise import phrases as say


def why(*reasons: str) -> Part[str]:
    """Ask which of some reasons it is."""
    options = tuple(Option(reason, phrase=say.WHY_LOST[reason]) for reason in reasons)
    chosen: Choice = yield AskChoice(slot="why", phrase=say.WHY, help=say.HELP_WHY, options=options)
    return chosen.value
