"""A side of a leg: which class of place stock left or came to, as the law of kinds tells them apart."""

from enum import Enum
from functools import lru_cache

from scanner_app.domain import ledger


class Side(Enum):
    """The class of a place, as its author sees it: a hand is their own or another's."""

    FLOOR = "floor"
    OWN_HAND = "own_hand"
    OTHER_HAND = "other_hand"
    ADJUSTMENT = "adjustment"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    PRODUCTION = "production"
    TRANSIT = "transit"
    NOWHERE = "nowhere"
    """A virtual place that there is not."""

    __hash__ = object.__hash__
    """There is one of each, and the law looks many of them up."""

    @property
    def is_physical(self) -> bool:
        """Say whether whoever made the fact can have stood there: on the floor, or with what they carry."""
        return self in (Side.FLOOR, Side.OWN_HAND)


_ACCOUNTS = {
    ledger.ADJUSTMENT: Side.ADJUSTMENT,
    ledger.SUPPLIER: Side.SUPPLIER,
    ledger.CUSTOMER: Side.CUSTOMER,
    ledger.PRODUCTION: Side.PRODUCTION,
    ledger.IN_TRANSIT: Side.TRANSIT,
}


@lru_cache(maxsize=4_096)
def side_of(place: str, author: str) -> Side:
    """Tell the class of a place.

    >>> [side_of(place, "7").value for place in ("A-1", "@hand:7", "@hand:8", "@supplier", "@moon", "@hand:")]
    ['floor', 'own_hand', 'other_hand', 'supplier', 'nowhere', 'nowhere']
    """
    if not ledger.is_virtual(place):
        return Side.FLOOR
    if ledger.is_in_hand(place):
        return Side.OWN_HAND if ledger.hand_of(place) == author else Side.OTHER_HAND
    return _ACCOUNTS.get(place, Side.NOWHERE)
