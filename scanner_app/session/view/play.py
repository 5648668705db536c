"""A play as a picture: every sentence in words, every fact on its line."""

from scanner_app.languages.language import Language
from scanner_app.session.view.bays import bays
from scanner_app.session.view.chrome import chrome
from scanner_app.session.view.help import aids, help_lines
from scanner_app.session.view.part import Kind, Part, joined
from scanner_app.session.view.view import Bay, Line, Message, Tone, View, Wait, line_of
from scanner_app.workflows.engine.runner import READ, Play
from scanner_app.workflows.phrases import chrome as words
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Answer
from scanner_app.workflows.questions.bar import UNTIL
from scanner_app.workflows.questions.option import keyed
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.shown import Shown


def answer_words(question: Question, answer: Answer, language: Language) -> str:
    """An answer as the worker would say it, in the unit it was asked in."""
    return _text(question.words(answer), language)


def messages(said: Said | None, language: Language) -> tuple[Message, ...]:
    """What is said, in order: what was done, then what stands in the way."""
    return tuple(Message(language.said(one), Tone(one.tone)) for one in said.in_order) if said else ()


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
        before=messages(said, language)[:-1],
        lines=_lines(play, question, language) if question and not play.is_helped else (),
        listed=tuple(_listed(play, question, language)) if question else (),
        hint=_hint(play, language),
        secret=bool(question and question.is_secret),
        halted=play.halted,
        page=play.page,
        is_whole=play.is_whole,
        chrome=chrome(language),
        picture=_picture(question) if question else (),
        aids=() if play.is_helped or play.halted or not question else aids(question, play.script.at_the_door, language),
        wait=_wait(said) if said else None,
    )


def _picture(question: Question) -> tuple[Bay, ...]:
    here, neighbours = question.neighbours
    return bays(neighbours, here)


def _wait(said: Said) -> Wait | None:
    """How long a sentence says to wait; one in an old log does not know until when."""
    until_us = said.arguments.get(UNTIL, "0")
    return Wait(int(until_us), said.arguments["wait"]) if int(until_us) else None


def _lines(play: Play, question: Question, language: Language) -> tuple[Line, ...]:
    context = (_shown(shown, language) for shown in (*question.beside, *question.context))
    known = (*_sticky(play, language), *_given(play, language), *context)
    return (*known, *_refused(play.said, language), *_doubted(play, question, language), *_aside(play, language))


def _refused(said: Said | None, language: Language) -> list[Line]:
    read = (one.arguments[READ] for one in (said.in_order if said else ()) if READ in one.arguments)
    return [Line(text, language.words(labels.READ)) for text in read]


def _doubted(play: Play, question: Question, language: Language) -> list[Line]:
    """What waits for the same once more, as it was taken, unless it is in what is said of it or a secret."""
    if play.unconfirmed is None or question.is_secret or play.typed is not None:
        return []
    shown = question.words(play.unconfirmed)
    text = _text(shown, language)
    is_said = any(text in one.text for one in messages(play.said, language))
    return [] if is_said or not text else [_line(shown, language.words(labels.READ), language)]


def _aside(play: Play, language: Language) -> list[Line]:
    """What was entered since the mistake, so that a worker who goes on sees that it counts for nothing."""
    return [Line(str(play.aside), language.words(labels.ASIDE))] if play.halted and play.aside else []


def _sticky(play: Play, language: Language) -> list[Line]:
    """What the script began with, until it is answered anew or another place takes its place."""
    if any(given.question.starts_over(given.answer) for given in play.given):
        return []
    answered = {given.question.slot for given in play.given}
    return [
        Line(_called(play, name, language), language.words(label))
        for name, label in play.script.labels.items()
        if play.arguments.get(name) and name not in answered
    ]


def _called(play: Play, name: str, language: Language) -> str:
    """An argument as it is said: a code as it is, a word of ours in words."""
    value = play.arguments[name]
    phrase = play.script.called.get(name, {}).get(value)
    return language.words(phrase) if phrase else value


def _given(play: Play, language: Language) -> list[Line]:
    """One line a label, with what was answered last; an answer without a label is not shown."""
    lines: dict[str, Line] = {}
    for given in play.given:
        phrase = given.question.label_of(given.answer)
        line = _line(given.question.words(given.answer), language.words(phrase) if phrase else "", language)
        if line.label and line.text:
            lines[line.label] = line
    return list(lines.values())


def _listed(play: Play, question: Question, language: Language) -> list[Line]:
    if play.is_helped:
        return list(help_lines(question, play.script.at_the_door, language))
    listed = [_shown(shown, language) for shown in question.lines]
    options = [_line(option.shown, key, language) for key, option in keyed(question.options)]
    return [*options, *listed] if question.is_list else [*listed, *options]


def _shown(shown: Shown, language: Language) -> Line:
    return _line(shown, language.words(shown.label) if shown.label else "", language)


def _line(shown: Shown, label: str, language: Language) -> Line:
    if shown.parts:
        return line_of(_parts(shown, language), label)
    return Line(_text(shown, language), label, shown.phrase is not None)


def _text(shown: Shown, language: Language) -> str:
    if shown.parts:
        return joined(_parts(shown, language))
    return language.words(shown.phrase, shown.arguments) if shown.phrase else shown.text


def _parts(shown: Shown, language: Language) -> tuple[Part, ...]:
    return tuple(
        Part(language.words(part.phrase, part.arguments) if part.phrase else part.text, Kind(part.kind))
        for part in shown.parts
    )


def _hint(play: Play, language: Language) -> str:
    if play.halted:
        return language.words(words.ACKNOWLEDGE)
    if play.is_helped:
        return language.words(words.HINT_HELP)
    if play.script.at_the_door:
        return language.words(words.HINT_SIGN_IN)
    if play.script.hint is not None:
        return language.words(play.script.hint)
    return f"{language.words(words.HINT)}  {language.words(words.HINT_MORE)}"
