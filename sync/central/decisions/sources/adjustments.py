"""Adjustments that wait: out of the book until somebody accepts them; what never happened waits no more."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, and_, bindparam, not_, select

from scanner_app.domain.desk import marks
from scanner_app.domain.desk.case import Case, CaseKind, Leaf, Opened
from scanner_app.domain.events.decided import SubjectKind
from sync.central.database.among import among
from sync.central.database.tables import adjustments, events
from sync.central.decisions.asker import Asker
from sync.central.decisions.complete_until import Completeness
from sync.central.decisions.sources.opened_event import opened_event
from sync.central.decisions.sources.waiting_events import events_of
from sync.central.events.decode import NotAnEvent, read
from sync.central.intake.approval.day_so_far import COUNTING, is_undone
from sync.central.words.kept_words import said_on
from sync.protocol import Outcome

NEAR_US = 24 * 3600 * 1_000_000
"""The same of the same goods by another device within a day: perhaps two people said of one pallet what one did."""


def _completed(connection: Connection, asker: Asker, cases: Sequence[Case], _told: Completeness) -> list[Case]:
    """The goods, what it goes above, its note, and whether another device said the same."""
    asked = {"site": asker.site, "names": [case.id for case in cases]}
    rows: dict[str, list[Any]] = {}
    for row in connection.execute(_LEGS, asked).all():
        rows.setdefault(row.event, []).append(row)
    payloads = {row.id: bytes(row.payload) for row in connection.execute(_PAYLOADS, asked).all()}
    twice = {row.event for row in connection.execute(_TWINS, asked)}
    return [_shown(case, rows.get(case.id, []), payloads[case.id], asker.site, case.id in twice) for case in cases]


def _shown(case: Case, legs: list[Any], payload: bytes, site: str, has_twin: bool) -> Case:
    arrival = read(payload, site)
    note = "" if isinstance(arrival, NotAnEvent) or arrival.fact is None else arrival.fact.given[1]
    case = replace(case, note=note, marks=(*case.marks, marks.TWICE) if has_twin else case.marks)
    if not legs:
        return case
    first = legs[0]
    return replace(
        case, lot=first.lot, serial=first.serial, owner=first.owner, status=first.status,
        happened_us=max(leg.effective_us for leg in legs),
    )  # fmt: skip


def _opened(connection: Connection, asker: Asker, case: Case, now_us: int) -> Opened:
    """Beside what every event says: why it was done, what a unit costs, which limits it goes above."""
    opened = opened_event(connection, asker, case, now_us)
    legs = connection.execute(_LEGS, {"site": asker.site, "names": [case.id]}).all()
    leaves = [Leaf(name="reason", text=leg.reason) for leg in legs[:1] if leg.reason]
    leaves += [Leaf(name="note", text=case.note)] if case.note else []
    leaves += [Leaf(name="status_after", text=text) for text in dict.fromkeys(leg.status_after for leg in legs) if text]
    leaves += [Leaf(name="over", text=text) for text in (legs[0].passed.split() if legs else ())]
    twins = connection.execute(_TWINS, {"site": asker.site, "names": [case.id]}).all()
    leaves += [Leaf(name="twice", text=twin.operator) for twin in twins]
    opened = replace(opened, leaves=(*opened.leaves, *leaves))
    said = said_on(connection, asker.site, SubjectKind.ADJUSTMENT, [case.id]).get(case.id, [])
    if not said:
        return opened
    return replace(opened, decided_word=said[-1].word, decided_by=said[-1].operator, decided_us=said[-1].at_us)


_LEGS = (
    select(adjustments)
    .where(adjustments.c.site == bindparam("site"), among(adjustments.c.event, "names"))
    .order_by(adjustments.c.event, adjustments.c.leg)
)
_PAYLOADS = select(events.c.id, events.c.payload).where(events.c.site == bindparam("site"), among(events.c.id, "names"))
_other = adjustments.alias("other")
_SAME = ("site", "item", "place", "lot", "serial", "owner", "status", "status_after", "quantity")
_TWINS = (
    select(adjustments.c.event, events.c.operator)
    .distinct()
    .select_from(
        adjustments.join(_other, and_(*(_other.c[name] == adjustments.c[name] for name in _SAME))).join(
            events, (events.c.site == _other.c.site) & (events.c.id == _other.c.event)
        )
    )
    .where(adjustments.c.site == bindparam("site"), among(adjustments.c.event, "names"))
    .where(_other.c.site == bindparam("site"), _other.c.device != adjustments.c.device)
    .where(_other.c.effective_us.between(adjustments.c.effective_us - NEAR_US, adjustments.c.effective_us + NEAR_US))
    .where(events.c.site == bindparam("site"), events.c.outcome.in_(COUNTING), not_(is_undone()))
    .order_by(adjustments.c.event, events.c.operator)
)
_EVENTS = events_of(CaseKind.ADJUSTMENT, Outcome.UNAPPROVED, said=SubjectKind.ADJUSTMENT)
ADJUSTMENTS = _EVENTS._replace(waits=(*_EVENTS.waits, not_(is_undone())), opened=_opened, complete=_completed)
