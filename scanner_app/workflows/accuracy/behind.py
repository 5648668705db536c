"""Behind figures: the lines that they are made of, the dearest first, page by page."""

from collections.abc import Mapping

from scanner_app.domain.desk.accuracy_asks import AskAccuracyLines
from scanner_app.domain.desk.accuracy_replies import AccuracyLine, AccuracyLinesPage
from scanner_app.workflows.accuracy import phrases as say
from scanner_app.workflows.accuracy.part_asked import PartAsked
from scanner_app.workflows.engine.script import Start, Steps
from scanner_app.workflows.lookups.times import Times, TimesOf
from scanner_app.workflows.parts.centre.asking import answered
from scanner_app.workflows.parts.money import in_money
from scanner_app.workflows.parts.reason import names_of
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import ZERO, Option
from scanner_app.workflows.questions.part import Part, amount, code, extra, name, number, verdict
from scanner_app.workflows.questions.shown import Shown

NEXT, FIGURES = "next", "figures"
KINDS = {"differing": say.LINES, "lines": say.ALL_LINES, "late": say.LATE_LINES}
"""Which lines: a sum of the figures in which they count."""


def behind(operator: str, part: PartAsked, what: str, hidden: tuple[str, ...], after: str = "") -> Steps:
    """Show a page of them, and offer the next, or others."""
    again = Start("accuracy", part.arguments)
    ask = AskAccuracyLines(period=part.period, facet=part.facet, name=part.name, what=what, after=after)
    page = yield from answered(ask, again)
    assert isinstance(page, AccuracyLinesPage), "a question takes the reply that fits it"
    lines = tuple(line for line in page.lines if line.place not in hidden)
    times: Times = yield TimesOf(tuple(line.at_us for line in lines))
    reasons = yield from names_of(operator, (line.reason for line in lines if line.reason not in say.OF_RULES))
    rows = [Shown(parts=_row(line, at, reasons)) for line, at in zip(lines, times.words, strict=True)]
    chosen: Choice = yield _shown(page, rows, what)
    if chosen.value == NEXT:
        yield Start("accuracy", {**part.arguments, "what": what, "after": page.after})
    elif chosen.value == FIGURES:
        yield again
    else:
        yield Start("accuracy", {**part.arguments, "what": chosen.value})


def _shown(page: AccuracyLinesPage, rows: list[Shown], what: str) -> AskChoice:
    """What else may be shown stands in the sentence, so that a low screen has rows for the lines."""
    said = [Option(kind, phrase=phrase, number=at) for at, (kind, phrase) in enumerate(KINDS.items(), 1)]
    said += [Option(NEXT, phrase=labels.NEXT_PAGE)] if page.after else []
    said += [Option(FIGURES, phrase=say.FIGURES, number=ZERO)]
    return AskChoice(
        slot="behind", phrase=say.BEHIND_MORE if page.after else say.BEHIND, help=say.HELP_BEHIND, options=(),
        unlisted=tuple(said), lines=(Shown(phrase=KINDS[what]), *(rows or [Shown(phrase=say.NO_LINES)])),
    )  # fmt: skip


def _row(line: AccuracyLine, at: str, reasons: Mapping[str, str]) -> tuple[Part, ...]:
    """Money first, as on the list of what waits; then how much, where, what, by whom and why."""
    rule = say.OF_RULES.get(line.reason)
    return (
        number(in_money(line.value)),
        amount(line.difference, line.unit),
        code(line.place),
        code(line.item),
        code(line.operator),
        verdict(rule) if rule else name(reasons.get(line.reason, "")),
        code(at),
        extra(line.name),
    )
