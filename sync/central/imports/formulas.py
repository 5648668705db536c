"""Formulas (CSV injection): cells that a spreadsheet would run, made harmless on the way out and read back in.

An apostrophe goes before the mark, and one more where there is one already; so reading takes exactly one away.
"""

import re

_DANGER = re.compile(r"'*[=+\-@\t\r]")


def safe_cell(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    >>> safe_cell("=1+1"), safe_cell("'=1+1"), safe_cell("A-1")
    ("'=1+1", "''=1+1", 'A-1')
    """
    return f"'{text}" if _DANGER.match(text) else text


def plain_cell(text: str) -> str:
    """Read back what :func:`safe_cell` wrote.

    >>> plain_cell("'=1+1"), plain_cell("'tis"), plain_cell("-5")
    ('=1+1', "'tis", '-5')
    """
    return text[1:] if text[:1] == "'" and _DANGER.match(text) else text
