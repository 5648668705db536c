"""What is around a claim: the movements of its key, those of which the order is not known, other counts, its limits."""

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.catalog import NO_LIMIT
from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.doubt import other_way, overlaps
from scanner_app.domain.counting.frozen import Frozen
from scanner_app.domain.counting.posted import Posted
from scanner_app.domain.counting.state import Kept, Standing
from scanner_app.domain.desk.case import Movement
from scanner_app.domain.desk.opened_claim import BrokenLimit, ClaimState, DoubtfulLeg, OtherClaim, Side
from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.quantity import SCALE
from sync.central.book.via import claim_in
from sync.central.database.tables import claims, words
from sync.central.decisions.movements import movement_of, rows_at, sorted_movements

OTHERS_MAX = 10
"""Counts of the same key that are shown beside one, the newest first."""
_envelope = msgspec.json.Decoder(Envelope)


def around(
    connection: Connection, site: str, kept: Kept, received_us: int
) -> tuple[tuple[Movement, ...], tuple[DoubtfulLeg, ...]]:
    """The movements before, while and after somebody counted, and those of them that may lie on either side."""
    rows = rows_at(connection, site, [kept.claim.key], kept.claim.instant.time_us)
    legs = [(row, _leg(kept, row)) for row in rows]
    doubtful = [
        _doubtful(kept, row, leg)
        for row, leg in legs
        if not claim_in(row.via) and overlaps(kept.claim.span, leg, kept.claim.frozen.doubt_us)
    ]
    shown = sorted_movements(_movement(kept, row, leg, received_us) for row, leg in legs)
    return shown, tuple(doubtful)


def _leg(kept: Kept, row: Any) -> Posted:
    """A row of the book, and how sure the clock was that told of it."""
    instant = Instant(row.effective_us, row.device, row.epoch, row.sequence, row.leg)
    uncertainty_us = abs(_envelope.decode(row.payload).uncertainty_us) if row.payload else 0
    return Posted(kept.claim.key, row.quantity, instant, uncertainty_us, row.operator or "")


def _movement(kept: Kept, row: Any, leg: Posted, received_us: int) -> Movement:
    is_unsure = not claim_in(row.via) and overlaps(kept.claim.span, leg, kept.claim.frozen.doubt_us)
    side = Side.UNSURE if is_unsure else Side.BEFORE if leg.instant < kept.claim.instant else Side.AFTER
    return replace(
        movement_of(row), side=side.value, is_subject=claim_in(row.via) == kept.claim.id,
        is_late=(row.received_us or 0) > received_us,
    )  # fmt: skip


def _doubtful(kept: Kept, row: Any, leg: Posted) -> DoubtfulLeg:
    variance, other = kept.state.variance, kept.state.variance + other_way(kept.claim.instant, leg)
    is_before = leg.instant < kept.claim.instant
    before, after = (variance, other) if is_before else (other, variance)
    return DoubtfulLeg(
        at_us=row.effective_us, place=row.place, quantity=row.quantity, operator=row.operator or "", event=row.cause,
        before=before, after=after,
    )  # fmt: skip


def broken_limits(frozen: Frozen, counted: int, difference: int) -> Iterator[BrokenLimit]:
    """The limits of a claim that do not hold."""
    off = abs(difference)
    if not frozen.has_limit:
        yield BrokenLimit(what="none")
    if NO_LIMIT < frozen.quantity < off:
        yield BrokenLimit(what="quantity", limit=frozen.quantity)
    if frozen.percent > NO_LIMIT and (not counted or off * 100 * SCALE > frozen.percent * counted):
        yield BrokenLimit(what="percent", limit=frozen.percent)
    if frozen.value > NO_LIMIT and not frozen.cost:
        yield BrokenLimit(what="no_cost")
    elif frozen.value > NO_LIMIT and off * frozen.cost > frozen.value * SCALE:
        yield BrokenLimit(what="value", limit=frozen.value)


def other_claims(connection: Connection, site: str, row: Any) -> Iterator[OtherClaim]:
    """The other counts of the same key."""
    asked = {"of_site": site, "goods": row.goods, "but": row.claim, "rows": OTHERS_MAX}
    key = (row.place, row.item, row.lot, row.serial, row.owner, row.status)
    for one in connection.execute(_OTHERS, asked).all():
        if (one.place, one.item, one.lot, one.serial, one.owner, one.status) == key:
            yield OtherClaim(
                id=one.claim, at_us=one.effective_us, operator=one.operator, counted=one.quantity,
                quantity=one.variance, state=_state(one, row).value, decided_by=one.by_whom or "",
                is_recount=one.recounts == row.claim,
            )  # fmt: skip


def _state(one: Any, row: Any) -> ClaimState:
    standing = Standing(one.standing)
    if standing.stands:
        return ClaimState.STANDS
    if standing is Standing.REJECTED:
        return ClaimState.REJECTED
    return ClaimState.REPLACED if one.effective_us < row.effective_us else ClaimState.WAITS


_OTHERS = (
    select(claims, words.c.operator.label("by_whom"))
    .select_from(claims.outerjoin(words, (words.c.site == claims.c.site) & (words.c.number == claims.c.word)))
    .where(claims.c.site == bindparam("of_site"), claims.c.goods == bindparam("goods"), claims.c.is_alive.is_(True))
    .where(claims.c.claim != bindparam("but"))
    .order_by(claims.c.effective_us.desc())
    .limit(bindparam("rows"))
)
