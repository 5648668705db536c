"""A long count, at the full-screen face: from a line written until what it changes is painted, at its end as at first.

Each line is goods and how many of them. The floor is the same product at the first lines of the same count: a count of
a thousand lines is a thousand small scripts, and none may know how many came before.
"""

from benchmarks.device.scans import SETTLE_S, Timed
from benchmarks.result import Result, percentile, result
from benchmarks.world.product import scanner, write_config
from benchmarks.world.terminal import Terminal
from benchmarks.world.world import World
from scanner_app.workflows.menu import number_of

LINES, TRIAL_LINES, ENDS = 1_000, 15, 10
"""So many lines, in a trial, and so many of them at each end that are held against each other."""


def measure(world: World) -> list[Result]:
    lines = TRIAL_LINES if world.size.is_trial else LINES
    work = world.copied("counting")
    with Terminal(scanner(write_config(work), "run")) as terminal:
        timed = Timed(terminal)
        _begin(terminal, world)
        for number in range(lines):
            pick = world.picks[number % len(world.picks)]
            timed.scan(pick.code, b"How many")
            timed.scan(str(number % 9 + 1), b"Scan the next")
    first, last = (percentile(times, 0.99) for times in (timed.times_ms[: 2 * ENDS], timed.times_ms[-2 * ENDS :]))
    return [result("count_scan_to_paint_p99", "ms", (last, first), 1.2, 1)]


def _begin(terminal: Terminal, world: World) -> None:
    terminal.wait_for(b"Scan your badge")
    terminal.answer(world.operator.badge, b"Type your PIN")
    terminal.answer(world.operator.pin, b"What do you want")
    terminal.answer(number_of("count"), b"Count what")
    terminal.answer(world.picks[0].target, b"Scan the next")
    terminal.read_for(SETTLE_S)
