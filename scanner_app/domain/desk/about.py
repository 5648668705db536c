"""What an event is about, as one row of a list shows it: a place, an item, how much, and what that is worth."""

from collections.abc import Mapping

from msgspec import Struct

from scanner_app.domain.events.fact import Fact
from scanner_app.domain.ledger import StockKey, is_account, is_virtual
from scanner_app.domain.quantity import SCALE

VALUE_MAX = 2**62
"""What is worth more is shown as worth so much: it fits every database."""


class About(Struct, frozen=True):
    """``amounts`` are micro-units by item: what came to the floor and hands, or, below zero, left them for good.

    What only changed its place is told as what arrived.
    """

    place: str = ""
    amounts: dict[str, int] = {}

    def value(self, costs: Mapping[str, int]) -> int:
        """All of it by the ``costs`` of a base unit, in micro-currency.

        >>> About(amounts={"NUT": -3 * SCALE}).value({"NUT": 2 * SCALE}) // SCALE
        6
        """
        return min(VALUE_MAX, sum(abs(amount) * costs.get(item, 0) // SCALE for item, amount in self.amounts.items()))

    def largest(self, costs: Mapping[str, int]) -> tuple[str, int]:
        """The item that counts most, and its amount; no item and 0 where it is about none."""
        items = sorted(self.amounts, key=lambda item: (-abs(self.amounts[item]) * costs.get(item, 0), item))
        return (items[0], self.amounts[items[0]]) if items else ("", 0)


NOTHING = About()
"""Of a fact that this program does not understand."""


def about(fact: Fact) -> About:
    """Say what a fact is about; what it takes into a hand and puts down again is told once."""
    nets: dict[StockKey, int] = {}
    for leg in fact.legs:
        nets[leg.source] = nets.get(leg.source, 0) - leg.quantity
        nets[leg.target] = nets.get(leg.target, 0) + leg.quantity
    return About(_place(fact), _amounts(nets) or dict.fromkeys(fact.items, 0))


def _amounts(nets: Mapping[StockKey, int]) -> dict[str, int]:
    came: dict[str, int] = {}
    left: dict[str, int] = {}
    for key, net in nets.items():
        if not is_account(key.place):
            side = came if net > 0 else left
            side[key.item] = side.get(key.item, 0) + net
    return {item: _larger(came.get(item, 0), left.get(item, 0)) for item in {**came, **left}}


def _larger(came: int, left: int) -> int:
    return came if came >= -left else left


def _place(fact: Fact) -> str:
    named = [key.place for leg in fact.legs for key in (leg.source, leg.target)]
    stand = fact.stand
    named += [stand.place] if stand else []
    named += fact.places
    return next((place for place in named if not is_virtual(place)), named[0] if named else "")
