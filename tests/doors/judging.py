"""What is wrong about what a command wrote on a terminal."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.doors.commands import Run
from tests.doors.secrets import SECRETS
from tests.forks import run_on_terminal
from tests.picture import Picture

PATIENCE_S = 60
_OF_RICH = re.compile(r"\x1b\[[\d;]*m|\x1b\[\?25[lh]|\x1b\[2K|\x1b\[1A|\r")


def faults_of(config: Path, words: str, run: Run) -> Iterator[str]:
    """Run a command on a terminal, and yield what it should not have written there, or a status that is not its own."""
    command = ["--config", str(config), *words.split(), *run.arguments]
    status, shown = run_on_terminal(command, run.talk, timeout_s=PATIENCE_S)
    told = f"{words} {run.arguments!r:.80} -> {status}: "
    yield from (told + one for one in strange(shown, run)[:3])
    yield from (told + secret for secret in SECRETS if secret.encode() in shown and not run.shows)
    if status not in run.statuses or b"Traceback" in shown:
        yield told + repr(shown[-600:])


def strange(shown: bytes, run: Run) -> list[str]:
    """What of the bytes on a terminal is more than printable text, line ends and tabs."""
    if run.paints:
        picture = Picture(120, 24)
        picture.feed(shown)
        return picture.strange
    text = shown.decode("utf-8", "surrogateescape")
    left = _OF_RICH.sub("", text) if run.draws else text
    return [repr(left[max(0, at - 30) : at + 30]) for at, one in enumerate(left) if not is_text(one)]


def is_text(one: str) -> bool:
    return one.isprintable() or one in "\n\t\u3000"
