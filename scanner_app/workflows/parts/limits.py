"""Limits: what goes above the first bound of one wants a reason before it is posted, and above the second is told so.

It is posted all the same: what is on the floor has happened, and the centre judges by its own rows.
"""

from msgspec.structs import replace

from scanner_app.domain.events.moved import Moved
from scanner_app.domain.limits.judged import Level
from scanner_app.domain.limits.motion import set_off
from scanner_app.workflows.engine.script import Part, Post
from scanner_app.workflows.lookups.reasons import Reasons, ReasonsFor
from scanner_app.workflows.lookups.within import Far, Taking, Within
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said, then
from scanner_app.workflows.questions.answers import Choice, Text
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.note import AskNote
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import name

SLOTS = ("reason", "note")


def within_limits(operator: str, post: Post) -> Part[Post]:
    """What is to be posted, with the reason and the note that the limits of the site ask for."""
    fact = post.fact
    taken = tuple(Taking(*where, quantity) for where, quantity in set_off(fact.legs).items())
    far: Far = yield Within(operator, fact.process, taken)
    if far.level == Level.USUAL or not isinstance(fact, Moved):
        return post
    reason, note = yield from _why(operator, fact.process)
    said = then(post.said, Said(say.OVER_LIMIT.key, "attention")) if far.level == Level.CASE else post.said
    return replace(post, fact=replace(fact, reason=reason, note=note), said=said or post.said)


def _why(operator: str, process: str) -> Part[tuple[str, str]]:
    """The code of a reason, and the note that it wants; both empty where the site has no reasons to choose from."""
    known: Reasons = yield ReasonsFor(operator, process)
    if not known.rows:
        return "", ""
    chosen: Choice = yield AskChoice(
        slot="reason", phrase=say.WHY, help=say.HELP_REASON, label=labels.REASON,
        options=tuple(Option(why.reason, parts=(name(why.words),)) for why in known.rows),
    )  # fmt: skip
    if not any(why.needs_note for why in known.rows if why.reason == chosen.value):
        return chosen.value, ""
    note: Text = yield AskNote(slot="note", phrase=say.NOTE, help=say.HELP_NOTE, label=labels.NOTE)
    return chosen.value, note.text
