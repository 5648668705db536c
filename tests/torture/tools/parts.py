"""The trials as parts that run one after the other, each with a time limit of its own; what ``make torture`` runs."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[3]
TRIALS = Path("tests/torture")
ELSEWHERE = {
    "charts": Path("tests/workflows/test_scripts.py"),
    "harness": Path("tests/benchmarks/test_harness.py"),
    "lives": Path("tests/central/exchange/test_lives.py"),
    "shift": Path("tests/session/test_shift.py"),
}
LIMIT_S = 20 * 60
LIMITS_S = {"centre": 60 * 60, "seeds": 60 * 60, "shift": 30 * 60, "walks": 40 * 60}
_GRACE_S = 60
_NOTHING_CHOSEN = 5
_PYTEST = ["-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "-rP", "--durations=10"]


class Part(NamedTuple):
    """``file`` is relative to the root of the project."""

    name: str
    file: Path
    limit_s: float


class Ending(NamedTuple):
    """What became of a part; ``verdict`` is "passed", "failed", "nothing chosen" or says that the time was over."""

    name: str
    verdict: str
    seconds: float


def parts() -> dict[str, Part]:
    """Every part there is, by name: ``burst`` is ``test_burst.py`` in ``tests/torture`` or a folder of it."""
    files = {path.stem.removeprefix("test_"): path.relative_to(ROOT) for path in (ROOT / TRIALS).rglob("test_*.py")}
    return {name: Part(name, file, LIMITS_S.get(name, LIMIT_S)) for name, file in sorted((files | ELSEWHERE).items())}


def command_of(part: Part, arguments: Sequence[str]) -> list[str]:
    return [sys.executable, *_PYTEST, str(part.file), *arguments]


def run(part: Part, command: Sequence[str]) -> Ending:
    """Run one part in full; at its limit it is asked to end, as by Ctrl-C, and a minute later it is made to."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell lets what it starts behind it inherit that
        signal.signal(signal.SIGINT, signal.default_int_handler)
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "SCANNER_TORTURE": "long"})
    try:
        code = process.wait(part.limit_s)
        verdict = {0: "passed", _NOTHING_CHOSEN: "nothing chosen"}.get(code, "failed")
    except subprocess.TimeoutExpired:
        _stop(process)
        verdict = f"not done within {part.limit_s / 60:g} minutes"
    return Ending(part.name, verdict, time.monotonic() - began)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main(name: str, arguments: Sequence[str]) -> int:
    """Run the part of that name, or all of them in turn, and say at the end what became of each."""
    known = parts()
    if name and name not in known:
        print(f"There is no trial {name}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    chosen = [known[name]] if name else known.values()
    endings = [run(part, command_of(part, arguments)) for part in chosen]
    for ending in endings:
        print(f"{ending.name:<14} {ending.verdict}, {ending.seconds:.0f} s", flush=True)
    return 0 if all(ending.verdict in ("passed", "nothing chosen") for ending in endings) else 1
