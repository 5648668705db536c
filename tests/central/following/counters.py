"""Counters at their devices: each has a session over a cache of its own, and exchanges with one centre when told to."""

from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from scanner_app.config import Sync
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.clock import Stamp
from scanner_app.session.context import Settings, Tools
from scanner_app.session.desk import Desk
from scanner_app.session.session import Session
from scanner_app.session.view.view import View
from scanner_app.store.identity import Enrolment, Position
from scanner_app.store.store import open_store
from scanner_app.workflows.count.count import COUNT
from scanner_app.workflows.lookups.counting import CountSoFar
from scanner_app.workflows.lookups.work import Line
from scanner_app.workflows.menu import number_of
from scanner_app.workflows.questions.ask.place import AskPlace
from sync.central.book.lives import store_epoch_of
from sync.central.database.store import CentralStore
from sync.central.exchange.exchange import Push, pull, push, wanted_rows
from sync.central.imports.run import import_folder
from sync.central.sites import devices, enrolling
from sync.central.tasks.looking import look
from sync.device.exchanger import Exchanger
from sync.device.jobs import directly
from sync.device.machine import Exchange
from sync.device.speaks import Send
from sync.protocol import ExchangeAnswer, ExchangeRequest
from tests.caches import lay
from tests.central.warehouse import NOW_US, SITE, VERIFIER, write_sheets

PLACES = tuple(f"S-{number:02}" for number in range(1, 13))
WHO = ("w1", "w2", "w3")
SHEETS = {
    "locations": "location,zone,walk_order,profile,state\nA,pick,1,BIN,open\nB,pick,2,BIN,open\n"
    + "".join(f"{place},shelf,{walk},BIN,open\n" for walk, place in enumerate(PLACES, 10)),
    "operators": "operator,name,badge,verifier,roles\n"
    + "".join(f'{who},Worker {who},b-{who},"{VERIFIER}",worker\n' for who in WHO)
    + f's1,Supervisor 1,b-s1,"{VERIFIER}",worker supervisor\n',
}
_runs = count()


class Clock:
    """One clock for everybody, a moment further whenever it is read."""

    def __init__(self) -> None:
        self.now_us = NOW_US

    def stamp(self) -> Stamp:
        self.now_us += 1_000
        return Stamp(self.now_us, self.now_us - NOW_US + 1, "boot")


class Counter:
    """Somebody at a device, who counts."""

    def __init__(self, folder: Path, store: CentralStore, who: str, clock: Clock) -> None:
        lay(folder)
        self.who = who
        self.folder = folder
        self.centre = store
        self.clock = clock
        self._ids = count()
        self.store = open_store(folder)
        self._enrol()
        self._begin()
        self.exchange()
        self.say(f"b-{who}", "135790", number_of("count"))

    def _enrol(self) -> None:
        now_us = self.clock.now_us
        with self.centre.writing() as connection:
            code = enrolling.invited(connection, SITE, now_us)
            asked = enrolling.EnrolmentAsked(code=code, name=f"{self.who} {next(_runs)}", known="")
            told = enrolling.enrolled(connection, asked, now_us)
            assert isinstance(told, enrolling.Enrolled)
            life = store_epoch_of(connection, SITE)
        self.name = told.device
        with self.store.transaction:
            self.store.identity.enrol(Enrolment(told.device, told.epoch, told.site, "", told.token))
            self.store.identity.move_to(Position(life, 0))

    def _begin(self) -> None:
        tools = Tools(
            self.clock.stamp, lambda: f"{self.name}-{self.clock.now_us:x}-{next(self._ids)}", lambda *_: True,
            lambda n: "4711"[:n], "test", lambda _: "",
        )  # fmt: skip
        self.desk = Desk(Session(self.store, "main", tools, Settings(idle_lock_us=0)))
        self.desk.resume()
        self.exchanger = Exchanger(
            self.store, directly(self.store), self, settings=Sync(), stamp=self.clock.stamp, chance=lambda: 0.0,
            program="test",
        )  # fmt: skip
        self.exchanger.begun()

    def restart(self) -> None:
        self.store.close()
        self.store = open_store(self.folder)
        self._begin()

    def prepared(self, request: ExchangeRequest) -> Send:
        return partial(self._answered, request)

    def _answered(self, request: ExchangeRequest) -> ExchangeAnswer:
        now_us, enrolment = self.clock.stamp().wall_us, self.store.identity.enrolment
        assert enrolment is not None
        with self.centre.reading() as connection:
            sender = devices.senders_of(connection, [enrolment.token])[enrolment.token]
        (pushed,) = push(self.centre, SITE, [Push(sender, request, now_us)])
        wanted = wanted_rows(pushed.store_epoch, sender, request)
        page = wanted.nothing(pushed.version) or pull(self.centre, wanted)
        return ExchangeAnswer(
            store_epoch=pushed.store_epoch, mark=pushed.mark, answers=tuple(pushed.answers), rows=page.rows,
            cursor=page.cursor, more=page.more, received_us=now_us, answered_us=now_us, version=pushed.version,
        )  # fmt: skip

    def exchange_once(self) -> None:
        self.exchanger.exchange(Exchange(100))
        self.desk.hear_news()

    def exchange(self) -> View:
        """Tell all and hear all, as often as there is more to tell: what is heard may be news."""
        self.exchange_once()
        while self.store.journal.waiting:
            self.exchange_once()
        self.exchange_once()
        return self.desk.view()

    def say(self, *texts: str) -> View:
        for text in texts:
            key = text.removeprefix("key:") if text.startswith("key:") else ""
            raw = b"" if key else text.encode()
            self.desk.take([Entry(raw, Source.KEYBOARD, self.clock.stamp(), key=key)])
            self.desk.shown(self.clock.stamp())
            self.clock.now_us += 1_000_000
        return self.desk.view()

    @property
    def line(self) -> Line | None:
        """What the question at work was asked by; None where nobody is sent anywhere."""
        question = self.desk.session.play.question
        return question.line if isinstance(question, AskPlace) and question.look else None

    @property
    def sent_to(self) -> str:
        """The place where this person is sent, certain that nobody else is."""
        row = self.line.next if self.line else None
        return row.place if row and row.is_sure else ""

    @property
    def counts_at(self) -> str:
        """The place that is being counted."""
        play = self.desk.session.play
        is_at = play.script is COUNT and "count" in play.arguments
        return play.arguments["place"] if is_at else ""

    @property
    def has_told(self) -> bool:
        """Whether the count at work has told anything yet: before that nobody can know of it."""
        return bool(self.store.counts.so_far(CountSoFar(self.desk.session.play.arguments.get("count", ""))).lines)

    def go(self, place: str) -> None:
        """Begin to count a place, whatever is said of it."""
        self.say(place)
        if self.desk.session.play.slot == "others":
            self.say(place)

    def done(self) -> str:
        """Close what is being counted as empty."""
        place = self.counts_at
        if place:
            self.say(".e", place)
        return place


class Shift:
    """Counters at one centre whose shelf is to be counted."""

    def __init__(self, folder: Path, store: CentralStore, *who: str) -> None:
        self.store = store
        self.clock = Clock()
        folder.mkdir(exist_ok=True)
        import_folder(store, write_sheets(folder / "sheets", **SHEETS), NOW_US)
        self.counters = [Counter(folder / f"{one}-{number}", store, one, self.clock) for number, one in enumerate(who)]

    def look(self) -> Any:
        return look(self.store, SITE, self.clock.now_us)

    def wait(self, us: int) -> None:
        """Time passes, and each device looks again."""
        self.clock.now_us += us
        for one in self.counters:
            one.desk.hear_news()

    def exchange(self) -> None:
        """All are online and have heard of each other."""
        for _ in range(2):
            for one in self.counters:
                one.exchange()

    def close(self) -> None:
        for one in self.counters:
            with closing(one.store):
                pass
