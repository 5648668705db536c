"""The look-up of days: until when lots may be used by the book, and which day it is at the site."""

from msgspec import Struct

from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import DAY, LOT


class Days(Struct, frozen=True, tag="days"):
    """ISO days: ``by_lot`` until when by the book (a lot that it does not say of is not among them), and ``today``.

    ``expires_at_all`` says that the item has days at all.
    """

    by_lot: dict[str, str] = {}
    today: str = ""
    expires_at_all: bool = False


class DaysOf(Look, frozen=True, tag="days_of"):
    """Look up until when each of some lots of an item may be used."""

    item: str
    lots: tuple[str, ...]

    @property
    def unasked(self) -> Days:
        return Days()

    def examples(self) -> Examples:
        """Of one lot the day may decide; where several are listed it is only shown."""
        other: Examples = (("another day", Days({LOT: "2030-01-01"})),) if len(self.lots) == 1 else ()
        return ("", Days({LOT: DAY})), *other
