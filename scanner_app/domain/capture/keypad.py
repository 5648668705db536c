"""Names as a keypad spells them: each letter by the digit it stands on (ITU-T E.161), so that one press is enough.

Letters are folded first: case, accents and ligatures do not matter. A letter that is on no key stands for itself.
"""

import unicodedata

_KEYS = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}
_PRESSED = str.maketrans({letter: digit for digit, letters in _KEYS.items() for letter in letters})
_PARTED = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})
_PLAIN = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


def words_of(text: str) -> list[str]:
    """The words of a name or of what was typed, folded.

    >>> words_of("Müsli-Crunch 125 g")
    ['musli', 'crunch', '125', 'g']
    """
    if text.isascii():
        return text.lower().translate(_PARTED).split()
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    return "".join(_kept(letter) for letter in folded).split()


def _kept(letter: str) -> str:
    if letter.isalnum():
        return letter
    return "" if unicodedata.combining(letter) else " "


def pressed(word: str) -> str:
    """A folded word as its keys.

    >>> pressed("musli")
    '68754'
    """
    return word.translate(_PRESSED)


def keys_of(*texts: str) -> str:
    """The distinct words of some texts as their keys, with blanks between them: what a search goes by."""
    return " ".join(dict.fromkeys(pressed(word) for text in texts for word in words_of(text)))


def begins(parts: list[str], *texts: str) -> bool:
    """Say whether each of the folded ``parts`` begins a word of ``texts``; digits stand for letters, too.

    >>> begins(["mus", "278"], "Müsli Crunch"), begins(["mus", "125"], "Müsli Crunch 125 g")
    (True, True)
    """
    words = [word for text in texts for word in words_of(text)]
    return all(any(_is_beginning(part, word) for word in words) for part in parts)


def _is_beginning(part: str, word: str) -> bool:
    return word.startswith(part) or (part.isdigit() and pressed(word).startswith(part))
