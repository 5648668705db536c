"""Scan to paint: from a line written to the terminal until what it changes has come back, and how many bytes that is.

The product works moves at its full-screen face, without a centre; the floor is the bare application with one commit a
line. Both get the same lines, chunk by chunk in turn.
"""

from collections.abc import Iterator

from benchmarks.result import Result, percentile, result
from benchmarks.world.picks import Pick
from benchmarks.world.product import bare, scanner, write_config
from benchmarks.world.terminal import Terminal
from benchmarks.world.world import World

BYTES_MAX = 250
PACE_S = 0.03
"""A quick worker: so long after each paint comes the next line."""
SETTLE_S = 0.3
_GOODS, _QUANTITY, TARGET = b"Take what", b"How many", b"Put where"


class Timed:
    """Times of scans (ms) and the bytes they brought."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.times_ms: list[float] = []
        self.bytes = 0

    def scan(self, line: str, marker: bytes) -> None:
        before = self.terminal.received
        self.times_ms.append(self.terminal.answer(line, marker) * 1000)
        self.terminal.read_for(PACE_S)
        self.bytes += self.terminal.received - before


def measure(world: World) -> list[Result]:
    work = world.copied("scans")
    config = write_config(work)
    database = work / "bare.db"
    with Terminal(scanner(config, "run")) as at_product, Terminal(bare(str(database))) as at_floor:
        product, floor = Timed(at_product), Timed(at_floor)
        sign_in(at_product, world)
        at_floor.wait_for(b"Ready")
        for number in range(world.size.chunks):
            pick = world.picks[number % len(world.picks)]
            begin(at_product, pick)
            for line, marker in steps(pick, world.size.moves_per_chunk):
                product.scan(line, marker)
            _write(floor, pick, world.size.moves_per_chunk)
    return _results(product, floor, world.size.chunks)


def sign_in(terminal: Terminal, world: World) -> None:
    terminal.wait_for(b"Scan your badge")
    terminal.answer(world.operator.badge, b"Type your PIN")
    terminal.answer(world.operator.pin, b"What do you want")
    terminal.answer("1", b"Take from where")


def begin(terminal: Terminal, pick: Pick) -> None:
    """Go to the next place. Untimed: where it is painted depends on what it has in common with the last one."""
    terminal.write(pick.source.encode() + b"\r")
    terminal.read_for(SETTLE_S)


def steps(pick: Pick, moves: int) -> Iterator[tuple[str, bytes]]:
    """Yield what a worker enters for so many moves from one place, and what each line brings on screen."""
    for _ in range(moves):
        yield pick.code, _QUANTITY
        yield "1", TARGET
        yield pick.target, _GOODS


def _write(timed: Timed, pick: Pick, moves: int) -> None:
    for line in (pick.code, "1", pick.target) * moves:
        timed.scan(line, b"#%d " % (len(timed.times_ms) + 1))


def _results(product: Timed, floor: Timed, runs: int) -> list[Result]:
    def at(share: float) -> tuple[float, float]:
        return percentile(product.times_ms, share), percentile(floor.times_ms, share)

    return [
        result("scan_to_paint_p50", "ms", at(0.50), 1.2, runs),
        result("scan_to_paint_p99", "ms", at(0.99), 1.5, runs),
        result("bytes_per_scan", "bytes", (product.bytes / len(product.times_ms), BYTES_MAX), 1.0, runs),
    ]
