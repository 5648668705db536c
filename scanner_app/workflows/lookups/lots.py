"""The look-up of a day: until when a lot may be used by the book, and which day it is at the site."""

from msgspec import Struct

from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import DAY


class Days(Struct, frozen=True, tag="days"):
    """ISO days: until when by the book (empty when it does not say), and ``today``.

    ``expires_at_all`` says that the item has days at all.
    """

    expires: str
    today: str = ""
    expires_at_all: bool = False


class DaysOf(Look, frozen=True, tag="days_of"):
    """Look up until when a lot of an item may be used."""

    item: str
    lot: str

    def examples(self) -> Examples:
        return ("", Days(DAY)), ("another day", Days("2030-01-01"))
