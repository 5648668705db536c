"""Why: one of the reasons of the site for what is done, by its number, and a note where that wants one."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from scanner_app.domain.reasons import Direction
from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.reasons import KnownReason, NamesOfReasons, ReasonNames, Reasons, ReasonsFor
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.answers import Choice, Text
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.note import AskNote
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import name

SLOTS = ("reason", "note")


class Why(Struct, frozen=True):
    """The code of a reason, the note to it, and whether it wants a second person."""

    reason: str = ""
    note: str = ""
    needs_approval: bool = False


def reason_of(operator: str, process: str, asked: Phrase = say.WHY) -> Part[tuple[str, str]]:
    """The code of a reason, and the note that it wants; both empty where the site has no reasons to choose from."""
    given = yield from why(operator, process, Direction.NONE, asked)
    return given.reason, given.note


def why(operator: str, process: str, direction: Direction, asked: Phrase = say.WHY) -> Part[Why]:
    """Ask for one of the reasons that fit; nothing where the site has none of them."""
    known: Reasons = yield ReasonsFor(operator, process, direction.value)
    if not known.rows:
        return Why()
    chosen: Choice = yield AskChoice(
        slot="reason", phrase=asked, help=say.HELP_REASON, label=labels.REASON,
        options=tuple(Option(one.reason, parts=(name(one.words),)) for one in known.rows),
    )  # fmt: skip
    given = next(one for one in known.rows if one.reason == chosen.value)
    return Why(given.reason, (yield from _note(given)), given.needs_approval)


def _note(given: KnownReason) -> Part[str]:
    """A few words, where a reason wants some."""
    if not given.needs_note:
        return ""
    note: Text = yield AskNote(slot="note", phrase=say.NOTE, help=say.HELP_NOTE, label=labels.NOTE)
    return note.text


def names_of(operator: str, reasons: Iterable[str]) -> Part[Mapping[str, str]]:
    """What each of some reasons is called, by its code."""
    codes = tuple(dict.fromkeys(reason for reason in reasons if reason))
    if not codes:
        return {}
    known: ReasonNames = yield NamesOfReasons(operator, codes)
    return dict(zip(codes, known.names, strict=True))
