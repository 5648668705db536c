"""A year on one device: a cache with the work of many days in it, and a day's work of every kind over it."""

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct

from scanner_app.config import Sync
from scanner_app.domain.catalog import Barcode, Item, Location, Lot, Plate, Stock, Tolerance, Unit
from scanner_app.domain.clock import Offset
from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.events.event import Event
from scanner_app.domain.limits.limit import Limit, Per
from scanner_app.domain.quantity import whole
from scanner_app.domain.reasons import ADJUST, Direction, Reason
from scanner_app.domain.task import LOOK, Task
from scanner_app.domain.work.lease import WAIT_US
from scanner_app.session.context import Settings
from scanner_app.session.notices import Notices
from scanner_app.session.view.view import Link
from scanner_app.store.journal import Answered
from scanner_app.store.log import MAIN
from scanner_app.store.retention import DAY_US
from scanner_app.store.store import Store, open_store
from scanner_app.store.upkeep import Upkeep
from scanner_app.workflows.menu import number_of
from sync.device.exchanger import Exchanger
from sync.device.jobs import directly
from sync.device.machine import Exchange
from sync.device.speaks import Send
from sync.protocol import Answer, Back, ExchangeAnswer, ExchangeRequest, Outcome, VersionedRow
from tests.session.test_shift import ANSWERS, MORE, NOISE, PALLET
from tests.warehouse import CASE_GTIN, GTIN, PIN, Floor, Ticking, rows

_DAY = ("A-01-01", "100001", "1", "A-01-05")
_MOVES = 20
SCRAP = Reason("scrap", "Scrapped", direction=Direction.OUT, process=ADJUST, needs_approval=True)
_IDLE_US = 3_600_000_000
_COLUMNS = {
    "entry": "session, source, key, fault, raw, wall_us, monotonic_us, boot, reader",
    "verdict": "play + {n} * 10000, question, outcome, facts",
    "play": "session, parent, script, version, operator, arguments, looks, said, ended, typed",
    "event": "id || '-' || {n}, epoch, sequence + {n} * 10000, entry + {n} * 10000, payload, is_settled, outcome, "
    "version, reasons, annuls, puts_back, waits",
}


def make_year(folder: Path, days: int) -> None:
    """A cache of so many days, each with some moves that the centre has taken; they lie behind the retention."""
    floor = Floor(folder, settings=Settings(idle_lock_us=0), more=MORE)
    floor.move()
    floor.burst(*_DAY, *_DAY[1:] * (_MOVES - 1))
    with floor.store.transaction:
        events = floor.store.file.database.execute("SELECT number FROM event").fetchall()
        floor.store.journal.answer([Answered(number, "posted", 10**6, (), counts=True) for (number,) in events])
        floor.store.file.database.execute("DELETE FROM overlay")
        floor.store.file.database.execute("UPDATE event SET is_settled = 1")
        _repeat(floor.store, days)
        floor.store.feed.put(_stock(days))
    floor.close()


def _repeat(store: Store, days: int) -> None:
    database = store.file.database
    for table, columns in _COLUMNS.items():
        key = {"event": "number", "verdict": "entry"}.get(table, table)
        only = "ended IS NOT NULL" if table == "play" else "1"
        database.execute(
            f"WITH RECURSIVE day (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM day WHERE n < ?) "
            f"INSERT INTO {table} SELECT {key} + n * 10000, {columns.format(n='n')} FROM {table}, day WHERE {only}",
            (days,),
        )


def _stock(days: int) -> Iterator[tuple[int, Struct]]:
    """Places, items, lots, plates and stock grow with a site as the log grows with its days."""
    for n in range(days * 20):
        place, item = f"Z-{n:05}", f"2{n:05}"
        for row in (
            Location(place, "Z", 1_000 + n, "bin"),
            Item(item, f"Part number {n} of many", "EA"),
            Unit(item, "CS", whole(12)),
            Barcode(f"40{n:011}", item, "EA"),
            Lot(item, f"LOT{n}", "2030-01-01"),
            Plate(f"35{n:016}", place),
            Stock(place, item, f"LOT{n}", f"SN{n}", "OWN", "AVAILABLE", whole(5)),
            Stock(f"35{n:016}", item, "", "", "OWN", "AVAILABLE", whole(5)),
        ):
            yield 10**6 + n, row


class Centre:
    """Answers an exchange with the rows and the outcome it is set to."""

    def __init__(self, floor: Floor) -> None:
        self._clock = floor.clock
        self.rows: list[Struct] = []
        self.outcome = Outcome.POSTED
        self.store_epoch = "epoch"
        self.cursor = 10**6

    def prepared(self, request: ExchangeRequest) -> Send:
        return partial(self._answered, request)

    def _answered(self, request: ExchangeRequest) -> ExchangeAnswer:
        self.cursor += len(self.rows)
        ids = [msgspec.json.decode(raw, type=Event).id for raw in request.events]
        answered = ExchangeAnswer(
            store_epoch=self.store_epoch,
            answers=tuple(Answer(id=one, outcome=self.outcome, version=self.cursor) for one in ids),
            rows=tuple(VersionedRow(self.cursor, row) for row in self.rows),  # type: ignore[arg-type]
            cursor=self.cursor,
            received_us=self._clock.stamp().wall_us,
            answered_us=self._clock.stamp().wall_us,
            epoch=2 if request.renew else 0,
            version=self.cursor,
            known=request.locked,
            back=tuple(_back(one, self.cursor + at, self._clock.stamp().wall_us) for at, one in enumerate(ids)),
            back_cursor=self.cursor + len(ids),
        )
        self.rows = []
        return answered


def _back(event: str, number: int, when_us: int) -> Back:
    """A word that somebody said of an event."""
    return Back(
        number=number, event=event, operator="1001", device="one", outcome=Outcome.VOID, when_us=when_us, by="2001",
        place="A-01-01", item="100001",
    )  # fmt: skip


def day_of_everything(folder: Path) -> Floor:
    """Open a cache and do with it whatever a session, a work thread, the engine and the upkeep do."""
    floor = Floor(folder, Ticking(1_701_000_000_000_000), Settings(idle_lock_us=_IDLE_US), MORE)
    _shift(floor)
    _exchanges(floor)
    _lookups(floor)
    _upkeep(floor)
    _interrupted(floor)
    _restored(floor)
    return floor


def _shift(floor: Floor) -> None:
    """Random work, as the torture of a shift does it, with everything that people do besides."""
    chance = random.Random("a day")
    floor.say("B-1001", "000000", "000000", PIN)
    for _ in range(300):
        prompt = floor.desk.view().prompt
        answers = next((given for begins, given in ANSWERS.items() if prompt.startswith(begins)), ["1", "2", "100001"])
        floor.say(chance.choice(answers if chance.random() < 0.9 else NOISE))
    floor.say(".k", ".b", ".b", ".o", "B-1001", PIN, ".a", "1")
    floor.burst(*_DAY, *_DAY[1:] * 3)
    floor.say(".m", "1", PALLET, "A-01-05", ".k", ".m", "1")
    floor.say(".s", ".b", ".h", ".b", ".x")
    floor.say(".k", ".m", number_of("count"), "A-01-04", "100001", "3", "100003", "S-9", "WHAT-9", "2", PALLET, ".u")
    floor.say(".n", ".b", "A-01-04", "A-01-04", "A-01-04", "1", "key:F7", "1", "2", ".m")
    floor.clock.now_us += 2 * _IDLE_US
    floor.say(PIN, PIN)


def _lookups(floor: Floor) -> None:
    for subject in ("A-01-01", "100001", "L1", "S-1", "ACME", PALLET, "par", "777", "Z-0", GTIN, CASE_GTIN):
        floor.say(".k", ".m", ".i", subject, "1", ".b", ".b", ".b")
    menu = floor.say(".m")
    number = next(line.label for line in menu.listed if line.text == "Today")
    floor.say(number, "1", "1", ".k", ".m", number, "2", "2", "4711", ".k", ".m", ".m")


def _exchanger(floor: Floor, centre: Centre) -> Exchanger:
    settings = Sync(push_batch_max=10, transaction_rows_max=20)
    return Exchanger(
        floor.store, directly(floor.store), centre, settings=settings, stamp=floor.clock.stamp, chance=lambda: 0.0,
        program="test",
    )  # fmt: skip


def _exchanges(floor: Floor) -> None:
    centre = Centre(floor)
    exchanger = _exchanger(floor, centre)
    exchanger.begun()
    changed = [
        Location("A-01-05", "A", 5, "bin"), Item("100005", "Other name", "EA"), Tolerance("all", percent=1),
        Reason("order", "For an order"), SCRAP, Limit("all", "move", per=Per.DAY, case_quantity=whole(10_000)),
        Task("1", "count", "A-01-05"), Task("2", "count", "A-01-02", "100001"), Task("3", LOOK, "A-01-02", PALLET),
        CountOpen("c1", "A-01-05", "1002", 1, 2),
    ]  # fmt: skip
    for outcome in (Outcome.POSTED, Outcome.HELD, Outcome.NOT_ACCEPTED, Outcome.EXCEPTIONS, Outcome.POSTED):
        centre.outcome, centre.rows = outcome, [*rows(), *changed, Item("100004", "Gone", "EA", active=False)]
        exchanger.exchange(Exchange(10))
        floor.say("A-01-01", "100001", "1", "A-01-05", ".k")
    _adjusted(floor, centre, exchanger)
    with floor.store.transaction:
        floor.store.identity.renew()
    floor.say(".k", ".m", "1", "A-01-01", "100001", "1", "A-01-05")
    for _ in range(20):
        exchanger.exchange(Exchange(10))
    floor.say(".k", ".m", "1", "A-01-01", "100001", "1", "A-01-05")
    floor.say(".k", ".m", "1", "A-01-01", "100001", "1", "A-01-05")
    _sent(floor, exchanger)
    (number,) = floor.store.file.database.execute("SELECT max(number) FROM outbox").fetchone()
    exchanger.set_aside(number, "planted")


def _sent(floor: Floor, exchanger: Exchanger) -> None:
    """A counter is sent to a place that was asked for, goes to one of them later, and counts another."""
    floor.say(".k", ".m", number_of("count"))
    exchanger.exchange(Exchange(10))
    floor.clock.now_us += WAIT_US
    floor.desk.hear_news()
    floor.say("key:F5", "A-01-02", "A-01-02", ".e", "A-01-02", ".m")


def _adjusted(floor: Floor, centre: Centre, exchanger: Exchanger) -> None:
    """Goods are taken out for a reason that wants a second person: once as the device thinks, once otherwise.

    Long behind the last count, as somebody who counts is asked more.
    """
    floor.clock.now_us += 2 * _IDLE_US
    floor.say(PIN)
    for outcome in (Outcome.UNAPPROVED, Outcome.POSTED):
        floor.say(".k", ".m", number_of("adjust"), "1", "A-01-01", "100001", "2", "1", ".k", ".i", "100001", ".b")
        centre.outcome = outcome
        exchanger.exchange(Exchange(10))


def _upkeep(floor: Floor) -> None:
    """The checks, and a purge while the year is young and when it is old, in their steps."""
    for days in (1, 300):
        floor.clock.now_us += days * DAY_US
        with floor.store.transaction:
            floor.store.identity.set_offset(Offset(0, 1, floor.clock.stamp()))
        upkeep = Upkeep(floor.store, 90, floor.clock.stamp)
        while upkeep.step():
            pass
        floor.store.file.checkpoint()


def _interrupted(floor: Floor) -> None:
    """A death behind stored entries, a log that cannot be read, a worker that shows what it knows."""
    floor.say(PIN, "B-1001", PIN, ".k", ".m", "1")
    entries = [floor.entry(text) for text in _DAY]
    with floor.store.transaction:
        floor.store.log.add(MAIN, entries)
    floor.restart()
    floor.store.log.behind()
    floor.store.forget()
    with floor.store.transaction:
        floor.store.file.database.execute("""UPDATE play SET looks = '[{"type":"rows2"}]' WHERE ended IS NULL""")
    floor.restart()
    Notices(floor.store).unread()
    worker, _seat = floor.worker()
    worker.start()
    worker.set_link(Link.ONLINE)
    worker.stop()
    floor.store.close()
    floor.store = open_store(floor.folder)


def _restored(floor: Floor) -> None:
    """The centre was put back from a backup: all is pulled and sent again, in portions."""
    centre = Centre(floor)
    centre.store_epoch = "restored"
    _exchanger(floor, centre).exchange(Exchange(10))
