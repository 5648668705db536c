"""Look-ups of kinds of stock: whose goods, of which status, can be at a place or the site; nothing of the book."""

from msgspec import Struct

from scanner_app.domain.catalog import AVAILABLE, OWN
from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import OTHER_OWNER, OTHER_STATUS

KINDS_MAX = 200
"""So many owners, and so many statuses, can be chosen from."""


class Named(Struct, frozen=True, array_like=True):
    """An owner or a status: its code, and what it is called."""

    code: str
    name: str = ""


class Kinds(Struct, frozen=True, tag="kinds"):
    """``owners`` and ``statuses`` are those that the site knows, ours and available first; none where it has no other.

    ``owner`` and ``status`` are what the profile of the place says of everything there, empty where it says nothing.
    """

    owners: tuple[Named, ...] = ()
    statuses: tuple[Named, ...] = ()
    owner: str = ""
    status: str = ""

    @property
    def is_any(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.owners or self.statuses)


class KindsAt(Look, frozen=True, tag="kinds_at"):
    """Look up whose goods, of which status, can be at a place, which may be a plate that the count ``within`` found."""

    place: str
    within: str = ""

    @property
    def unasked(self) -> Kinds:
        return Kinds()

    def examples(self) -> Examples:
        some = Kinds((Named(OWN), Named(OTHER_OWNER)), (Named(AVAILABLE), Named(OTHER_STATUS)))
        return ("", Kinds()), ("several kinds", some)


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
