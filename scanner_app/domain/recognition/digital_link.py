"""GS1 Digital Link: a web address whose path says which item, load unit or place it is of, and whose query says more.

Any host and any path before that; names as well as numbers; addresses that hold it compressed are only named.
"""

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from urllib.parse import unquote

from scanner_app.domain.check_digit import is_checked
from scanner_app.domain.recognition.gs1.elements import ways_of
from scanner_app.domain.recognition.label import Ways, Why
from scanner_app.domain.recognition.separators import GS

LENGTH_MAX = 500
PARTS_MAX = 24
_ADDRESS = re.compile(r"https?://([^/?#\s]+)(/[^?#\s]*)?(?:\?([^#\s]*))?(?:#\S*)?", re.IGNORECASE)
_RESOLVER = "id.gs1.org"
_QUALIFIERS = {
    "01": ("22", "10", "21", "235"),
    "8006": ("22", "10", "21"),
    "414": ("254", "7040"),
    "417": ("7040",),
    "8004": ("7040",),
    "8010": ("8011",),
    "8017": ("8019",),
    "8018": ("8019",),
    "415": ("8020",),
    **dict.fromkeys(("00", "253", "255", "401", "402", "8003", "8013"), ()),
}
"""The identifiers that a path may name something by, and those that may follow each."""
NAMES = {
    "gtin": "01", "sscc": "00", "itip": "8006", "gmn": "8013", "cpid": "8010", "gln": "414", "party": "417",
    "payto": "415", "gsrnp": "8017", "gsrn": "8018", "gcn": "255", "gdti": "253", "ginc": "401", "gsin": "402",
    "grai": "8003", "giai": "8004", "cpv": "22", "lot": "10", "ser": "21", "tpx": "235", "glnx": "254",
    "cpsn": "8011", "srin": "8019", "refno": "8020", "exp": "17", "expdt": "7003", "bestbefore": "15", "proddate": "11",
    "packdate": "13", "count": "37", "varcount": "30",
}  # fmt: skip
_SHORT_GTIN = re.compile(r"\d{8}|\d{12,13}", re.ASCII)
_PACKED = re.compile(r"/([A-Za-z0-9_-]{10,})/?", re.ASCII)
_GTIN_BITS, _GTIN_DIGITS = 47, 14
_BEGINS_WITH_GTIN = frozenset({0x01, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x1A})


def digital_link(text: str, year: int) -> Ways | None:
    """What a link says; None where it is no such link. Its values are judged as those of a label are."""
    found = _ADDRESS.fullmatch(text) if len(text) <= LENGTH_MAX else None
    if found is None or not found[2]:
        return None
    said = _said(found[2])
    if said is None:
        return None
    pairs = [*said, *_asked(found[3] or "")]
    if any(GS in value for _ai, value in pairs):
        return Ways(why=Why.MALFORMED)
    return ways_of("".join(f"{ai}{value}{GS}" for ai, value in pairs), year, is_parted=True)


def is_packed(text: str) -> bool:
    """Say whether a link holds what it says compressed: the number of an item in it is right, or the host is GS1's."""
    found = _ADDRESS.fullmatch(text) if len(text) <= LENGTH_MAX else None
    packed = _PACKED.fullmatch(found[2] or "") if found else None
    if found is None or packed is None:
        return False
    data = urlsafe_b64decode(packed[1] + "=" * (-len(packed[1]) % 4)) if len(packed[1]) % 4 != 1 else b""
    if found[1].lower() == _RESOLVER:
        return True
    number = int.from_bytes(data[1:7], "big") >> (48 - _GTIN_BITS)
    is_gtin = 0 < number < 10**_GTIN_DIGITS and is_checked(f"{number:0{_GTIN_DIGITS}}")
    return len(data) >= 7 and data[0] in _BEGINS_WITH_GTIN and is_gtin


def _said(path: str) -> list[tuple[str, str]] | None:
    """What a path ends with: an identifier with its value, and those that follow it; None where it names nothing."""
    parts = path.strip("/").split("/")
    if len(parts) > PARTS_MAX:
        return None
    for at in range(len(parts) - 1):
        key = _ai(parts[at])
        if key in _QUALIFIERS and (len(parts) - at) % 2 == 0 and (said := _pairs(key, parts[at:])):
            return said
    return None


def _pairs(key: str, parts: list[str]) -> list[tuple[str, str]] | None:
    pairs = [(_ai(name), unquote(value)) for name, value in zip(parts[::2], parts[1::2], strict=True)]
    if any(ai not in _QUALIFIERS[key] for ai, _value in pairs[1:]):
        return None
    value = _full(key, pairs[0][1])
    return [(key, value), *pairs[1:]] if _may_be(key, value) else None


def _may_be(key: str, value: str) -> bool:
    """Whether a value has the form of its key, so that the path of any page is not taken for a link of goods."""
    length = {"01": 14, "00": 18, "414": 13, "417": 13, "415": 13, "402": 17, "8017": 18, "8018": 18, "8006": 18}.get(
        key
    )
    return bool(value) if length is None else len(value) == length and value.isascii() and value.isdigit()


def _asked(query: str) -> Iterator[tuple[str, str]]:
    """What a query says with identifiers; whatever else is asked in it is the host's."""
    for pair in re.split("[&;]", query)[:PARTS_MAX]:
        name, _, value = pair.partition("=")
        ai = _ai(name)
        if value and ai not in _QUALIFIERS and ai.isdigit() and 2 <= len(ai) <= 4:
            yield ai, unquote(value)


def _ai(name: str) -> str:
    return NAMES.get(name.lower(), name)


def _full(key: str, value: str) -> str:
    return value.zfill(_GTIN_DIGITS) if key == "01" and _SHORT_GTIN.fullmatch(value) else value
