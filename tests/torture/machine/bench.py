"""Readers at work in the guest, in this process: what they hand over and say of themselves."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from devices.clock import StationClock
from scanner_app.config import Config
from scanner_app.domain.capture.entry import Entry, Fault
from scanner_app.domain.capture.reader_state import ReaderTold, ReaderWhy
from scanner_app.reader_settings import ReaderSettings
from scanner_app.readers import reading
from tests.torture.machine.guns import PATIENCE_S, VENDOR, Gun, until

SETTLED_S = 0.3
"""Behind the time in which what comes is told as the rest of something."""
REST_S = 1.5
"""Longer than what a drain takes for quiet."""
SLOW_MS = 8
LAST = "LAST"
OF_HALF = (Fault.CUT, Fault.UNENDED)
"""What is told of half a scan: where pulling the plug takes the machine a second, the missing end is told before."""
Told = bytes | Fault


def table(gun: Gun, name: str = "GUN-1", serial: str | None = None) -> ReaderSettings:
    """A reader that means a gun, by vendor, product and serial."""
    serial = gun.serial if serial is None else serial
    return ReaderSettings(name, kind=gun.kind, vendor=VENDOR, product=gun.product, serial=serial)


class Bench:
    """``entries`` and ``told`` grow by the readers' threads."""

    def __init__(self, *tables: ReaderSettings) -> None:
        self.entries: list[Entry] = []
        self.told: list[ReaderTold] = []
        self._stack = ExitStack()
        clock = StationClock()
        config = Config(readers=tables)
        self._reading = reading(config, self.entries.append, clock.stamp, self.told.append)

    def __enter__(self) -> "Bench":
        self._stack.enter_context(self._reading)
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def why(self, name: str = "GUN-1") -> ReaderWhy | None:
        return next((told.why for told in reversed(self.told) if told.reader == name), None)

    def wait_for(self, why: ReaderWhy, name: str = "GUN-1", patience_s: float = PATIENCE_S) -> None:
        try:
            until(lambda: self.why(name) is why, patience_s)
        except AssertionError as error:
            raise AssertionError(f"{name} is not {why!r}: {self.told}") from error
        if why is ReaderWhy.NOTHING:
            time.sleep(SETTLED_S)

    def got(self, name: str = "GUN-1") -> list[Told]:
        return [entry.fault or entry.raw for entry in list(self.entries) if entry.reader == name]

    def got_up_to_last(self, gun: Gun, name: str = "GUN-1") -> list[Told]:
        """Scan something else until that comes whole, and give back what came before it."""
        deadline = time.monotonic() + 3 * PATIENCE_S
        while self.got(name)[-1:] != [LAST.encode()]:
            assert time.monotonic() < deadline, f"{LAST} did not come: {self.got(name)[-20:]}, {self.told}"
            gun.send([LAST], SLOW_MS)
            time.sleep(REST_S)
        return [one for one in self.got(name) if one != LAST.encode()]

    def wait_for_entries(self, count: int, name: str = "GUN-1", patience_s: float = PATIENCE_S) -> list[Told]:
        try:
            until(lambda: len(self.got(name)) >= count, patience_s)
        except AssertionError as error:
            raise AssertionError(f"{len(self.got(name))} of {count} entries: {self.got(name)[-5:]}") from error
        return self.got(name)


@contextmanager
def busy(threads: int = 2) -> Iterator[None]:
    """Threads that keep the interpreter's lock: half of them in Python, half in C."""
    ending = threading.Event()
    text = json.dumps([{"key": number, "values": list(range(50))} for number in range(2000)])

    def compute() -> None:
        while not ending.is_set():
            sum(number * number for number in range(10_000))

    def decode() -> None:
        while not ending.is_set():
            json.loads(text)

    workers = [threading.Thread(target=(compute, decode)[number % 2]) for number in range(threads)]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        ending.set()
        for worker in workers:
            worker.join()


def is_told(sent: list[str], got: list[Told]) -> bool:
    """Whether each code came once and in order, or stands in a gap in which a loss was told."""
    place, is_lost = 0, False
    for one in got:
        if isinstance(one, Fault):
            is_lost = True
            continue
        where = next((at for at in range(place, len(sent)) if sent[at].encode() == one), None)
        if where is None or (where > place and not is_lost):
            return False
        place, is_lost = where + 1, False
    return place == len(sent) or is_lost
