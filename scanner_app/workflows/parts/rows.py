"""Rows of stock that go together: as legs of one event, and how many of them at most."""

from msgspec.structs import replace

from scanner_app.domain.events.moved import Moved
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.workflows.lookups.stock import HeldRow
from scanner_app.workflows.questions.answers import Place

ROWS_MAX = 200
"""So many stock rows at most in one event; what is more stays for the next."""


def all_of(rows: tuple[HeldRow, ...], operator: str, target: Place) -> Moved:
    """Every row as it was shown goes by way of the hand, at the instant of the target's scan."""
    legs: list[Leg] = []
    for row in rows:
        here = StockKey(row.place, row.item, row.lot, row.serial, row.owner, row.status)
        hand, there = replace(here, place=in_hand(operator)), replace(here, place=target.place)
        legs += [Leg(target.wall_us, row.quantity, here, hand), Leg(target.wall_us, row.quantity, hand, there)]
    return Moved(tuple(legs))


def brought(rows: tuple[HeldRow, ...]) -> tuple[tuple[str, str], ...]:
    """What would lie together at the target, as (item, lot) pairs."""
    return tuple(sorted({(row.item, row.lot) for row in rows}))
