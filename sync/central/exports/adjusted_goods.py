"""Adjustments as a listing: what was adjusted of which goods, why, at which cost, whether it waits, and who decided."""

from sqlalchemy import and_, select

from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.quantity import show_quantity
from sync.central.database.tables import KEY_NAMES, adjustments, events, words
from sync.central.exports.listing import Listing, Row

_DECIMALS = ("quantity", "cost", "value")


def _shown(row: Row) -> Row:
    for name in _DECIMALS:
        row[name] = show_quantity(row[name])
    return row | {name: row[name] or "" for name in ("decided", "decided_by", "decided_reason", "decided_note")}


_own = (events.c.site == adjustments.c.site) & (events.c.id == adjustments.c.event)
_ruling = and_(
    words.c.site == events.c.site,
    words.c.number == events.c.word,
    words.c.kind == SubjectKind.ADJUSTMENT.value,
    words.c.subject == events.c.id,
)
ADJUSTED_GOODS = Listing(
    select(
        *(adjustments.c[name] for name in ("site", "event", "leg", *KEY_NAMES, "status_after", "quantity")),
        *(adjustments.c[name] for name in ("cost", "value", "reason", "effective_us", "day", "passed")),
        events.c.outcome, events.c.reasons.label("exceptions"), events.c.operator, adjustments.c.person,
        adjustments.c.device, words.c.word.label("decided"), words.c.operator.label("decided_by"),
        words.c.reason.label("decided_reason"), words.c.note.label("decided_note"),
    )
    .select_from(adjustments.join(events, _own).outerjoin(words, _ruling))
    .order_by(adjustments.c.site, adjustments.c.effective_us, adjustments.c.event, adjustments.c.leg),
    _shown,
)  # fmt: skip
"""A row a leg; what waits or was rejected is in no other listing of stock or postings."""
