"""Codes: which texts may name an item, a place, a badge, a lot or a serial; one law for the floor and for files.

A text that is refused has a reason, whose words are where it is told. What is printed on goods is the supplier's: a lot
may begin with marks that are otherwise the program's own.
"""

from enum import StrEnum

CODE_LENGTH_MAX = 80
PRINTED_LENGTH_MAX = 40
"""Of a lot, a serial or a plate that the floor has made."""
_OWN_MARKS = ("@", ".", "CMD:")
"""Accounts and hands, typed commands, and commands as barcodes begin so."""


class CodeFault(StrEnum):
    """Why a text is no code."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    LETTERS = "letters"
    OWN_MARK = "own_mark"


def code_fault(code: str, length_max: int = CODE_LENGTH_MAX) -> CodeFault | None:
    """Why a text cannot name an item, a place, a plate or a badge.

    >>> code_fault("A-01-02"), code_fault("@hand:7"), code_fault("cmd:undo")
    (None, <CodeFault.OWN_MARK: 'own_mark'>, <CodeFault.OWN_MARK: 'own_mark'>)
    """
    if code.upper().startswith(_OWN_MARKS):
        return CodeFault.OWN_MARK
    return text_fault(code, length_max)


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
