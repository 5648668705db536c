"""Digits alone: a number of a trade item or a load unit, a label of one element, or nothing that can be told."""

import re

from scanner_app.domain.check_digit import GTIN_LENGTHS, SSCC_LENGTH, is_checked, is_gtin, is_number, is_sscc
from scanner_app.domain.recognition.candidate import Candidate, Kind
from scanner_app.domain.recognition.label import Label, Why
from scanner_app.domain.recognition.made import Candidates, as_code, of_elements
from scanner_app.domain.recognition.trade_number import is_periodical, spellings, unpacked, without_add_on

GS1_AIM = frozenset({"]C1", "]e0", "]d2", "]Q3", "]J1"})
EAN_AIM = "]E"
_EAN_8_AIM = "]E4"
_ADD_ON_AIM = "]E3"
BEGINS_GS1 = re.compile(r"0[12]\d{14}|00\d{18}", re.ASCII)
_GTIN_ALONE = 16
_LIKELY_LENGTHS = frozenset({13, 14, _GTIN_ALONE, SSCC_LENGTH})
"""Shorter numbers are as often something else."""


def number(body: str, aim: str, year: int) -> Candidates:
    """Digits alone: what the symbology says they are, or what they look like."""
    if aim in GS1_AIM:
        return (of_elements(body, year),)
    if aim.startswith(EAN_AIM):
        return (_of_symbol(body, aim),)
    if aim or len(body) < _GTIN_ALONE or len(body) == SSCC_LENGTH or not BEGINS_GS1.match(body):
        return (_bare(body),)
    return by_looks(body, year)


def by_looks(body: str, year: int) -> Candidates:
    """A text that begins as a label does, without any sign that it is one."""
    label = of_elements(body, year)
    is_spoilt = label.why in (Why.MISREAD, Why.BAD_DATE, Why.BAD_VALUE, Why.CONTRADICTS) and len(body) > _GTIN_ALONE
    return (label, _bare(body)) if label.label or is_spoilt else (_bare(body),)


def _of_symbol(body: str, aim: str) -> Candidate:
    """An EAN or UPC symbol names an item and nothing else, whatever digits stand beside it."""
    if aim == _ADD_ON_AIM and (number := without_add_on(body)):
        return item_of(number, body)
    if aim != _EAN_8_AIM and (full := unpacked(body)):
        return item_of(full, body)
    if len(body) not in GTIN_LENGTHS:
        return _bare(body)
    return item_of(body, body) if is_gtin(body) else Candidate(Kind.TRADE_NUMBER, body, (body,), why=Why.MISREAD)


def item_of(number: str, text: str) -> Candidate:
    codes = tuple(dict.fromkeys((text, *spellings(number))))
    return Candidate(Kind.TRADE_NUMBER, text, codes, Label(gtin=number.zfill(14)), (("01", number.zfill(14)),))


def _bare(body: str) -> Candidate:
    """A number that nothing says anything of."""
    if is_sscc(body):
        return Candidate(Kind.LOAD_UNIT, body, (body, f"00{body}"))
    codes = spellings(body)
    if len(codes) > 1 or is_gtin(body):
        return Candidate(Kind.TRADE_NUMBER, body, codes)
    if (number := without_add_on(body)) and is_periodical(number) and len(body) != SSCC_LENGTH:
        return Candidate(Kind.TRADE_NUMBER, body, tuple(dict.fromkeys((body, *spellings(number)))))
    is_spoilt = len(body) in _LIKELY_LENGTHS and is_number(body) and not is_checked(_number_in(body))
    return as_code(body, Why.WRONG_DIGIT if is_spoilt else Why.NOTHING)


def _number_in(body: str) -> str:
    """What is checked of a bare number: of sixteen digits those behind the identifier of a GTIN."""
    if len(body) != _GTIN_ALONE:
        return body
    return body[2:] if BEGINS_GS1.match(body) else "0"
