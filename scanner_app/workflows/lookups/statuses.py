"""The look-up of the statuses that stock may have at the site."""

from msgspec import Struct

from scanner_app.domain.catalog import AVAILABLE
from scanner_app.workflows.lookups.look import Examples, Look


class KnownStatus(Struct, frozen=True, array_like=True):
    """A status, what it is called, and whether stock of it may not be used."""

    status: str
    name: str
    is_blocking: bool = False


class Statuses(Struct, frozen=True, tag="statuses"):
    rows: tuple[KnownStatus, ...] = ()


class StatusesKnown(Look, frozen=True, tag="statuses_known"):
    """Look up the statuses of the site, those of usable stock first; at most ``rows_max``."""

    rows_max: int = 20

    def examples(self) -> Examples:
        usable, held = KnownStatus(AVAILABLE, "Usable"), KnownStatus("HOLD", "On hold", True)
        return (("", Statuses((usable, held, KnownStatus("DAMAGED", "Broken", True)))),)
