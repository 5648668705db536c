"""Code cells: what names an item, a place, a lot or a serial, held against the law of codes and against spreadsheets.

A spreadsheet takes a code for a number and writes it as one. Where that shows, the code is refused; where it may only
be so, as with a check digit that is wrong, the row is noted.
"""

from collections.abc import Callable
from sys import intern

from scanner_app.domain.check_digit import Spoilt, is_sscc, looks_like_sscc, spoilt_gtin
from scanner_app.domain.codes import (
    CODE_LENGTH_MAX,
    PRINTED_LENGTH_MAX,
    CodeFault,
    code_fault,
    is_like_a_command,
    number_disguise,
    text_fault,
)
from scanner_app.domain.ledger import is_account, is_in_hand
from sync.central.imports.table_files import Made

Remark = Callable[[str], None]
"""Told what of a cell is noted, as the end of a sentence."""

_MENDED = "make the column a text column there"
_SPOILT = {
    Spoilt.WRONG_DIGIT: "the check digit of {} is wrong: no scanner reads such a code as a GTIN",
    Spoilt.LOST_ZERO: "{} would be a GTIN with a zero before it, which a spreadsheet may have taken away",
}


class WrongCellError(ValueError):
    """Why a cell is refused, as the end of a sentence."""


def code(cell: str) -> str:
    """Read a code that must be there."""
    found = code_or_nothing(cell)
    if not found:
        raise WrongCellError("a code is missing")
    return found


def code_or_nothing(cell: str) -> str:
    """Read a code, or an empty cell."""
    return _lawful(cell, code_fault, CODE_LENGTH_MAX)


def printed(remark: Remark) -> Callable[[str], str]:
    """Return what reads a lot or a serial: whatever the floor could have made of a label."""

    def read(cell: str) -> str:
        text = _lawful(cell, text_fault, PRINTED_LENGTH_MAX)
        if number_disguise(text):
            remark(f"{text} looks like a number that a spreadsheet has written; is it what is printed on the goods")
        if is_like_a_command(text):
            remark(f"{text} looks like a command: on a label with its item it is read, alone and typed it is none")
        return text

    return read


def barcode(remark: Remark) -> Callable[[str], str]:
    """Return what reads a code that is printed on goods; most of them are GTINs, with a check digit."""

    def read(cell: str) -> str:
        found = code(cell)
        spoilt = spoilt_gtin(found)
        if spoilt is not Spoilt.NOT:
            remark(_SPOILT[spoilt].format(found))
        return found

    return read


def plate(remark: Remark) -> Callable[[str], str]:
    """Return what reads the name of a plate, which may be an SSCC."""

    def read(cell: str) -> str:
        found = code(cell)
        if looks_like_sscc(found) and not is_sscc(found):
            remark(f"the check digit of {found} is wrong: no scanner reads such a code as an SSCC")
        return found

    return read


def place(cell: str) -> str:
    """Read a place of opening stock: a code, an account (which is not opened), or the hand of an operator."""
    text = cell.strip()
    return text if is_account(text) or (is_in_hand(text) and text.isprintable()) else code(cell)


def _lawful(cell: str, law: Callable[[str, int], CodeFault | None], length_max: int) -> str:
    """Read a text by its law; a code that many rows name is kept once."""
    if isinstance(cell, Made):
        raise WrongCellError(f"a spreadsheet has made {cell.kind} of this; {_MENDED}")
    text = cell.strip()
    fault = law(text, length_max)
    if fault is not None and fault is not CodeFault.EMPTY:
        raise WrongCellError(_FAULTS[fault].format(length_max))
    return intern(text)


_FAULTS = {
    CodeFault.TOO_LONG: "the code is longer than {} characters",
    CodeFault.LETTERS: "the code has control characters",
    CodeFault.OWN_MARK: "a code may not start with '@' or '.', nor have 'CMD:' in it, which are the program's own",
    CodeFault.SYMBOLOGY: "this begins with what scanners put before a code and take off again: write the rest",
    CodeFault.SHORTENED: f"a spreadsheet has shortened this number; {_MENDED}",
    CodeFault.AS_NUMBER: f"a spreadsheet has written this code as a number; {_MENDED}",
}
