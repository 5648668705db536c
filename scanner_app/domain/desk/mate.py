"""A mate: another claim that is one row with a case, and of which each word on the case is said, too."""

from msgspec import Struct

MATES_MAX = 20
"""So many are one row with a case; of more the rest are the next row, once these are decided."""


class Mate(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the same count says of the same goods of another owner or status, with all that a word on it wants.

    ``quantity`` is its difference in micro-units.
    """

    id: str
    version: str
    seen: int
    place: str
    quantity: int
    owner: str = ""
    status: str = ""
