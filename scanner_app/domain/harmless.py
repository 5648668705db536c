"""Harmless text: what drives a terminal or turns writing around is shown and does nothing, whoever it comes from."""

import unicodedata

_INSTEAD = "\ufffd"
_KEPT = frozenset("\n\t")


def harmless(text: str) -> str:
    """A text as it may be printed on a terminal or written into a log, each character in its place.

    Control characters (C0, C1), those that turn the direction of writing, and what has no form are replaced; line ends
    and tabs stay, and so do blanks of every width.

    >>> harmless("a\\x1b[2J\\x9b\\u202eb\\nc")
    'a\ufffd[2J\ufffd\ufffdb\\nc'
    """
    return text if text.isprintable() else "".join(map(_harmless, text))


def _harmless(letter: str) -> str:
    is_kept = letter.isprintable() or letter in _KEPT or unicodedata.category(letter) == "Zs"
    return letter if is_kept else _INSTEAD
