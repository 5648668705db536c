"""Decided: words that were said within a day, the newest first; one that was a mistake is taken back."""

from collections.abc import Iterator, Mapping

from scanner_app.domain.desk.asks import HIDDEN_MAX
from scanner_app.domain.desk.case import CaseKind
from scanner_app.domain.desk.decided_words import TAKEN_BACK, AskDecided, DecidedPage, DecidedWord
from scanner_app.domain.desk.marks import YOURS
from scanner_app.domain.events.decided import Decided, Word
from scanner_app.domain.people import Right
from scanner_app.domain.reasons import COUNT, DECIDE
from scanner_app.workflows.engine.script import Post, Script, Start, Steps
from scanner_app.workflows.lookups.times import Times, TimesOf
from scanner_app.workflows.lookups.words_waiting import Spoken, WordsWaiting
from scanner_app.workflows.parts.centre.asking import SLOTS, answered
from scanner_app.workflows.parts.centre.phrases import ASK_ANEW
from scanner_app.workflows.parts.reason import names_of
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.word import AskWord
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, amount, code, name, number, verdict
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import case_phrases as cases
from scanner_app.workflows.supervise import confirm
from scanner_app.workflows.supervise.morning import phrases as say
from scanner_app.workflows.supervise.shown_case import money, place
from scanner_app.workflows.supervise.word import subjects_of

OF_ALL, ANEW, NEXT, BACK = "of_all", "anew", "next", "back"
LETTERS = {OF_ALL: "e", ANEW: "r", NEXT: "p"}


def decided(operator: str, of_all: str = "", after: str = "") -> Steps:
    """List one's own words, or those of everybody; of one that is chosen say all, and take it back."""
    spoken: Spoken = yield WordsWaiting()
    whose = {"of_all": of_all} if of_all else {}
    ask = AskDecided(of_all=bool(of_all), after=after, hidden=spoken.hidden[:HIDDEN_MAX])
    page = yield from answered(ask, Start("decided", whose))
    assert isinstance(page, DecidedPage), "a question takes the reply that fits it"
    said = tuple(one for one in page.words if one.case.id not in spoken.ids and one.case.place not in spoken.hidden)
    moments = tuple(dict.fromkeys(one.at_us for one in said))
    times: Times = yield TimesOf(moments)
    at = dict(zip(moments, times.words, strict=True))
    chosen: Choice = yield _which(page, said, at, of_all=bool(of_all))
    if chosen.value == OF_ALL:
        yield Start("decided", {} if of_all else {"of_all": "1"})
    elif chosen.value in (ANEW, NEXT):
        yield Start("decided", {**whose, "after": page.after} if chosen.value == NEXT else whose)
    else:
        one = said[int(chosen.value)]
        yield from _opened(operator, one, at[one.at_us], whose)


def _which(page: DecidedPage, said: tuple[DecidedWord, ...], at: Mapping[int, str], *, of_all: bool) -> AskChoice:
    listed = [Option(str(which), parts=_row(one, at[one.at_us], of_all=of_all)) for which, one in enumerate(said)]
    others = [Option(OF_ALL, phrase=say.MINE if of_all else say.OF_ALL, letter=LETTERS[OF_ALL])]
    others += [Option(ANEW, phrase=ASK_ANEW, letter=LETTERS[ANEW])]
    others += [Option(NEXT, phrase=labels.NEXT_PAGE, letter=LETTERS[NEXT])] if page.after else []
    phrase = say.WHICH if listed or page.after else say.NONE
    return AskChoice(slot="case", phrase=phrase, help=say.HELP_WHICH, options=(*listed, *others))


def _row(one: DecidedWord, at: str, *, of_all: bool) -> tuple[Part, ...]:
    case = one.case
    return (
        code(at),
        *((code(one.by),) if of_all else ()),
        code(place(case.place)),
        code(case.item),
        amount(case.quantity, case.unit) if case.quantity else number(""),
        verdict(say.SAID.get(one.word, cases.OTHER_KIND), {"kind": one.word}),
    )


def _opened(operator: str, one: DecidedWord, at: str, whose: dict[str, str]) -> Steps:
    """One's own case takes no word of one's own, neither this one."""
    again = Start("decided", whose)
    reasons = yield from names_of(operator, (one.reason,))
    lines = tuple(line for line in _details(one, at, reasons) if line.text or line.phrase or line.parts)
    word: Choice = yield _word(one, lines)
    if word.value == BACK:
        yield again
        return
    process = COUNT if one.case.kind == CaseKind.CLAIM else DECIDE
    row = (Shown(parts=_row(one, at, of_all=True)), Shown(phrase=say.WAITS_AGAIN))
    wall_us, reason, note = yield from confirm.confirmed(operator, 1, row, process)
    fact = Decided(wall_us, Word.WITHDRAW, subjects_of((one.case,)), reason, note)
    yield Post(fact, again.arguments, Said(say.TAKEN_BACK.key, "good"))


def _word(one: DecidedWord, lines: tuple[Shown, ...]) -> AskWord:
    back = Option(BACK, phrase=say.TO_LIST, number=9)
    if YOURS in one.case.marks or one.word not in TAKEN_BACK:
        phrase, help_ = cases.ONLY_LOOK, cases.HELP_ONLY_LOOK
        return AskWord(slot="word", phrase=phrase, help=help_, options=(back,), lines=lines)
    said = (Option(Word.WITHDRAW, phrase=say.TAKE_BACK, number=1), back)
    return AskWord(
        slot="word", phrase=say.WHAT_ABOUT_IT, help=say.HELP_TAKE_BACK, options=(), unlisted=said, lines=lines
    )


def _details(one: DecidedWord, at: str, reasons: Mapping[str, str]) -> Iterator[Shown]:
    """In the order of a case: place and goods, how much, money; then the word, why, by whom, when."""
    case = one.case
    yield Shown(parts=(code(place(case.place)), code(case.item)))
    yield Shown(labels.GOODS, parts=(name(case.name),) if case.name else ())
    yield Shown(labels.LOT, case.lot)
    yield Shown(labels.SERIAL, case.serial)
    worth = (number(money(case)),) if case.value else ()
    yield Shown(parts=(amount(case.quantity, case.unit), *worth) if case.quantity else worth)
    yield Shown(parts=(verdict(say.SAID.get(one.word, cases.OTHER_KIND), {"kind": one.word}),))
    yield Shown(labels.REASON, parts=(name(reasons.get(one.reason, one.reason)),) if one.reason else ())
    yield Shown(labels.NOTE, one.note)
    yield Shown(cases.L_BEFORE, one.by)
    yield Shown(say.L_SAID, at)
    yield Shown(cases.L_WHO, case.operator)
    yield Shown(phrase=say.WAITS_AGAIN)


DECIDED = Script(
    name="decided", title=say.DECIDED, steps=decided, right=Right.DECIDE, secret=True,
    slots=(*SLOTS, "case", "word", *confirm.SLOTS),
)  # fmt: skip
