"""Look-ups of a person's own events, under whatever badge, and what became of them."""

from msgspec import Struct

from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import ITEM, PLACE


class MyEvent(Struct, frozen=True, omit_defaults=True):
    """An event of the person's own, made at ``wall_us``, in words ``at``.

    ``state`` is its outcome, or "annulled" or "put_back"; ``reasons`` are the centre's words. Of its first stock
    ``key``, ``quantity`` micro-units went from ``source`` to ``target``, and so did ``others``; or a ``plate`` did;
    or it was counted at ``source``, or the count of the place ``closed`` was, or of the item of the key there
    (``is_count``). Of pieces that went together all are in ``quantity``, and named by their ``serials``.
    ``by`` is whose word changed it since. ``typed`` says why codes of it were typed. So much of the stock is ``held``
    at the target now; None in an old log.
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
    held: int | None = None
    by: str = ""
    closed: str = ""
    is_count: bool = False
    serials: tuple[str, ...] = ()


class MyEvents(Struct, frozen=True, tag="my_events"):
    """The newest first; ``more`` is 1 when there are others."""

    events: tuple[MyEvent, ...]
    more: int = 0


class Mine(Look, frozen=True, tag="mine"):
    """Look up the person's own events: of the last day, and all that came back; at most ``rows_max``."""

    operator: str
    rows_max: int = 99

    def examples(self) -> Examples:
        return _MINE


class OneOfMine(Look, frozen=True, tag="one_of_mine"):
    """Look up one of the person's own events by its id."""

    operator: str
    event: str

    def examples(self) -> Examples:
        return _MINE


_MINE: Examples = (
    ("", MyEvents((MyEvent(
        "event", 0, "posted", key=StockKey(PLACE, ITEM), quantity=SCALE, source=PLACE, target="other",
        can_annul=True, can_put_back=True,
    ),))),
)  # fmt: skip
