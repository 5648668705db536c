"""Aside: the key of an event whose id belongs to another one, which may be trusted while this may not. Pure."""

from hashlib import sha256

MARK = "~"
"""No id of an event holds it, so that nobody can take the key of one that stands aside."""
_BEGINNING, _DIGITS = 31, 32


def is_aside(key: str) -> bool:
    """Say whether an event stands aside, by its key."""
    return MARK in key


def aside(identity: str, payload: bytes) -> str:
    """A key of at most 64 characters for an event that is kept, and not under its id; the same one each time.

    >>> aside("0192f", b"{}")
    '0192f~44136fa355b3678a1146ad16f7e8649e'
    """
    return f"{identity[:_BEGINNING]}{MARK}{sha256(payload).hexdigest()[:_DIGITS]}"
