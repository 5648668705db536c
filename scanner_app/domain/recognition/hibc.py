"""HIBC, the codes of health care: who labelled it and what it is, then lot or serial, expiry and quantity.

A code is judged as it came: its check character can be a blank.
"""

import re
from typing import NamedTuple

from msgspec.structs import replace

from scanner_app.domain.recognition.gs1.days import day_in_year, iso_day, year_of
from scanner_app.domain.recognition.label import Label, Ways, Why

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
"""What may stand in one, in the order of their worth."""
LENGTH_MAX = 110
PARTS_MAX = 8
_PRIMARY = re.compile(r"[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]", re.ASCII)
_SECONDARY = re.compile(r"\$|\d{5}", re.ASCII)
_LIKELY = re.compile(r"\+(?:[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9][0-9A-Z.$/+% -]|\$\$?[0-9A-Z+ ].*)", re.ASCII)
_DAY_FORMS = {"2": 6, "3": 6, "4": 8, "5": 5, "6": 7}
"""The digits of a date by the flag before it; another flag is the first digit of a month, in four digits."""


class _Said(NamedTuple):
    """What a secondary part says; ``is_dated`` is False where its day is none."""

    label: Label = Label()
    said: tuple[tuple[str, str], ...] = ()
    is_dated: bool = True


def check_character(body: str) -> str:
    """The character that ends a code (mod 43), the plus sign before it included.

    >>> check_character("+A123BJC5D6E71"), check_character("+H7R9PUMP331")
    ('G', ' ')
    """
    return SIGNS[sum(SIGNS.index(sign) for sign in body) % len(SIGNS)]


def is_like_hibc(text: str) -> bool:
    """Say whether a text can hardly be anything else, misread or not."""
    return _LIKELY.match(uncaptioned(text)) is not None


def uncaptioned(text: str) -> str:
    """A text without the asterisks that are printed around Code 39."""
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] == "*" else text


def hibc(text: str, year: int) -> Ways | None:
    """What a text says as HIBC; None where it is none."""
    text = uncaptioned(text)
    if len(text) > LENGTH_MAX or text[:1] != "+" or any(sign not in SIGNS for sign in text):
        return None
    body, check = text[1:-1], text[-1]
    is_primary = _PRIMARY.fullmatch(body.partition("/")[0]) is not None
    if not is_primary and not _SECONDARY.match(body):
        return None
    if len(text) < 3 or check_character(text[:-1]) != check:
        return Ways(why=Why.MISREAD) if is_like_hibc(text) else None
    if not is_primary:
        return _alone(body[:-1], year) if body[:-1] else None
    return _linked(body, year)


def _alone(part: str, year: int) -> Ways:
    """What is said beside an item whose code is another one."""
    ways = _judged(_secondary(part, year))
    return replace(ways, needs=("HIBC",)) if ways.labels else ways


def _linked(body: str, year: int) -> Ways:
    """A primary code, and behind slashes what else is said of it."""
    primary, *parts = body.split("/")
    if len(parts) > PARTS_MAX:
        return Ways(why=Why.TOO_LONG)
    found = [_Said(Label(item=primary), (("HIBC", primary),))]
    found += [
        _more(part, year) if at or not _SECONDARY.match(part) else _secondary(part, year)
        for at, part in enumerate(parts)
    ]
    return _judged(*found)


def _judged(*found: _Said) -> Ways:
    if not all(one.is_dated for one in found):
        return Ways(why=Why.BAD_DATE)
    values: dict[str, str | int] = {}
    for one in found:
        for name in Label.__struct_fields__:
            value = getattr(one.label, name)
            if value and values.setdefault(name, value) != value:
                return Ways(why=Why.TWICE)
    return Ways((Label(**values),), said=tuple(pair for one in found for pair in one.said))  # type: ignore[arg-type]


def _more(part: str, year: int) -> _Said:
    """A part that says itself what it is: a serial, a day, a quantity."""
    if part.startswith("$"):
        return _secondary(part, year)
    for mark, digits in (("14D", 8), ("16D", 8)):
        value = part.removeprefix(mark)
        if value != part and len(value) == digits and value.isdigit():
            day = iso_day(int(value[:4]), int(value[4:6]), int(value[6:]))
            return _Said(Label(expires=day if mark == "14D" else ""), ((mark, value),), bool(day))
    if part.startswith("Q") and part[1:].isdigit() and len(part) <= 6:
        return _Said(Label(pieces=int(part[1:])), (("Q", part[1:]),))
    return (
        _Said(Label(serial=part[1:]), (("S", part[1:]),))
        if part[:1] == "S" and part[1:]
        else _Said(said=((part[:1], part[1:]),))
    )


def _secondary(part: str, year: int) -> _Said:
    """A lot or a serial; behind two dollar signs with a quantity and a day before it."""
    if not part.startswith("$"):
        day = day_in_year(year_of(int(part[:2]), year), int(part[2:5]))
        return _of_lot(part[5:], day, is_dated=bool(day))
    is_serial = part.startswith(("$+", "$$+"))
    text = part.removeprefix(
        "$$+" if part.startswith("$$+") else "$$" if part.startswith("$$") else "$+" if is_serial else "$"
    )
    if not part.startswith("$$"):
        return _of_lot(text, "", is_serial=is_serial)
    pieces, text = _quantity(text)
    if pieces < 0:
        return _Said(is_dated=False)
    day, text, is_dated = _day(text, year)
    return _of_lot(text, day, pieces, is_serial=is_serial, is_dated=is_dated)


def _of_lot(text: str, day: str, pieces: int = 0, *, is_serial: bool = False, is_dated: bool = True) -> _Said:
    label = Label(lot="" if is_serial else text, serial=text if is_serial else "", expires=day, pieces=pieces)
    said = (("S" if is_serial else "LOT", text), ("EXP", day), ("Q", str(pieces or "")))
    return _Said(label, tuple(pair for pair in said if pair[1]), is_dated)


def _quantity(text: str) -> tuple[int, str]:
    """How many, in two digits behind an 8 or five behind a 9, and what follows; -1 where there are no such digits."""
    digits = {"8": 2, "9": 5}.get(text[:1], 0)
    if not digits:
        return 0, text
    number = text[1 : 1 + digits]
    return (int(number) if len(number) == digits and number.isdigit() else -1), text[1 + digits :]


def _day(text: str, year: int) -> tuple[str, str, bool]:
    """The day until which it may be used, what follows it, and whether there is such a day."""
    flag = text[:1]
    if flag == "7" or not flag.isdigit():
        return "", text[1:] if flag == "7" else text, True
    digits = _DAY_FORMS.get(flag, 4)
    number = text[1 : 1 + digits] if flag in _DAY_FORMS else text[:4]
    rest = text[1 + digits :] if flag in _DAY_FORMS else text[4:]
    if len(number) != digits or not number.isdigit():
        return "", text, False
    day = _date(flag, number, year)
    return day, rest, bool(day)


def _date(flag: str, number: str, year: int) -> str:
    """The ISO day of the digits behind a flag; hours are left out."""
    if flag in "56":
        return day_in_year(year_of(int(number[:2]), year), int(number[2:5]))
    if flag in "34":
        return iso_day(year_of(int(number[:2]), year), int(number[2:4]), int(number[4:6]) or 99)
    if flag == "2":
        return iso_day(year_of(int(number[4:6]), year), int(number[:2]), int(number[2:4]) or 99)
    return iso_day(year_of(int(number[2:4]), year), int(number[:2]), 0)
