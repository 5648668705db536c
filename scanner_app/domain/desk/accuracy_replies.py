"""What the centre says of how true the book is, and of who decided what of it."""

from msgspec import Struct

from scanner_app.domain.accuracy.sums import Sums


class AccuracyRow(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the lines of one ``name`` add up to."""

    name: str
    sums: Sums = Sums()


class Doubts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What else one has to know of figures: how many of the site's ``places`` were counted, and which were not."""

    places: int = 0
    counted: int = 0
    oldest_days: int = 0
    """How long ago the place was counted that waits longest, of those that ever were."""


class AccuracyPage(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="reply", tag="accuracy"):
    """``sums`` of all lines asked about; ``rows`` are those of each name, where they are told apart.

    ``trend`` are the shares (millionths of a percent) of lines without a difference in the periods up to this one,
    None where nothing was counted. ``has_today``: what is counted now may be in it. ``is_made``: every count that the
    centre has is in the figures. Of the counts that plans wanted in the period (``due``) are ``done``; that is told
    with the ``doubts``.
    """

    period: str
    sums: Sums = Sums()
    rows: tuple[AccuracyRow, ...] = ()
    after: str = ""
    trend: tuple[int | None, ...] = ()
    due: int = 0
    done: int = 0
    doubts: Doubts | None = None
    has_today: bool = False
    is_made: bool = True
    as_of_us: int = 0


class AccuracyLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line that was counted: ``difference`` to what the book had, worth ``value`` with its sign; quantities are
    micro-units of ``unit``."""

    claim: str
    at_us: int
    place: str
    item: str
    name: str = ""
    unit: str = ""
    lot: str = ""
    serial: str = ""
    counted: int = 0
    difference: int = 0
    value: int = 0
    operator: str = ""
    reason: str = ""


class AccuracyLinesPage(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="reply", tag="accuracy_lines"):
    """Those that are worth most first."""

    period: str
    lines: tuple[AccuracyLine, ...] = ()
    after: str = ""
    has_today: bool = False
    as_of_us: int = 0


class CheckerRow(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What ``supervisor`` accepted and rejected of what ``counter`` counted.

    Of the accepted ``unchecked`` were counted by nobody else, ``bulk`` said together with others, ``above`` not within
    the limits of the claim, and ``other`` for the reason *other*. ``value`` is what they changed, whichever way.
    """

    supervisor: str
    counter: str
    accepted: int = 0
    rejected: int = 0
    unchecked: int = 0
    bulk: int = 0
    above: int = 0
    other: int = 0
    value: int = 0


class SplitRow(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One quantity in parts: ``people`` changed the same goods the same way on a ``day``, each within their limits."""

    day: str
    place: str
    item: str
    people: tuple[str, ...] = ()
    quantity: int = 0
    unit: str = ""
    value: int = 0


class CheckersPage(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="reply", tag="checkers"):
    """Pairs that accepted most first; ``splits`` are on the first page."""

    period: str
    rows: tuple[CheckerRow, ...] = ()
    splits: tuple[SplitRow, ...] = ()
    after: str = ""
    has_today: bool = False
    as_of_us: int = 0
