"""Allowed: what facts of a kind may do, the row of the law of kinds that each of them carries.

Beside it stands the kind's ``right``. What holds of every kind alike is no part of a row: a serial is one piece, and
lot and serial are as the item's tracking says.
"""

from enum import Enum
from itertools import product

from msgspec import Struct

from scanner_app.domain.events.side import Side

Way = tuple[Side, Side]
"""From which class of place a leg may go to which."""


class Undoer(Enum):
    """Who may say that a fact of a kind never happened."""

    AUTHOR = "author"
    """Whoever made it, and who may decide what others did."""
    NOBODY = "nobody"
    """It is taken back by another kind of fact, never by annulling it."""


class Allowed(Struct, frozen=True):
    """``differs`` are the fields of a key, its place left out, that a leg may change; ``stays``: the place may not.

    To who may decide what others did, another's hand is as the own one.
    """

    undoer: Undoer
    ways: frozenset[Way] = frozenset()
    differs: frozenset[str] = frozenset()
    stays: bool = False


_PHYSICAL = (Side.FLOOR, Side.OWN_HAND)
CARRIED: frozenset[Way] = frozenset(product(_PHYSICAL, _PHYSICAL))
"""Between places of the floor, in and out of the own hand."""
_ACCOUNT = (Side.ADJUSTMENT,)
CORRECTED: frozenset[Way] = frozenset((*product(_ACCOUNT, _PHYSICAL), *product(_PHYSICAL, _ACCOUNT)))
"""Against the adjustment account, either way: on the floor, or what is in the own hand."""
NEWER = Allowed(Undoer.AUTHOR)
"""What is taken to hold of a kind that this program does not know."""
