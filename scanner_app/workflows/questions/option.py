"""Options: what can be chosen by its number, or by a letter behind a dot."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.part import Part
from scanner_app.workflows.questions.shown import Shown

ZERO = -1


class Option(Struct, frozen=True):
    """A choice: its value, and a sentence (``phrase`` with its ``arguments``), data (``text``) or ``parts`` to show.

    ``number`` is what it is chosen by, where that is not its place in the list; ``ZERO`` stands for 0. What stands
    beside a list whatever is in it has a ``letter`` instead, one that no command has. ``answer`` is what it is called
    once it is chosen, where that is less than the list says of it.
    """

    value: str
    text: str = ""
    phrase: Phrase | None = None
    arguments: dict[str, str] = {}
    parts: tuple[Part, ...] = ()
    number: int = 0
    answer: tuple[Part, ...] = ()
    letter: str = ""

    @property
    def shown(self) -> Shown:
        return Shown(text=self.text, phrase=self.phrase, arguments=self.arguments, parts=self.parts)

    @property
    def answered(self) -> Shown:
        return Shown(parts=self.answer) if self.answer else self.shown


def chosen(options: Sequence[Option], text: str) -> Option | None:
    """The option by what was typed: its number, its place in the list, counted from 1, or its letter behind a dot."""
    typed = text.lower()
    return next((option for key, option in keyed(options) if key == typed), None)


def keyed(options: Sequence[Option]) -> Iterator[tuple[str, Option]]:
    """Each option with what it is chosen by, as it is typed.

    >>> [key for key, _ in keyed((Option("one"), Option("two", letter="f"), Option("three", number=ZERO)))]
    ['1', '.f', '0']
    """
    return (
        (f".{option.letter}" if option.letter else str(max(0, option.number or place)), option)
        for place, option in enumerate(options, 1)
    )
