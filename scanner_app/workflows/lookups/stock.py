"""Look-ups of stock: what is known to be where, as stock rows."""

from typing import ClassVar

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from scanner_app.domain.catalog import AVAILABLE, OWN
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import ITEM, LOT, OTHER_SERIAL, PLACE, SERIAL


class HeldRow(Struct, frozen=True, array_like=True):
    """One stock row as this device knows it, its own unsent events included; ``quantity`` in micro-units."""

    place: str
    item: str
    lot: str
    serial: str
    owner: str
    status: str
    quantity: int
    name: str = ""
    unit: str = ""

    @property
    def key(self) -> StockKey:
        return StockKey(self.place, self.item, self.lot, self.serial, self.owner, self.status)


class Rows(Struct, frozen=True, tag="rows"):
    """Stock rows; ``more`` is 1 when there are others. ``state`` is a place's state when a place was looked up.

    ``name`` is what else is known of what was looked up, such as the name of an owner. ``waiting`` of this device's own
    events that concern it are not at the centre yet; ``as_of`` is the time of day at which the centre was last heard.
    What is there ``is_hidden`` from a worker who counts there. ``apart`` is by how much it will be more or less once
    somebody has accepted that, as it was adjusted here: it is no part of the rows. It ``is_alone`` where nothing
    else is known at the place that was looked up: no other goods, no plates that stand there.
    """

    rows: tuple[HeldRow, ...]
    more: int = 0
    state: str = ""
    name: str = ""
    waiting: int = 0
    as_of: str = ""
    is_hidden: bool | UnsetType = UNSET
    apart: tuple[HeldRow, ...] | UnsetType = UNSET
    is_alone: bool | UnsetType = UNSET


class Held(Look, frozen=True, tag="held"):
    """Look up what is known of an item at a place."""

    place: str
    item: str

    def examples(self) -> Examples:
        one, several = Rows((_WHOLE, _NEXT, _PLAIN)), Rows((_WHOLE, _PLAIN, *_OTHERS))
        last, untold = Rows((_PLAIN,), is_alone=True), Rows((), is_hidden=True)
        return (
            ("one owner and status", one), ("several owners or statuses", several), ("the last there", last),
            ("counted, untold", untold),
        )  # fmt: skip


class AtPlace(Look, frozen=True, tag="at_place"):
    """Look up everything known at a place, at most ``rows_max`` rows.

    With ``tells_waiting`` how much is not sent, with ``tells_alone`` whether plates stand there.
    """

    is_dated: ClassVar[bool] = True
    place: str
    rows_max: int = 200
    tells_waiting: bool = False
    tells_alone: bool = False

    def examples(self) -> Examples:
        return _ALONE if self.tells_alone else _LISTED


class OfItem(Look, frozen=True, tag="of_item"):
    """Look up where an item is, at most ``rows_max`` rows."""

    is_dated: ClassVar[bool] = True
    item: str
    rows_max: int = 200

    def examples(self) -> Examples:
        return _LISTED


class Marked(Look, frozen=True, tag="marked"):
    """Look up where the stock of a lot, a serial or an owner is (``mark`` names which), at most ``rows_max`` rows."""

    is_dated: ClassVar[bool] = True
    mark: str
    code: str
    rows_max: int = 200

    def examples(self) -> Examples:
        return _LISTED


class ToPut(Look, frozen=True, tag="to_put"):
    """Look up what is in a hand or on a tote, in walk order of where each item is mostly kept."""

    is_dated: ClassVar[bool] = True
    place: str
    rows_max: int = 200

    def examples(self) -> Examples:
        return _ALONE


class Number(Struct, frozen=True, tag="number"):
    """How many were found: a value that only logs of older programs hold."""

    count: int


class Unapproved(Look, frozen=True, tag="unapproved"):
    """Look up what waits for somebody to accept it of what a person adjusted here, the newest first.

    Its rows say by how much stock will become more or less.
    """

    operator: str
    rows_max: int = 5

    def examples(self) -> Examples:
        return ("", Rows(())), ("something waits", Rows((replace(_PLAIN, quantity=-SCALE),)))


_PLAIN = HeldRow(PLACE, ITEM, "", "", OWN, AVAILABLE, SCALE)
_WHOLE = HeldRow(PLACE, ITEM, LOT, SERIAL, OWN, AVAILABLE, SCALE)
_NEXT = HeldRow(PLACE, ITEM, LOT, OTHER_SERIAL, OWN, AVAILABLE, SCALE)
_OTHERS = tuple(HeldRow(PLACE, ITEM, row.lot, row.serial, "other", "HOLD", SCALE) for row in (_WHOLE, _PLAIN))
_LISTED: Examples = (("nothing there", Rows(())), ("something there", Rows((_PLAIN,))))
_ALONE: Examples = (("nothing there", Rows(())), ("something there", Rows((_PLAIN,), is_alone=True)))
