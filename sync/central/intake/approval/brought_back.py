"""Brought back: adjustments that are in the book again, because somebody took back that they never happened.

Whether one waits was decided when it was first judged. Where its day goes above a limit by it, somebody is to look at
the undo that brought it back: nobody gets past the limits of a day by undoing, and undoing that.
"""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from scanner_app.domain.events.fact import tag_of
from sync.central.book.undoing import Undoing
from sync.central.events.decode import Arrival
from sync.central.intake.approval.approving import Approving
from sync.central.intake.known import Known
from sync.central.intake.look_up import known_of


def above_limits(connection: Connection, site: str, undone: Iterable[Undoing], known: Known) -> set[str]:
    """The undos of a batch that bring back an adjustment onto a day that is above a limit with it."""
    back = [one for one in undone if one.sign > 0 and one.fact.wants_approval]
    if not back:
        return set()
    arrivals = [Arrival(one.envelope, one.fact, tag_of(one.fact)) for one in back]
    more = known_of(connection, site, arrivals)
    approving = Approving(connection, site)
    approving.look_up(arrivals, replace(more, operators={**more.operators, **known.operators}))
    return {one.cause for one, arrival in zip(back, arrivals, strict=True) if approving.is_above(arrival)}
