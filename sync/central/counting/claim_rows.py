"""Claim rows: claims with their states, as the store keeps them, and back."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import astuple
from sqlalchemy import Connection

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim, ClaimKind, Span, goods_of
from scanner_app.domain.counting.frozen import Frozen
from scanner_app.domain.counting.identity import version_of
from scanner_app.domain.counting.state import Kept, Part, Standing, State
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from sync.central.database.bulk import upsert_rows
from sync.central.database.tables import KEY_NAMES, claims

LONG_US = 4 * 3600 * 1_000_000
"""A claim that took longer is looked for by an index of its own: what happened meanwhile may overlap it."""
NAMES_MAX = 10_000
"""So many names of goods are remembered: a batch asks for each of its goods a dozen times."""
_VALUE_MAX = 2**62
_parts = msgspec.json.Decoder(tuple[Part, ...])
_names = msgspec.json.Decoder(frozenset[str])
_encoded = msgspec.json.Encoder(order="deterministic").encode
Row = tuple[Any, ...]


@lru_cache(NAMES_MAX)
def goods_name(key: StockKey) -> str:
    """All keys that are walked together with one, in one word."""
    return version_of((_encoded(goods_of(key)).decode(),))


def kept_of(row: Any) -> Kept:
    """A claim and its state, of their row."""
    return Kept(claim_of(row), _state(row))


def claim_of(row: Any) -> Claim:
    key = StockKey(*(getattr(row, name) for name in KEY_NAMES))
    instant = Instant(row.effective_us, row.device, row.epoch, row.sequence, 0)
    return Claim(
        id=row.claim,
        count=row.count_id,
        key=key,
        kind=ClaimKind.CLOSING if row.closing else ClaimKind.LINES,
        quantity=row.quantity,
        version=row.version,
        span=Span(row.begun_us, instant, row.uncertainty_us, row.clock, row.operator),
        persons=_names.decode(row.persons),
        is_unsaid=bool(row.is_unsaid),
        recounts=row.recounts,
        was_shown=bool(row.was_shown),
        frozen=frozen_of(row),
    )


def frozen_of(row: Any) -> Frozen:
    """What was written beside a claim when the centre first met it."""
    return Frozen(
        row.percent_max, row.quantity_max, row.value_max, row.recount_value_max, row.doubt_us_max, row.cost,
        bool(row.is_ahead),
    )  # fmt: skip


def _state(row: Any) -> State:
    return State(
        variance=row.variance,
        adjustment=row.adjustment,
        standing=Standing(row.standing),
        below=row.below,
        above=row.above,
        parts=_parts.decode(row.parts) if row.parts else (),
        is_unsaid=bool(row.is_unclear),
        word=row.word,
        is_for_review=bool(row.is_for_review),
    )


def keep_claims(connection: Connection, rows: Iterable[Row]) -> None:
    """Keep the rows of claims, in place of those that the store has of them."""
    upsert_rows(connection, claims, list(rows))


class FirstSeen(NamedTuple):
    """Of a claim when the centre first met it: the zone, the class of the item; ``met`` is the difference then."""

    zone: str = ""
    abc: str = ""
    met: int = 0


def row_of(site: str, kept: Kept, seen: FirstSeen, *, is_alive: bool, is_listed: bool) -> Row:
    """The row of a claim, in the order of the columns; one that is not alive claims nothing and has no state."""
    claim, state = kept
    span, instant = claim.span, claim.span.instant
    closing = claim.version if claim.kind is ClaimKind.CLOSING else ""
    known = (site, claim.id, goods_name(claim.key), claim.count, *astuple(claim.key), closing, claim.version)
    when = (claim.quantity, span.begun_us, *instant[:4], span.uncertainty_us, span.device, span.operator)
    said = (_encoded(claim.persons).decode(), claim.is_unsaid, claim.recounts, claim.was_shown)
    is_long = instant.time_us - span.begun_us > LONG_US
    numbers = (state.variance, state.adjustment, state.below, state.above)
    standing = (state.standing.value, state.stands, state.standing is Standing.WAITING)
    parts = _encoded(state.parts).decode() if state.parts else ""
    flags = (state.is_unsaid, state.is_for_review, is_listed)
    *frozen, is_ahead = astuple(claim.frozen)
    shown = (state.word, value_of(kept))
    states = (is_alive, is_long, *numbers, *standing, parts, *flags, *shown)
    return (*known, *when, *said, *frozen, seen.zone, *states, seen.abc, seen.met, is_ahead)


def value_of(kept: Kept) -> int:
    """What the difference of a claim is worth (micro-currency), as the list is ordered by it."""
    parts = sum(abs(part.variance) for part in kept.state.parts if kept.claim.is_serial)
    return min((abs(kept.state.variance) + parts) * kept.claim.frozen.cost // SCALE, _VALUE_MAX)
