"""Subjects named: what the administrator means by an id, as it is now: a claim, a closing, a plate, or an event."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.events.saying import Subject
from sync.central.database.among import among
from sync.central.database.tables import adjustments, claims, count_closings, events, missing_plates
from sync.central.decisions.sources.claim_mates import mates_of
from sync.central.intake.judges.count_subjects import Named, stored
from sync.central.words.kept_words import said_on
from sync.protocol import Outcome


def subjects_named(
    connection: Connection, site: str, ids: Sequence[str], *, alone: bool = False
) -> tuple[Subject, ...]:
    """Each with its version, its amount, and the last word on it: whoever says one here has seen all of that.

    What is one row of the list with a claim that is named is named with it, unless they are wanted ``alone``.
    """
    asked = {"site": site, "names": sorted(set(ids))}
    of_claims = {row.claim: row for row in connection.execute(_CLAIMS, asked)}
    mates = {} if alone else mates_of(connection, site, of_claims.values())
    beside = {row.claim: row for of_one in mates.values() for row in of_one}
    ids = list(dict.fromkeys(name for id in ids for name in (id, *(row.claim for row in mates.get(id, ())))))
    of_claims |= {name: row for name, row in beside.items() if name not in of_claims}
    closed = set(connection.execute(_CLOSINGS, asked).scalars())
    plates: dict[str, str] = dict(tuple(row) for row in connection.execute(_PLATES, asked))
    adjusted = set(connection.execute(_ADJUSTMENTS, asked).scalars())
    named = stored(connection, site, of_claims.keys(), closed)
    said = {kind: said_on(connection, site, kind, ids) for kind in _BY_ID}

    def subject(name: str) -> Subject:
        if row := of_claims.get(name):
            seen = _last(named, ("claim", name), ("closing", row.closing))
            return Subject(SubjectKind.CLAIM.value, name, row.version, seen, row.variance)
        if name in closed:
            made = (("claim", one) for one in named.claims_of.get(name, ()))
            return Subject(SubjectKind.CLOSING.value, name, name, _last(named, ("closing", name), *made))
        is_decided = name in adjusted or name in said[SubjectKind.ADJUSTMENT]
        other = SubjectKind.ADJUSTMENT if is_decided else SubjectKind.EVENT
        kind = SubjectKind.PLATE if name in plates else other
        words = said[kind].get(name, ())
        return Subject(kind.value, name, plates.get(name, ""), words[-1].number if words else 0)

    return tuple(map(subject, ids))


def _last(named: Named, *about: tuple[str, str]) -> int:
    """The number of the last word on any of these."""
    return max((one.number for key in about for one in named.said.get(key, ())), default=0)


_BY_ID = (SubjectKind.EVENT, SubjectKind.PLATE, SubjectKind.ADJUSTMENT)
_ADJUSTMENTS = (
    select(events.c.id)
    .join(adjustments, (adjustments.c.site == events.c.site) & (adjustments.c.event == events.c.id))
    .where(events.c.site == bindparam("site"), among(events.c.id, "names"))
    .where(events.c.outcome.in_((Outcome.UNAPPROVED.value, Outcome.VOID.value)))
)
"""Adjustments that wait or were rejected; one in the book that nobody had to accept is an event as any other."""
_CLAIMS = select(claims).where(claims.c.site == bindparam("site"), among(claims.c.claim, "names"))
_CLOSINGS = select(count_closings.c.event).where(
    count_closings.c.site == bindparam("site"), among(count_closings.c.event, "names")
)
_PLATES = select(missing_plates.c.plate, missing_plates.c.closing).where(
    missing_plates.c.site == bindparam("site"), among(missing_plates.c.plate, "names")
)
