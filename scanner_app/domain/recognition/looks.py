"""What a text that is no number looks like: envelopes, links, brackets, codes of health care, parcels, named kinds.

Loaded behind the first prompt, as biip is.
"""

import re

from scanner_app.domain.recognition.candidate import Candidate, Kind
from scanner_app.domain.recognition.carriers import parcel
from scanner_app.domain.recognition.digital_link import digital_link, is_packed
from scanner_app.domain.recognition.hibc import hibc, uncaptioned
from scanner_app.domain.recognition.identifiers import items_of, plates_of
from scanner_app.domain.recognition.iso15434 import HEAD, iso_15434
from scanner_app.domain.recognition.label import Ways, Why
from scanner_app.domain.recognition.made import Candidates, as_code, of_elements, of_ways
from scanner_app.domain.recognition.named import named
from scanner_app.domain.recognition.numbers import BEGINS_GS1, GS1_AIM, by_looks
from scanner_app.domain.recognition.published import published
from scanner_app.domain.recognition.separators import EOT, GS, RS
from scanner_app.domain.recognition.substitutes import has_named, has_substitute, parted
from scanner_app.domain.recognition.trade_number import spellings

_BRACKETS = re.compile(r"\((\d{2,4})\)", re.ASCII)
_SIGNS = str.maketrans(dict.fromkeys((GS, RS, EOT), " "))
_WRITTEN_LENGTH_MAX = 400
"""Longer than any label, brackets and words for separators included."""
_CONTROLS = str.maketrans(dict.fromkeys((*range(32), 127), " "))
_PRINTED_AS_BOOK = ("ISBN", "ISSN")


def recognised(text: str, aim: str, year: int) -> Candidates:
    """The candidates of a text that is no number; blanks stand around it as they came."""
    body = text.strip(" ")
    if body.startswith(HEAD) and (ways := iso_15434(body, year)):
        return (_of_envelope(body, ways),)
    if (kind := named(body)) is not None:
        return (_of_address(body, year) if kind is Kind.LINK else _named(body, kind),)
    if aim in GS1_AIM or GS in body:
        return _labelled(body, aim, year)
    if uncaptioned(body)[:1] == "+" and (ways := hibc(text.lstrip(" "), year)):
        return _of_health_care(body, ways), as_code(body)
    is_short = len(body) <= _WRITTEN_LENGTH_MAX
    return (() if aim or not is_short else _untold(body, year)) or _published(body) or _parcel(body) or (as_code(body),)


def _untold(body: str, year: int) -> Candidates:
    """A label of which no symbology says so; nothing where it does not look like one."""
    return _written_out(body, year) or (by_looks(body, year) if BEGINS_GS1.match(body) else ())


def _of_envelope(body: str, ways: Ways) -> Candidate:
    items = tuple(code for item in items_of(ways.said) for code in spellings(item))
    text = " ".join(body.translate(_SIGNS).split(" "))
    return of_ways(Kind.ISO_15434, text, ways, (*plates_of(ways.said), *items))


def _of_address(body: str, year: int) -> Candidate:
    """A link that says what it is of, or one that is only named."""
    ways = digital_link(body, year)
    if ways is not None:
        return of_ways(Kind.DIGITAL_LINK, body, ways)
    return _named(body, Kind.PACKED_LINK if is_packed(body) else Kind.LINK)


def _named(body: str, kind: Kind) -> Candidate:
    text = body.translate(_CONTROLS)
    return Candidate(kind, text, (text,))


def _labelled(body: str, aim: str, year: int) -> Candidates:
    """What the symbol says is a label, or a separator in it."""
    is_named = len(body) <= _WRITTEN_LENGTH_MAX and has_named(body)
    label = of_elements(parted(body), year, text=body) if is_named else of_elements(body, year)
    if label.why is not Why.MALFORMED:
        return (label,) if aim else (label, as_code(body.replace(GS, " ")))
    other = _written_out(body, year)
    return other or ((label,) if aim else (as_code(body.strip(GS)),))


def _written_out(body: str, year: int) -> Candidates:
    """Elements with their identifiers in brackets, or with something else for the separators; else nothing."""
    parts = _BRACKETS.split(body)
    if len(parts) > 1 and not parts[0]:
        elements = GS.join(ai + value.strip(" ") for ai, value in zip(parts[1::2], parts[2::2], strict=True))
        return _but_malformed(of_elements(elements, year, is_parted=True, text=body), body)
    if BEGINS_GS1.match(body) and has_substitute(body):
        return _but_malformed(of_elements(parted(body), year, text=body), body)
    return ()


def _but_malformed(label: Candidate, body: str) -> Candidates:
    return () if label.why in (Why.MALFORMED, Why.TOO_LONG) else (label, as_code(body))


def _of_health_care(body: str, ways: Ways) -> Candidate:
    item = ways.sure.item if ways.sure else ""
    return of_ways(Kind.HIBC, body, ways, (f"+{item}", item, item[:-1]) if item else ())


def _published(body: str) -> Candidates:
    number = published(body)
    if number:
        return (Candidate(Kind.TRADE_NUMBER, body, (body, *spellings(number))),)
    is_spoilt = number is not None and body.upper().startswith(_PRINTED_AS_BOOK)
    return (as_code(body, Why.WRONG_DIGIT),) if is_spoilt else ()


def _parcel(body: str) -> Candidates:
    why = parcel(body)
    return () if why is None else (Candidate(Kind.PARCEL, body, (body,), why=why),)
