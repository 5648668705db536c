"""Accuracy: how true the book is by what was counted; each figure with its formula, and its lines one key on."""

from collections.abc import Iterable, Mapping

from scanner_app.domain.accuracy.facets import Facet
from scanner_app.domain.accuracy.figure import Formula, figure
from scanner_app.domain.desk.accuracy_asks import AskAccuracy
from scanner_app.domain.desk.accuracy_replies import AccuracyPage, AccuracyRow
from scanner_app.domain.people import Right
from scanner_app.workflows.accuracy import phrases as say
from scanner_app.workflows.accuracy.behind import behind
from scanner_app.workflows.accuracy.figure_lines import doubt_lines, figure_lines
from scanner_app.workflows.accuracy.part_asked import NAME, PERIOD, PartAsked, before, is_told, other_period
from scanner_app.workflows.engine import script
from scanner_app.workflows.engine.script import Script, Start, Steps
from scanner_app.workflows.lookups.words_waiting import Spoken, WordsWaiting
from scanner_app.workflows.parts.centre.asking import SLOTS, answered
from scanner_app.workflows.parts.money import in_money, in_percent
from scanner_app.workflows.parts.reason import names_of
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, code, name, number, verdict
from scanner_app.workflows.questions.shown import Shown

LINES, BEFORE, OTHER, WHOLE, DECEIVES, NEXT = "lines", "before", "other", "whole", "deceives", "next"
MORE = "more"
IN_QUESTION = {LINES: say.LINES, Facet.REASON: say.BY_REASON, Facet.COUNTER: say.BY_COUNTER, Facet.CLASS: say.BY_CLASS}
"""What stands in the sentence of the question, by its place in it."""
LETTERS = {BEFORE: "p", OTHER: "t", DECEIVES: "d", MORE: "w"}


def accuracy(operator: str, what: str = "", by: str = "", after: str = "", **given: str) -> Steps:
    """Show the figures of a part of the site, and what they are made of."""
    part = PartAsked(**given)
    spoken: Spoken = yield WordsWaiting()
    ask = AskAccuracy(period=part.period, facet=part.facet, name=part.name, by=by, after=after if by else "")
    page = yield from answered(ask, Start("accuracy", part.arguments))
    assert isinstance(page, AccuracyPage), "a question takes the reply that fits it"
    part = PartAsked(page.period, part.facet, part.name)
    if not is_told(page, spoken.hidden):
        chosen: Choice = yield _waits()
    elif what:
        yield from behind(operator, part, what, spoken.hidden, after)
        return
    elif by:
        yield from _one_of(operator, part, page, by)
        return
    else:
        chosen = yield _figures(page, part, (yield from _names(operator, part.facet, (part.name,))))
    yield from _more(operator, part, page, chosen.value, spoken)


def _more(operator: str, part: PartAsked, page: AccuracyPage, chosen: str, spoken: Spoken) -> Steps:
    """What was chosen below the figures."""
    if chosen == LINES:
        yield from behind(operator, part, "differing", spoken.hidden)
    elif chosen == DECEIVES:
        yield from _deceives(part)
    elif chosen == MORE:
        other: Choice = yield _what_else(part)
        yield from _more(operator, part, page, other.value, spoken)
    elif chosen == BEFORE:
        yield Start("accuracy", {**part.arguments, PERIOD: before(page)})
    elif chosen == WHOLE:
        yield Start("accuracy", {PERIOD: part.period})
    elif chosen == OTHER:
        yield from other_period("accuracy", part.arguments)
    else:
        yield from _told_apart(operator, part, chosen)


def _waits() -> AskChoice:
    """A worker who counts is not told what the figures of today give away."""
    options = (
        Option(BEFORE, phrase=say.BEFORE, letter=LETTERS[BEFORE]),
        Option(OTHER, phrase=say.OTHER_PERIOD, letter=LETTERS[OTHER]),
    )
    return AskChoice(slot="figures", phrase=say.WAITS, help=say.HELP_WAITS, options=options)


def _names(operator: str, facet: str, names: Iterable[str]) -> script.Part[Mapping[str, str]]:
    """What those names are called that are codes of reasons."""
    is_given = facet == Facet.REASON
    return (yield from names_of(operator, (one for one in names if is_given and one not in say.OF_RULES)))


def _figures(page: AccuracyPage, part: PartAsked, names: Mapping[str, str]) -> AskChoice:
    said = tuple(Option(what, phrase=phrase, number=at) for at, (what, phrase) in enumerate(IN_QUESTION.items(), 1))
    others = {DECEIVES: say.DECEIVES, MORE: say.MORE}
    listed = [Option(what, phrase=phrase, letter=LETTERS[what]) for what, phrase in others.items()]
    head = (Shown(say.L_PERIOD, parts=(code(page.period), *_named(part.name, names, is_asked=bool(part.facet)))),)
    return AskChoice(
        slot="figures", phrase=say.WHICH, help=say.HELP_WHICH, options=tuple(listed), unlisted=said,
        lines=(*head, *figure_lines(page)),
    )  # fmt: skip


def _what_else(part: PartAsked) -> AskChoice:
    """What has no room beside the figures."""
    offered: dict[str, Phrase] = {Facet.ZONE: say.BY_ZONE, BEFORE: say.BEFORE, OTHER: say.OTHER_PERIOD}
    offered |= {WHOLE: say.WHOLE_SITE} if part.facet else {}
    options = tuple(Option(what, phrase=phrase) for what, phrase in offered.items())
    return AskChoice(slot="more", phrase=say.WHAT_ELSE, help=say.HELP_WHAT_ELSE, options=options)


def _named(called: str, names: Mapping[str, str], *, is_asked: bool) -> tuple[Part, ...]:
    rule = say.OF_RULES.get(called)
    if not is_asked:
        return ()
    if called in names:
        return (name(names[called]),)
    return (verdict(rule) if rule else code(called) if called else verdict(say.NAMELESS),)


def _deceives(part: PartAsked) -> Steps:
    again = Start("accuracy", part.arguments)
    ask = AskAccuracy(period=part.period, facet=part.facet, name=part.name, with_doubts=True)
    page = yield from answered(ask, again)
    assert isinstance(page, AccuracyPage), "a question takes the reply that fits it"
    lines = tuple(doubt_lines(page, page.doubts)) if page.doubts else ()
    options = (Option(LINES, phrase=say.FIGURES),)
    chosen: Choice = yield AskChoice(
        slot="doubts", phrase=say.DOUBTS, help=say.HELP_DOUBTS, options=options, lines=lines
    )
    del chosen
    yield again


def _told_apart(operator: str, part: PartAsked, by: str) -> Steps:
    ask = AskAccuracy(period=part.period, facet=part.facet, name=part.name, by=by)
    page = yield from answered(ask, Start("accuracy", part.arguments))
    assert isinstance(page, AccuracyPage), "a question takes the reply that fits it"
    yield from _one_of(operator, part, page, by)


def _one_of(operator: str, part: PartAsked, page: AccuracyPage, by: str) -> Steps:
    """List the figures of each name; those of the one that is chosen are shown, of the whole site."""
    names = yield from _names(operator, by, (row.name for row in page.rows))
    listed = [Option(f"={row.name}", parts=_row(row, names)) for row in page.rows]
    others = [Option(NEXT, phrase=labels.NEXT_PAGE)] if page.after else []
    others += [] if listed else [Option(LINES, phrase=say.FIGURES)]
    chosen: Choice = yield AskChoice(
        slot="name", phrase=say.APART if listed else say.NO_LINES, help=say.HELP_APART, options=(*listed, *others)
    )
    if chosen.value == NEXT:
        yield Start("accuracy", {**part.arguments, "by": by, "after": page.after})
    elif chosen.value == LINES:
        yield Start("accuracy", part.arguments)
    else:
        yield Start("accuracy", {PERIOD: part.period, "facet": by, NAME: chosen.value[1:]})


def _row(row: AccuracyRow, names: Mapping[str, str]) -> tuple[Part, ...]:
    percent = in_percent(figure(Formula.LINES, row.sums).percent)
    return (
        *_named(row.name, names, is_asked=True),
        number(percent),
        number(f"{row.sums.lines:,}"),
        number(in_money(row.sums.net)),
    )


ACCURACY = Script(
    name="accuracy", title=say.ACCURACY, steps=accuracy, right=Right.DECIDE,
    slots=(*SLOTS, "figures", "more", "name", "behind", "doubts", PERIOD),
)  # fmt: skip
