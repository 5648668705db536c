"""Look-ups of counting: how far a count of one's own is, who else counts, what is asked for; nothing of the book."""

from msgspec import Struct

from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import ITEM, PLACE, PLATE


class CountedRow(Struct, frozen=True, array_like=True):
    """A line of a count by its number, and the event that tells of it; or a plate that the count saw.

    ``quantity`` micro-units of ``unit``, the base unit; ``is_code`` says that nobody knew what it is.
    """

    line: int
    event: str
    item: str
    quantity: int = 0
    unit: str = ""
    lot: str = ""
    serial: str = ""
    owner: str = ""
    status: str = ""
    word: str = ""
    plate: str = ""
    is_code: bool = False
    name: str = ""
    wall_us: int = 0
    is_owner_said: bool = False
    is_status_said: bool = False


class SoFar(Struct, frozen=True, tag="so_far"):
    """A count as far as it is: its lines, plates and unknown codes, and how much they make by base unit.

    ``newest`` are the last few rows, the newest first. ``lines_made`` and ``plates_made`` count what was undone, too.
    ``closed`` is the event that closed it, empty while nothing has; ``within`` the count of the place around it.
    """

    lines: int = 0
    plates: int = 0
    codes: int = 0
    sums: tuple[tuple[str, int], ...] = ()
    newest: tuple[CountedRow, ...] = ()
    lines_made: int = 0
    plates_made: int = 0
    closed: str = ""
    within: str = ""
    place: str = ""
    begun_us: int = 0
    last_us: int = 0


class CountSoFar(Look, frozen=True, tag="count_so_far"):
    """Look up how far a count of this device is."""

    count: str
    rows_max: int = 9

    def examples(self) -> Examples:
        row = CountedRow(1, "event", ITEM, SCALE, "EA")
        plate = CountedRow(1, "event", "", plate=PLATE)
        some = SoFar(1, sums=(("EA", SCALE),), newest=(row,), lines_made=1, place=PLACE)
        inner = SoFar(1, newest=(plate,), plates=1, place=PLACE, within="outer")
        return ("nothing counted", SoFar(place=PLACE)), ("something counted", some), ("a plate seen", inner)


class CountedOf(Struct, frozen=True, tag="counted_of"):
    """How much of some goods a count has already."""

    lines: int = 0
    quantity: int = 0


class SameCounted(Look, frozen=True, tag="same_counted"):
    """Look up how much of the same goods a count has already: of an item, a lot, a serial; or a plate.

    Of ``owner`` and ``status`` alone where they are not empty.
    """

    count: str
    item: str
    lot: str = ""
    serial: str = ""
    plate: str = ""
    owner: str = ""
    status: str = ""

    def examples(self) -> Examples:
        return ("the first", CountedOf()), ("counted before", CountedOf(1, SCALE))


class CountRows(Struct, frozen=True, tag="count_rows"):
    """Rows of a count, the newest first; ``more`` is 1 when there are older ones."""

    rows: tuple[CountedRow, ...] = ()
    more: int = 0


class RowsOfCount(Look, frozen=True, tag="rows_of_count"):
    """Look up the rows of a count before a line (all where it is 0), at most ``rows_max``, the newest first."""

    count: str
    before: int = 0
    rows_max: int = 50

    def examples(self) -> Examples:
        row = CountedRow(1, "event", ITEM, SCALE, "EA")
        return ("", CountRows((row,), 1)), ("no lines", CountRows())


class OtherCount(Struct, frozen=True, array_like=True):
    """Somebody else counts there, since ``since_us``, at the site's time ``at``."""

    operator: str
    since_us: int = 0
    at: str = ""


class Counts(Struct, frozen=True, tag="counts"):
    """Counts of a place: one's own of a little while ago that can be gone on with, and those of others."""

    own: str = ""
    closed: str = ""
    lines: int = 0
    at: str = ""
    within: str = ""
    begun_us: int = 0
    others: tuple[OtherCount, ...] = ()


class CountsHere(Look, frozen=True, tag="counts_here"):
    """Look up which counts there are of a place; of one's own those of an item, or of all that is there."""

    operator: str
    place: str
    item: str = ""

    def examples(self) -> Examples:
        others = (OtherCount("1002", 0, "14:03"),)
        own = Counts("count", "", 3, "14:03")
        return (
            ("", Counts()), ("somebody counts", Counts(others=others)), ("counted before", own),
            ("closed before", Counts("count", "event", 3, "14:03")),
        )  # fmt: skip


class Asked(Struct, frozen=True, array_like=True):
    """A place, and there an item where it is not all of it, that is to be counted; ``at`` since when.

    The person ``holder`` has it. It ``is_free`` where nobody has it, as far as this device knows, which asks nobody.
    """

    place: str
    item: str = ""
    since_us: int = 0
    at: str = ""
    recounts: str = ""
    holder: str = ""
    is_free: bool = False


class AskedFor(Struct, frozen=True, tag="asked_for"):
    rows: tuple[Asked, ...] = ()


class CountsAskedFor(Look, frozen=True, tag="counts_asked_for"):
    """Look up what is to be counted at a place, and not by others than this person; at most ``rows_max``."""

    operator: str
    place: str = ""
    rows_max: int = 20

    def examples(self) -> Examples:
        held, free = Asked(PLACE, holder="1002"), Asked(PLACE, is_free=True)
        return (
            ("", AskedFor()), ("something asked for", AskedFor((Asked(PLACE, "", 0, "14:00"),))),
            ("somebody has it", AskedFor((held,))), ("perhaps somebody is there", AskedFor((free,))),
        )  # fmt: skip
