"""Near misses (caseless matching): codes that differ only so as hands, keyboards and spreadsheets let them differ.

Case (CapsLock), composed letters, letters of another width, kinds of dashes and of blanks, and characters that nobody
sees. What this makes equal is never taken for equal: it is asked, or noted.
"""

import unicodedata
from collections.abc import Iterable

_LOOKS = {"Pd": "-", "Zs": " ", "Cf": ""}


def near_key(text: str) -> str:
    """What is left of a code when none of that matters: two texts are near misses when their keys are equal.

    >>> near_key("a-01") == near_key("A\u201301"), near_key("L1") == near_key("LI")
    (True, False)
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    looks = "".join(_LOOKS.get(unicodedata.category(letter), letter) for letter in folded)
    return unicodedata.normalize("NFKC", looks).casefold()


def near_misses(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those of the ``known`` codes that a text may have meant, in order; none when it is one of them.

    >>> near_misses("l1-1", ["L1-1", "L2-1"]), near_misses("L1-1", ["L1-1", "l1-1"])
    (('L1-1',), ())
    """
    codes = sorted(set(known))
    key = near_key(text)
    return () if text in codes else tuple(code for code in codes if near_key(code) == key)


def spellings(text: str) -> tuple[str, ...]:
    """The likeliest ways in which a code that was misspelt so is written, itself left out: what an index can find.

    >>> spellings("a-01")
    ('A-01',)
    """
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC")] + [near_key(text)]
    cased = dict.fromkeys(case for form in forms for case in _cases(form))
    return tuple(spelling for spelling in cased if spelling != text and near_key(spelling) == near_key(text))


def _cases(text: str) -> tuple[str, ...]:
    return text.upper(), text.lower(), text.swapcase(), text.title(), text.capitalize(), text
