"""The backlog: moves of a device that was long without a network, put into its journal as the session does it."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from uuid_utils import uuid7

from benchmarks.result import BenchmarkError
from benchmarks.world.picks import Pick, moves
from benchmarks.world.world import World, copied
from devices.clock import StationClock
from scanner_app.domain.clock import Stamp
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.domain.quantity import SCALE
from scanner_app.store.identity import Enrolment
from scanner_app.store.store import Store, open_store
from scanner_app.version import PROGRAM

_EVENTS_PER_COMMIT = 5_000
_PAUSE_US = 1_000
_CARRIED_US = 500


def make_backlog(world: World) -> Path:
    """A folder with a cache in which events wait, and the centre that they are for; made once and kept."""
    folder = world.folder / f"backlog-{world.size.events}"
    if not (folder / "ready").exists():
        print(f"Preparing {world.size.events:,} waiting events, once ...", flush=True)
        copied(world.folder, folder, centre=True)
        with closing(open_store(folder / "device")) as store:
            _fill(store, world)
        (folder / "ready").touch()
    return folder


def _fill(store: Store, world: World) -> None:
    enrolment = store.identity.enrolment
    if enrolment is None:
        raise BenchmarkError("The device is not enrolled.")
    waiting = _events(world, enrolment)
    while part := list(islice(waiting, _EVENTS_PER_COMMIT)):
        with store.transaction:
            for event in part:
                store.journal.post(event, store.identity.offset)
    if store.journal.waiting != world.size.events:
        raise BenchmarkError(f"{store.journal.waiting} events wait; there is not enough to move.")


def _events(world: World, enrolment: Enrolment) -> Iterator[Event]:
    """One move after the other, a millisecond apart, until now."""
    now = StationClock().stamp()
    count = world.size.events
    for number, pick in enumerate(moves(world.picks, count), 1):
        before_us = (count - number) * _PAUSE_US
        at = Stamp(now.wall_us - before_us, now.monotonic_us - before_us, now.boot)
        yield made(enrolment, world.operator.operator, number, pick, at)


def made(enrolment: Enrolment, operator: str, number: int, pick: Pick, at: Stamp) -> Event:
    """The event of one move, the device's ``number``-th."""
    return Event(
        id=str(uuid7()),
        device=enrolment.device,
        epoch=enrolment.epoch,
        sequence=number,
        entry=number,
        site=enrolment.site,
        operator=operator,
        wall_us=at.wall_us,
        monotonic_us=at.monotonic_us,
        boot=at.boot,
        program=PROGRAM,
        fact=moved(pick, at, operator),
    )


def moved(pick: Pick, at: Stamp, operator: str) -> Moved:
    """One piece taken and put half a millisecond later."""
    source, target = StockKey(pick.source, pick.item), StockKey(pick.target, pick.item)
    hand = StockKey(in_hand(operator), pick.item)
    return Moved((Leg(at.wall_us - _CARRIED_US, SCALE, source, hand), Leg(at.wall_us, SCALE, hand, target)))
