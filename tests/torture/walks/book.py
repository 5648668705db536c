"""A book of its own: what is where, from the opening stock and the events alone; the device's is held against it."""

from collections import Counter
from collections.abc import Iterable

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.corrections.changed import Changed
from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.events.sighted import Sighted
from scanner_app.domain.events.work.ended import Ended
from scanner_app.domain.ledger import StockKey, is_account
from scanner_app.store.store import Store
from tests.torture.walks.waiting import waits

_STOCK = """SELECT place, item, lot, serial, owner, status, sum(quantity) AS q FROM (
SELECT place, item, lot, serial, owner, status, quantity FROM stock UNION ALL
SELECT place, item, lot, serial, owner, status, quantity FROM overlay)
GROUP BY place, item, lot, serial, owner, status HAVING q <> 0"""
_PLATES = "SELECT plate, parent, location FROM plate_now"


def stock_of(store: Store) -> dict[StockKey, int]:
    """On-hand as the device knows it."""
    return {StockKey(*row[:6]): row[6] for row in store.file.database.execute(_STOCK)}


def plates_of(store: Store) -> dict[str, tuple[str, str]]:
    """Where each plate stands, or on which other, as the device knows it."""
    return {plate: (location, parent) for plate, parent, location in store.file.database.execute(_PLATES)}


class Book:
    """``follow`` each event in order; then ``agrees`` with the device."""

    def __init__(self, store: Store) -> None:
        self.stock: Counter[StockKey] = Counter(stock_of(store))
        self._stands = {plate: [("", where)] for plate, where in plates_of(store).items()}
        self.events: dict[str, Event] = {}

    def follow(self, event: Event) -> None:
        assert event.id not in self.events, "an event is made once"
        self.events[event.id] = event
        fact = event.fact
        if isinstance(fact, Annulled):
            undone = self.events[fact.event].fact
            assert not isinstance(undone, Annulled)
            self._take_back(fact.event, undone)
        elif isinstance(fact, PlateMoved | Sighted):
            self._stands.setdefault(fact.plate, []).append((event.id, (fact.location, fact.parent)))
        elif isinstance(fact, Adjusted | Changed | Moved):
            self._move(fact, 1)
        elif not isinstance(fact, Counted | CountClosed | Ended):
            raise AssertionError(f"no process of the floor makes this: {fact}")

    @property
    def plates(self) -> dict[str, tuple[str, str]]:
        """Where each plate stands, or on which other, by the last that somebody did with it, or saw."""
        return {plate: stands[-1][1] if stands else ("", "") for plate, stands in self._stands.items()}

    def _take_back(self, name: str, fact: object) -> None:
        if isinstance(fact, Adjusted | Changed | Moved):
            self._move(fact, -1)
        elif isinstance(fact, PlateMoved | Sighted):
            self._stands[fact.plate] = [one for one in self._stands[fact.plate] if one[0] != name]

    def _move(self, fact: Adjusted | Changed | Moved, sign: int) -> None:
        """What waits for somebody to accept it changes no stock, nor does taking that back; no device has accounts."""
        for leg in () if waits(fact) else fact.legs:
            for key, way in ((leg.source, -sign), (leg.target, sign)):
                self.stock[key] += way * leg.quantity * (not is_account(key.place))

    def agrees(self, store: Store) -> None:
        assert stock_of(store) == {key: quantity for key, quantity in self.stock.items() if quantity}
        known = plates_of(store)
        expected = self.plates
        assert {plate: known.get(plate, ("", "")) for plate in expected} == expected, (known, expected)

    def at(self, place: str) -> Iterable[tuple[StockKey, int]]:
        """What is known to be at a place."""
        return ((key, quantity) for key, quantity in self.stock.items() if key.place == place and quantity)
