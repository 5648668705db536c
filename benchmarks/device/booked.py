"""A move that is waited for: from its last line at the full-screen face until the embedded centre has booked it.

The floor is two bare processes: one commits the rows of a move on the device and posts over loopback, the other commits
what the product's centre wrote for that move. Both are watched in the same way, by looking into the centre's database.
"""

import pickle
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from benchmarks.device.drain import left_by_devices, written
from benchmarks.device.scans import begin, sign_in, steps
from benchmarks.floors import plain_posts
from benchmarks.floors.plain_posts import Write
from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.batches import batches
from benchmarks.world.journal import rows_of_moves
from benchmarks.world.product import scanner, serving, write_config
from benchmarks.world.terminal import PATIENCE_S, Terminal
from benchmarks.world.world import World

BOUND = 3.0
WARM_UP = 3
"""Moves that are not counted: connections are made, and files are read for the first time."""
PAUSE_S = 0.1
"""Between two moves: what comes after a booking is over by then."""
_LOOK_S = 0.0002
_PER_MOVE = 3
_RECORDED = "SELECT max(recorded) FROM counters"


class _Sides(NamedTuple):
    """The folders that the product and the floor work in."""

    product: Path
    floor: Path


def measure(world: World) -> list[Result]:
    sides = _Sides(world.copied("booked", centre=True), world.copied("booked-floor", centre=True))
    products = _product(sides.product, world)[WARM_UP:]
    floors = _floor(sides, len(products) + WARM_UP)[WARM_UP:]
    return [medians("booked_each", "ms", products, floors, BOUND)]


def _product(work: Path, world: World) -> list[float]:
    with (
        serving(work) as url,
        Terminal(scanner(write_config(work, url), "run")) as terminal,
        _recorded(work) as recorded,
    ):
        sign_in(terminal, world)
        return list(_moves(terminal, world, recorded))


def _moves(terminal: Terminal, world: World, recorded: Callable[[], int]) -> Iterator[float]:
    """Make moves; yield how long each took to be booked (ms)."""
    for number in range(world.size.chunks):
        pick = world.picks[number % len(world.picks)]
        begin(terminal, pick)
        lines = list(steps(pick, world.size.moves_per_chunk))
        for goods, quantity, target in zip(*[iter(lines)] * _PER_MOVE, strict=True):
            terminal.answer(*goods)
            terminal.answer(*quantity)
            terminal.forget()
            yield _booked_ms(lambda line=target[0]: terminal.write(line.encode() + b"\r"), recorded)  # type: ignore[misc]
            terminal.wait_for(target[1])
            terminal.read_for(PAUSE_S)


def _booked_ms(enter: Callable[[], object], recorded: Callable[[], int]) -> float:
    before, begun = recorded(), time.perf_counter()
    enter()
    while recorded() == before:
        if time.perf_counter() - begun > PATIENCE_S:
            raise BenchmarkError("A move was not booked.")
        time.sleep(_LOOK_S)
    return (time.perf_counter() - begun) * 1000


@contextmanager
def _recorded(work: Path) -> Iterator[Callable[[], int]]:
    """Look into the centre's database: how many rows its ledger has."""
    address = f"{(work / 'central.db').as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as database:
        yield lambda: int(database.execute(_RECORDED).fetchone()[0])


def _floor(sides: _Sides, moves: int) -> list[float]:
    """Post what the product left behind, a move a line."""
    rows = sides.floor / "rows"
    rows.write_bytes(pickle.dumps(_centre_rows(sides, moves)))
    with subprocess.Popen(_bare("centre", sides.floor / "central.db", rows), stdout=subprocess.PIPE) as centre:
        assert centre.stdout is not None, "it was asked for"
        port = centre.stdout.readline().decode().strip()
        rows.write_bytes(pickle.dumps(_device_rows(sides.product, moves)))
        command = [*_bare("device", sides.floor / "device" / "cache.db", rows), port]
        with subprocess.Popen(command, stdin=subprocess.PIPE, bufsize=0) as device, _recorded(sides.floor) as recorded:
            assert device.stdin is not None, "it was asked for"
            times = [_posted_ms(device.stdin, recorded) for _ in range(moves)]
        centre.terminate()
    return times


def _bare(side: str, database: Path, rows: Path) -> list[str]:
    return [sys.executable, str(Path(plain_posts.__file__)), side, str(database), str(rows)]


def _posted_ms(device: IO[bytes], recorded: Callable[[], int]) -> float:
    time.sleep(PAUSE_S)
    return _booked_ms(lambda: device.write(b"\n"), recorded)


def _device_rows(work: Path, moves: int) -> list[Write]:
    return [
        [(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows) for table, rows in move]
        for move in rows_of_moves(work / "device" / "cache.db", moves)
    ]


def _centre_rows(sides: _Sides, moves: int) -> list[Write]:
    with closing(sqlite3.connect(sides.product / "central.db")) as after, _recorded(sides.floor) as recorded:
        made = [written(batch) for batch in batches(*left_by_devices(after), 1, recorded())]
    if len(made) != moves:
        raise BenchmarkError(f"{len(made)} moves were booked, not {moves}.")
    return made
