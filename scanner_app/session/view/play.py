"""A play as a picture: every sentence in words, every fact on its line."""

from scanner_app.domain.quantity import in_units
from scanner_app.languages.language import Language
from scanner_app.session.view.bays import bays
from scanner_app.session.view.chrome import chrome
from scanner_app.session.view.help import help_lines
from scanner_app.session.view.view import Line, Tone, View
from scanner_app.workflows.engine.runner import READ, Given, Play
from scanner_app.workflows.phrases import chrome as words
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Amount, Answer, Choice, Goods, Person, Place, Text
from scanner_app.workflows.questions.ask import (
    AskChoice,
    AskGoods,
    AskPick,
    AskPin,
    AskPlace,
    AskQuantity,
    AskSubject,
    Option,
    Question,
    Shown,
)

_STICKY = {"source": labels.FROM, "onto": labels.ONTO, "plate": labels.PLATE}
_CHOOSING = (AskChoice, AskPlace, AskPick, AskSubject)


def answer_words(question: Question, answer: Answer, language: Language) -> str:
    """An answer as the worker would say it, in the unit it was asked in."""
    if isinstance(answer, Amount) and isinstance(question, AskQuantity):
        return in_units(answer.quantity, question.factor, question.unit, question.base_unit)
    if isinstance(answer, Choice) and isinstance(question, _CHOOSING):
        chosen = (option for option in question.options if option.value == answer.value)
        return next((_option(option, language) for option in chosen), answer.value)
    if isinstance(answer, Goods):
        return f"{answer.item} {answer.name}"
    if isinstance(answer, Place):
        return answer.place
    if isinstance(answer, Person):
        return answer.name
    return answer.text if isinstance(answer, Text) else ""


def view_of(play: Play, language: Language) -> View:
    """The picture of a play at its question, without what belongs to the session (counter, status)."""
    question = play.question
    said = play.said
    return View(
        revision=0,
        title=language.words(play.script.title),
        prompt=language.words(question.phrase, question.arguments) if question else "",
        message=language.said(said) if said else "",
        tone=Tone(said.tone) if said else Tone.PLAIN,
        lines=_lines(play, question, language) if question and not play.is_helped else (),
        listed=tuple(_listed(play, question, language)) if question else (),
        hint=_hint(play, language),
        secret=isinstance(question, AskPin),
        halted=play.halted,
        page=play.page,
        chrome=chrome(language),
        picture=bays(question.around, question.here) if isinstance(question, AskSubject) else (),
    )


def _lines(play: Play, question: Question, language: Language) -> tuple[Line, ...]:
    known = (*_sticky(play, language), *_given(play, language), *_known(question, language))
    return (*known, *_refused(play.said, language), *_aside(play, language))


def _refused(said: Said | None, language: Language) -> list[Line]:
    if said is None or READ not in said.arguments:
        return []
    return [Line(said.arguments[READ], language.words(labels.READ))]


def _aside(play: Play, language: Language) -> list[Line]:
    """What was entered since the mistake, so that a worker who goes on sees that it counts for nothing."""
    return [Line(str(play.aside), language.words(labels.ASIDE))] if play.halted and play.aside else []


def _sticky(play: Play, language: Language) -> list[Line]:
    given = {one.question.slot for one in play.given}
    return [
        Line(value, language.words(_STICKY[slot]))
        for slot, value in play.arguments.items()
        if value and slot in _STICKY and slot not in given and not _starts_over(play)
    ]


def _starts_over(play: Play) -> bool:
    """A place given where goods were asked replaces the place that the work started from."""
    return any(_is_source(one.question, one.answer) for one in play.given)


def _is_source(question: Question, answer: Answer) -> bool:
    """Say whether goods are taken from a place that was given where goods were asked, not a whole plate put there."""
    if not isinstance(answer, Place) or not isinstance(question, AskGoods):
        return False
    return answer.is_plate or not question.plate


def _given(play: Play, language: Language) -> list[Line]:
    """One line a label, with what was answered last; an answer without a label is not shown."""
    lines: dict[str, Line] = {}
    for one in play.given:
        label, text = _label(one, language), answer_words(one.question, one.answer, language)
        if label and text:
            lines[label] = Line(text, label)
    return list(lines.values())


def _label(given: Given, language: Language) -> str:
    """What an answer is called: that of its question, unless it was another kind of answer than was asked for."""
    question, answer = given.question, given.answer
    phrase = question.label
    if isinstance(answer, Goods):
        phrase = None if isinstance(question, AskQuantity) else labels.GOODS
    elif isinstance(answer, Place) and isinstance(question, AskGoods):
        phrase = labels.FROM if _is_source(question, answer) else labels.TARGET
    elif isinstance(answer, Place) and isinstance(question, AskQuantity):
        phrase = labels.TARGET
    elif isinstance(answer, Choice) and isinstance(question, AskPlace):
        phrase = labels.EMPTY
    return language.words(phrase) if phrase else ""


def _known(question: Question, language: Language) -> list[Line]:
    """What is looked at; or what helps to say how many: what is there, and what was counted so far."""
    if isinstance(question, AskSubject):
        return [_shown(head, language) for head in question.heads]
    if not isinstance(question, AskQuantity):
        return []
    here = Line(question.known_words, language.words(labels.HERE))
    counted = Line(question.counted_words, language.words(labels.COUNTED))
    return [here, counted] if question.counts else [here]


def _listed(play: Play, question: Question, language: Language) -> list[Line]:
    if play.is_helped:
        return list(help_lines(question, play.script.secret, language))
    listed = [_shown(shown, language) for shown in question.lines]
    if isinstance(question, _CHOOSING):
        numbered = [_numbered(number, option, language) for number, option in enumerate(question.options, 1)]
        return [*numbered, *listed] if isinstance(question, AskChoice) else [*listed, *numbered]
    return listed


def _numbered(number: int, option: Option, language: Language) -> Line:
    return Line(_option(option, language), str(number), option.phrase is not None, option.cells)


def _shown(shown: Shown, language: Language) -> Line:
    text = language.words(shown.phrase, shown.arguments) if shown.phrase else shown.text
    return Line(text, language.words(shown.label) if shown.label else "", shown.phrase is not None)


def _option(option: Option, language: Language) -> str:
    return language.words(option.phrase, option.arguments) if option.phrase else option.text


def _hint(play: Play, language: Language) -> str:
    if play.halted:
        return language.words(words.ACKNOWLEDGE)
    if play.is_helped:
        return language.words(words.HINT_HELP)
    return language.words(words.HINT_SIGN_IN if play.script.secret else words.HINT)
