"""Figures as lines: each with its percentage, what it is worked out from, and what may deceive in them."""

from collections.abc import Iterator

from scanner_app.domain.accuracy.figure import Formula, figure, seconds_a_line
from scanner_app.domain.accuracy.sparkline import sparkline
from scanner_app.domain.accuracy.sums import Sums
from scanner_app.domain.desk.accuracy_replies import AccuracyPage, Doubts
from scanner_app.workflows.accuracy import phrases as say
from scanner_app.workflows.parts.money import in_money, in_percent
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.part import number, verdict
from scanner_app.workflows.questions.shown import Shown

_MONEY = {Formula.VALUE: "gross", Formula.NET: "net", Formula.SHRINKAGE: "booked"}
"""What of the sums stands in the formula of a figure in money."""


def figure_lines(page: AccuracyPage) -> Iterator[Shown]:
    """Every figure, those first that are asked for most."""
    sums = page.sums
    if not page.is_made:
        yield Shown(phrase=say.NOT_MADE)
    for formula, phrase in say.FORMULAS.items():
        yield _line(in_percent(figure(formula, sums).percent), phrase, _arguments(formula, sums))
    tenths = seconds_a_line(sums)
    if tenths is not None:
        yield _line(f"{tenths / 10:,.1f} s", say.SPEED, {"whole": f"{sums.scans:,}"})
    yield Shown(say.L_TREND, sparkline(page.trend).strip())


def _line(result: str, phrase: Phrase, arguments: dict[str, str]) -> Shown:
    return Shown(parts=(number(result), verdict(phrase, arguments)))


def _arguments(formula: Formula, sums: Sums) -> dict[str, str]:
    """The sums that a figure is worked out from."""
    if name := _MONEY.get(formula):
        return {"off": in_money(getattr(sums, name)), "book": in_money(sums.value)}
    result = figure(formula, sums)
    return {"part": f"{result.part:,}", "whole": f"{result.whole:,}"}


def doubt_lines(page: AccuracyPage, doubts: Doubts) -> Iterator[Shown]:
    """How figures can be made to look good, each with how much of it there is."""
    sums = page.sums
    if page.due:
        yield _told(say.DUE, part=page.done, whole=page.due)
    yield _told(say.FEW_PLACES, part=doubts.counted, whole=doubts.places)
    if doubts.oldest_days:
        yield _told(say.OLDEST, count=doubts.oldest_days)
    if sums.differing > sums.beyond:
        yield _told(say.LIMITS, part=sums.differing - sums.beyond, whole=sums.differing)
    if sums.gross != abs(sums.net):
        yield Shown(phrase=say.CANCELS, arguments={"off": in_money(sums.gross)})
    counted = {
        say.RECOUNTED: sums.recounted,
        say.REJECTED: sums.rejected,
        say.WAITING: sums.waiting,
        say.COSTLESS: sums.costless,
    }
    yield from (_told(phrase, part=count) for phrase, count in counted.items() if count)
    yield Shown(phrase=say.LATER)
    yield Shown(phrase=say.SPED)


def _told(phrase: Phrase, **numbers: int) -> Shown:
    return Shown(phrase=phrase, arguments={name: f"{value:,}" for name, value in numbers.items()})
