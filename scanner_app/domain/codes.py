"""Codes: which texts may name an item, a place, a badge, a lot or a serial; one law for the floor and for files.

A text that is refused has a reason, whose words are where it is told. What is printed on goods is the supplier's: a lot
may begin with marks that are otherwise the program's own.
"""

import re
from enum import StrEnum

CODE_LENGTH_MAX = 80
PRINTED_LENGTH_MAX = 40
"""Of a lot, a serial or a plate that the floor has made."""
_OWN_MARKS = ("@", ".")
"""Accounts and hands, and typed commands begin so."""
COMMAND_MARK = "CMD:"
"""Commands as barcodes begin so; behind what was half typed one stands in the middle of a line."""
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
"""What a scanner puts before a code to say of which symbology it is (AIM); it is taken off again."""


_PLAIN = re.compile(r"(?!\d[Ee]-)[A-Za-z0-9][A-Za-z0-9/_-]*")
"""What most codes are: no mark of ours, no blank, no number that was shortened, so that no other law has to look."""
_SHORTENED = re.compile(r"\d([.,]\d+)?E[+-]\d+|\d[.,]\d+E\d+", re.IGNORECASE)
_WITH_DECIMALS = re.compile(r"\d{5,}[.,]0+")
_IN_GROUPS = re.compile(r"\d{1,3}(,\d{3}){2,}|\d{1,3}([. '\u2019]\d{3}){3,}")


class CodeFault(StrEnum):
    """Why a text is no code."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    LETTERS = "letters"
    OWN_MARK = "own_mark"
    SYMBOLOGY = "symbology"
    SHORTENED = "shortened"
    AS_NUMBER = "as_number"


def code_fault(code: str, length_max: int = CODE_LENGTH_MAX) -> CodeFault | None:
    """Why a text cannot name an item, a place, a plate or a badge.

    >>> code_fault("A-01-02"), code_fault("@hand:7"), code_fault("7cmd:undo"), code_fault("]C1A-01-02")
    (None, <CodeFault.OWN_MARK: 'own_mark'>, <CodeFault.OWN_MARK: 'own_mark'>, <CodeFault.SYMBOLOGY: 'symbology'>)
    """
    if len(code) <= length_max and _PLAIN.fullmatch(code):
        return None
    if code.startswith(_OWN_MARKS) or COMMAND_MARK in code.upper():
        return CodeFault.OWN_MARK
    if _SYMBOLOGY.match(code):
        return CodeFault.SYMBOLOGY
    return text_fault(code, length_max) or number_disguise(code)


def text_fault(text: str, length_max: int = PRINTED_LENGTH_MAX) -> CodeFault | None:
    """Why a text cannot be a lot or a serial, whatever marks it begins with.

    >>> text_fault(".L7"), text_fault("L\\x07"), text_fault("L7 "), text_fault("")
    (None, <CodeFault.LETTERS: 'letters'>, <CodeFault.LETTERS: 'letters'>, <CodeFault.EMPTY: 'empty'>)
    """
    if not text:
        return CodeFault.EMPTY
    if len(text) > length_max:
        return CodeFault.TOO_LONG
    return None if text.isprintable() and text == text.strip() else CodeFault.LETTERS


def is_like_a_command(text: str) -> bool:
    """Say whether a text alone on a line is no lot or serial, because what the program does itself begins so.

    >>> is_like_a_command(".L7"), is_like_a_command("cmd:back"), is_like_a_command("L7.1")
    (True, True, False)
    """
    return text.startswith(".") or COMMAND_MARK in text.upper()


def number_disguise(text: str) -> CodeFault | None:
    """What a spreadsheet seems to have done to a code that it took for a number.

    >>> [number_disguise(text) is not None for text in ("4.00638e+12", "4,006,381,333,931", "4006381333931.0")]
    [True, True, True]
    >>> [number_disguise(text) for text in ("1E5", "10.250.300", "A-01", "12.5", "4006381333931")]
    [None, None, None, None, None]
    """
    if not text[-1:].isdigit() or text.isdigit():
        return None
    if _SHORTENED.fullmatch(text):
        return CodeFault.SHORTENED
    return CodeFault.AS_NUMBER if _IN_GROUPS.fullmatch(text) or _WITH_DECIMALS.fullmatch(text) else None
