"""Formulas (CSV injection): cells that a spreadsheet would run, made harmless on the way out and read back in.

An apostrophe goes before the mark, and one more where there is one already; so reading takes exactly one away. Among
codes it goes before every apostrophe, because others write ``'0123`` or ``="0123"`` for a code that is to stay a text.
"""

import re

_DANGER = re.compile(r"'*[=+\-@\t\r]")
_DANGEROUS_CODE = re.compile(r"['=+\-@\t\r]")
_AS_TEXT = re.compile(r'="([^"]*)"')


def safe_cell(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    >>> safe_cell("=1+1"), safe_cell("'=1+1"), safe_cell("A-1")
    ("'=1+1", "''=1+1", 'A-1')
    """
    return f"'{text}" if _DANGER.match(text) else text


def plain_cell(text: str) -> str:
    """Read back what :func:`safe_cell` wrote, or a formula that is nothing but a text.

    >>> plain_cell("'=1+1"), plain_cell("'tis"), plain_cell("-5"), plain_cell('="A 1"')
    ('=1+1', "'tis", '-5', 'A 1')
    """
    if text[:1] == "'":
        return text[1:] if _DANGER.match(text) else text
    return _text_of(text)


def safe_code(text: str) -> str:
    """Put an apostrophe before a code that begins with one, or that a spreadsheet would run.

    >>> safe_code("'A"), safe_code("=1"), safe_code("A-1")
    ("''A", "'=1", 'A-1')
    """
    return f"'{text}" if _DANGEROUS_CODE.match(text) else text


def plain_code(text: str) -> str:
    """Read back what :func:`safe_code` wrote, and what others write to keep a code a text.

    >>> plain_code("'0123"), plain_code('="0123"'), plain_code("''A"), plain_code("A-1")
    ('0123', '0123', "'A", 'A-1')
    """
    return text[1:] if text[:1] == "'" else _text_of(text)


def _text_of(text: str) -> str:
    match = _AS_TEXT.fullmatch(text) if text[:1] == "=" else None
    return match[1] if match else text
