"""A device of the simulation: the real machine and exchanger over the real journal, feed and identity in memory."""

import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from scanner_app.config import Sync
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.domain.quantity import SCALE
from scanner_app.errors import BusyError, RefusedError, ScannerError, StoreError
from scanner_app.store.identity import Enrolment
from scanner_app.store.log import AtWork
from scanner_app.store.rescue.salvage import Salvage
from sync.device.exchanger import Exchanger
from sync.device.failure import Rejected
from sync.device.flight import Landed, Launch
from sync.device.happenings import Failed, Happening, NewsLost, Nudged, Removed, Told
from sync.device.machine import SetAside, Wait, advance, heard
from sync.device.speaks import Send
from sync.protocol import EnrolAnswer, ExchangeAnswer, ExchangeRequest
from tests.sync.simulated.centre import ODD_PLACE, PLACES, SUPERVISORS, WORKER
from tests.sync.simulated.clock import DeviceClock, TrueTime
from tests.sync.simulated.files import blank, memory_store
from tests.sync.simulated.made import Made, made_of
from tests.sync.simulated.network import Network

_STOCK = """SELECT place, item, lot, serial, owner, status, sum(quantity) FROM (
SELECT place, item, lot, serial, owner, status, quantity FROM stock UNION ALL
SELECT place, item, lot, serial, owner, status, quantity FROM overlay) GROUP BY 1, 2, 3, 4, 5, 6"""
T = TypeVar("T")


class PowerCutError(Exception):
    """The device is off; what was not committed is gone."""


def at_once(ask: Callable[[], Landed]) -> Callable[[], Landed]:
    """What a flight may come to: the answer is there, or the trouble, before anybody waits for it."""
    try:
        landed = ask()
    except ScannerError as error:
        return partial(_raised, error)
    return lambda: landed


def _raised(error: ScannerError) -> Landed:
    raise error


class Device:
    """``is_doubtful`` from the moment when its file exists twice, or is older than it was, until it is enrolled.

    What a restore has taken over is sent behind the rest, though it may be older: such a file stays doubtful.

    ``rushed`` are the exchanges that it began before a busy centre wanted to be asked again, by how many seconds.
    """

    def __init__(
        self, name: str, network: Network, true: TrueTime, chance: random.Random, content: bytes = b""
    ) -> None:
        self.name = name
        self.clock = DeviceClock(true, chance)
        self.is_doubtful = False
        self.has_taken_over = False
        self.was_revoked = False
        self.exchanges = 0
        self.has_faults = True
        self.rushed: list[float] = []
        self.told: Counter[tuple[str, int]] = Counter()
        self.saw: Callable[[Device, ExchangeRequest], None] = lambda device, request: None
        self._network = network
        self._chance = chance
        self.settings = Sync(
            push_batch_max=chance.choice([1, 2, 5, 1000]),
            pull_rows_max=chance.choice([1, 3, 5000]),
            transaction_rows_max=chance.choice([1, 2, 5, 200]),
        )
        self._launch: Launch | None = chance.choice([None, at_once])
        self.put_back(content or blank())

    def put_back(self, content: bytes) -> None:
        """Make this the device's file; it knows nothing of what the other has told."""
        self.told = Counter()
        self.store = memory_store(content)
        self.start()

    def copy(self) -> bytes:
        return self.store.file.database.serialize()

    def start(self) -> None:
        """The program starts."""
        self.store.forget()
        self.clock.start()
        self._alone_until_s = 0.0
        self.exchanger = Exchanger(
            self.store,
            self._run,
            self,
            settings=self.settings,
            stamp=self.clock.stamp,
            chance=self._chance.random,
            program="simulation",
            launch=self._launch,
        )
        has_faults, self.has_faults = self.has_faults, False
        self.state = self.exchanger.begun()
        self.has_faults = has_faults

    def enrol(self, answer: EnrolAnswer) -> None:
        enrolment = Enrolment(answer.device, answer.epoch, answer.site, "", answer.token)
        with self.store.transaction:
            self.store.identity.enrol(enrolment)
            self.store.journal.adopt(enrolment)
        self.is_doubtful = False
        self.start()

    def restore(self, content: bytes) -> None:
        """Put a backup back as ``scanner restore`` does: what only the replaced file has is taken over."""
        replaced = sqlite3.connect(":memory:", isolation_level=None)
        replaced.deserialize(self.copy())
        self.put_back(content)
        with self.store.transaction:
            taken = Salvage(replaced, self.store.file.database, 1, is_suspect=False).take_lacking()
            self.store.identity.renew()
        replaced.close()
        self.has_taken_over = self.has_taken_over or taken > 0
        self.start()

    def prepared(self, request: ExchangeRequest) -> Send:
        return partial(self._exchange, request)

    def _exchange(self, request: ExchangeRequest) -> ExchangeAnswer | Rejected:
        early_s = self._alone_until_s - self.clock.now_s
        if early_s > 0:
            self.rushed.append(early_s)
        answer = self._network.exchange(self.enrolment.token, request)
        self.exchanges += 1
        self.saw(self, request)
        return answer

    def scan(self) -> None:
        """Somebody moves something."""
        self._post(self._moved(self.clock.stamp().wall_us))

    def decide(self, word: str, name: str, seen: int, operator: str) -> None:
        """Somebody says a word on an event, of whatever device."""
        self._post(Decided(self.clock.stamp().wall_us, word, (Subject("event", name, seen=seen),)), operator)

    def sign_on(self, operator: str) -> None:
        """Somebody signs on here, who may be at work elsewhere, too."""
        with self.store.transaction:
            self.store.log.sign_on(operator, AtWork(operator, operator, self.clock.stamp().wall_us))

    def read_back(self, operator: str) -> list[tuple[str, int]]:
        """Somebody who is signed on reads what came back; return the life and the numbers of that."""
        numbers = [one.number for one in self.store.came_back.unread(operator)]
        with self.store.transaction:
            self.store.came_back.read(numbers)
        return [(self.store.identity.position.store_epoch, number) for number in numbers]

    @property
    def heard(self) -> set[int]:
        """The numbers of what came back here."""
        rows = self.store.file.database.execute("SELECT number FROM came_back").fetchall()
        return {number for (number,) in rows}

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(one.operator for one in self.store.log.everybody())

    def annul(self) -> None:
        """Somebody says that something never happened, be it the second time, or that it was an annulment.

        The undo of an undo is undone by nobody.
        """
        undoes = {one.id: one.undoes for one in self.made()}
        made = [one for one in self.made() if not undoes.get(one.undoes) and not one.is_word]
        if made:
            self._post(Annulled(self.clock.stamp().wall_us, self._chance.choice(made[-6:]).id))

    def _post(self, fact: Fact, operator: str = WORKER) -> None:
        stamp, journal, enrolment = self.clock.stamp(), self.store.journal, self.enrolment
        epoch = self.store.identity.epoch
        number = journal.next_sequence(epoch)
        event = Event(
            id=f"{self._chance.getrandbits(64):x}",
            device=enrolment.device,
            epoch=epoch,
            sequence=number,
            entry=self._chance.getrandbits(60),
            site=enrolment.site,
            operator=operator,
            wall_us=stamp.wall_us,
            monotonic_us=stamp.monotonic_us,
            boot=stamp.boot,
            program="simulation",
            fact=fact,
        )
        offset = self.store.identity.offset
        with self.store.transaction:
            journal.post(event, offset if offset is not None and offset.at.boot == stamp.boot else None)
        self.state = heard(self.state, Nudged(), self.settings)

    def _moved(self, wall_us: int) -> Moved:
        """Taken some time before, perhaps before another was put, perhaps by a clock that was set since.

        Now and then it is put into a blocked place, or was in the hand of somebody else, which is held.
        """
        source, target = self._chance.sample(PLACES, 2)
        target, whose = self._chance.choice([(target, WORKER)] * 5 + [(ODD_PLACE, WORKER), (target, SUPERVISORS[0])])
        quantity, hand = self._chance.randint(1, 9) * SCALE, StockKey(in_hand(whose), "NUT")
        ago_us = self._chance.choice([0, 30_000_000, 300_000_000, 4 * 3_600_000_000, -3_600_000_000])
        taken = Leg(wall_us - ago_us, quantity, StockKey(source, "NUT"), hand)
        return Moved((taken, Leg(wall_us, quantity, hand, StockKey(target, "NUT"))))

    def turn(self) -> float:
        """Do what the machine says now; return how long it wants to wait (s), 0 when it has done something."""
        self.state, do = advance(self.state, self.clock.now_s)
        if isinstance(do, Wait):
            return do.seconds
        try:
            if isinstance(do, SetAside):
                self.hear(self._set_aside(do))
            else:
                self.hear(self.exchanger.exchange(do))
        except ScannerError as error:
            self.hear(self._failed(error))
        except PowerCutError:
            self.start()
        return 0.0

    def _set_aside(self, do: SetAside) -> Removed:
        return Removed(self.exchanger.set_aside(do.number, do.reason))

    def _failed(self, error: ScannerError) -> Failed:
        now_s = self.clock.now_s
        if isinstance(error, BusyError):
            self._alone_until_s = now_s + error.pause_s
        return Failed(
            now_s=now_s,
            chance=self._chance.random(),
            is_refused=isinstance(error, RefusedError),
            is_store=isinstance(error, StoreError),
            pause_s=error.pause_s if isinstance(error, BusyError) else 0.0,
        )

    def hear(self, happening: Happening) -> None:
        self.state = heard(self.state, happening, self.settings)

    def news(self, version: int) -> None:
        self.hear(Told(version) if self._chance.random() < 0.5 else NewsLost())

    def _run(self, job: Callable[[], T], /, *, is_short: bool = False) -> T:
        """The work thread: entries come between jobs, the power fails, the disk does."""
        fate = self._chance.random() if self.has_faults else 1.0
        if fate < 0.02:
            raise PowerCutError
        if fate < 0.04:
            self.scan()
        try:
            if fate > 0.99 and self.has_faults:
                with self.store.transaction:
                    raise StoreError("the disk failed")
            return job()
        except BaseException:
            self.store.forget()
            raise

    @property
    def enrolment(self) -> Enrolment:
        enrolment = self.store.identity.enrolment
        assert enrolment is not None
        return enrolment

    @property
    def waiting(self) -> int:
        return self.store.journal.waiting

    def on_hand(self) -> dict[StockKey, int]:
        return {StockKey(*row[:6]): row[6] for row in self.store.file.database.execute(_STOCK).fetchall() if row[6]}

    def overlay(self) -> int:
        return int(self.store.file.database.execute("SELECT count(*) FROM overlay").fetchone()[0])

    def made(self) -> list[Made]:
        """Every event in the journal, in its order."""
        rows = self.store.file.database.execute(
            "SELECT outcome, is_settled, payload FROM event ORDER BY number"
        ).fetchall()
        return [made_of(outcome, bool(settled), payload) for outcome, settled, payload in rows]
