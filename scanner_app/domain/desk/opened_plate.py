"""A missing plate that is opened: where it was last, which count did not see it, and what the book has on it."""

from msgspec import Struct


class OnPlate(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Goods on a plate as the book has them; ``quantity`` in micro-units of ``unit``, ``value`` in micro-currency."""

    item: str
    name: str
    quantity: int
    unit: str
    value: int = 0
    lot: str = ""
    serial: str = ""


class OpenedPlate(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``plate`` stood at ``place`` since ``since_us``; the count by ``operator``, closed at ``closed_us``, saw none.

    ``goods`` are the first of what is on it. ``look_us`` is since when somebody is to look again, 0 if nobody is.
    """

    plate: str
    place: str
    since_us: int = 0
    closed_us: int = 0
    operator: str = ""
    goods: tuple[OnPlate, ...] = ()
    look_us: int = 0
