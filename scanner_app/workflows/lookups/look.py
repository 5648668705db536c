"""Look-ups: what a script may ask of the book and the master data, and the values it gets.

A look-up is yielded, answered by whoever runs the script, and its value kept in the log, so that a replay never looks.
"""

from msgspec import Struct

from scanner_app.domain.catalog import Tracking
from scanner_app.domain.ledger import StockKey


class Rules(Struct, frozen=True, tag="rules"):
    """Look up how an item is handled."""

    item: str


class Held(Struct, frozen=True, tag="held"):
    """Look up what is known of an item at a place."""

    place: str
    item: str


class AtPlace(Struct, frozen=True, tag="at_place"):
    """Look up everything known at a place, at most ``rows_max`` rows."""

    place: str
    rows_max: int = 200


class OfItem(Struct, frozen=True, tag="of_item"):
    """Look up where an item is, at most ``rows_max`` rows."""

    item: str
    rows_max: int = 200


class Where(Struct, frozen=True, tag="where"):
    """Look up whether work may go on at a place, and where it stands if it is a plate."""

    place: str


class Besides(Struct, frozen=True, tag="besides"):
    """Look up how much else is at the place of ``key``: other stock, and plates that stand there."""

    key: StockKey


class ToPut(Struct, frozen=True, tag="to_put"):
    """Look up what is in a hand or on a tote, in walk order of where each item is mostly kept."""

    place: str
    rows_max: int = 200


class StatusOf(Struct, frozen=True, tag="status_of"):
    """Look up whether stock of a status may be used."""

    status: str


class Policy(Struct, frozen=True, tag="policy"):
    """Look up what the site asks of its workers beyond the bare answers."""


class Marked(Struct, frozen=True, tag="marked"):
    """Look up where the stock of a lot, a serial or an owner is (``mark`` names which), at most ``rows_max`` rows."""

    mark: str
    code: str
    rows_max: int = 200


class Standing(Struct, frozen=True, tag="standing"):
    """Look up what a plate stands on, and which plates stand at or on a place, at most ``plates_max``."""

    place: str
    plates_max: int = 100


class Around(Struct, frozen=True, tag="around"):
    """Look up the locations before and after one in walk order, at most ``spots_max`` each way."""

    place: str
    spots_max: int = 24


class Find(Struct, frozen=True, tag="find"):
    """Look up all that a typed text may mean: a code, or the beginnings of words of a name."""

    text: str
    hits_max: int = 99


class Mine(Struct, frozen=True, tag="mine"):
    """Look up the operator's own events: of the last day, and all that came back; at most ``rows_max``."""

    operator: str
    rows_max: int = 99


class OneOfMine(Struct, frozen=True, tag="one_of_mine"):
    """Look up one of the operator's own events by its id."""

    operator: str
    event: str


class Challenge(Struct, frozen=True, tag="challenge"):
    """Draw digits that nobody can have printed beforehand."""

    digits: int = 4


Look = (
    Rules | Held | AtPlace | OfItem | Where | Besides | ToPut | StatusOf | Policy | Marked | Standing | Around | Find
    | Mine | OneOfMine | Challenge
)  # fmt: skip


class ItemRules(Struct, frozen=True, tag="item_rules"):
    """``decimals`` of the base unit; ``tracking`` says which identities to ask for."""

    item: str
    name: str
    base_unit: str
    decimals: int
    tracking: Tracking


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


class Rows(Struct, frozen=True, tag="rows"):
    """Stock rows; ``more`` is 1 when there are others. ``state`` is a place's state when a place was looked up.

    ``name`` is what else is known of what was looked up, such as the name of an owner. ``waiting`` of this device's own
    events that concern it are not at the centre yet; ``as_of`` is the time of day at which the centre was last heard.
    """

    rows: tuple[HeldRow, ...]
    more: int = 0
    state: str = ""
    name: str = ""
    waiting: int = 0
    as_of: str = ""


class Plates(Struct, frozen=True, tag="plates"):
    """``under`` are the plates below a plate, the nearest first, and where they stand; ``here`` those on it."""

    under: tuple[str, ...] = ()
    here: tuple[str, ...] = ()


class Neighbour(Struct, frozen=True, array_like=True):
    """A location beside another; ``rows`` counts stock rows and plates there, up to a few."""

    place: str
    state: str
    rows: int


class Neighbours(Struct, frozen=True, tag="neighbours"):
    """In walk order, the location itself among them; empty around what is no location."""

    spots: tuple[Neighbour, ...] = ()


class Hit(Struct, frozen=True, array_like=True):
    """One thing that a text may mean: its kind (place, item, lot, serial, owner), its code and its name."""

    kind: str
    code: str
    name: str = ""


class Hits(Struct, frozen=True, tag="hits"):
    """``more`` is 1 when there are others."""

    hits: tuple[Hit, ...]
    more: int = 0


class MyEvent(Struct, frozen=True, omit_defaults=True):
    """An event of the operator's own, made at ``wall_us``, in words ``at``.

    ``state`` is its outcome, or "annulled" or "put_back"; ``reasons`` are the centre's words. Of its first stock
    ``key``, ``quantity`` micro-units went from ``source`` to ``target``, and so did ``others``; or a ``plate`` did.
    ``typed`` says why codes of it were typed.
    """

    id: str
    wall_us: int
    state: str
    reasons: tuple[str, ...] = ()
    at: str = ""
    key: StockKey = StockKey("", "")
    name: str = ""
    unit: str = ""
    quantity: int = 0
    source: str = ""
    target: str = ""
    others: int = 0
    plate: str = ""
    typed: tuple[str, ...] = ()
    can_annul: bool = False
    can_put_back: bool = False


class MyEvents(Struct, frozen=True, tag="my_events"):
    """The newest first; ``more`` is 1 when there are others."""

    events: tuple[MyEvent, ...]
    more: int = 0


class Digits(Struct, frozen=True, tag="digits"):
    digits: str


class Whereabouts(Struct, frozen=True, tag="whereabouts", omit_defaults=True):
    """A place as it is now: ``state`` is empty when the site does not know it.

    A plate stands at ``location`` or on the plate ``parent``; ``at`` is the location that its parents lead to, and
    ``layers`` how many plates are stacked on it.
    """

    place: str
    state: str = ""
    is_plate: bool = False
    location: str = ""
    parent: str = ""
    at: str = ""
    layers: int = 0


class Number(Struct, frozen=True, tag="number"):
    """How many were found."""

    count: int


class Flag(Struct, frozen=True, tag="flag"):
    is_set: bool


class Policies(Struct, frozen=True, tag="policies"):
    """``check_digits`` are asked for "off" (never), after a "typed" place, or "always".

    ``zero_check``: whether a place is empty may be answered when the book says so. ``piece_by_piece``: the code of the
    goods, scanned once more where a quantity is asked, counts one more.
    """

    check_digits: str = "off"
    zero_check: bool = True
    piece_by_piece: bool = False

    def wants_digits(self, *, is_typed: bool) -> bool:
        """Say whether a place has to be proved by the digits on its label."""
        return self.check_digits == "always" or (self.check_digits == "typed" and is_typed)


Value = ItemRules | Rows | Digits | Whereabouts | Number | Flag | Policies | Plates | Neighbours | Hits | MyEvents
