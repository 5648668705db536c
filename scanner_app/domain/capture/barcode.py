"""Barcodes parsed: the text of a scanned or typed line, the codes to look it up by, and what it says as a label.

The AIM identifier tells the symbology. Without one looks decide, with less weight: a text that is known as it stands is
no label, whatever it looks like.
"""

import re
from functools import lru_cache

from msgspec import Struct

from scanner_app.domain.capture.gs1 import GS, ways_of
from scanner_app.domain.capture.gs1_date import YEAR_MIN
from scanner_app.domain.capture.label import DOUBTFUL, Label, Ways, Why
from scanner_app.domain.check_digit import GTIN_LENGTHS, SSCC_LENGTH, is_checked, is_gtin, is_number

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_CONTROL = re.compile("[\x00-\x1c\x1e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]")
_GS1_AIM = frozenset({"]C1", "]e0", "]d2", "]Q3", "]J1"})
_EAN_AIM = "]E"
_GS1_START = re.compile(r"0[12]\d{14}|00\d{18}", re.ASCII)
_GTIN_ALONE = 16
_LIKELY_LENGTHS = frozenset({13, 14, _GTIN_ALONE, SSCC_LENGTH})
"""Shorter numbers are as often something else."""


class Reading(Struct, frozen=True):
    """A readable line. ``codes`` are what master data may know it by, best first; ``aim`` is empty when typed.

    ``label`` is all that it says of goods or of a load unit, as one thing; a question takes it whole or not at all.
    ``why`` says what is wrong with it: then there is no label, or, where that is only doubtful, the label holds what is
    sure and ``ways`` are all that it may be, as its separators have it first.
    """

    text: str
    codes: tuple[str, ...]
    aim: str = ""
    label: Label | None = None
    why: Why = Why.NOTHING
    ways: tuple[Label, ...] = ()

    @property
    def by_looks(self) -> bool:
        """Whether it was taken for a label, or for a spoilt one, by nothing but its looks."""
        return not self.aim and (self.label is not None or self.why is not Why.NOTHING)

    @property
    def plain(self) -> "Reading":
        """The text as a code, and no label."""
        return Reading(self.text, (self.text,), self.aim)


class Unreadable(Struct, frozen=True):
    """A line that can be no code: control characters, broken encoding."""


def read(raw: bytes, year: int = YEAR_MIN) -> Reading | Unreadable:
    """Interpret a line byte for byte as captured; nothing is stripped but an AIM identifier and outer blanks.

    ``year`` is that of the scan: days on labels have two digits of theirs.
    """
    text = raw.decode("utf-8", "replace")
    aim = text[:3] if _AIM.match(text) else ""
    body = text[3:].strip(" ") if aim else text.strip(" ")
    if not body.strip(GS) or _CONTROL.search(body):
        return Unreadable()
    if aim in _GS1_AIM or GS in body:
        return _labelled(body, aim, year)
    if aim.startswith(_EAN_AIM) and is_number(body) and len(body) in GTIN_LENGTHS:
        return _of_an_item(body, aim)
    return _by_looks(body, aim, year)


def _labelled(body: str, aim: str, year: int) -> Reading | Unreadable:
    """What the symbol says is a label, or a separator in it."""
    ways = ways_of(body, year)
    if ways.why is Why.MALFORMED and not aim:
        plain = body.strip(GS)
        return Unreadable() if GS in plain else _plain(plain, aim)
    return _of_label(body, aim, ways)


def _by_looks(body: str, aim: str, year: int) -> Reading:
    is_bare_sscc = len(body) == SSCC_LENGTH and is_number(body)
    if aim or is_bare_sscc or len(body) < _GTIN_ALONE or not _GS1_START.match(body):
        return _plain(body, aim)
    ways = ways_of(body, year)
    is_likely = ways.labels or (ways.why in (Why.MISREAD, Why.BAD_DATE) and len(body) > _GTIN_ALONE)
    return _of_label(body, aim, ways) if is_likely else _plain(body, aim)


def _of_label(body: str, aim: str, ways: Ways) -> Reading:
    text = body.replace(GS, " ").strip(" ")
    label = ways.sure
    if label is None:
        return Reading(text, (text,), aim, why=ways.why)
    named = ((label.sscc,) if label.sscc else ()) + (_codes(label.gtin) if label.gtin else ())
    codes = named if GS in body else (body, *named)
    return Reading(text, codes or (text,), aim, label, ways.why, ways.labels if ways.why in DOUBTFUL else ())


def _of_an_item(body: str, aim: str) -> Reading:
    """An EAN or UPC symbol names an item and nothing else."""
    if not is_gtin(body):
        return Reading(body, (body,), aim, why=Why.MISREAD)
    return Reading(body, _codes(body), aim, Label(gtin=body.zfill(14)))


def _plain(body: str, aim: str) -> Reading:
    is_spoilt = len(body) in _LIKELY_LENGTHS and is_number(body) and not is_checked(_number_in(body))
    return Reading(body, _codes(body), aim, why=Why.WRONG_DIGIT if is_spoilt else Why.NOTHING)


def _number_in(body: str) -> str:
    """What is checked of a bare number: of sixteen digits those behind the identifier of a GTIN."""
    if len(body) != _GTIN_ALONE:
        return body
    return body[2:] if _GS1_START.match(body) else "0"


@lru_cache(maxsize=4096)
def _codes(text: str) -> tuple[str, ...]:
    """The text itself, and for a GTIN its shorter and longer spellings (a UPC-A is a GTIN-13 with a leading zero)."""
    if not is_gtin(text):
        return (text,)
    full = text.zfill(14)
    spellings = [full[14 - length :] for length in (13, 14, 12, 8) if not full[: 14 - length].strip("0")]
    return (text, *(s for s in spellings if s != text))
