"""An adjusted leg: what one leg of an adjustment does to a key of the floor, and what that is worth."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection

from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.ledger import Leg, StockKey, is_account
from scanner_app.domain.limits.judged import SUM_MAX, Passed, Valued
from scanner_app.domain.quantity import SCALE
from sync.central.database.bulk import upsert_rows
from sync.central.database.tables import adjustments


class AdjustedLeg(NamedTuple):
    """``quantity`` came to a key, or left it, or goes over to ``status_after``; worth ``value`` at ``cost``."""

    key: StockKey
    status_after: str
    quantity: int
    cost: int
    value: int
    effective_us: int


class Adjusting(NamedTuple):
    """An adjustment as it is kept: whose it is on which day, its legs, and the limits that it went above."""

    envelope: Envelope
    fact: Fact
    person: str
    day: str
    legs: tuple[AdjustedLeg, ...]
    passed: tuple[Passed, ...] = ()


def adjusted_legs(envelope: Envelope, fact: Fact, goods: Mapping[str, Valued]) -> tuple[AdjustedLeg, ...]:
    """The legs of an adjustment, at what their goods cost today."""
    return tuple(_adjusted(leg, goods.get(leg.source.item, Valued()).cost, envelope.offset_us) for leg in fact.corrects)


def _adjusted(leg: Leg, cost: int, offset_us: int) -> AdjustedLeg:
    comes = is_account(leg.source.place)
    key = leg.target if comes else leg.source
    stays = not comes and not is_account(leg.target.place)
    quantity = leg.quantity if comes or stays else -leg.quantity
    value = min(SUM_MAX, leg.quantity * max(0, cost) // SCALE)
    return AdjustedLeg(key, leg.target.status if stays else "", quantity, cost, value, leg.wall_us + offset_us)


def keep_adjusted(connection: Connection, site: str, kept: list[Adjusting]) -> None:
    """Keep what was adjusted."""
    upsert_rows(connection, adjustments, [row for one in kept for row in _rows(site, one)])


def _rows(site: str, kept: Adjusting) -> list[tuple[Any, ...]]:
    envelope, passed = kept.envelope, " ".join(f"{one.per.value}:{one.what}:{one.bound}" for one in kept.passed)
    reason, _note = kept.fact.given
    return [
        (
            site, envelope.id, number, kept.person, kept.day, envelope.device, *_goods(leg), leg.quantity, leg.cost,
            leg.value, leg.effective_us, reason, passed,
        )
        for number, leg in enumerate(kept.legs)
    ]  # fmt: skip


def _goods(leg: AdjustedLeg) -> tuple[str, ...]:
    key = leg.key
    return key.place, key.item, key.lot, key.serial, key.owner, key.status, leg.status_after
