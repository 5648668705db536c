"""A play as a picture: every sentence in words, every fact on its line."""

from scanner_app.domain.quantity import in_units
from scanner_app.session.view import Line, Tone, View
from scanner_app.workflows import phrases
from scanner_app.workflows.answers import Amount, Answer, Choice, Goods, Person, Place, Text
from scanner_app.workflows.ask import AskChoice, AskPin, AskQuantity, Option, Question, Shown
from scanner_app.workflows.phrases import Phrase
from scanner_app.workflows.runner import READ, Given, Play
from scanner_app.workflows.script import Said

_STICKY = {"source": phrases.L_FROM}


class _Blanks(dict[str, str]):
    """What fills a sentence; an old log may lack what a newer sentence wants."""

    def __missing__(self, key: str) -> str:
        return "?"


def words(phrase: Phrase, arguments: dict[str, str]) -> str:
    """A sentence with its blanks filled; data in them is never read as a pattern."""
    return phrase.text.format_map(_Blanks(arguments)) if "{" in phrase.text else phrase.text


def said_words(said: Said) -> str:
    return words(phrases.phrase(said.key), said.arguments)


def answer_words(question: Question, answer: Answer) -> str:
    """An answer as the worker would say it, in the unit it was asked in."""
    if isinstance(answer, Amount) and isinstance(question, AskQuantity):
        return in_units(answer.quantity, question.factor, question.unit, question.base_unit)
    if isinstance(answer, Choice) and isinstance(question, AskChoice):
        return next((_option(option) for option in question.options if option.value == answer.value), answer.value)
    if isinstance(answer, Goods):
        return f"{answer.item} {answer.name}"
    if isinstance(answer, Place):
        return answer.place
    if isinstance(answer, Person):
        return answer.name
    return answer.text if isinstance(answer, Text) else ""


def view_of(play: Play) -> View:
    """The picture of a play at its question, without what belongs to the session (counter, status)."""
    question = play.question
    said = play.said
    return View(
        revision=0,
        title=words(play.script.title, {}),
        prompt=words(question.phrase, question.arguments) if question else "",
        message=said_words(said) if said else "",
        tone=Tone(said.tone) if said else Tone.PLAIN,
        lines=(*_sticky(play), *_given(play), *_known(question), *_refused(said)) if question else (),
        listed=tuple(_listed(question)) if question else (),
        hint=_hint(play),
        secret=isinstance(question, AskPin),
        halted=play.halted,
        page=play.page,
    )


def _refused(said: Said | None) -> list[Line]:
    if said is None or READ not in said.arguments:
        return []
    return [Line(said.arguments[READ], words(phrases.L_READ, {}))]


def _sticky(play: Play) -> list[Line]:
    given = {one.question.slot for one in play.given}
    return [
        Line(value, words(_STICKY[slot], {}))
        for slot, value in play.arguments.items()
        if slot in _STICKY and slot not in given and not _starts_over(play)
    ]


def _starts_over(play: Play) -> bool:
    """A place given where goods were asked replaces the place the work started from."""
    return any(isinstance(one.answer, Place) and one.question.slot == "goods" for one in play.given)


def _given(play: Play) -> list[Line]:
    lines: list[Line] = []
    for one in play.given:
        text = answer_words(one.question, one.answer)
        if isinstance(one.answer, Place) and one.question.slot in ("source", "goods"):
            lines = [Line(text, words(phrases.L_FROM, {}))]
        elif text:
            lines.append(Line(text, _label(one)))
    return lines


def _label(given: Given) -> str:
    return words(given.question.label, {}) if given.question.label else ""


def _known(question: Question) -> list[Line]:
    if not isinstance(question, AskQuantity):
        return []
    return [Line(question.known_words, words(phrases.L_HERE, {}))]


def _listed(question: Question) -> list[Line]:
    if isinstance(question, AskChoice):
        return [Line(_option(option), str(number)) for number, option in enumerate(question.options, 1)]
    return [_shown(shown) for shown in question.lines]


def _shown(shown: Shown) -> Line:
    text = words(shown.phrase, {}) if shown.phrase else shown.text
    return Line(text, words(shown.label, {}) if shown.label else "")


def _option(option: Option) -> str:
    return words(option.phrase, {}) if option.phrase else option.text


def _hint(play: Play) -> str:
    if play.halted:
        return words(phrases.ACKNOWLEDGE, {})
    return words(phrases.HINT_SIGN_IN if play.script.secret else phrases.HINT, {})
