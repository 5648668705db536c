"""Patterns of a site: numbers with a weight or a price in them, and what it prints around codes of its own.

A pattern of thirteen signs is a number within a shop: digits as they are, ``I`` the item, ``W`` grams, ``L`` hundredths
of a pound, ``P`` a price, ``V`` its check, ``X`` anything, ``C`` the check digit. In any other pattern a ``*`` stands
for the code, and around it what is left off.
"""

import re
from functools import lru_cache

from scanner_app.domain.check_digit import check_digit, is_checked, is_number
from scanner_app.domain.recognition.candidate import Candidate, Kind
from scanner_app.domain.recognition.label import Label, Why
from scanner_app.domain.recognition.trade_number import spellings

_LENGTH = 13
_SIGNS = re.compile(r"\d{1,2}[IVWLPX]{10,11}C", re.ASCII)
_MEASURES = {"W": ("kg", 1_000), "L": ("lb", 10_000)}
"""The unit of a weight, and what its last digit is in millionths of it."""


@lru_cache(maxsize=64)
def _form(pattern: str) -> re.Pattern[str] | None:
    """What a number of such a pattern looks like, a group for each sign; None for a pattern of another kind."""
    if len(pattern) != _LENGTH or not _SIGNS.fullmatch(pattern):
        return None
    parts = re.findall(r"\d+|I+|V+|W+|L+|P+|X+|C", pattern)
    return re.compile("".join(part if part.isdigit() else rf"\d{{{len(part)}}}" for part in parts), re.ASCII)


def in_shop(body: str, pattern: str) -> Candidate | None:
    """A number of such a pattern, with how much it is; None where it is none, or its check digit is wrong."""
    number = body.zfill(_LENGTH)
    form = _form(pattern)
    if form is None or not is_number(body) or len(body) not in (12, 13):
        return None
    if not form.fullmatch(number) or not is_checked(number):
        return None
    if not _is_right_within(number, pattern):
        return Candidate(Kind.TRADE_NUMBER, body, (body,), why=Why.MISREAD)
    zeroed = "".join("0" if sign in "WLPV" else digit for sign, digit in zip(pattern[:-1], number, strict=False))
    zeroed += check_digit(zeroed)
    item = "".join(digit for sign, digit in zip(pattern, number, strict=True) if sign == "I" or sign.isdigit())
    measured, measure = _measured(number, pattern)
    label = Label(gtin=zeroed.zfill(14), measured=measured, measure=measure)
    return Candidate(Kind.TRADE_NUMBER, body, tuple(dict.fromkeys((body, *spellings(zeroed), item))), label)


def inner(body: str, pattern: str) -> str:
    """The code within what a site prints around it; empty where that is not there.

    >>> inner("LOC:A-01-02", "LOC:*"), inner("%A-01-02%", "%*%"), inner("A-01-02", "LOC:*")
    ('A-01-02', 'A-01-02', '')
    """
    before, star, behind = pattern.partition("*")
    is_around = star and body.startswith(before) and body.endswith(behind) and len(body) > len(pattern) - 1
    return body[len(before) : len(body) - len(behind)].strip(" ") if is_around else ""


def _of(number: str, pattern: str, signs: str) -> str:
    return "".join(digit for sign, digit in zip(pattern, number, strict=True) if sign in signs)


def _measured(number: str, pattern: str) -> tuple[int, str]:
    for sign, (unit, micro) in _MEASURES.items():
        if digits := _of(number, pattern, sign):
            return int(digits) * micro, unit
    return 0, ""


def _is_right_within(number: str, pattern: str) -> bool:
    """Whether the check of a weight or a price is right, of those lengths that have one."""
    from biip.checksums import gs1_price_weight_check_digit

    check, digits = _of(number, pattern, "V"), _of(number, pattern, "WLP")
    return len(check) != 1 or len(digits) not in (4, 5) or str(gs1_price_weight_check_digit(digits)) == check
