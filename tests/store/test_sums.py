"""What events make together of a key and of a plate is always what the events that lie there make one by one."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scanner_app.domain.catalog import Plate, Stock
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.ledger import Leg, StockKey
from scanner_app.store import schema
from scanner_app.store.file import CACHE_NAME
from scanner_app.store.journal import Answered
from scanner_app.store.store import Store, open_store
from tests.extent import extent
from tests.warehouse import filled

PLACES = ("A-01-01", "A-01-02", "A-01-03")
ITEMS = ("100001", "100002")
PLATES = ("LP-1", "LP-2")
STEPS = 60
_KEY = "place, item, lot, serial, owner, status"


def sums(database: sqlite3.Connection) -> None:
    """Both tables hold what the rows of the overlay say, no row more."""
    one_by_one = f"SELECT {_KEY}, sum(quantity), count(*) FROM overlay GROUP BY {_KEY} ORDER BY {_KEY}"
    assert database.execute(f"SELECT * FROM laid ORDER BY {_KEY}").fetchall() == database.execute(one_by_one).fetchall()
    newest = """SELECT plate, number, location, parent FROM plate_overlay o WHERE number =
    (SELECT max(number) FROM plate_overlay n WHERE n.plate = o.plate) ORDER BY plate"""
    assert database.execute("SELECT * FROM plate_laid ORDER BY plate").fetchall() == database.execute(newest).fetchall()


class Life:
    """A device whose events wait, are answered, sent again and contained, in any order."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = random.Random(seed)
        self.number = 0

    def step(self) -> None:
        step = self.chance.choice([self.post, self.post, self.post, self.answer, self.pull, self.again])
        with self.store.transaction:
            step()

    def fact(self) -> Fact:
        here, there = self.chance.sample(PLACES, 2)
        dice = self.chance.random()
        if dice < 0.2 and self.number:
            return Annulled(1, f"e{self.chance.randint(1, self.number)}")
        if dice < 0.4:
            return PlateMoved(1, self.chance.choice(PLATES), here, was_at=there)
        item = self.chance.choice(ITEMS)
        return Moved((Leg(1, self.chance.randint(1, 9), StockKey(here, item), StockKey(there, item)),))

    def post(self) -> None:
        fact = self.fact()
        self.number += 1
        n = self.number
        event = Event(
            id=f"e{n}", device="dev-1", epoch=1, sequence=n, entry=n, site="DC1", operator="1001", wall_us=n,
            monotonic_us=n, boot="b", program="p", fact=fact,
        )  # fmt: skip
        self.store.journal.post(event, None)

    def answer(self) -> None:
        waiting = [one for (one,) in self.store.file.database.execute("SELECT number FROM outbox")]
        if waiting:
            counts = self.chance.random() < 0.7
            outcome = "posted" if counts else "held"
            number, version = self.chance.choice(waiting), self.chance.randint(1, 99)
            self.store.journal.answer([Answered(number, outcome, version, (), counts=counts)])

    def pull(self) -> None:
        place, item = self.chance.choice(PLACES), self.chance.choice(ITEMS)
        stock = Stock(place, item, "", "", "OWN", "AVAILABLE", self.chance.randint(0, 99))
        row = self.chance.choice([stock, Plate(self.chance.choice(PLATES), place)])
        self.store.feed.put([(self.chance.randint(1, 99), row)])

    def again(self) -> None:
        if self.chance.random() < 0.2:
            self.store.journal.send_again(0, 5)


@pytest.mark.parametrize("seed", range(extent(8, 400)))
def test_the_sums_are_those_of_the_events_after_every_step(tmp_path: Path, seed: int) -> None:
    with closing(filled(tmp_path)) as store:
        life = Life(store, seed)
        for _ in range(STEPS):
            life.step()
            sums(store.file.database)
        assert store.file.database.execute("SELECT count(*) FROM laid").fetchone() > (0,)
        with store.transaction:
            store.journal.answer([Answered(n, "held", 0, (), counts=False) for n in range(1, life.number + 1)])
        for table in ("overlay", "laid", "plate_overlay", "plate_laid"):
            assert store.file.database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_a_cache_of_before_is_summed_when_it_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = next(number for number, (name, _) in enumerate(schema.MIGRATIONS) if name.endswith("sums"))
    with monkeypatch.context() as older:
        older.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:before])
        older.setattr(schema, "VERSION", before)
        with closing(sqlite3.connect(tmp_path / CACHE_NAME, isolation_level=None)) as database:
            schema.migrate(database)
            laid = [(n, s, "A-01-01", "100001", "", "", "OWN", "OK", 1 - 3 * s) for n in (1, 2, 3) for s in (0, 1)]
            database.executemany("INSERT INTO overlay VALUES (?,?,?,?,?,?,?,?,?,NULL)", laid)
            plates = [(1, "LP-1", "A-01-01", ""), (3, "LP-1", "A-01-03", ""), (2, "LP-2", "", "LP-1")]
            database.executemany("INSERT INTO plate_overlay VALUES (?,?,?,?,NULL)", plates)
    with closing(open_store(tmp_path)) as store:
        sums(store.file.database)
        assert store.file.database.execute("SELECT quantity, sides FROM laid").fetchall() == [(-3, 6)]
        rows = store.file.database.execute("SELECT * FROM plate_now ORDER BY plate").fetchall()
        assert rows == [("LP-1", "A-01-03", ""), ("LP-2", "", "LP-1")]
