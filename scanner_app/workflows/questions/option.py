"""Options: what can be chosen by its number."""

from collections.abc import Sequence

from msgspec import Struct

from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.part import Part
from scanner_app.workflows.questions.shown import Shown

NUMBER_DIGITS_MAX = 4


class Option(Struct, frozen=True):
    """A choice: its value, and a sentence (``phrase`` with its ``arguments``), data (``text``) or ``parts`` to show."""

    value: str
    text: str = ""
    phrase: Phrase | None = None
    arguments: dict[str, str] = {}
    parts: tuple[Part, ...] = ()

    @property
    def shown(self) -> Shown:
        return Shown(text=self.text, phrase=self.phrase, arguments=self.arguments, parts=self.parts)


def chosen(options: Sequence[Option], text: str) -> Option | None:
    """The option whose number was typed, counted from 1."""
    is_number = text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS_MAX and not text.startswith("0")
    return options[int(text) - 1] if is_number and int(text) <= len(options) else None
