"""Filters of the list of cases: what is shown of it, as the arguments that its script begins with."""

from msgspec import Struct

from scanner_app.domain.desk.asks import HIDDEN_MAX, AskCases
from scanner_app.workflows.engine.script import Part, Start, Steps
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.answers import Choice, Text
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.name import AskName
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.supervise import case_phrases as say

KIND, ZONE, PERSON, AGE = "kind", "zone", "person", "age"
LISTED = "1"
HOUR_US = 3600 * 1_000_000
LABELS = {KIND: say.L_KIND, ZONE: say.L_ZONE, PERSON: say.L_PERSON, AGE: say.L_AGE}
CALLED = {KIND: dict(say.KINDS), AGE: dict(say.AGES)}
SLOTS = ("filter", "filter_kind", "filter_zone", "filter_person", "filter_age")


class Filters(Struct, frozen=True, omit_defaults=True):
    """What a case has to be; ``age`` is for how many hours it waits, by the centre's clock at ``now_us``.

    ``listed`` is said where a list was chosen already, be it of all.
    """

    kind: str = ""
    zone: str = ""
    person: str = ""
    age: str = ""
    now_us: str = ""
    listed: str = ""

    @property
    def arguments(self) -> dict[str, str]:
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: text for name, text in given.items() if text}

    def ask(self, after: str = "", rows_max: int = 50, hidden: tuple[str, ...] = ()) -> AskCases:
        hours = int(self.age or 0)
        before_us = int(self.now_us) - hours * HOUR_US if hours and self.now_us else 0
        return AskCases(
            kind=self.kind, zone=self.zone, person=self.person, before_us=before_us, after=after, rows_max=rows_max,
            hidden=hidden[:HIDDEN_MAX],
        )  # fmt: skip


def filtered(filters: Filters, now_us: int) -> Steps:
    """Ask by what, and begin the list anew with that as well."""
    options = tuple(Option(what, phrase=phrase) for what, phrase in _BY.items())
    chosen: Choice = yield AskChoice(slot="filter", phrase=say.BY_WHAT, help=say.HELP_BY_WHAT, options=options)
    if not chosen.value:
        yield Start("decide", {"listed": filters.listed} if filters.listed else {})
        return
    value = yield from _value(chosen.value)
    now = {"now_us": str(now_us)} if chosen.value == AGE else {}
    yield Start("decide", {**filters.arguments, chosen.value: value, **now})


_BY: dict[str, Phrase] = {
    KIND: say.BY_KIND,
    ZONE: say.BY_ZONE,
    PERSON: say.BY_PERSON,
    AGE: say.BY_AGE,
    "": say.NO_FILTER,
}
_LISTS = {KIND: (say.WHICH_KIND, say.KINDS), AGE: (say.WHICH_AGE, say.AGES)}
_TYPED = {ZONE: say.WHICH_ZONE, PERSON: say.WHICH_PERSON}


def _value(what: str) -> Part[str]:
    if what in _TYPED:
        typed: Text = yield AskName(slot=f"filter_{what}", phrase=_TYPED[what], help=say.HELP_FILTER)
        return typed.text
    asked, listed = _LISTS[what]
    options = tuple(Option(value, phrase=phrase) for value, phrase in listed.items())
    chosen: Choice = yield AskChoice(slot=f"filter_{what}", phrase=asked, help=say.HELP_FILTER, options=options)
    return chosen.value
