"""What the identifiers of industry mean (ANSI MH10.8.2, and the text elements of aviation), as far as a warehouse asks.

A label of a supplier says the item twice: as the customer calls it and as the supplier does. Both are codes of it.
"""

import re
from collections.abc import Iterable, Iterator

from scanner_app.domain.check_digit import is_gtin
from scanner_app.domain.quantity import SCALE
from scanner_app.domain.recognition.gs1.days import day_of, iso_day
from scanner_app.domain.recognition.label import Label, Ways, Why

ELEMENTS_MAX = 60
_ITEMS = ("P", "1P", "30P", "25P", "9N", "8P", "PNR", "PNO")
"""Which names the item, the customer's own first."""
_LOTS = ("T", "1T", "30T", "LOT", "BAT", "LTN")
_SERIALS = ("S", "SER", "SEQ", "UCN", "USN", "UST")
_PLATES = ("J", "1J", "2J", "3J", "4J", "5J", "6J")
_PIECES = ("Q", "QTY")
_FULL_DAYS = ("14D", "EXP")
"""An expiry in eight digits; of medicines (9N) it is a D in six."""
_OTHER_DAYS = ("16D", "12D", "15D")
_MEASURED = re.compile(r"(\d{1,9})(?:\.(\d{1,6}))?([A-Z]{2,3})", re.ASCII)
_NUMBER = re.compile(r"(\d{1,9})(?:\.0{1,6})?", re.ASCII)
_PIECE_UNITS = frozenset({"PC", "PCE", "EA", "C62", "H87", "PCS"})
_UNITS = {"KG": "kg", "KGM": "kg", "LB": "lb", "LBR": "lb", "MR": "m", "MTR": "m", "LT": "l", "LTR": "l"}
_INDUSTRY = re.compile(r"(\d{0,3}[A-Z])(.*)", re.ASCII)
_AVIATION = re.compile(r"([A-Z]{3}) (.*)", re.ASCII)
Said = tuple[tuple[str, str], ...]


def elements(texts: Iterable[str], *, are_words: bool = False) -> Iterator[tuple[str, str] | None]:
    """Each text as its identifier and its value; None for one that has none."""
    form = _AVIATION if are_words else _INDUSTRY
    for text in texts:
        found = form.fullmatch(text)
        yield (found[1], found[2].strip(" ")) if found else None


def ways_of(said: Said, year: int) -> Ways:
    """What elements with such identifiers say."""
    if len(said) > ELEMENTS_MAX:
        return Ways(why=Why.TOO_LONG)
    values = dict(reversed(said))
    if any(values[name] != value for name, value in said if name in _TOLD_ONCE):
        return Ways(why=Why.TWICE)
    days = [_full(values[name]) for name in (*_FULL_DAYS, *_OTHER_DAYS) if name in values]
    if "9N" in values and "D" in values:
        days.append(day_of(values["D"], year) if len(values["D"]) == 6 and values["D"].isdigit() else "")
    return Ways((_label(values, days),), said=said) if all(days) else Ways(why=Why.BAD_DATE)


def items_of(said: Said) -> tuple[str, ...]:
    """What the item is called, best first."""
    values = dict(said)
    return tuple(value for name in _ITEMS if (value := values.get(name)))


def plates_of(said: Said) -> tuple[str, ...]:
    """The number of the load unit, as it is printed and with its identifier."""
    values = dict(said)
    return tuple(code for name in _PLATES if (value := values.get(name)) for code in (value, name + value))


def _label(values: dict[str, str], days: list[str]) -> Label:
    is_expiry = any(name in values for name in _FULL_DAYS) or "9N" in values
    measured, measure, pieces = _measured(values.get("7Q", ""))
    item = _first(values, _ITEMS)
    return Label(
        gtin=item.zfill(14) if is_gtin(item) else "",
        sscc=_first(values, _PLATES),
        lot=_first(values, _LOTS),
        serial=_first(values, _SERIALS),
        expires=days[0] if days and is_expiry else "",
        pieces=pieces or _whole(_first(values, _PIECES)),
        item="" if is_gtin(item) else item,
        measured=measured,
        measure=measure,
    )


def _first(values: dict[str, str], names: tuple[str, ...]) -> str:
    return next((value for name in names if (value := values.get(name))), "")


def _whole(text: str) -> int:
    found = _NUMBER.fullmatch(text)
    return int(found[1]) if found else 0


def _measured(text: str) -> tuple[int, str, int]:
    """A quantity with its unit: millionths and unit of a measure, or pieces."""
    found = _MEASURED.fullmatch(text)
    if found is None:
        return 0, "", 0
    if found[3] in _PIECE_UNITS:
        return 0, "", _whole(text[: -len(found[3])])
    unit = _UNITS.get(found[3], "")
    return (int(found[1]) * SCALE + int((found[2] or "").ljust(6, "0")), unit, 0) if unit else (0, "", 0)


def _full(digits: str) -> str:
    if len(digits) not in (8, 6) or not digits.isdigit():
        return ""
    return iso_day(int(digits[:4]), int(digits[4:6]), int(digits[6:])) if len(digits) == 8 else ""


_TOLD_ONCE = frozenset({"P", "1P", "9N", "T", "1T", "S", "14D", "16D", "D", "Q", "PNR", "SER", "LOT", *_PLATES})
"""A label that says one of these twice, and not the same, is two labels."""
