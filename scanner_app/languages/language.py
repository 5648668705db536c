"""The language an operator reads: English as the phrase book has it, or a gettext catalogue beside this file.

A catalogue is read compiled (``catalogue.py``), once for each language that somebody asks for; English reads nothing. A
sentence is found by its key (the context) and its English text, so that one word may have two translations.
"""

import struct
from functools import cache
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from scanner_app.workflows.phrases import book
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said

SOURCE = "en"
LANGUAGES = (SOURCE, "de", "es", "fr")
_WANTED = "want.another"
"""What is wanted, in a log from before it was said for each question."""
_FOLDER = Path(__file__).parent


class Catalogue(Protocol):
    """What gettext offers: sentences by context, with the plural rule of the language."""

    def pgettext(self, context: str, message: str) -> str: ...

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str: ...


class _Blanks(dict[str, str]):
    """What fills a sentence; an old log may lack what a newer sentence wants."""

    def __missing__(self, key: str) -> str:
        return "?"


class Language(Struct, frozen=True):
    """Says sentences; ``catalogue`` is ``None`` in English, ``trouble`` why it is English in the place of another."""

    code: str
    catalogue: Catalogue | None = None
    trouble: str = ""

    def words(self, phrase: Phrase, arguments: dict[str, str] | None = None) -> str:
        """A sentence with its blanks filled; data in them is never read as a pattern.

        One that is damaged in the catalogue is said in English: gettext looks at no sentence before it is wanted.
        """
        given = arguments or {}
        try:
            return _filled(self._pattern(phrase, given), given)
        except _DAMAGED:
            return _filled(ENGLISH._pattern(phrase, given), given)

    def said(self, said: Said) -> str:
        """A sentence; what is ``wanted`` is one of its own."""
        wanted = self.words(book.phrase(said.arguments.get("wanted", _WANTED)))
        return self.words(book.phrase(said.key), {**said.arguments, "wanted": wanted})

    def _pattern(self, phrase: Phrase, arguments: dict[str, str]) -> str:
        if not phrase.many:
            return self.catalogue.pgettext(phrase.key, phrase.text) if self.catalogue else phrase.text
        number = _number(arguments.get(phrase.counted, ""))
        if self.catalogue is None:
            return phrase.text if number == 1 else phrase.many
        return self.catalogue.npgettext(phrase.key, phrase.text, phrase.many, number)


ENGLISH = Language(SOURCE)
_DAMAGED = (ValueError, LookupError, AttributeError, TypeError, ArithmeticError)
"""What a sentence raises in which a byte has changed."""


def _filled(pattern: str, arguments: dict[str, str]) -> str:
    return pattern.format_map(_Blanks(arguments)) if "{" in pattern else pattern


def language(code: str, otherwise: str = SOURCE) -> Language:
    """Return the language of a code such as ``de`` or ``de-AT``; for one that nobody has translated, ``otherwise``."""
    known = code.replace("_", "-").partition("-")[0].lower()
    return _loaded(known if known in LANGUAGES else otherwise)


def catalogue_trouble(code: str) -> str:
    """Why a language cannot be spoken, so that English is instead; empty where it can."""
    return _read(code).trouble


@cache
def _loaded(code: str) -> Language:
    return _read(code)


def _read(code: str) -> Language:
    """A language with its catalogue; where that is missing or damaged English is spoken, and the shift goes on."""
    if code == SOURCE:
        return ENGLISH
    from gettext import GNUTranslations

    try:
        with _path(code).open("rb") as file:
            return Language(code, GNUTranslations(file))
    except FileNotFoundError:
        return Language(SOURCE, trouble="not compiled")
    except (OSError, ValueError, LookupError, struct.error) as error:
        return Language(SOURCE, trouble=f"damaged: {error}")


def _path(code: str) -> Path:
    return _FOLDER / f"{code}.mo"


def _number(text: str) -> int:
    """The number that rules the words; what is none is many, as in *0 scans*."""
    return int(text) if text.isascii() and text.isdigit() else 0
