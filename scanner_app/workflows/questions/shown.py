"""A line under a question, or an answer in words: sentences by their keys, and data."""

from msgspec import Struct

from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.part import Part


class Shown(Struct, frozen=True):
    """``label`` and ``phrase`` (with its ``arguments``) are sentences, ``text`` is data that is never cut.

    ``parts`` say it instead where some of it may be shortened, or stands in columns.
    """

    label: Phrase | None = None
    text: str = ""
    phrase: Phrase | None = None
    arguments: dict[str, str] = {}
    parts: tuple[Part, ...] = ()

    @property
    def data(self) -> str:
        """The data without the sentences among it, in one line."""
        return self.text or " ".join(part.text for part in self.parts if part.text)
