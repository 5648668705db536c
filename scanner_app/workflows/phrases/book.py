"""The phrase book: every sentence an operator reads, by its key; each tells what to do next.

A sentence is looked up by its key when it is shown, so the log keeps keys and arguments and never a language. English
is the source text and the catalogue's message id. Two rows of 20 columns are the room a prompt or a message has.
"""

from msgspec import Struct


class Phrase(Struct, frozen=True):
    """A key for the log, a sentence for people; ``{name}`` marks what is filled in.

    Where a number rules the words, ``text`` is for one, ``many`` for any other, and ``counted`` names the number.
    """

    key: str
    text: str
    many: str = ""
    counted: str = "count"


_book: dict[str, Phrase] = {}


def phrase_in_book(key: str, text: str, many: str = "", counted: str = "count") -> Phrase:
    """Put a sentence into the book; those of one process stand in a file of their own beside its script."""
    _book[key] = Phrase(key, text, many, counted)
    return _book[key]


def phrase(key: str) -> Phrase:
    """Return the phrase of a key; an old log may name one that is gone, which then reads as its key."""
    return _book.get(key) or Phrase(key, key)


def all_phrases() -> tuple[Phrase, ...]:
    return tuple(_book.values())
