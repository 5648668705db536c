"""Barcodes parsed, GS1 among them: the text of a scanned or typed line, the codes to look up, the fields of a label.

The AIM identifier tells the symbology; GS1 element strings are parsed by biip, whose every refusal is a value here.
biip checks GTIN, SSCC and dates; what it does not check is not used.
"""

import re
from functools import lru_cache

from msgspec import Struct

from scanner_app.domain.check_digit import is_gtin

GS = "\x1d"
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_CONTROL = re.compile("[\x00-\x1c\x1e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]")
_GS1_AIM = frozenset({"]C1", "]e0", "]d2", "]Q3", "]J1"})
_GS1_START = re.compile(r"(?:0[012]\d{14}|00\d{18})")


class Label(Struct, frozen=True):
    """The fields of one GS1 label that this program uses; empty or zero when absent.

    ``pieces`` counts base units (AI 30), ``contained`` counts the trade items of ``gtin`` on a load unit (AI 37).
    """

    gtin: str = ""
    sscc: str = ""
    lot: str = ""
    serial: str = ""
    expires: str = ""
    pieces: int = 0
    contained: int = 0


class Reading(Struct, frozen=True):
    """A readable line. ``codes`` are what master data may know it by, best first; ``aim`` is empty when typed."""

    text: str
    codes: tuple[str, ...]
    aim: str = ""
    label: Label | None = None


class Unreadable(Struct, frozen=True):
    """A line that can be no code: control characters, broken encoding."""


def read(raw: bytes) -> Reading | Unreadable:
    """Interpret a line byte for byte as captured; nothing is stripped but an AIM identifier and outer blanks."""
    text = raw.decode("utf-8", "replace")
    aim = text[:3] if _AIM.match(text) else ""
    body = text[3:].strip(" ") if aim else text.strip(" ")
    if not body:
        return Unreadable()
    if aim in _GS1_AIM or GS in body or (len(body) > 16 and _GS1_START.match(body)):
        return _labelled(body, aim)
    if _CONTROL.search(body):
        return Unreadable()
    return Reading(body, _codes(body), aim)


def _labelled(body: str, aim: str) -> Reading | Unreadable:
    label = None if _CONTROL.search(body) else _parse_gs1(body)
    if label is None:
        plain = body.strip(GS)
        refuse = not plain or GS in plain or _CONTROL.search(plain)
        return Unreadable() if refuse else Reading(plain, _codes(plain), aim)
    known_by = _codes(label.gtin) if label.gtin else (label.sscc,) if label.sscc else ()
    whole_text = () if GS in body else (body,)
    return Reading(body.replace(GS, " "), whole_text + known_by, aim, label)


@lru_cache(maxsize=4096)
def _codes(text: str) -> tuple[str, ...]:
    """The text itself, and for a GTIN its shorter and longer spellings (a UPC-A is a GTIN-13 with a leading zero)."""
    if not is_gtin(text):
        return (text,)
    full = text.zfill(14)
    spellings = [full[14 - length :] for length in (13, 14, 12, 8) if not full[: 14 - length].strip("0")]
    return (text, *(s for s in spellings if s != text))


@lru_cache(maxsize=1024)
def _parse_gs1(body: str) -> Label | None:
    from biip import ParseError
    from biip.gs1_messages import GS1Message

    try:
        message = GS1Message.parse(body)
    except (ParseError, ValueError, IndexError):
        return None
    fields = {element.ai.ai: element for element in message.element_strings}

    def value(*ais: str) -> str:
        return next((fields[ai].value for ai in ais if ai in fields), "")

    expiry = fields.get("17") or fields.get("15")
    date = getattr(expiry, "date", None)
    if not fields:
        return None
    return Label(
        gtin=value("01", "02"),
        sscc=value("00"),
        lot=value("10"),
        serial=value("21"),
        expires=date.isoformat() if date else "",
        pieces=int(value("30") or 0),
        contained=int(value("37") or 0),
    )
