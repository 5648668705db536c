"""What is right in a part of an element: check digits and characters, days and times, codes of lists, numbers."""

import re
from urllib.parse import unquote

from scanner_app.domain.check_digit import is_checked, is_number
from scanner_app.domain.recognition.gs1.days import day_of, is_day
from scanner_app.domain.recognition.gs1.iso_codes import COUNTRIES, COUNTRIES_BY_LETTERS, CURRENCIES

SIGNS = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
"""What elements of text are made of, in the order of their worth."""
CHECK_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
PRIME = 1021
WEIGHTS = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83)
"""Of the signs before a pair of check characters, from the right."""
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{1,30}", re.ASCII)
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MEDIA = frozenset({*range(1, 11), *range(80, 100)})


def check_pair(body: str) -> str:
    """The two check characters that end a model number.

    >>> check_pair("4006381Shelf7")
    'BU'
    """
    total = sum(SIGNS.index(sign) * weight for sign, weight in zip(reversed(body), WEIGHTS, strict=False)) % PRIME
    return CHECK_SIGNS[total >> 5] + CHECK_SIGNS[total & 31]


def is_paired(text: str) -> bool:
    body = text[:-2]
    return len(body) <= len(WEIGHTS) and all(sign in SIGNS for sign in body) and text[-2:] == check_pair(body)


def is_iban(text: str) -> bool:
    """Say whether a text is the number of an account: all of it, letters as 10 to 35, leaves 1 of 97 (ISO 13616)."""
    if not _IBAN.fullmatch(text):
        return False
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1


def is_mod10(digits: str) -> bool:
    return is_number(digits) and is_checked(digits)


def is_short_day(digits: str, year: int) -> bool:
    """Six digits with a day of its own."""
    return digits[4:6] != "00" and bool(day_of(digits, year))


def is_month_or_day(digits: str, year: int) -> bool:
    """Six digits whose day may be 00: the last of the month."""
    return bool(day_of(digits, year))


def is_full_day(digits: str, _year: int) -> bool:
    return is_day(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def is_time(digits: str) -> bool:
    """Hours, and maybe minutes and seconds."""
    return int(digits[:2]) < 24 and all(int(digits[at : at + 2]) < 60 for at in range(2, len(digits), 2))


def is_time_or_none(digits: str) -> bool:
    return digits == "9999" or is_time(digits)


def is_country(digits: str) -> bool:
    return digits in COUNTRIES


def is_country_or_any(digits: str) -> bool:
    return digits == "999" or digits in COUNTRIES


def are_countries(digits: str) -> bool:
    return all(digits[at : at + 3] in COUNTRIES for at in range(0, len(digits), 3))


def is_country_by_letters(letters: str) -> bool:
    return letters in COUNTRIES_BY_LETTERS


def is_currency(digits: str) -> bool:
    return digits in CURRENCIES


def is_piece_of_total(digits: str) -> bool:
    """Two digits which piece, two of how many.

    >>> [is_piece_of_total(digits) for digits in ("0102", "0202", "0302", "0002", "0100")]
    [True, True, False, False, False]
    """
    half = len(digits) // 2
    return 0 < int(digits[:half]) <= int(digits[half:])


def is_child_of_births(text: str) -> bool:
    first, _, total = text.partition("/")
    return 0 < int(first or 0) <= int(total or 0)


def is_above_zero(digits: str) -> bool:
    return int(digits) > 0


def has_no_leading_zero(digits: str) -> bool:
    return digits == "0" or not digits.startswith("0")


def is_zero(digits: str) -> bool:
    return not digits.strip("0")


def is_yes_or_no(digit: str) -> bool:
    return digit in ("0", "1")


def is_winding(digit: str) -> bool:
    return digit in ("0", "1", "9")


def is_sex(digit: str) -> bool:
    return digit in ("0", "1", "2", "9")


def is_minus(text: str) -> bool:
    return text in ("", "-")


def is_media_type(digits: str) -> bool:
    return int(digits) in _MEDIA


def is_importer(sign: str) -> bool:
    return sign.isalnum() or sign in "-_"


def is_latitude(digits: str) -> bool:
    """Ten millionths of a degree from the south pole on."""
    return int(digits) <= 1_800_000_000


def is_longitude(digits: str) -> bool:
    return int(digits) <= 3_600_000_000


def is_escaped(text: str) -> bool:
    """Whether percent signs are followed by two hexadecimal digits each, and all of it is UTF-8."""
    return not _ESCAPE.search(text) and "\ufffd" not in unquote(text)
