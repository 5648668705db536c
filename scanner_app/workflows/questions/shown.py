"""A line under a question, or an answer in words: sentences by their keys, and data."""

from msgspec import Struct

from scanner_app.workflows.phrases.book import Phrase


class Shown(Struct, frozen=True):
    """``label`` and ``phrase`` (with its ``arguments``) are sentences, ``text`` is data."""

    label: Phrase | None = None
    text: str = ""
    phrase: Phrase | None = None
    arguments: dict[str, str] = {}
