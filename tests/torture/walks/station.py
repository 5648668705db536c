"""A station: cache, session, work thread and the two readers of one device, all in this thread, and what kills it."""

from pathlib import Path
from random import Random

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.capture.framing import Assembler
from scanner_app.domain.clock import Stamp
from scanner_app.session.context import Settings, Tools
from scanner_app.session.desk import Desk
from scanner_app.session.seat import Seat
from scanner_app.session.session import Session
from scanner_app.session.view.view import View
from scanner_app.session.worker import WorkThread
from scanner_app.store.log import Logged
from scanner_app.store.store import open_store
from screens.keyboard import Keyboard
from tests.torture.walks.overheard import Heard, Overheard
from tests.torture.walks.place import MORE
from tests.warehouse import filled

LENGTH_MAX = 400
_BOOTED_US = 1_600_000_000_000_000


class KilledError(BaseException):
    """The process is gone at this very moment; no door of the program may catch it."""


class Clock:
    """Time passes only when it is told to, and a little whenever somebody looks."""

    def __init__(self) -> None:
        self.now_us = 1_700_000_000_000_000

    def stamp(self) -> Stamp:
        self.now_us += 1_000
        return Stamp(self.now_us, self.now_us - _BOOTED_US, "boot")


class Station:
    """``send`` bytes, look at ``view``; ``submitted`` is what the readers made of them since the last look."""

    def __init__(self, folder: Path, chance: Random, settings: Settings) -> None:
        self.clock = Clock()
        self.submitted: list[Entry] = []
        self._folder = folder
        self._settings = settings
        self._ids = 0
        self._chance = chance
        self._heard: list[Heard] = []
        filled(folder, MORE).close()
        self.open()

    def open(self) -> None:
        """Start the program; what was heard of entries that did not reach the disk was never said."""
        self.store = open_store(self._folder)
        kept = {entry for (entry,) in self.store.file.database.execute("SELECT entry FROM verdict")}
        self._heard = [one for one in self._heard if one.entry in kept]
        self.session = Session(self.store, "main", self._tools(), self._settings)
        self.desk = Desk(self.session)
        self._overheard = Overheard(self.session)
        self.desk.transcript = self._overheard
        self.desk.resume()
        self._thread = WorkThread(self.store, self.clock.stamp)
        self.seat: Seat = self._thread.seat(self.desk)
        self.keyboard = Keyboard(
            self._submit, self.clock.stamp, lambda: None, LENGTH_MAX, lambda: self.seat.views.latest().turn
        )
        self._scanner = Assembler(Source.SERIAL, entry_length_max=LENGTH_MAX, terminal=False)

    def _tools(self) -> Tools:
        return Tools(
            stamp=self.clock.stamp,
            new_id=self._new_id,
            verify=lambda verifier, secret: verifier == "verifier:" + secret.decode("utf-8", "replace"),
            digits=lambda n: "".join(self._chance.choices("0123456789", k=n)),
            program="walks",
            hash=lambda secret: "verifier:" + secret.decode("utf-8", "replace"),
        )

    def _new_id(self) -> str:
        self._ids += 1
        return f"{self._ids:08}"

    def close(self) -> None:
        self.store.close()

    @property
    def view(self) -> View:
        return self.seat.views.latest()

    @property
    def heard(self) -> list[Heard]:
        """All that was said so far, in the lives before and in this one."""
        return [*self._heard, *self._overheard.heard]

    def forget(self) -> None:
        """What was submitted and heard has been looked at."""
        self.submitted, self._heard, self._overheard.heard = [], [], []

    def send(self, data: bytes, *, is_scanner: bool) -> None:
        """Have bytes come in at once, and everything done that they complete."""
        if is_scanner:
            for entry in self._scanner.feed(data, self.clock.stamp()):
                assert isinstance(entry, Entry)
                self._submit(entry)
        else:
            self.keyboard.received(data)
        self.work()

    def _submit(self, entry: Entry) -> None:
        self.submitted.append(entry)
        self.seat.submit(entry)

    def work(self) -> None:
        """What the work thread does with what is queued."""
        while not self._thread._entries.empty():
            if group := self._thread._next():
                self._thread._take(group)

    def look_up_the_time(self) -> None:
        """What the work thread does when nothing comes."""
        self.seat.lock_if_idle()

    def die_soon(self, number: int) -> None:
        """Be killed while the entry of this number from now is interpreted, before it is committed."""
        interpret = self.desk.effects.interpret
        left = [number]

        def doomed(logged: Logged) -> None:
            interpret(logged)
            left[0] -= 1
            if left[0] < 0:
                raise KilledError

        self.desk.effects.interpret = doomed  # type: ignore[method-assign]

    def die_unseen(self) -> None:
        """Be killed when everything is committed, before a face could show it."""
        self.desk.view = _killed  # type: ignore[method-assign]

    def come_back(self) -> None:
        """The process is gone; begin again."""
        self._heard = self.heard
        self.store.close()
        self.open()

    @property
    def outlives(self) -> bool:
        """Whether the question on screen is asked again after a restart, and the program was not left."""
        asked = [opened.play.question for opened in self.session.stack.opened]
        return not self.session.finished and all(one is None or one.outlives_restart for one in asked)


def _killed() -> View:
    raise KilledError
