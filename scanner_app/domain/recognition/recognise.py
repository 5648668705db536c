"""Recognising: a text and what its symbology says of it become candidates, best first; the last is the plain code.

The symbology wins: what it says is GS1 is GS1, and what it says is none is never taken for it by its looks. Where it
says nothing, looks decide, with less weight. What nobody takes to be anything is a code of the site.
"""

import re

from scanner_app.domain.check_digit import is_number
from scanner_app.domain.recognition import numbers
from scanner_app.domain.recognition.candidate import Kind
from scanner_app.domain.recognition.made import Candidates, as_code
from scanner_app.domain.recognition.trade_number import without_add_on

LENGTH_MAX = 1_000
"""What is longer than any code is not looked at."""
_PARCEL_LENGTH_MIN = 20
_SITE_ONLY = re.compile(r"[A-Z]-?[A-Z0-9]{1,4}(?:-[A-Z0-9]{1,6}){0,5}", re.ASCII)
"""What the codes of places and items look like; nothing else does, and so nothing else is tried."""


def recognise(text: str, aim: str, year: int, patterns: tuple[str, ...] = ()) -> Candidates:
    """The candidates of a text as it was read, blanks around it included; ``aim`` is empty where it was typed.

    ``year`` is that of the scan: days on labels have two digits of theirs. ``patterns`` are those of the site.
    """
    body = text.strip(" ")
    if patterns and aim not in numbers.GS1_AIM and (found := _patterned(body, year, patterns)):
        return found
    if is_number(body):
        found = numbers.number(body, aim, year)
        if len(body) < _PARCEL_LENGTH_MIN or found[0].kind is not Kind.CODE:
            return found
    if len(body) > LENGTH_MAX or (not aim and _SITE_ONLY.fullmatch(body)):
        return (as_code(body),)
    if aim.startswith(numbers.EAN_AIM) and (number := without_add_on(body)):
        return (numbers.item_of(number, body),)
    from scanner_app.domain.recognition import looks

    return looks.recognised(text, aim, year)


def _patterned(body: str, year: int, patterns: tuple[str, ...]) -> Candidates:
    """What the first pattern of the site that fits makes of a text; nothing where none does."""
    from scanner_app.domain.recognition.patterns import in_shop, inner

    for pattern in patterns:
        if weighed := in_shop(body, pattern):
            return (weighed,)
        if code := inner(body, pattern):
            return (*recognise(code, "", year), as_code(body))
    return ()
