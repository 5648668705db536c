"""Numbers of books and magazines as they are printed, and the GTIN of each."""

import re

from scanner_app.domain.check_digit import check_digit, is_gtin

_BOOK = re.compile(r"(?:ISBN[ :-]*)?(\d{1,5}[ -]\d{1,7}[ -]\d{1,7}[ -][\dX])", re.IGNORECASE | re.ASCII)
_BOOK_13 = re.compile(r"(?:ISBN[ :-]*)?(97[89][ -]?\d{1,5}[ -]\d{1,7}[ -]\d{1,7}[ -]\d)", re.IGNORECASE | re.ASCII)
_MAGAZINE = re.compile(r"(?:ISSN[ :-]*)?(\d{4}-\d{3}[\dX])", re.IGNORECASE | re.ASCII)
_PARTS = re.compile("[ -]")


def published(text: str) -> str | None:
    """The GTIN-13 of an ISBN or an ISSN in print, with hyphens; empty if its check is wrong, None if it is none.

    >>> published("3-16-148410-X"), published("ISBN 978-3-16-148410-0"), published("2434-561X"), published("A-01-02")
    ('9783161484100', '9783161484100', '9772434561006', None)
    """
    if found := _BOOK_13.fullmatch(text):
        number = _PARTS.sub("", found[1])
        return None if len(number) != 13 else number if is_gtin(number) else ""
    if found := _BOOK.fullmatch(text):
        return _published(_PARTS.sub("", found[1]).upper(), 10, "978")
    if found := _MAGAZINE.fullmatch(text):
        return _published(found[1].replace("-", "").upper(), 8, "977")
    return None


def _published(number: str, length: int, prefix: str) -> str | None:
    if len(number) != length:
        return None
    worth = [10 if sign == "X" else int(sign) for sign in number]
    if sum(one * weight for one, weight in zip(worth, range(length, 0, -1), strict=True)) % 11:
        return ""
    body = f"{prefix}{number[:-1]}".ljust(12, "0")
    return body + check_digit(body)
