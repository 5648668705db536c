"""``python -m benchmarks [NAME]``: measure product against floor, keep it in ``build/bench.json``, print the table."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.centre import (
    accuracy,
    adjustments,
    beside_hostile,
    counts,
    exceptions,
    files,
    first_pull,
    history,
    late_events,
    plans,
    pushes,
    storm,
    variances,
    visibility,
)
from benchmarks.device import (
    booked,
    counting,
    drain,
    durable,
    look_ups,
    memory,
    moves,
    next_tasks,
    pulls,
    recognise,
    resumes,
    scans,
    starts,
    waiting,
)
from benchmarks.result import Result, merged, table, write_results
from benchmarks.size import SIZES
from benchmarks.world.product import compile_all
from benchmarks.world.world import ROOT, World, make_world

Measure = Callable[[World], list[Result]]
FAMILIES: dict[tuple[str, ...], Measure] = {
    ("scan_to_paint_p50", "scan_to_paint_p99", "bytes_per_scan"): scans.measure,
    ("count_scan_to_paint_p99",): counting.measure,
    ("thousand_moves", "thousand_moves_waiting"): moves.measure,
    durable.NAMES: durable.measure,
    ("start_to_prompt",): starts.measure,
    ("resident_memory",): memory.measure,
    ("booked_each",): booked.measure,
    ("drain",): drain.measure,
    ("scan_during_pull",): pulls.measure,
    ("resume_1000_entries",): resumes.measure,
    tuple(pushes.SHAPES): pushes.measure,
    storm.NAMES: storm.measure,
    first_pull.NAMES: first_pull.measure,
    ("visibility",): visibility.measure,
    files.NAMES: files.measure,
    ("as_of_1m", "as_of_1m_sqlite"): history.measure,
    look_ups.NAMES: look_ups.measure,
    (exceptions.NAME,): exceptions.measure,
    variances.NAMES: variances.measure,
    plans.NAMES: plans.measure,
    (next_tasks.NAME,): next_tasks.measure,
    accuracy.NAMES: accuracy.measure,
    adjustments.NAMES: adjustments.measure,
    counts.NAMES: counts.measure,
    late_events.NAMES: late_events.measure,
    (beside_hostile.NAME,): beside_hostile.measure,
    (waiting.NAME,): waiting.measure,
    recognise.NAMES: recognise.measure,
}
"""Names of the results that one measurement gives, and the measurement."""


def measure(world: World, only: str = "") -> list[Result]:
    """Measure everything, or what gives the result ``only`` and whatever else comes of it."""
    found: list[Result] = []
    for names, family in FAMILIES.items():
        if not only or only in names:
            begun = time.perf_counter()
            print(f"{', '.join(names)} ...", end=" ", flush=True)
            found += family(world)
            print(f"{time.perf_counter() - begun:.0f} s", flush=True)
    return found


def main(arguments: list[str]) -> None:
    known = [name for names in FAMILIES for name in names]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", default="", choices=["", *known], metavar="NAME", help=", ".join(known))
    parser.add_argument("--size", default="whole", choices=list(SIZES), help="tiny only tries the harness")
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="where results and warehouses are kept")
    asked = parser.parse_args(arguments)
    compile_all(ROOT)
    results = measure(make_world(SIZES[asked.size], asked.build / "bench"), asked.name)
    path = asked.build / "bench.json"
    write_results(merged(results, path, known), path)
    print("\n".join(["", *table(results)]))


if __name__ == "__main__":
    main(sys.argv[1:])
