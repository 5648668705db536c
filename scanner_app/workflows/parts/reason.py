"""Why: one of the reasons of the site for what is done, by its number, and a note where that wants one."""

from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.reasons import Reasons, ReasonsFor
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.answers import Choice, Text
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.note import AskNote
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import name

SLOTS = ("reason", "note")


def reason_of(operator: str, process: str, asked: Phrase = say.WHY) -> Part[tuple[str, str]]:
    """The code of a reason, and the note that it wants; both empty where the site has no reasons to choose from."""
    known: Reasons = yield ReasonsFor(operator, process)
    if not known.rows:
        return "", ""
    chosen: Choice = yield AskChoice(
        slot="reason", phrase=asked, help=say.HELP_REASON, label=labels.REASON,
        options=tuple(Option(why.reason, parts=(name(why.words),)) for why in known.rows),
    )  # fmt: skip
    if not any(why.needs_note for why in known.rows if why.reason == chosen.value):
        return chosen.value, ""
    note: Text = yield AskNote(slot="note", phrase=say.NOTE, help=say.HELP_NOTE, label=labels.NOTE)
    return chosen.value, note.text
