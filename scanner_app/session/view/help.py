"""Help on a question: how to answer it, then what the keys do, each with its typed form."""

from collections.abc import Iterator
from functools import cache

from scanner_app.languages.language import Language
from scanner_app.session.view.view import Line
from scanner_app.workflows.engine.commands import Command, forms
from scanner_app.workflows.engine.help import KEYS
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.question import Question

_SIGNED_OUT = (Command.HELP, Command.BACK, Command.UNDO, Command.MORE, Command.WHOLE, Command.STATUS, Command.LEAVE)
"""What works while nobody is signed in."""


@cache
def _aids(forms_of: tuple[Phrase, ...], is_guarded: bool, language: Language) -> tuple[Line, ...]:
    return tuple(_lines(forms_of, is_guarded, language))


def aids(question: Question, is_guarded: bool, language: Language) -> tuple[Line, ...]:
    """The same for a screen that has room for it beside the question: made once for each kind and language."""
    return _aids(question.forms, is_guarded, language)


def help_lines(question: Question, is_guarded: bool, language: Language) -> Iterator[Line]:
    """The most particular first; at sign-in and at the lock only the keys that do something there."""
    return _lines(question.forms, is_guarded, language)


def _lines(forms_of: tuple[Phrase, ...], is_guarded: bool, language: Language) -> Iterator[Line]:
    for phrase in forms_of:
        yield Line(language.words(phrase), is_sentence=True)
    for command, phrase in KEYS.items():
        if not is_guarded or command in _SIGNED_OUT:
            yield Line(language.words(phrase), forms(command))
