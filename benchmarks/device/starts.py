"""From the start of the process to the first prompt on a terminal, against the first paint of a bare application."""

from collections.abc import Sequence

from benchmarks.result import Result, medians
from benchmarks.world.product import bare, scanner, write_config
from benchmarks.world.terminal import Terminal
from benchmarks.world.world import World


def measure(world: World) -> list[Result]:
    config = write_config(world.copied("starts"))
    products: list[float] = []
    floors: list[float] = []
    for _ in range(world.size.start_runs):
        products.append(_seconds(scanner(config, "run"), b"Scan your badge"))
        floors.append(_seconds(bare(), b"Ready"))
    return [medians("start_to_prompt", "s", products, floors, 1.3)]


def _seconds(command: Sequence[str], marker: bytes) -> float:
    with Terminal(command) as terminal:
        return terminal.wait_for(marker) - terminal.started_s
