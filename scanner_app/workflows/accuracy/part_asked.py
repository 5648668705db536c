"""The part of a site whose figures are looked at: a period, and one name of what lines are told apart by."""

from msgspec import Struct

from scanner_app.domain.accuracy.period import period_of
from scanner_app.domain.desk.accuracy_replies import AccuracyLinesPage, AccuracyPage, CheckersPage
from scanner_app.workflows.accuracy import phrases as say
from scanner_app.workflows.engine.script import Start, Steps
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Text
from scanner_app.workflows.questions.ask.name import AskName

PERIOD, FACET, NAME = "period", "facet", "name"
Page = AccuracyPage | AccuracyLinesPage | CheckersPage


class PartAsked(Struct, frozen=True, omit_defaults=True):
    """The arguments with which the script begins anew; empty is the month that it is, and the whole site."""

    period: str = ""
    facet: str = ""
    name: str = ""

    @property
    def arguments(self) -> dict[str, str]:
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: text for name, text in given.items() if text}


def is_told(page: Page, hidden: tuple[str, ...]) -> bool:
    """Say whether somebody may see it who is told nothing of the book at some places: a sum of today would tell."""
    return not (hidden and page.has_today)


def before(page: Page) -> str:
    """The period before that of a page."""
    return period_of(page.period).before().text


def other_period(script: str, arguments: dict[str, str]) -> Steps:
    """Ask for another period, and begin anew with it."""
    typed: Text = yield AskName(slot=PERIOD, phrase=say.PERIOD, help=say.HELP_PERIOD)
    try:
        found = period_of(typed.text).text
    except ValueError:
        yield Start(script, arguments, Said(say.NO_PERIOD.key, "attention"))
        return
    yield Start(script, {**arguments, PERIOD: found})
