"""What waits for somebody to accept it is no stock: it is told apart, follows the centre's answer, and goes by it."""

import random
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from scanner_app.domain.catalog import Stock
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.corrections.changed import Changed
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.ledger import ADJUSTMENT, Leg, StockKey, is_account
from scanner_app.store.journal import Answered
from scanner_app.store.store import Store
from scanner_app.store.unapproved import STATE, UnapprovedRows
from scanner_app.workflows.lookups.stock import AtPlace, Held, HeldRow, Unapproved
from tests.extent import extent
from tests.warehouse import filled

PLACE, ITEM = "B-01-01", "100004"
HERE, AWAY, ON_HOLD = StockKey(PLACE, ITEM), StockKey(ADJUSTMENT, ITEM), StockKey(PLACE, ITEM, status="HOLD")
STEPS = 30
Book = Counter[StockKey]


def changes(fact: Fact, sign: int = 1) -> Book:
    """What an event does to the keys of the floor."""
    book: Book = Counter()
    for leg in fact.legs:
        book[leg.source] -= sign * leg.quantity
        book[leg.target] += sign * leg.quantity
    return Counter({key: quantity for key, quantity in book.items() if quantity and not is_account(key.place)})


class Life:
    """A device, and a centre that decides otherwise than the device thinks as often as not."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = random.Random(seed)
        self.facts: dict[str, Fact] = {}
        self.waits: dict[str, bool] = {}
        self.outcome: dict[str, str] = {}
        self.book: Book = Counter()
        self.version = 1_000

    def post(self) -> None:
        name = f"e{len(self.facts) + 1}"
        done = [one for one, fact in self.facts.items() if fact.legs and not self.undone(one)]
        leg = Leg(1, self.chance.randint(1, 9), *self.chance.choice([(HERE, AWAY), (AWAY, HERE), (HERE, ON_HOLD)]))
        fact: Fact = Changed((leg,), "why") if leg.target == ON_HOLD else Adjusted((leg,), "why")
        if done and self.chance.random() < 0.25:
            fact = Annulled(1, self.chance.choice(done))
        self.facts[name], self.waits[name] = fact, bool(fact.legs) and self.chance.random() < 0.5
        number = len(self.facts)
        event = Event(
            id=name, device="dev-1", epoch=1, sequence=number, entry=number, site="DC1", operator="1001",
            wall_us=number, monotonic_us=number, boot="b", program="p", fact=fact,
        )  # fmt: skip
        with self.store.transaction:
            self.store.journal.post(event, None, waits=self.waits[name])

    def undone(self, name: str) -> bool:
        return any(fact.undoes == name for fact in self.facts.values())

    def exchange(self) -> None:
        """All that is not sent is answered, something may be decided, every row is pulled; in three transactions."""
        self.version += 1
        fresh = [name for name in self.facts if name not in self.outcome]
        answers = [Answered(int(name[1:]), self.decided(name), self.version, (), self.counts(name)) for name in fresh]
        followed = self.followed()
        with self.store.transaction:
            self.store.journal.answer(answers)
        with self.store.transaction:
            self.store.journal.follow(followed)
        with self.store.transaction:
            rows = (
                Stock(key.place, key.item, key.lot, key.serial, key.owner, key.status, self.book[key])
                for key in (HERE, ON_HOLD)
            )
            self.store.feed.put([(self.version, row) for row in rows])

    def decided(self, name: str) -> str:
        """What the centre makes of an event; an undo of what waits leaves nothing that could be accepted."""
        fact = self.facts[name]
        if fact.legs:
            self.outcome[name] = STATE if self.chance.random() < 0.5 else "posted"
            self.book.update(changes(fact) if self.outcome[name] == "posted" else {})
            return self.outcome[name]
        self.outcome[name] = "posted"
        if self.outcome[fact.undoes] == "posted":
            self.book.subtract(changes(self.facts[fact.undoes]))
        return "posted"

    def counts(self, name: str) -> bool:
        return self.outcome[name] == "posted"

    def followed(self) -> list[tuple[str, Answered]]:
        """Somebody accepts or rejects some of what waits."""
        told = []
        for name in [one for one, outcome in self.outcome.items() if outcome == STATE and not self.undone(one)]:
            if self.chance.random() < 0.5:
                self.outcome[name] = self.chance.choice(["posted", "void"])
                if self.counts(name):
                    self.book.update(changes(self.facts[name]))
                told.append((name, Answered(0, self.outcome[name], self.version, (), self.counts(name))))
        return told

    def expected(self) -> tuple[Book, Book]:
        """What this device has to show as stock, and what apart."""
        stock, apart = Counter(self.book), Counter[StockKey]()
        for name, fact in self.facts.items():
            outcome = self.outcome.get(name)
            if fact.legs and not self.undone(name):
                if outcome == STATE or (outcome is None and self.waits[name]):
                    apart.update(changes(fact))
                elif outcome is None:
                    stock.update(changes(fact))
            elif fact.undoes and outcome is None and self.outcome.get(fact.undoes) == "posted":
                stock.update(changes(self.facts[fact.undoes], -1))
        return stock, apart

    def shown(self) -> tuple[Book, Book]:
        found = self.store.inquiries.at_place(AtPlace(PLACE)).apart or ()
        own = UnapprovedRows(self.store.file.database).of(Unapproved("1001"))
        assert set(found) == set(own.rows), "wherever it is looked up"
        return book_of(self.store.catalog.held(Held(PLACE, ITEM)).rows), book_of(found)


def book_of(rows: Iterable[HeldRow]) -> Book:
    return Counter({StockKey(row.place, row.item, status=row.status): row.quantity for row in rows})


def whole(book: Book) -> Book:
    return Counter({key: quantity for key, quantity in book.items() if quantity})


@pytest.mark.parametrize("seed", range(extent(4, 400)))
def test_stock_and_what_waits_are_what_the_centre_makes_of_them(seed: int, tmp_path: Path) -> None:
    with closing(filled(tmp_path)) as store:
        life = Life(store, seed)
        for _ in range(STEPS):
            life.chance.choice([life.post, life.post, life.exchange])()
            stock, apart = life.expected()
            assert life.shown() == (whole(stock), whole(apart)), life.outcome
            assert store.journal.waiting == len(life.facts) - len(life.outcome)
        life.exchange()
        assert whole(life.shown()[0]) == whole(life.book)


@pytest.mark.parametrize("waits", [False, True], ids=("is stock", "waits"))
def test_what_is_sent_again_stands_where_it_stood(waits: bool, tmp_path: Path) -> None:
    with closing(filled(tmp_path)) as store:
        life = Life(store, 1)
        life.facts["e1"], life.waits["e1"] = Adjusted((Leg(1, 5, HERE, AWAY),), "why"), waits
        event = Event(
            id="e1", device="dev-1", epoch=1, sequence=1, entry=1, site="DC1", operator="1001", wall_us=1,
            monotonic_us=1, boot="b", program="p", fact=life.facts["e1"],
        )  # fmt: skip
        with store.transaction:
            store.journal.post(event, None, waits=waits)
            before = life.shown()
            store.journal.answer([Answered(1, STATE if waits else "posted", 1, (), counts=not waits)])
            store.journal.send_again(0, 5)
            assert life.shown() == before
