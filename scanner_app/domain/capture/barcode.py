"""Barcodes read: the text of a scanned or typed line, the codes to look it up by, and what it says as a label.

What a text may be is recognised in ``domain/recognition``; here its candidates become one reading. Without an AIM
identifier looks decide, with less weight: a text that is known as it stands is no label, whatever it looks like.
"""

import re

from msgspec import Struct

from scanner_app.domain.recognition.candidate import Candidate, Kind
from scanner_app.domain.recognition.gs1.days import YEAR_MIN
from scanner_app.domain.recognition.label import DOUBTFUL, Label, Why
from scanner_app.domain.recognition.recognise import recognise

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]")
_SIGNS = " \x1d"
_SURE = DOUBTFUL | {Why.NOTHING}


class Reading(Struct, frozen=True):
    """A readable line. ``codes`` are what master data may know it by, best first; ``aim`` is empty when typed.

    ``label`` is all that it says of goods or of a load unit, as one thing; a question takes it whole or not at all.
    ``why`` says what is wrong with it: then there is no label, or, where that is only doubtful, the label holds what is
    sure and ``ways`` are all that it may be, as its separators have it first. ``kind`` is what it was recognised as;
    where it ``needs_more``, what it says goes with another code of the same label.
    """

    text: str
    codes: tuple[str, ...]
    aim: str = ""
    label: Label | None = None
    why: Why = Why.NOTHING
    ways: tuple[Label, ...] = ()
    kind: Kind = Kind.CODE
    needs_more: bool = False

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


def read(raw: bytes, year: int = YEAR_MIN, patterns: tuple[str, ...] = ()) -> Reading | Unreadable:
    """Interpret a line byte for byte as captured; nothing is stripped but an AIM identifier and outer blanks.

    ``year`` is that of the scan: days on labels have two digits of theirs. ``patterns`` are those of the site.
    """
    text = raw.decode("utf-8", "replace")
    aim = text[:3] if _AIM.match(text) else ""
    text = text[3:] if aim else text
    if not text.strip(_SIGNS):
        return Unreadable()
    candidates = recognise(text, aim, year, patterns)
    best = candidates[0]
    return Unreadable() if _CONTROL.search(best.text) else _reading(best, candidates, aim)


def _reading(best: Candidate, candidates: tuple[Candidate, ...], aim: str) -> Reading:
    """What the best candidate says, known by the codes of all that it may be."""
    codes = best.codes
    if len(candidates) > 1 and best.why in _SURE:
        codes = tuple(dict.fromkeys((*candidates[-1].codes, *codes)))
    return Reading(best.text, codes, aim, best.label, best.why, best.ways, best.kind, bool(best.needs))
