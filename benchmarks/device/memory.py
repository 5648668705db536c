"""Resident memory of the program after a thousand moves that have reached the centre, against a bare application."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from benchmarks.device.scans import sign_in
from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.picks import entries
from benchmarks.world.product import bare, scanner, serving, write_config
from benchmarks.world.terminal import PATIENCE_S, Terminal, resident_kb
from benchmarks.world.world import World

_LOOK_S = 0.1
KB_PER_MB = 1024


def measure(world: World) -> list[Result]:
    products: list[float] = []
    floors: list[float] = []
    for _ in range(world.size.memory_runs):
        products.append(_product(world) / KB_PER_MB)
        floors.append(_floor() / KB_PER_MB)
    return [medians("resident_memory", "MiB", products, floors, 1.5)]


def _product(world: World) -> int:
    work = world.copied("memory", centre=True)
    with serving(work) as url, Terminal(scanner(write_config(work, url), "run")) as terminal:
        sign_in(terminal, world)
        for line in entries(world.picks, world.size.moves):
            terminal.write(line.encode() + b"\r")
        _wait_until_sent(terminal, work / "device" / "cache.db", world.size.moves)
        return resident_kb(terminal.child.pid)


def _wait_until_sent(terminal: Terminal, cache: Path, moves: int) -> None:
    deadline = time.perf_counter() + PATIENCE_S
    with closing(sqlite3.connect(f"{cache.as_uri()}?mode=ro", uri=True)) as database:
        while (found := _sent(database)) != moves:
            if time.perf_counter() > deadline:
                raise BenchmarkError(f"The centre has {found} of {moves} moves.")
            terminal.read_for(_LOOK_S)


def _sent(database: sqlite3.Connection) -> int:
    posted, waiting = database.execute("SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM outbox)").fetchone()
    return int(posted) - int(waiting)


def _floor() -> int:
    with Terminal(bare()) as terminal:
        terminal.wait_for(b"Ready")
        return resident_kb(terminal.child.pid)
