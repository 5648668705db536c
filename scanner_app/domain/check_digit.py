"""Check digits of GS1 (mod 10): whether a text is a GTIN or an SSCC, and whether one is what is left of a spoilt one.

One law for the floor and for files. A text is a number here only if it is all ASCII digits.
"""

from enum import StrEnum

GTIN_LENGTHS = frozenset({8, 12, 13, 14})
SSCC_LENGTH = 18
_ZERO = ord("0")
_ZERO_LOST = frozenset({length - 1 for length in GTIN_LENGTHS} - GTIN_LENGTHS)


class Spoilt(StrEnum):
    """Why a code that looks like a GTIN is none."""

    NOT = ""
    WRONG_DIGIT = "wrong_digit"
    LOST_ZERO = "lost_zero"


def check_digit(body: str) -> str:
    """Return the digit that ends a number with the digits ``body``: weights 3 and 1 from the right.

    >>> check_digit("400638133393")
    '1'
    """
    return str(-_weighed(body, 3) % 10)


def is_checked(number: str) -> bool:
    """Say whether the last digit of a number of any length is right; ``number`` holds ASCII digits only.

    >>> is_checked("4006381333931"), is_checked("4006381333932")
    (True, False)
    """
    return _weighed(number, 1) % 10 == 0


def is_number(text: str) -> bool:
    """Say whether a text is all ASCII digits, at least one."""
    return text.isascii() and text.isdigit()


def is_gtin(text: str) -> bool:
    """Say whether a text is a GTIN-8, -12 (UPC-A), -13 (EAN) or -14, the check digit included."""
    return len(text) in GTIN_LENGTHS and is_number(text) and is_checked(text)


def is_sscc(text: str) -> bool:
    """Say whether a text is the 18 digits of a load unit's number, the check digit included."""
    return len(text) == SSCC_LENGTH and is_number(text) and is_checked(text)


def looks_like_sscc(text: str) -> bool:
    """Say whether a text has the length of a load unit's number, right or misread."""
    return len(text) == SSCC_LENGTH and is_number(text)


def spoilt_gtin(text: str) -> Spoilt:
    """What is wrong with a code that has the length of a GTIN, or that would have it with a zero before it.

    >>> [spoilt_gtin(code).value for code in ("4006381333931", "4006381333932", "36000291452", "PEN")]
    ['', 'wrong_digit', 'lost_zero', '']
    """
    if not is_number(text):
        return Spoilt.NOT
    if len(text) in GTIN_LENGTHS:
        return Spoilt.NOT if is_checked(text) else Spoilt.WRONG_DIGIT
    return Spoilt.LOST_ZERO if len(text) in _ZERO_LOST and is_checked(text) else Spoilt.NOT


def _weighed(digits: str, last: int) -> int:
    """The sum of the digits, weighed 3 and 1 in turn; the last one has the weight ``last``."""
    return last * _sum(digits[::-2]) + (4 - last) * _sum(digits[-2::-2])


def _sum(digits: str) -> int:
    return sum(digits.encode()) - _ZERO * len(digits)
