"""What never happened: of what each operator said of a fact the last word counts; and what a closing knew of that."""

from collections.abc import Iterable
from typing import NamedTuple

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.count import CountClosing, is_before


class Undo(NamedTuple):
    """The fact ``event``, made at ``instant`` by ``operator``, says that another (``undoes``) never happened."""

    event: str
    undoes: str
    instant: Instant
    operator: str


def undone(undos: Iterable[Undo]) -> frozenset[str]:
    """The facts that never happened: any number of undos is one, and undoing an undo restores.

    >>> at = [Instant(time_us, "d", 1, time_us, 0) for time_us in (1, 2, 3)]
    >>> said = [Undo("u1", "l", at[0], "7"), Undo("u2", "u1", at[1], "8"), Undo("u3", "l", at[2], "8")]
    >>> [sorted(undone(said[:many])) for many in (1, 2, 3)]
    [['l'], [], ['l']]
    """
    by_event = {undo.event: undo for undo in undos}
    last: dict[tuple[str, str], tuple[int, bool, str]] = {}
    for undo in by_event.values():
        target = by_event.get(undo.undoes)
        slot = (target.undoes, target.operator) if target else (undo.undoes, undo.operator)
        at_us = max(undo.instant.time_us, target.instant.time_us if target else 0)
        last[slot] = max(last.get(slot, (0, False, "")), (at_us, target is not None, undo.event))
    return frozenset(event for (event, _operator), (_at_us, is_back, _id) in last.items() if not is_back)


def undone_before(closing: CountClosing, undos: Iterable[Undo]) -> frozenset[str]:
    """The facts that a closing has seen undone: by undos of its device before it, not undone there themselves."""
    return undone(undo for undo in undos if is_before(undo.instant, closing))
