"""Numbers of parcels: those of carriers that can be told from others, with a check digit where there is one."""

import re

from scanner_app.domain.check_digit import is_checked
from scanner_app.domain.recognition.label import Why

_TRACKED = re.compile(r"1Z[A-Z0-9]{15}\d", re.ASCII)
_POSTAL = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}", re.ASCII)
_PLATE = re.compile(r"J?JD\d{16,22}", re.ASCII)
_DOMESTIC = re.compile(r"(?:420\d{5}(?:\d{4})?)?(9[1-5]\d{18}(?:\d{2}|\d{4}|\d{6})?)", re.ASCII)
_LETTER_WORTH = 63
_POSTAL_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def parcel(text: str) -> Why | None:
    """What is wrong with the number of a parcel, which is nothing or its check digit; None where it is none.

    >>> parcel("1ZX37W960312345677"), parcel("RR473124829DE"), parcel("A-01-02")
    (<Why.NOTHING: ''>, <Why.NOTHING: ''>, None)
    """
    if _TRACKED.fullmatch(text):
        return _told(is_tracked(text))
    if _POSTAL.fullmatch(text):
        return _told(is_postal(text))
    if found := _DOMESTIC.fullmatch(text):
        return _told(is_checked(found[1]))
    return Why.NOTHING if _PLATE.fullmatch(text) else None


def is_tracked(text: str) -> bool:
    """Say whether the last digit behind ``1Z`` is right: 1 and 2 weigh in turn, letters their place."""
    worth = [int(sign) if sign.isdigit() else (ord(sign) - _LETTER_WORTH) % 10 for sign in text[2:-1]]
    return str(-(sum(worth[::2]) + 2 * sum(worth[1::2])) % 10) == text[-1]


def is_postal(text: str) -> bool:
    """Say whether the ninth digit of a postal number is right (UPU S10, mod 11)."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(text[2:10], _POSTAL_WEIGHTS, strict=True)) % 11
    return str({10: 0, 11: 5}.get(rest, rest)) == text[10]


def _told(is_right: bool) -> Why:
    return Why.NOTHING if is_right else Why.WRONG_DIGIT
