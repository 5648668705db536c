"""Decide: what waits for somebody, first by kind, then the largest value first; one opened takes a word."""

from scanner_app.domain.desk.asks import HIDDEN_MAX, AskCase
from scanner_app.domain.desk.case import Case, CaseKind, Opened
from scanner_app.domain.desk.replies import CasePage, CasesPage
from scanner_app.domain.desk.words_of import RULING_NOTHING
from scanner_app.domain.events.saying import IDENTIFY
from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Script, Start, Steps
from scanner_app.workflows.lookups.times import Times, TimesOf
from scanner_app.workflows.lookups.words_waiting import Spoken, WordsWaiting
from scanner_app.workflows.parts.centre import asking
from scanner_app.workflows.parts.centre.asking import answered
from scanner_app.workflows.parts.money import in_money
from scanner_app.workflows.parts.reason import names_of
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.word import AskWord
from scanner_app.workflows.questions.option import ZERO, Option
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import case_phrases as say
from scanner_app.workflows.supervise import claim_phrases as claims
from scanner_app.workflows.supervise import confirm, identify
from scanner_app.workflows.supervise import filters as filtering
from scanner_app.workflows.supervise import many as many_at_once
from scanner_app.workflows.supervise import moved as moving
from scanner_app.workflows.supervise.answers_to_case import COUNT_IT, LIST, LOST, MOVED, in_the_question, options_of
from scanner_app.workflows.supervise.case_lines import details, reasons_in, times_in
from scanner_app.workflows.supervise.claim_lines import quiet_since
from scanner_app.workflows.supervise.filters import LISTED, Filters, filtered
from scanner_app.workflows.supervise.many import many, words_on
from scanner_app.workflows.supervise.missing_plate import lost
from scanner_app.workflows.supervise.morning import phrases as morning
from scanner_app.workflows.supervise.morning.overview import kind_chosen
from scanner_app.workflows.supervise.shown_case import not_hidden, row, signed_value, without_hidden
from scanner_app.workflows.supervise.word import asked, counted_there, said

MANY, FILTER, ANEW, NEXT, KINDS = "many", "filter", "anew", "next", "kinds"
LETTERS = {FILTER: "f", ANEW: "r", NEXT: "p", KINDS: "v"}
"""What is no case is typed with a dot: a number is always a case."""


def decide(operator: str, after: str = "", **given: str) -> Steps:
    """List what waits, of a kind that is chosen first; of one case say everything, and take a word on it.

    Whoever counts somewhere is told of no kind how much there is: it could be of that place.
    """
    filters = Filters(**given)
    spoken: Spoken = yield WordsWaiting()
    if not (filters.arguments or after or spoken.hidden):
        filters = Filters(kind=(yield from kind_chosen()), listed=LISTED)
    page = yield from answered(filters.ask(after, hidden=spoken.hidden), Start("decide", filters.arguments))
    assert isinstance(page, CasesPage), "a question takes the reply that fits it"
    shown = not_hidden(page.cases, spoken)
    since: Times = yield TimesOf((page.quiet_us,))
    chosen: Choice = yield _which(page, shown, since.words, is_blind=bool(spoken.hidden))
    if chosen.value == MANY:
        yield from many(operator, page, spoken, filters)
    elif chosen.value == FILTER:
        yield from filtered(filters, page.as_of_us)
    elif chosen.value == KINDS:
        yield Start("decide")
    elif chosen.value in (ANEW, NEXT):
        behind = {"after": page.after} if chosen.value == NEXT else {}
        yield Start("decide", {**filters.arguments, **behind})
    else:
        yield from _opened(operator, shown[int(chosen.value)], filters, spoken)


def _which(page: CasesPage, shown: tuple[Case, ...], since: tuple[str, ...], *, is_blind: bool) -> AskChoice:
    """The page, with what else may be done, by letters."""
    listed = [Option(str(place), parts=row(case)) for place, case in enumerate(shown)]
    others = [Option(MANY, phrase=say.MANY, number=ZERO)] if shown and words_on(page) else []
    others += [Option(FILTER, phrase=say.FILTER, letter=LETTERS[FILTER])]
    others += [Option(ANEW, phrase=say.LOOK_AGAIN, letter=LETTERS[ANEW])]
    others += [Option(NEXT, phrase=labels.NEXT_PAGE, letter=LETTERS[NEXT])] if page.after else []
    others += [] if is_blind else [Option(KINDS, phrase=morning.BY_KIND, letter=LETTERS[KINDS])]
    waiting = len(shown) if is_blind else page.waiting - len(page.cases) + len(shown)
    count = f"{waiting:,}+" if page.is_more or (is_blind and page.after) else f"{waiting:,}"
    is_summed = bool(page.up + page.down) and not is_blind
    is_whole = is_summed or not (page.after or page.waiting > len(page.cases))
    value = in_money(sum(_sums(page, shown)) if is_summed else sum(map(signed_value, shown)))
    asks = say.WHICH if is_whole else say.WHICH_SOME
    return AskChoice(
        slot="case", phrase=asks if shown else say.NOTHING, help=say.HELP_WHICH, options=(*listed, *others),
        arguments={"count": count, "value": value},
        lines=_beside(page, since, (0, 0) if is_blind else _sums(page, shown)),
    )  # fmt: skip


def _sums(page: CasesPage, shown: tuple[Case, ...]) -> tuple[int, int]:
    """What the list sums up to either way, without what was said on this page since the centre was asked."""
    left = {case.id for case in shown}
    gone = [signed_value(case) for case in page.cases if case.id not in left]
    return page.up - sum(value for value in gone if value > 0), -page.down - sum(value for value in gone if value < 0)


def _beside(page: CasesPage, since: tuple[str, ...], sums: tuple[int, int]) -> tuple[Shown, ...]:
    """What it sums up to either way, what may be missing of the list, and who alone can decide."""
    told = []
    if all(sums):
        up, down = map(in_money, sums)
        told.append(Shown(phrase=claims.UP_AND_DOWN, arguments={"up": up, "down": down}))
    if page.quiet:
        told.append(quiet_since(page.quiet, " ".join(since)))
    if page.alone:
        told.append(Shown(phrase=claims.ALONE, arguments={"who": page.alone}))
    return tuple(told)


def _opened(operator: str, case: Case, filters: Filters, spoken: Spoken) -> Steps:
    again = Start("decide", filters.arguments)
    page = yield from answered(AskCase(kind=case.kind, id=case.id, hidden=spoken.hidden[:HIDDEN_MAX]), again)
    assert isinstance(page, CasePage), "a question takes the reply that fits it"
    if page.opened is None:
        yield Start("decide", filters.arguments, Said(say.GONE.key, "attention"))
        return
    opened = without_hidden(page.opened, spoken)
    times: Times = yield TimesOf(times_in(opened))
    reasons = yield from names_of(operator, reasons_in(opened))
    word: Choice = yield _word(opened, details(opened, times.words, reasons))
    if word.value == LIST:
        yield again
    else:
        yield from _answered(operator, word, opened, filters.arguments)


def _answered(operator: str, word: Choice, opened: Opened, again: dict[str, str]) -> Steps:
    """What an answer to a case comes to."""
    if word.value == IDENTIFY:
        yield from identify.identified(operator, opened, again)
    elif word.value == MOVED:
        yield from moving.moved(operator, opened, again)
    elif word.value == LOST and opened.plate:
        yield from lost(operator, opened.plate, again)
    elif word.value == COUNT_IT:
        yield counted_there(word.wall_us, opened.case, again)
    elif word.value in RULING_NOTHING:
        yield from asked(word.value, word.wall_us, (opened.case,), again)
    else:
        yield from said(operator, word.value, (opened.case,), again)


def _word(opened: Opened, lines: tuple[Shown, ...]) -> AskWord:
    """Whether it is so, or what else is to be done about it."""
    options = options_of(opened)
    if len(options) == 1:
        return AskWord(slot="word", phrase=say.ONLY_LOOK, help=say.HELP_ONLY_LOOK, options=options, lines=lines)
    phrase, help_ = _ASKED.get(opened.case.kind, (say.WORD, say.HELP_WORD))
    said = in_the_question(opened, options)
    listed = tuple(option for option in options if option not in said)
    return AskWord(
        slot="word",
        phrase=_NAMED[opened.case.kind] if said else phrase,
        help=help_,
        options=listed,
        unlisted=said,
        lines=lines,
    )


_ASKED: dict[str, tuple[Phrase, Phrase]] = {
    CaseKind.CLAIM: (claims.CLAIM_WORD, claims.HELP_RECOUNT),
    CaseKind.ADJUSTMENT: (claims.CLAIM_WORD, claims.HELP_ADJUSTMENT),
    CaseKind.MISSING_PLATE: (claims.PLATE_WORD, say.HELP_WORD),
}
_NAMED: dict[str, Phrase] = {CaseKind.CLAIM: claims.CLAIM_WORDS, CaseKind.ADJUSTMENT: claims.ADJUSTMENT_WORDS}
"""What names the answers itself."""

DECIDE = Script(
    name="decide", title=say.DECIDE, steps=decide, right=Right.DECIDE, secret=True, version=3,
    labels=filtering.LABELS, called=filtering.CALLED,
    slots=(
        *asking.SLOTS, "kind", "case", "word", *confirm.SLOTS, *identify.SLOTS, *moving.SLOTS, *many_at_once.SLOTS,
        *filtering.SLOTS,
    ),
)  # fmt: skip
