"""Decide: what waits for somebody, the largest value first; opened it tells all that is known, and takes a word."""

from scanner_app.domain.desk.asks import AskCase
from scanner_app.domain.desk.case import Case, Opened
from scanner_app.domain.desk.replies import CasePage, CasesPage
from scanner_app.domain.events.decided import Word
from scanner_app.domain.events.saying import IDENTIFY
from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Script, Start, Steps
from scanner_app.workflows.lookups.times import Times, TimesOf
from scanner_app.workflows.lookups.words_waiting import Spoken, WordsWaiting
from scanner_app.workflows.parts import asking
from scanner_app.workflows.parts.asking import answered
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.word import AskWord
from scanner_app.workflows.questions.option import ZERO, Option
from scanner_app.workflows.supervise import case_phrases as say
from scanner_app.workflows.supervise import confirm, identify, phrases
from scanner_app.workflows.supervise import filters as filtering
from scanner_app.workflows.supervise import many as many_at_once
from scanner_app.workflows.supervise.case_lines import details, in_money, row, times_in
from scanner_app.workflows.supervise.filters import Filters, filtered
from scanner_app.workflows.supervise.many import many
from scanner_app.workflows.supervise.word import said

MANY, FILTER, ANEW, NEXT, LIST = "many", "filter", "anew", "next", "list"
NUMBERS = {FILTER: 91, ANEW: 92, NEXT: 93, LIST: 9}
"""What is no case has a number that no case of a page has, and no word."""
_WORDS = {**say.WORDS, IDENTIFY: say.IDENTIFY}
_FIRST = (Word.SEEN, Word.RELEASE, Word.VOID, Word.LET_IN, IDENTIFY)
_WORD_NUMBERS = {word: number for number, word in enumerate(dict.fromkeys((*_FIRST, *_WORDS)), 1)}


def decide(operator: str, after: str = "", **given: str) -> Steps:
    """List what waits; of one that is chosen say everything, and take a word on it."""
    filters = Filters(**given)
    spoken: Spoken = yield WordsWaiting()
    page = yield from answered(filters.ask(after), Start("decide", filters.arguments))
    assert isinstance(page, CasesPage), "a question takes the reply that fits it"
    hidden = frozenset(spoken.ids)
    shown = tuple(case for case in page.cases if case.id not in hidden)
    chosen: Choice = yield _which(page, shown)
    if chosen.value == MANY:
        yield from many(operator, page, hidden, filters)
    elif chosen.value == FILTER:
        yield from filtered(filters, page.as_of_us)
    elif chosen.value in (ANEW, NEXT):
        behind = {"after": page.after} if chosen.value == NEXT else {}
        yield Start("decide", {**filters.arguments, **behind})
    else:
        yield from _opened(operator, shown[int(chosen.value)], filters)


def _which(page: CasesPage, shown: tuple[Case, ...]) -> AskChoice:
    """The page, with what else may be done by numbers that stay."""
    listed = [Option(str(place), parts=row(case)) for place, case in enumerate(shown)]
    others = [Option(FILTER, phrase=say.FILTER, number=NUMBERS[FILTER])]
    others += [Option(ANEW, phrase=say.LOOK_AGAIN, number=NUMBERS[ANEW])]
    others += [Option(NEXT, phrase=phrases.NEXT_PAGE, number=NUMBERS[NEXT])] if page.after else []
    others += [Option(MANY, phrase=say.MANY, number=ZERO)] if shown else []
    waiting = page.waiting - len(page.cases) + len(shown)
    count = f"{waiting:,}+" if page.is_more else f"{waiting:,}"
    value = in_money(sum(-case.value if case.quantity < 0 else case.value for case in shown))
    asked = say.WHICH_SOME if page.after or page.waiting > len(page.cases) else say.WHICH
    return AskChoice(
        slot="case", phrase=asked if shown else say.NOTHING, help=say.HELP_WHICH, options=(*listed, *others),
        arguments={"count": count, "value": value},
    )  # fmt: skip


def _opened(operator: str, case: Case, filters: Filters) -> Steps:
    again = Start("decide", filters.arguments)
    page = yield from answered(AskCase(kind=case.kind, id=case.id), again)
    assert isinstance(page, CasePage), "a question takes the reply that fits it"
    if page.opened is None:
        yield Start("decide", filters.arguments, Said(say.GONE.key, "attention"))
        return
    times: Times = yield TimesOf(times_in(page.opened))
    word: Choice = yield _word(page.opened, times.words)
    if word.value == LIST:
        yield again
        return
    if word.value == IDENTIFY:
        yield from identify.identified(operator, page.opened, filters.arguments)
    else:
        yield from said(operator, word.value, (page.opened.case,), filters.arguments)


def _word(opened: Opened, times: tuple[str, ...]) -> AskWord:
    """Only what the centre offers and this program has words for; a word has the same number on every case."""
    known = [word for word in opened.words if word in _WORDS and (opened.codes or word != IDENTIFY)]
    offered = [Option(word, phrase=_WORDS[word], number=_WORD_NUMBERS[word]) for word in known]
    back = Option(LIST, phrase=say.BACK, number=NUMBERS[LIST])
    return AskWord(
        slot="word", phrase=say.WORD if known else say.ONLY_LOOK,
        help=say.HELP_WORD if known else say.HELP_ONLY_LOOK, options=(*offered, back), lines=details(opened, times),
    )  # fmt: skip


DECIDE = Script(
    name="decide", title=say.DECIDE, steps=decide, right=Right.DECIDE, secret=True, labels=filtering.LABELS,
    slots=(*asking.SLOTS, "case", "word", *confirm.SLOTS, *identify.SLOTS, *many_at_once.SLOTS, *filtering.SLOTS),
)  # fmt: skip
