"""From the start of the program to the question it was left at: late in a shift, against a shift that has just begun.

Both are in the middle of a move, at the same question.
"""

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from benchmarks.device.scans import TARGET, sign_in
from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.picks import entries
from benchmarks.world.product import scanner, write_config
from benchmarks.world.terminal import PATIENCE_S, Terminal
from benchmarks.world.world import World

_SIGN_IN = 3
"""Badge, PIN and the choice from the menu."""
_FIRST = 3
"""Place, goods, quantity: after these the first move asks where to."""
_LOOK_S = 0.1


def measure(world: World) -> list[Result]:
    count = world.size.shift_entries
    long = _left(world, "shift", list(islice(entries(world.picks, count), count - _SIGN_IN)))
    short = _left(world, "begun", list(islice(entries(world.picks, 1), _FIRST)))
    products: list[float] = []
    floors: list[float] = []
    for _ in range(world.size.start_runs):
        products.append(_seconds(long))
        floors.append(_seconds(short))
    if _interpreted(long) != count:
        raise BenchmarkError("Starting the program has changed the log.")
    return [medians("resume_1000_entries", "s", products, floors, 1.2)]


def _left(world: World, name: str, lines: Sequence[str]) -> Path:
    """A folder in which somebody has signed in, has entered ``lines`` and has not signed out."""
    folder = world.copied(name)
    with Terminal(scanner(write_config(folder), "run")) as terminal:
        sign_in(terminal, world)
        for line in lines:
            terminal.write(line.encode() + b"\r")
        deadline = time.perf_counter() + PATIENCE_S
        while (found := _interpreted(folder)) != _SIGN_IN + len(lines):
            if time.perf_counter() > deadline:
                raise BenchmarkError(f"{found} entries were taken, not {_SIGN_IN + len(lines)}.")
            terminal.read_for(_LOOK_S)
    return folder


def _interpreted(folder: Path) -> int:
    cache = folder / "device" / "cache.db"
    with closing(sqlite3.connect(f"{cache.as_uri()}?mode=ro", uri=True)) as database:
        return int(database.execute("SELECT count(*) FROM verdict").fetchone()[0])


def _seconds(folder: Path) -> float:
    with Terminal(scanner(folder / "config.toml", "run")) as terminal:
        return terminal.wait_for(TARGET) - terminal.started_s
