"""Options: what can be chosen by its number."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.part import Part
from scanner_app.workflows.questions.shown import Shown

NUMBER_DIGITS_MAX = 4
ZERO = -1


class Option(Struct, frozen=True):
    """A choice: its value, and a sentence (``phrase`` with its ``arguments``), data (``text``) or ``parts`` to show.

    ``number`` is what it is chosen by, where that is not its place in the list; ``ZERO`` stands for 0. ``answer`` is
    what it is called once it is chosen, where that is less than the list says of it.
    """

    value: str
    text: str = ""
    phrase: Phrase | None = None
    arguments: dict[str, str] = {}
    parts: tuple[Part, ...] = ()
    number: int = 0
    answer: tuple[Part, ...] = ()

    @property
    def shown(self) -> Shown:
        return Shown(text=self.text, phrase=self.phrase, arguments=self.arguments, parts=self.parts)

    @property
    def answered(self) -> Shown:
        return Shown(parts=self.answer) if self.answer else self.shown


def chosen(options: Sequence[Option], text: str) -> Option | None:
    """The option whose number was typed: its own, or its place in the list, counted from 1."""
    is_number = text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS_MAX and (text == "0" or text[0] != "0")
    if not is_number:
        return None
    return next((option for number, option in numbered(options) if number == int(text)), None)


def numbered(options: Sequence[Option]) -> Iterator[tuple[int, Option]]:
    """Each option with the number that it is chosen by."""
    return ((max(0, option.number or place), option) for place, option in enumerate(options, 1))
