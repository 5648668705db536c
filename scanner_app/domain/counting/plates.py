"""Missing plates: those that the register has at a place that was closed, and that its count has not seen."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.count import CountClosing


class Entry(NamedTuple):
    """A plate stood at ``place``, a location or another plate, as a fact that is alive says; maybe in a count."""

    plate: str
    place: str
    instant: Instant
    seen_in: str = ""


def missing(closing: CountClosing, entries: Iterable[Entry], lost: Iterable[CountClosing] = ()) -> list[str]:
    """The plates that a closing that speaks misses, by the entries of the register that are alive.

    One is not missing any more when a fact says where it was then, or has been since; nor when it was closed itself.

    >>> from msgspec.structs import replace
    >>> at = [Instant(time_us, "d", 1, time_us, 0) for time_us in range(9)]
    >>> closing = CountClosing("x", "c", "A", 0, 0, 3, at[5], 0, "7", "7")
    >>> stood = Entry("P1", "A", at[1])
    >>> missing(closing, [stood]), missing(closing, [stood, Entry("P1", "A", at[4], "c")])
    (['P1'], [])
    >>> missing(closing, [stood, Entry("P1", "B", at[2])]), missing(closing, [stood, Entry("P1", "A", at[7])])
    ([], [])

    Who counted one item only has not looked for plates:

    >>> missing(replace(closing, item="TEA"), [stood])
    []
    """
    by_plate: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda one: one.instant):
        by_plate.setdefault(entry.plate, []).append(entry)
    if closing.item:
        return []
    closed = {one.place for one in lost if one.is_alive and not one.item and one.instant > closing.instant}
    return [plate for plate in sorted(by_plate.keys() - closed) if _is_missing(closing, by_plate[plate])]


def _is_missing(closing: CountClosing, of_plate: Collection[Entry]) -> bool:
    if any(entry.instant > closing.instant or entry.seen_in == closing.count for entry in of_plate):
        return False
    return list(of_plate)[-1].place == closing.place
