"""A move of goods of whose cell thousands of events wait to be sent, against one where a few do.

Both caches are worked with at their desk, by the same lines in turn, all of it stored. The events that wait have taken
a piece from the cell and brought it back, so that the book is the same in both.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from msgspec.structs import replace

from benchmarks.device.scans import steps
from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.backlog import made
from benchmarks.world.picks import Pick
from benchmarks.world.world import World
from devices.clock import StationClock
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.clock import Stamp
from scanner_app.session.context import Settings, Tools
from scanner_app.session.desk import Desk
from scanner_app.session.session import Session
from scanner_app.store.store import Store, open_store

NAME = "move_with_6000_waiting"
FEW = 10
_PAUSE_US = 1_000_000
_ENTRIES_MAX = 1_000_000
"""The entries of what waits are numbered behind those of the desk."""


def measure(world: World) -> list[Result]:
    products: list[float] = []
    floors: list[float] = []
    pick = world.picks[0]
    for _ in range(world.size.move_runs):
        with ExitStack() as open_desks:
            many, few = (open_desks.enter_context(_desk(world, pick, count)) for count in (world.size.waiting, FEW))
            for _ in range(world.size.moves_per_chunk):
                products.append(_move_ms(many, pick))
                floors.append(_move_ms(few, pick))
            for desk, count in ((many, world.size.waiting), (few, FEW)):
                if desk.store.journal.waiting != count + world.size.moves_per_chunk:
                    raise BenchmarkError(f"{desk.store.journal.waiting} events wait: not every move was made.")
    return [medians(NAME, "ms", products, floors, 1.2)]


class _Patient:
    """A clock by which a second passes between two lines: what is shown has been seen."""

    def __init__(self) -> None:
        self._now = StationClock().stamp()

    def stamp(self) -> Stamp:
        now = self._now
        self._now = Stamp(now.wall_us + _PAUSE_US, now.monotonic_us + _PAUSE_US, now.boot)
        return now


@contextmanager
def _desk(world: World, pick: Pick, waiting: int) -> Iterator[Desk]:
    """A desk at which somebody is about to take goods from a cell of which so many events wait."""
    clock = _Patient()
    store = open_store(world.copied(f"waiting-{waiting}") / "device")
    _fill(store, world, pick, waiting)
    numbers = iter(range(10**9))
    tools = Tools(
        stamp=clock.stamp, new_id=lambda: f"id-{next(numbers)}", verify=lambda *_: True,
        digits=lambda count: "4711"[:count], program="bench", hash=lambda _: "",
    )  # fmt: skip
    desk = Desk(Session(store, "main", tools, Settings(idle_lock_us=0)))
    desk.resume()
    for line in (world.operator.badge, world.operator.pin, "1", pick.source):
        _answered(desk, line)
    yield desk
    store.close()


def _fill(store: Store, world: World, pick: Pick, waiting: int) -> None:
    enrolment = store.identity.enrolment
    if enrolment is None:
        raise BenchmarkError("The device is not enrolled.")
    back = pick._replace(source=pick.target, target=pick.source)
    at = StationClock().stamp()
    with store.transaction:
        for number in range(1, waiting + 1):
            one = made(enrolment, world.operator.operator, number, pick if number % 2 else back, at)
            store.journal.post(replace(one, entry=_ENTRIES_MAX + number), store.identity.offset)
    store.file.checkpoint()


def _move_ms(desk: Desk, pick: Pick) -> float:
    begun = time.perf_counter()
    for line, _marker in steps(pick, 1):
        _answered(desk, line)
    return (time.perf_counter() - begun) * 1000


def _answered(desk: Desk, line: str) -> None:
    stamp = desk.session.tools.stamp()
    desk.take([Entry(line.encode(), Source.KEYBOARD, stamp)])
    desk.view()
    desk.shown(stamp)
