"""Help on a question: how to answer it, then what the keys do, each with its typed form."""

from collections.abc import Iterator

from scanner_app.languages.language import Language
from scanner_app.session.view.view import Line
from scanner_app.workflows.engine.commands import Command, forms
from scanner_app.workflows.engine.help import KEYS
from scanner_app.workflows.questions.question import Question

_SIGNED_OUT = (Command.HELP, Command.BACK, Command.UNDO, Command.MORE, Command.WHOLE, Command.STATUS, Command.LEAVE)
"""What works while nobody is signed in."""


def help_lines(question: Question, is_guarded: bool, language: Language) -> Iterator[Line]:
    """The most particular first; at sign-in and at the lock only the keys that do something there."""
    for phrase in question.forms:
        yield Line(language.words(phrase), is_sentence=True)
    for command, phrase in KEYS.items():
        if not is_guarded or command in _SIGNED_OUT:
            yield Line(language.words(phrase), forms(command))
