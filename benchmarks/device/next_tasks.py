"""The next task near somebody, at a site where fifty count: by its p99 against one row that an index finds.

Ten thousand tasks are open, the most that may be; each counter has a packet of them. Whoever asks stands somewhere else
each time. Floor and product read one cache over one connection; both are told by the processor's clock of their thread:
the 99th percentile of some microseconds is else when somebody else had the processor.
"""

import random
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.result import BenchmarkError, Result, percentile, result
from benchmarks.world.world import World
from scanner_app.domain.task import COUNT, Task, name_of
from scanner_app.domain.work.lease import LEASE_US, TASKS_MAX
from scanner_app.domain.work.order import Near
from scanner_app.domain.work.plan import A_DAY_MAX
from scanner_app.store.store import Store, open_store

NAME = "next_task"
_BOUND = 3.0
_COUNTERS = 50


def measure(world: World) -> list[Result]:
    with TemporaryDirectory(dir=world.folder) as folder, closing(open_store(Path(folder))) as store:
        tasks = _tasks()
        with store.transaction:
            store.feed.put(enumerate(tasks, 1))
        dice = random.Random(1)
        products, floors = [], []
        for number in range(world.size.look_ups):
            who, walk = f"10{number % _COUNTERS:02}", dice.randrange(A_DAY_MAX)
            near = Near(who, walk, now_us=LEASE_US + 1 if number % 2 else 0)
            begun = time.thread_time_ns()
            found = store.work.in_line(near, 1)
            products.append((time.thread_time_ns() - begun) / 1_000)
            if not found:
                raise BenchmarkError("No task was found.")
            floors.append(_bare(store, dice.choice(tasks).task))
    p99 = percentile(products, 0.99), percentile(floors, 0.99)
    return [result(NAME, "us", p99, _BOUND, len(products))]


def _bare(store: Store, name: str) -> float:
    begun = time.thread_time_ns()
    store.file.database.execute("SELECT * FROM task WHERE task = ?", (name,)).fetchone()
    return (time.thread_time_ns() - begun) / 1_000


def _tasks() -> list[Task]:
    """The first of them are in the packets of counters."""
    made = []
    for number in range(A_DAY_MAX):
        holder = f"10{number // TASKS_MAX:02}" if number < _COUNTERS * TASKS_MAX else ""
        place = f"P{number:05}"
        made.append(
            Task(
                name_of(place),
                COUNT,
                place,
                since=1,
                zone=f"Z{number % 10}",
                walk=number,
                priority=number % 3,
                plan="cycle",
                holder=holder,
                until=LEASE_US if holder else 0,
            )
        )
    return made
