"""Look-ups of work: where a worker is sent next, what is asked for ahead, where an item is looked for."""

from msgspec import Struct

from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import ITEM, OTHER_PLACE, PLACE, PLATE


class Wanted(Struct, frozen=True, array_like=True):
    """A place that is to be counted, an ``item`` there where it is not all of it, or a plate that is looked for.

    ``task`` and its ``since_us`` name the task; ``at`` (``at_us``) says since when somebody waits for it, where a word
    wants it. It ``is_sure`` where nobody else is sent there; ``is_plate`` where the item is a plate that is looked for.
    """

    place: str
    item: str = ""
    task: str = ""
    since_us: int = 0
    at_us: int = 0
    at: str = ""
    is_sure: bool = True
    is_plate: bool = False

    @property
    def is_of_item(self) -> bool:
        return bool(self.item) and not self.is_plate


class Line(Struct, frozen=True, tag="line"):
    """Where somebody is sent, the next first; ``later`` is what they have left for later, ``at`` when it comes again.

    ``ask`` are tasks to be asked for now (``wall_us``) and until ``until_us``; it ``is_waiting`` for the answer to what
    was asked. ``more`` is how many more there are in ``rows``.
    """

    rows: tuple[Wanted, ...] = ()
    later: tuple[Wanted, ...] = ()
    ask: tuple[str, ...] = ()
    wall_us: int = 0
    until_us: int = 0
    is_waiting: bool = False
    more: int = 0

    @property
    def shown(self) -> tuple[object, ...]:
        """What of it somebody sees."""
        rows = tuple((row.task, row.is_sure) for row in (*self.rows, *self.later))
        return rows, self.is_waiting, self.more

    @property
    def next(self) -> Wanted | None:
        return self.rows[0] if self.rows else None


class NextPlaces(Look, frozen=True, tag="next_places"):
    """Look up where a person is to count next, from a place on in walk order; at most ``rows_max``."""

    operator: str
    near: str = ""
    rows_max: int = 9

    def examples(self) -> Examples:
        sure, other = Wanted(PLACE, "", "task", 1, 1, "14:00"), Wanted(OTHER_PLACE, ITEM, "other", 1, is_sure=False)
        return (
            ("nothing asked for", Line()), ("a next place", Line((sure, other))),
            ("perhaps somebody is there", Line((other,), later=(sure,))), ("it is asked for", Line(is_waiting=True)),
            ("more to ask for", Line(ask=("task",), wall_us=1, until_us=2)),
        )  # fmt: skip


class ItemWalk(Struct, frozen=True, tag="item_walk"):
    """``next`` is where the item is looked for next, which stands ``at`` a location if it is a plate.

    It is looked for at ``places`` in all, of which so many are ``walked`` already. Where it ``is_told`` not, as who
    counts is told nothing of the book, only that is told. ``name`` is the item's.
    """

    next: str = ""
    at: str = ""
    places: int = 0
    walked: int = 0
    is_told: bool = False
    name: str = ""


class WalkOfItem(Look, frozen=True, tag="walk_of_item"):
    """Look up where a person looks for an item next, from a place on in walk order, in a walk begun at ``since_us``.

    ``here`` is where they count now, which is neither next nor done.
    """

    operator: str
    item: str
    since_us: int
    near: str = ""
    here: str = ""

    def examples(self) -> Examples:
        return (
            ("places untold", ItemWalk(walked=1)), ("a place told", ItemWalk(OTHER_PLACE, "", 3, 1, is_told=True)),
            ("the last place told", ItemWalk(PLATE, OTHER_PLACE, 2, 1, is_told=True)),
            ("all places done", ItemWalk(places=2, walked=2, is_told=True)),
        )  # fmt: skip
