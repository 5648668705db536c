"""Claims: where a count found otherwise than the book and nothing lets it stand; one row a key."""

from sqlalchemy import and_, bindparam, not_, or_, select

from scanner_app.domain.desk.case import CaseKind
from sync.central.database.tables import claims
from sync.central.decisions.sources.case_source import NONE, CaseShown, CaseSource
from sync.central.decisions.sources.claim_marks import completed
from sync.central.decisions.sources.opened_claim import opened_claim

_mate = claims.alias("mate")
_hidden = (
    select(_mate.c.claim)
    .where(_mate.c.site == claims.c.site, _mate.c.goods == claims.c.goods, _mate.c.is_listed.is_(True))
    .where(_mate.c.count_id == claims.c.count_id, _mate.c.is_unclear.is_(True), _mate.c.is_for_review.is_(False))
    .where(or_(_mate.c.value > claims.c.value, and_(_mate.c.value == claims.c.value, _mate.c.claim < claims.c.claim)))
    .exists()
)
"""Of what one count says of the same goods, without anybody having said whose they are, the largest is the row."""
_WAITS = (
    claims.c.site == bindparam("site"),
    claims.c.is_listed.is_(True),
    or_(claims.c.is_unclear.is_(False), claims.c.is_for_review.is_(True), not_(_hidden)),
)
CLAIMS = CaseSource(
    CaseKind.CLAIM,
    CaseShown(
        claims.c.claim,
        claims.c.value,
        claims.c.place,
        claims.c.item,
        claims.c.variance,
        claims.c.operator,
        claims.c.device,
        NONE,
        claims.c.effective_us,
        claims.c.version,
    ),
    _WAITS,
    opened_claim,
    zone=claims.c.zone,
    unmarked=(
        claims.c.below == claims.c.above, claims.c.is_unclear.is_(False), claims.c.is_for_review.is_(False),
    ),
    complete=completed,
)  # fmt: skip
