"""What the shelves hold if the screen was right: a worker who believes what is shown, and a book to compare with.

Independent of the program: it knows labels and sentences, and moves numbers between places by what it was told.
"""

import re
from collections import Counter
from decimal import Decimal

from scanner_app.domain.quantity import SCALE
from scanner_app.session.view.view import View
from tests.warehouse import Floor

Goods = tuple[str, str, str]
"""Item, lot, serial."""
Shelf = tuple[str, str, str, str]
"""Place, item, lot, serial."""
HAND = "@hand:1001"
_CODES = {"400638133393": "100001", "400638133394": "100002", "400638133395": "100003"}
_UNITS = {"EA": 1, "KG": 1, "CS": 12}
_TOLD = re.compile(r"(Moved|Took|Put) (\S+) (EA|KG|CS)\b(?: (?:to|at) (\S+)\.)?")
_PLATE_TOLD = re.compile(r"(?:Whole plate moved to|Plate at|Nested on) ([^ ]+)\.")
_UNLOADED = re.compile(r"\d+ lines? put at (\S+)\.")
_LISTED = re.compile(r"(?P<item>1000\d\d) (?P<number>\S+) (?P<unit>EA|KG)")
_LOT = re.compile(r"\b100002 (?:\S+ KG )?(.*?) ?Lot cheese$")
_SERIAL = re.compile(r"\b100003 (?:\S+ EA )?(.*?) ?Serial drill$")
"""A lot or serial may be any text: it is what stands between what is known."""
_BOOK = """SELECT place, item, lot, serial, sum(quantity) AS q FROM (
SELECT place, item, lot, serial, quantity FROM stock UNION ALL SELECT place, item, lot, serial, quantity FROM overlay)
GROUP BY place, item, lot, serial HAVING q <> 0"""


def book(floor: Floor) -> dict[Shelf, int]:
    """Stock as the device knows it, by what can be seen on a shelf."""
    return {tuple(row[:4]): row[4] for row in floor.store.file.database.execute(_BOOK)}


def plates(floor: Floor) -> dict[str, str]:
    """What each plate stands on, as the device knows it."""
    rows = floor.store.file.database.execute("SELECT plate, parent, location FROM plate_now")
    return {plate: parent or location for plate, parent, location in rows}


class Shelves:
    """Follows a worker entry by entry."""

    def __init__(self, floor: Floor) -> None:
        self.stock: Counter[Shelf] = Counter(book(floor))
        self.plates = plates(floor)

    def move(self, goods: Goods, quantity: int, source: str, target: str) -> None:
        self.stock[source, *goods] -= quantity
        self.stock[target, *goods] += quantity

    def held(self) -> dict[Shelf, int]:
        return {shelf: quantity for shelf, quantity in self.stock.items() if quantity}

    def follow(self, before: View, line: str, after: View) -> None:
        """Something was booked by ``line``: the last thing the screen showed, and what it said then, tell what."""
        shown = _shown(before)
        if found := _TOLD.match(after.message):
            if found[1] == "Took":
                shown = {"From": _shown(after).get("From", ""), **shown}
            self._carry(shown, before.prompt, line, found)
        elif found := _UNLOADED.match(after.message):
            for one in before.listed:
                self._unload(one.text, shown["Plate"], found[1])
        elif found := _PLATE_TOLD.match(after.message):
            self.plates[shown.get("Plate") or shown["From"]] = found[1]
        else:
            raise AssertionError(f"booked without a word: {after.message!r}")

    def _carry(self, shown: dict[str, str], prompt: str, line: str, found: re.Match[str]) -> None:
        verb, number, unit, place = found.groups()
        item = _item(shown.get("Item", line))
        source = shown.get("From") or shown.get("Plate") or HAND
        target = place or shown.get("Onto") or HAND
        goods = shown.get("Item", "")
        serial = shown.get("Serial") or _inner(_SERIAL, goods) or (line if prompt.startswith("Which serial") else "")
        lot = shown.get("Lot") or _inner(_LOT, goods) or _one(r"L\d$", line)
        if verb == "Put":
            lot, serial = self._only(source, item, lot, serial)
        self.move((item, lot, serial), _micro(number, unit), source, target)

    def _only(self, source: str, item: str, lot: str, serial: str) -> tuple[str, str]:
        """What is not asked for at hand is what is there of it."""
        there = {shelf[2:] for shelf, quantity in self.held().items() if shelf[:2] == (source, item)}
        fitting = {key for key in there if lot in ("", key[0]) and serial in ("", key[1])}
        return next(iter(fitting)) if len(fitting) == 1 else (lot, serial)

    def _unload(self, listed: str, plate: str, target: str) -> None:
        found = _LISTED.match(listed)
        assert found, listed
        quantity = _micro(found["number"], found["unit"])
        self.move((found["item"], _inner(_LOT, listed), _inner(_SERIAL, listed)), quantity, plate, target)


def _shown(view: View) -> dict[str, str]:
    return {one.label: one.text for one in view.lines}


def _one(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[0] if found else ""


def _inner(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _item(text: str) -> str:
    """The item that a line names, or whose code was read last: one label may say everything."""
    read = next((item for digits, item in _CODES.items() if digits in text), "")
    return _one(r"\b1000\d\d\b", text) or read


def _micro(number: str, unit: str) -> int:
    return int(Decimal(number) * _UNITS[unit] * SCALE)
