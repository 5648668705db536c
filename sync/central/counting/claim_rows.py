"""Claim rows: claims with their states, as the store keeps them, and back."""

from collections.abc import Sequence
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
from sync.central.database.bulk import insert_rows, upsert_rows
from sync.central.database.tables import claims

LONG_US = 4 * 3600 * 1_000_000
"""A claim that took longer is looked for by an index of its own: what happened meanwhile may overlap it."""
NAMES_MAX = 10_000
"""So many names of goods are remembered: a batch asks for each of its goods a dozen times."""
_VALUE_MAX = 2**62
_parts = msgspec.json.Decoder(tuple[Part, ...])
_names = msgspec.json.Decoder(frozenset[str])
_encoded = msgspec.json.Encoder(order="deterministic").encode
_IS_AHEAD, _TWO_FROM = (claims.c.keys().index(name) for name in ("is_ahead", "two_from"))
_STANDINGS = {one.value: one for one in Standing}
Row = tuple[Any, ...]


@lru_cache(NAMES_MAX)
def goods_name(key: StockKey) -> str:
    """All keys that are walked together with one, in one word."""
    return version_of((_encoded(goods_of(key)).decode(),))


def kept_of(row: Any) -> Kept:
    """A claim and its state, of their row: one that begins with the columns of ``claims``."""
    return Kept(claim_of(row), _state(row))


def claim_of(row: Any) -> Claim:
    """A claim of its row, which is unpacked at once: every look into a row costs."""
    _site, name, _goods, count, *key, closing, version, quantity, begun_us = row[:14]
    at_us, device, epoch, sequence, uncertainty_us, clock, operator = row[14:21]
    persons, is_unsaid, recounts, was_shown = row[21:25]
    return Claim(
        id=name,
        count=count,
        key=StockKey(*key),
        kind=ClaimKind.CLOSING if closing else ClaimKind.LINES,
        quantity=quantity,
        version=version,
        span=Span(begun_us, Instant(at_us, device, epoch, sequence, 0), uncertainty_us, clock, operator),
        persons=_persons(persons),
        is_unsaid=bool(is_unsaid),
        recounts=recounts,
        was_shown=bool(was_shown),
        frozen=frozen_of(row),
    )


def frozen_of(row: Any) -> Frozen:
    """What was written beside a claim when the centre first met it."""
    return _frozen(*row[25:31], bool(row[_IS_AHEAD]), row[_TWO_FROM])


@lru_cache(NAMES_MAX)
def _frozen(*cells: Any) -> Frozen:
    return Frozen(*cells)


@lru_cache(NAMES_MAX)
def _persons(names: str) -> frozenset[str]:
    return _names.decode(names)


@lru_cache(NAMES_MAX)
def _named(persons: frozenset[str]) -> str:
    return _encoded(persons).decode()


def _state(row: Any) -> State:
    *numbers, standing, _stands, _waits, parts, is_unclear, is_for_review, _is_listed, word = row[34:46]
    variance, adjustment, below, above = numbers
    made = _parts.decode(parts) if parts else ()
    flags = (bool(is_unclear), word, bool(is_for_review))
    return State(variance, adjustment, _STANDINGS[standing], below, above, made, *flags)


def keep_claims(connection: Connection, fresh: Sequence[Row], rows: Sequence[Row]) -> None:
    """Keep rows of claims: those that are ``fresh``, of which the store has none, and others in place of its own."""
    insert_rows(connection, claims, fresh)
    upsert_rows(connection, claims, rows)


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
    said = (_named(claim.persons), claim.is_unsaid, claim.recounts, claim.was_shown)
    is_long = instant.time_us - span.begun_us > LONG_US
    numbers = (state.variance, state.adjustment, state.below, state.above)
    standing = (state.standing.value, state.stands, state.standing is Standing.WAITING)
    parts = _encoded(state.parts).decode() if state.parts else ""
    flags = (state.is_unsaid, state.is_for_review, is_listed)
    *frozen, is_ahead, two_from = astuple(claim.frozen)
    shown = (state.word, value_of(kept))
    states = (is_alive, is_long, *numbers, *standing, parts, *flags, *shown)
    return (*known, *when, *said, *frozen, seen.zone, *states, seen.abc, seen.met, is_ahead, two_from)


def value_of(kept: Kept) -> int:
    """What the difference of a claim is worth (micro-currency), as the list is ordered by it."""
    parts = sum(abs(part.variance) for part in kept.state.parts if kept.claim.is_serial)
    return min((abs(kept.state.variance) + parts) * kept.claim.frozen.cost // SCALE, _VALUE_MAX)
