"""Rows as texts, for tests that look at what is painted."""

from screens.row import Row


def text_of(row: Row) -> str:
    """The row's characters, roles left out."""
    return "".join(piece.text for piece in row)
