"""GS1 element strings: a text as the elements of a label, in every way that separators which were lost allow.

biip knows the identifiers and the form of each; what must be right in them say ``rules``. Where a separator is missing
an element of variable length holds what follows it: each place where it could have ended is another way to read it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from scanner_app.domain.check_digit import is_number
from scanner_app.domain.recognition.gs1.label_of import label_of
from scanner_app.domain.recognition.gs1.pairs import conflict, missing
from scanner_app.domain.recognition.gs1.rules import fault
from scanner_app.domain.recognition.label import Label, Ways, Why
from scanner_app.domain.recognition.separators import GS

LENGTH_MAX = 300
ELEMENTS_MAX = 16
_STEPS_MAX = 64
"""Labels of goods that have lost every separator want at most 40."""
_DAYS = frozenset({"11", "12", "13", "15", "16", "17"})
_OWN_FORMS = {
    **dict.fromkeys(_DAYS, r"\d{6}"),
    "7250": r"\d{8}",
    "7251": r"\d{12}",
    "8008": r"\d{8}(\d\d(\d\d)?)?",
    "8010": r"[A-Z0-9/#-]{1,30}",
}
"""Where biip has no such form, or takes a day that there is none of for a wrong form."""
_WHOLE = frozenset({"8007", "8013"})
"""They end in what checks all of them: a part of one is nothing."""
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
    """Bounds the work on one text; where it ``is_parted`` every separator is there."""

    def __init__(self, *, is_parted: bool) -> None:
        self.left = _STEPS_MAX
        self.is_parted = is_parted

    def may_go_on(self) -> bool:
        self.left -= 1
        return self.left > 0


@lru_cache(maxsize=1024)
def ways_of(body: str, year: int, *, is_parted: bool = False) -> Ways:
    """Read a text as a label, in a year that tells the century of its days; no separator of one that ``is_parted`` is
    lost.
    """
    if len(body) > LENGTH_MAX or body.count(GS) > ELEMENTS_MAX:
        return Ways(why=Why.TOO_LONG)
    steps = _Steps(is_parted=is_parted)
    found = [way for way in _ways(body, frozenset(), steps, year) if way]
    if steps.left <= 0 or any(len(way) > ELEMENTS_MAX for way in found):
        return Ways(why=Why.TOO_LONG)
    if not found:
        return Ways(why=_fault(body, year))
    if _is_twice(found[0]):
        return Ways(why=Why.TWICE)
    said = {element.ai: element.value for element in found[0]}
    if conflict(said):
        return Ways(why=Why.CONTRADICTS)
    return Ways(_labels(found, year), _doubt(found), tuple(said.items()), missing(said))


def _labels(found: list[Elements], year: int) -> tuple[Label, ...]:
    return tuple(dict.fromkeys(label_of({element.ai: element.value for element in way}, year) for way in found))


def _doubt(found: list[Elements]) -> Why:
    cuts = {element.cut for way in found for element in way if element.cut}
    if not cuts:
        return Why.NOTHING
    is_whole = not any(element.cut for element in found[0])
    return Why.PERHAPS_NONE if is_whole and not cuts & _DAYS else Why.NO_SEPARATOR


def _ways(text: str, used: frozenset[str], steps: _Steps, year: int) -> Iterator[Elements]:
    """Every way to read a text, as its separators have it first."""
    text = text.lstrip(GS)
    if not text:
        yield ()
        return
    form = _form(text)
    for end in _ends(text, form, used, is_parted=steps.is_parted):
        if not steps.may_go_on():
            return
        value = text[len(form.ai) : end]
        if not value or not form.pattern.fullmatch(text, 0, end) or fault(form.ai, value, year):
            continue
        cut = text[end:][:2] if form.ends and end < len(text) and text[end] != GS else ""
        for rest in _ways(text[end:], used | {form.ai}, steps, year):
            yield (Element(form.ai, value, cut), *rest)


def _ends(text: str, form: _Form, used: frozenset[str], *, is_parted: bool) -> Iterator[int]:
    """Where the first element may end: where it must, or before something that may follow it."""
    if not form.ends:
        match = form.pattern.match(text)
        yield from [match.end()] if match else []
        return
    stop = _stop(text)
    yield stop
    if is_parted or form.ai in _WHOLE:
        return
    taken = used | {form.ai}
    longest = form.pattern.match(text, 0, stop)
    for end in range(min(stop - 1, longest.end()) if longest else 0, len(form.ai), -1):
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
    try:
        known = GS1ApplicationIdentifier.extract(ai)
    except ParseError:
        return None
    if known.ai != ai:
        return None
    pattern = ai + _OWN_FORMS[ai] if ai in _OWN_FORMS else known.pattern.removesuffix("$")
    return _Form(ai, re.compile(pattern, re.ASCII), known.separator_required)


def _fault(text: str, year: int) -> Why:
    """Why no way is right: the first wrong number or day of what has otherwise the form of a label."""
    first = Why.NOTHING
    while text := text.lstrip(GS):
        form = _form(text)
        match = form.pattern.match(text)
        end = _stop(text) if form.ends else match.end() if match else 0
        if not form.pattern.fullmatch(text, 0, end):
            return Why.MALFORMED
        first = first or fault(form.ai, text[len(form.ai) : end], year)
        text = text[end:]
    return first or Why.MALFORMED


def _is_twice(way: Elements) -> bool:
    values: dict[str, str] = {}
    return any(values.setdefault(element.ai, element.value) != element.value for element in way)
