"""The command that tells how true the book of a site is: ``scanner central accuracy``."""

import time
from typing import TYPE_CHECKING

import click

from scanner_app.cli.data import open_central
from scanner_app.cli.printing import say
from scanner_app.config import Loaded
from scanner_app.domain.accuracy.facets import Facet
from scanner_app.domain.accuracy.figure import Formula, figure, seconds_a_line
from scanner_app.domain.quantity import show_quantity
from scanner_app.workflows.parts.money import in_percent

if TYPE_CHECKING:
    from scanner_app.domain.accuracy.sums import Sums
    from scanner_app.domain.desk.accuracy_replies import AccuracyPage
    from sync.central.database.store import CentralStore

FACETS = tuple(facet.value for facet in Facet if facet is not Facet.ALL)
_SAID = {
    Formula.LINES: "of the lines counted agree with the book",
    Formula.WITHIN: "of the lines counted agree, or differ within their limits",
    Formula.PLACES: "of the places closed agree in every line",
    Formula.VALUE: "by value: 1 - the differences whichever way / what the book had",
    Formula.NET: "net: the differences with their signs / what the book had",
    Formula.SHRINKAGE: "shrinkage: what counts put into the book / what it had",
    Formula.LATE: "of the first differences went by events that came late",
}
_MONEY = frozenset({Formula.VALUE, Formula.NET, Formula.SHRINKAGE})


@click.command()
@click.option("--site", required=True, help="The site.")
@click.option("--period", default="", help="2026, 2026-10, 2026-10-05, or two days with / between; default this month.")
@click.option("--of", "part", default="", metavar="FACET:NAME", help="Only of one, such as zone:A or counter:1001.")
@click.option("--by", type=click.Choice(FACETS), help="Told apart by that.")
@click.option("--anew", is_flag=True, help="Make all figures of the site once more, from what was counted.")
@click.pass_obj
def accuracy(loaded: Loaded, *, site: str, period: str, part: str, by: str | None, anew: bool) -> None:
    """Tell how true the book of a site is by what was counted there, each figure with what it is worked out from.

    Lines that were counted again, or rejected, are in none: the recount is.
    """
    from sync.central.accuracy.making import begin_anew, catch_up

    store = open_central(loaded)
    _known(store, site)
    if anew:
        begin_anew(store, site)
    catch_up(store, site)
    facet, _, name = part.partition(":")
    for line in _lines(_page(store, site, period, (facet, name), by or "")):
        say(line)


def _known(store: "CentralStore", site: str) -> None:
    """Say so where there is no such site."""
    from sync.central.sites.calendar import calendar_of

    store.read(lambda connection: calendar_of(connection, site))


def _page(store: "CentralStore", site: str, period: str, part: tuple[str, str], by: str) -> "AccuracyPage":
    from scanner_app.domain.desk.accuracy_asks import AskAccuracy
    from scanner_app.domain.desk.replies import Refused
    from sync.central.accuracy.report import accuracy_page

    ask = AskAccuracy(period=period, facet=part[0], name=part[1], by=by, with_doubts=True)
    page = store.read(lambda connection: accuracy_page(connection, site, ask, time.time_ns() // 1000))
    if isinstance(page, Refused):
        raise click.UsageError(
            f"Write a period like 2026-10, and --of like zone:A, with one of {', '.join(FACETS)} before the colon."
        )
    return page


def _lines(page: "AccuracyPage") -> list[str]:
    sums = page.sums
    lines = [f"{page.period}: {sums.lines} lines counted"]
    lines += [f"  {_percent(formula, sums):>10}  {_of(formula, sums)} {said}" for formula, said in _SAID.items()]
    tenths = seconds_a_line(sums)
    if tenths is not None:
        lines.append(f"  {tenths / 10:>8.1f} s  a line as it was scanned, of {sums.scans} scans")
    if doubts := page.doubts:
        lines.append(
            f"  {doubts.counted} of {doubts.places} places were counted; the longest ago {doubts.oldest_days} days"
        )
    if page.due:
        lines.append(f"  {page.done} counted of {page.due} that plans wanted")
    left = f"{sums.recounted} counted again, {sums.rejected} rejected"
    lines.append(f"  left out: {left}; {sums.waiting} not decided, {sums.costless} differ without a cost")
    for row in page.rows:
        lines.append(f"{row.name or '(none)'}: {_percent(Formula.LINES, row.sums)} of {row.sums.lines} lines agree, "
                     f"{show_quantity(row.sums.net)} net")  # fmt: skip
    return lines


def _percent(formula: Formula, sums: "Sums") -> str:
    return in_percent(figure(formula, sums).percent)


def _of(formula: Formula, sums: "Sums") -> str:
    part, whole = figure(formula, sums)
    return f"({show_quantity(part)} of {show_quantity(whole)})" if formula in _MONEY else f"({part} of {whole})"
