"""Many at once: one word on all that it may be said of, at most a thousand, the largest first, one's own left out."""

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import accumulate

from msgspec import Struct

from scanner_app.domain.desk.case import CASES_MAX, Case
from scanner_app.domain.desk.marks import YOURS, left_out
from scanner_app.domain.desk.replies import CasesPage
from scanner_app.domain.desk.words_of import RULING_NOTHING, WORDS
from scanner_app.domain.events.decided import Word
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.engine.script import Part, Start, Steps
from scanner_app.workflows.lookups.words_waiting import Spoken
from scanner_app.workflows.parts.centre.asking import answered
from scanner_app.workflows.parts.money import in_money
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.word import AskWord
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import number, verdict
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import case_phrases as say
from scanner_app.workflows.supervise.claim_phrases import MARKS
from scanner_app.workflows.supervise.filters import Filters
from scanner_app.workflows.supervise.shown_case import not_hidden
from scanner_app.workflows.supervise.word import asked, said

SLOTS = ("many_word", "how_many")
_NUMBERS = {
    Word.ACCEPT: 1, Word.RECOUNT: 2, Word.REJECT: 3, Word.SEEN: 4, Word.RELEASE: 5, Word.VOID: 6, Word.LET_IN: 7
}  # fmt: skip
"""The words of counts have the numbers that they have on a count."""
UNDER = (10, 50, 250)
"""In whole units of money."""


class Chosen(Struct, frozen=True):
    """What a word is said on, and how many of those listed are left out, by the mark for which they are.

    ``others`` are those that the word may not be said of, or that are one too many.
    """

    cases: tuple[Case, ...]
    marked: dict[str, int]
    others: int


def many(operator: str, page: CasesPage, spoken: Spoken, filters: Filters) -> Steps:
    """Ask which word and on which, show what that comes to, and have it said."""
    words = words_on(page)
    word: Choice = yield AskWord(slot="many_word", phrase=say.MANY_WORD, help=say.HELP_MANY_WORD, options=words)
    under: Choice = yield AskChoice(slot="how_many", phrase=say.HOW_MANY, help=say.HELP_HOW_MANY, options=_limits())
    cases = yield from _all(page, spoken.hidden, filters)
    chosen = choose(not_hidden(cases, spoken), word.value, int(under.value))
    if not chosen.cases:
        yield Start("decide", filters.arguments, Said(say.NONE_OF_THEM.key, "attention"))
        return
    if word.value in RULING_NOTHING:
        yield from asked(word.value, under.wall_us, chosen.cases, filters.arguments)
        return
    yield from said(operator, word.value, chosen.cases, filters.arguments, summary(chosen))


def words_on(page: CasesPage) -> tuple[Option, ...]:
    """Those that may be said of something on the page, by numbers that never change."""
    fitting = {word for case in page.cases for word in WORDS.get(case.kind, ())}
    return tuple(Option(word, phrase=say.WORDS[word], number=_NUMBERS[word]) for word in _NUMBERS if word in fitting)


def _limits() -> tuple[Option, ...]:
    under = (Option(str(limit), phrase=say.UNDER, arguments={"value": str(limit)}) for limit in UNDER)
    return (Option("0", phrase=say.ALL_OF_THEM), *under)


def _all(page: CasesPage, hidden: tuple[str, ...], filters: Filters) -> Part[list[Case]]:
    """The cases of a page and of those behind it, up to as many as may be decided at once."""
    cases = list(page.cases)
    while page.after and len(cases) < CASES_MAX:
        ask = filters.ask(page.after, hidden=hidden)
        behind = yield from answered(ask, Start("decide", filters.arguments))
        assert isinstance(behind, CasesPage), "a question takes the reply that fits it"
        page = behind if behind.after != page.after else CasesPage(cases=behind.cases)
        cases += page.cases
    return cases


def choose(cases: Sequence[Case], word: str, under: int) -> Chosen:
    """What of some cases, the largest first, a word is said on: not one's own, nor what is worth ``under`` or more.

    Accepted at once is only what has no mark that somebody should look at.
    """
    fitting = [case for case in cases if word in WORDS.get(case.kind, ())]
    fitting = [case for case in fitting if not under or case.value < under * SCALE]
    why = {case.id: _left_out(case, word) for case in fitting}
    others = {case.id: case for case in fitting if not why[case.id]}
    whole = _fitting(others.values())
    marked = Counter(mark for mark in why.values() if mark)
    return Chosen(whole, dict(marked), len(cases) - marked.total() - len(whole))


def _fitting(cases: Collection[Case]) -> tuple[Case, ...]:
    """As many as one word can name, with all that is one row with them."""
    ends = accumulate(1 + len(case.mates) for case in cases)
    return tuple(case for case, end in zip(cases, ends, strict=True) if end <= CASES_MAX)


def _left_out(case: Case, word: str) -> str:
    """The mark for which a case is decided by itself."""
    if YOURS in case.marks:
        return YOURS
    return left_out(case.marks) if word == Word.ACCEPT else ""


def summary(chosen: Chosen) -> tuple[Shown, ...]:
    """How many, what it sums up to either way, the largest, and what is left out and why."""
    values = [case.signed_value for case in chosen.cases]
    marked = (
        Shown(say.L_LEFT_OUT, parts=(number(f"{chosen.marked[mark]:,}"), verdict(phrase)))
        for mark, phrase in MARKS.items()
        if mark in chosen.marked
    )
    return (
        Shown(say.L_MANY, f"{len(chosen.cases):,}"),
        Shown(say.L_UP, in_money(sum(value for value in values if value > 0))),
        Shown(say.L_DOWN, in_money(sum(value for value in values if value < 0))),
        Shown(say.L_LARGEST, in_money(max(values, key=abs))),
        *marked,
        Shown(say.L_OTHERS, f"{chosen.others:,}"),
    )
