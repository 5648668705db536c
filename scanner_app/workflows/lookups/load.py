"""The look-up of a load: what is on a plate, before it is moved as a whole."""

from msgspec import Struct

from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import ITEM, PLACE
from scanner_app.workflows.lookups.stock import HeldRow

_ROW = HeldRow("", ITEM, "", "", "OWN", "AVAILABLE", 1)


class Load(Struct, frozen=True, tag="load"):
    """Rows on a plate and the plates that stand on it; ``more`` is 1 when there is more than that.

    ``stands_alone_at`` is the place where nothing else is known beside the plate; empty where something is.
    """

    rows: tuple[HeldRow, ...] = ()
    plates: tuple[str, ...] = ()
    more: int = 0
    stands_alone_at: str = ""


class LoadOf(Look, frozen=True, tag="load_of"):
    """Look up what is on a plate, at most ``rows_max`` rows."""

    plate: str
    rows_max: int = 200

    @property
    def unasked(self) -> Load:
        return Load()

    def examples(self) -> Examples:
        return (("", Load((_ROW,), stands_alone_at=PLACE)),)
