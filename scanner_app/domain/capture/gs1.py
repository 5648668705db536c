"""GS1 element strings: a text as the elements of a label, in every way that separators which were lost allow.

biip knows the identifiers and the form of each; check digits and days are checked here. Where a separator is missing an
element of variable length holds what follows it: each place where it could have ended is another way to read the label.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from scanner_app.domain.capture.gs1_date import day_of
from scanner_app.domain.capture.label import Label, Ways, Why
from scanner_app.domain.check_digit import is_checked, is_number

GS = "\x1d"
LENGTH_MAX = 300
ELEMENTS_MAX = 16
_STEPS_MAX = 200
_CHECKED = frozenset({"00", "01", "02", "03"})
_DAYS = frozenset({"11", "12", "13", "15", "16", "17"})
_MAY_FOLLOW = _DAYS | {"10", "21", "30", "37"}
"""What a label of goods holds behind an element of variable length; only these are looked for inside one."""


class Element(NamedTuple):
    """One element; ``cut`` is the identifier that follows without a separator where there should be one."""

    ai: str
    value: str
    cut: str = ""


Elements = tuple[Element, ...]


class _Form(NamedTuple):
    """How an identifier's element looks, identifier included; ``ends`` where a separator has to follow."""

    ai: str
    pattern: re.Pattern[str]
    ends: bool


_NO_FORM = _Form("", re.compile("$."), ends=False)


class _Steps:
    """Bounds the work on one text."""

    def __init__(self) -> None:
        self.left = _STEPS_MAX

    def may_go_on(self) -> bool:
        self.left -= 1
        return self.left > 0


@lru_cache(maxsize=1024)
def ways_of(body: str, year: int) -> Ways:
    """Read a text as a label, in a year that tells the century of its days."""
    if len(body) > LENGTH_MAX or body.count(GS) > ELEMENTS_MAX:
        return Ways(why=Why.TOO_LONG)
    steps = _Steps()
    found = [way for way in _ways(body, frozenset(), steps, year) if way]
    if steps.left <= 0 or any(len(way) > ELEMENTS_MAX for way in found):
        return Ways(why=Why.TOO_LONG)
    if not found:
        return Ways(why=_fault(body, year))
    if any(_is_twice(way) for way in found[:1]):
        return Ways(why=Why.TWICE)
    return _doubt(found, year)


def _doubt(found: list[Elements], year: int) -> Ways:
    labels = tuple(dict.fromkeys(_label(way, year) for way in found))
    cuts = {element.cut for way in found for element in way if element.cut}
    if not cuts:
        return Ways(labels)
    is_whole = not any(element.cut for element in found[0])
    return Ways(labels, Why.PERHAPS_NONE if is_whole and not cuts & _DAYS else Why.NO_SEPARATOR)


def _ways(text: str, used: frozenset[str], steps: _Steps, year: int) -> Iterator[Elements]:
    """Every way to read a text, as its separators have it first."""
    text = text.lstrip(GS)
    if not text:
        yield ()
        return
    form = _form(text)
    for end in _ends(text, form, used):
        if not steps.may_go_on():
            return
        value = text[len(form.ai) : end]
        if not value or not form.pattern.fullmatch(text, 0, end) or _wrong(form.ai, value, year):
            continue
        cut = text[end:][:2] if form.ends and end < len(text) and text[end] != GS else ""
        for rest in _ways(text[end:], used | {form.ai}, steps, year):
            yield (Element(form.ai, value, cut), *rest)


def _ends(text: str, form: _Form, used: frozenset[str]) -> Iterator[int]:
    """Where the first element may end: where it must, or before something that may follow it."""
    if not form.ends:
        match = form.pattern.match(text)
        yield from [match.end()] if match else []
        return
    stop = _stop(text)
    yield stop
    taken = used | {form.ai}
    for end in range(stop - 1, len(form.ai), -1):
        if (ai := text[end : end + 2]) in _MAY_FOLLOW and ai not in taken and (ai != "37" or "02" in used):
            yield end


def _stop(text: str) -> int:
    stop = text.find(GS)
    return len(text) if stop < 0 else stop


def _form(text: str) -> _Form:
    """The form of the element that a text begins with: identifiers have two, three or four digits."""
    return next((form for length in (2, 3, 4) if (form := _known(text[:length]))), _NO_FORM)


@lru_cache(maxsize=4096)
def _known(ai: str) -> _Form | None:
    from biip import ParseError
    from biip.gs1_application_identifiers import GS1ApplicationIdentifier

    if not is_number(ai):
        return None
    if ai in _DAYS:
        return _Form(ai, re.compile(r"\d\d\d{6}", re.ASCII), ends=False)
    try:
        known = GS1ApplicationIdentifier.extract(ai)
    except ParseError:
        return None
    return _Form(known.ai, re.compile(known.pattern.removesuffix("$"), re.ASCII), known.separator_required)


def _wrong(ai: str, value: str, year: int) -> Why:
    if ai in _CHECKED and not is_checked(value):
        return Why.MISREAD
    return Why.BAD_DATE if ai in _DAYS and not day_of(value, year) else Why.NOTHING


def _fault(text: str, year: int) -> Why:
    """Why no way is right: the first wrong number or day of what has otherwise the form of a label."""
    first = Why.NOTHING
    while text := text.lstrip(GS):
        form = _form(text)
        match = form.pattern.match(text)
        end = _stop(text) if form.ends else match.end() if match else 0
        if not form.pattern.fullmatch(text, 0, end):
            return Why.MALFORMED
        first = first or _wrong(form.ai, text[len(form.ai) : end], year)
        text = text[end:]
    return first or Why.MALFORMED


def _is_twice(way: Elements) -> bool:
    values: dict[str, str] = {}
    return any(values.setdefault(element.ai, element.value) != element.value for element in way)


def _label(way: Elements, year: int) -> Label:
    said = {element.ai: element.value for element in way}
    expires = said.get("17") or said.get("15")
    return Label(
        gtin=said.get("01") or said.get("02", ""),
        sscc=said.get("00", ""),
        lot=said.get("10", ""),
        serial=said.get("21", ""),
        expires=day_of(expires, year) if expires else "",
        pieces=int(said.get("30") or 0),
        contained=int(said.get("37") or 0),
    )
