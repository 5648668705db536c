"""How candidates are made: of a code of the site, of elements, of what a label says."""

from scanner_app.domain.recognition.candidate import Candidate, Kind
from scanner_app.domain.recognition.label import DOUBTFUL, Ways, Why
from scanner_app.domain.recognition.separators import GS
from scanner_app.domain.recognition.trade_number import spellings

Candidates = tuple[Candidate, ...]


def as_code(body: str, why: Why = Why.NOTHING) -> Candidate:
    """A text as a code of the site."""
    return Candidate(Kind.CODE, body, (body,), why=why)


def of_elements(body: str, year: int, *, is_parted: bool = False, text: str = "") -> Candidate:
    """A text as elements of GS1; ``text`` is how it reads where it was written otherwise."""
    from scanner_app.domain.recognition.gs1.elements import ways_of

    return of_ways(Kind.GS1, text or body, ways_of(body, year, is_parted=is_parted))


def of_ways(kind: Kind, body: str, ways: Ways, names: tuple[str, ...] = ()) -> Candidate:
    """What a label says, as a candidate; ``names`` are what its item or load unit is called beside its numbers."""
    text = body.replace(GS, " ").strip(" ")
    label = ways.sure
    if label is None:
        return Candidate(kind, text, (text,), why=ways.why)
    numbers = ((label.sscc,) if label.sscc else ()) + (spellings(label.gtin) if label.gtin else ())
    named = tuple(dict.fromkeys((*numbers, *names)))
    codes = named if GS in body else (text, *named)
    doubtful = ways.labels if ways.why in DOUBTFUL else ()
    return Candidate(kind, text, codes or (text,), label, ways.said, ways.why, doubtful, ways.needs)
