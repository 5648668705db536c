"""A thousand moves through line mode, with read-ahead and prompt by prompt, against plain inserts of their rows."""

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from benchmarks.floors import plain
from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.journal import forget, rows_of_moves
from benchmarks.world.picks import entries
from benchmarks.world.product import scanner, write_config
from benchmarks.world.world import World

_PROMPT_END = b" >\n"
_READ_BYTES_MAX = 65_536


class _Bench:
    """One cache that both sides write to in turn; it is made empty of moves after each."""

    def __init__(self, world: World) -> None:
        self._moves = world.size.moves
        folder = world.copied("moves")
        self._cache = folder / "device" / "cache.db"
        self._rows = folder / "rows.pickle"
        self._command = scanner(write_config(folder), "line")
        who = world.operator
        self._lines = [who.badge, who.pin, "1", *entries(world.picks, self._moves)]

    def ahead(self) -> float:
        """Everything is in the pipe at once."""
        begun = time.perf_counter()
        told = "".join(line + "\n" for line in self._lines).encode()
        subprocess.run(self._command, input=told, stdout=subprocess.PIPE, check=True)
        seconds = time.perf_counter() - begun
        self._keep()
        return seconds

    def waiting(self) -> float:
        """Each line is written when its prompt has come."""
        begun = time.perf_counter()
        with subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
            assert child.stdin is not None, "it was asked for"
            assert child.stdout is not None, "it was asked for"
            _wait_for_prompt(child.stdout)
            for line in self._lines:
                os.write(child.stdin.fileno(), line.encode() + b"\n")
                _wait_for_prompt(child.stdout)
            child.stdin.close()
            child.wait()
        seconds = time.perf_counter() - begun
        self._keep()
        return seconds

    def floor(self) -> float:
        """The rows of the last product run once more, by plain inserts; reading them is not counted."""
        begun = time.perf_counter()
        command = [sys.executable, str(Path(plain.__file__)), str(self._cache), str(self._rows)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        seconds = time.perf_counter() - begun - float(done.stdout)
        forget(self._cache)
        return seconds

    def _keep(self) -> None:
        """Hold the rows for the floor, and see that all moves are there."""
        self._rows.write_bytes(pickle.dumps(rows_of_moves(self._cache, self._moves)))
        forget(self._cache)


def _wait_for_prompt(stdout: IO[bytes]) -> None:
    said = b""
    while not said.endswith(_PROMPT_END):
        more = os.read(stdout.fileno(), _READ_BYTES_MAX)
        if not more:
            raise BenchmarkError(f"No prompt came: {said!r}")
        said += more


def measure(world: World) -> list[Result]:
    bench = _Bench(world)
    ahead: list[float] = []
    waiting: list[float] = []
    floors: list[float] = []
    for _ in range(world.size.move_runs):
        ahead.append(bench.ahead())
        floors.append(bench.floor())
        waiting.append(bench.waiting())
        floors.append(bench.floor())
    return [_result("thousand_moves", ahead, floors, 1.5), _result("thousand_moves_waiting", waiting, floors, 8.0)]


def _result(name: str, products: Sequence[float], floors: Sequence[float], bound: float) -> Result:
    return medians(name, "s", products, floors, bound)
