"""Scan to paint while the device pulls stock rows from a centre, against the same program with nothing to pull.

Idle scans and pulls take turns. What counts as *during* is a scan before which rows of the pull had come and after
which more were to come. The first scans after a pull are not counted: they may pay for tidying away its traces.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path

from benchmarks.device.scans import Timed, begin, sign_in, steps
from benchmarks.result import BenchmarkError, Result, percentile, result
from benchmarks.world.product import scanner, serving, write_config
from benchmarks.world.shelves import lift, make_shelves
from benchmarks.world.terminal import PATIENCE_S, Terminal
from benchmarks.world.world import SITE, World, copied
from sync.central.book.counters import site_version
from sync.central.database.store import CentralStore, open_store

PAGES = 20
"""A pull takes so many answers of the centre, whatever its size."""
REST_S, TRIAL_REST_S = 2.0, 0.1
"""So long after a pull its traces are tidied away; a trial of the harness measures nothing that they could spoil."""
_LOOK_S = 0.005
_PER_MOVE = 3
_CURSOR = "SELECT json_extract(value, '$.cursor') FROM meta WHERE name = 'position'"
_WAITING = "SELECT count(*) FROM outbox"


class _Bench:
    """A program at work, its cache and its centre; ``idle`` and ``during`` are times of scans (ms)."""

    def __init__(self, terminal: Terminal, cache: sqlite3.Connection, centre: CentralStore, world: World) -> None:
        self._terminal = terminal
        self._cache = cache
        self._centre = centre
        self._world = world
        self._timed = Timed(terminal)
        self._steps = self._endless()
        self.idle: list[float] = []
        self.during: list[float] = []
        self.pulls = 0

    def work(self) -> None:
        """Scan until there are enough times of both kinds, and about as many of one as of the other."""
        chunk = self._world.size.moves_per_chunk * _PER_MOVE
        wanted = self._world.size.chunks * chunk
        while len(self.during) < wanted or len(self.idle) < wanted:
            self._settle()
            self._scan_move()
            while len(self.idle) < min(wanted, len(self.during) + chunk):
                self.idle += self._scan_move()
            self._pull()

    def _scan_move(self) -> list[float]:
        return [self._scan() for _ in range(_PER_MOVE)]

    def _pull(self) -> None:
        start = self._cursor()
        target = lift(self._centre, self._world.size.pulled)
        self._wait_until_past(start)
        self.pulls += 1
        while self._cursor() < target:
            took_ms = self._scan()
            if self._cursor() < target:
                self.during.append(took_ms)

    def _scan(self) -> float:
        self._timed.scan(*next(self._steps))
        return self._timed.times_ms[-1]

    def _endless(self) -> Iterator[tuple[str, bytes]]:
        for pick in cycle(self._world.picks):
            begin(self._terminal, pick)
            yield from steps(pick, self._world.size.moves_per_chunk)

    def _settle(self) -> None:
        """Wait until everything is sent and pulled."""
        while self._cache.execute(_WAITING).fetchone()[0]:
            self._terminal.read_for(_LOOK_S)
        with self._centre.reading() as connection:
            version = site_version(connection, SITE)
        self._wait_until_past(version - 1)
        self._terminal.read_for(TRIAL_REST_S if self._world.size.is_trial else REST_S)

    def _wait_until_past(self, version: int) -> None:
        deadline = time.perf_counter() + PATIENCE_S
        while self._cursor() <= version:
            if time.perf_counter() > deadline:
                raise BenchmarkError(f"The device has pulled up to {self._cursor()}, not past {version}.")
            self._terminal.read_for(_LOOK_S)

    def _cursor(self) -> int:
        return int(self._cache.execute(_CURSOR).fetchone()[0])


def measure(world: World) -> list[Result]:
    work = copied(make_shelves(world), world.folder.parent / "work" / "pulls", centre=True)
    page = f"pull_rows_max = {world.size.pulled // PAGES}"
    with (
        serving(work) as url,
        Terminal(scanner(write_config(work, url, page), "run")) as terminal,
        closing(open_store(f"sqlite:///{work / 'central.db'}")) as centre,
        closing(_read_only(work / "device" / "cache.db")) as cache,
    ):
        sign_in(terminal, world)
        bench = _Bench(terminal, cache, centre, world)
        bench.work()
    sides = percentile(bench.during, 0.99), percentile(bench.idle, 0.99)
    return [result("scan_during_pull", "ms", sides, 2.0, bench.pulls)]


def _read_only(cache: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{cache.as_uri()}?mode=ro", uri=True, isolation_level=None)
