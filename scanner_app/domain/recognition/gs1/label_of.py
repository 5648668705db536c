"""What a label says that this program uses, from the elements of GS1."""

from collections.abc import Mapping

from scanner_app.domain.recognition.gs1.days import day_of
from scanner_app.domain.recognition.label import Label

MEASURES = {
    "310": "kg", "311": "m", "314": "m2", "315": "l", "316": "m3",
    "320": "lb", "321": "in", "322": "ft", "323": "yd", "351": "ft2", "352": "yd2",
    "356": "ozt", "357": "oz", "360": "qt", "361": "gal", "365": "ft3", "366": "yd3",
}  # fmt: skip
"""The unit of a net measure, by the identifier without its last digit, which says how many decimals there are."""
_DECIMALS = 6
"""A measure is kept in millionths."""


def label_of(said: Mapping[str, str], year: int) -> Label:
    """The label of elements by their identifiers."""
    expires = said.get("17") or said.get("7003", "")[:6] or said.get("15")
    measured, measure = _measured(said)
    return Label(
        gtin=said.get("01") or said.get("02", ""),
        sscc=said.get("00", ""),
        lot=said.get("10", ""),
        serial=said.get("21", ""),
        expires=day_of(expires, year) if expires else "",
        pieces=int(said.get("30") or 0),
        contained=int(said.get("37") or 0),
        measured=measured,
        measure=measure,
    )


def _measured(said: Mapping[str, str]) -> tuple[int, str]:
    """How much it is, of the first unit that is said; nothing where it is too fine to be kept."""
    for ai, value in said.items():
        if len(ai) == 4 and (unit := MEASURES.get(ai[:3])) and int(ai[3]) <= _DECIMALS:
            return int(value) * 10 ** (_DECIMALS - int(ai[3])), unit
    return 0, ""
