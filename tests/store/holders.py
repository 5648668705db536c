"""Processes that hold a cache, for trials of taking over: each begins to hold, says so, and lives until it is ended."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scanner_app.store.owner import LOCK_NAME, is_free, note, open_lock
from tests.screens.terminals import ROOT

DEAF = (signal.SIGHUP, signal.SIGTERM)


@contextmanager
def holding(
    folder: Path, screen: str, *, name: str = LOCK_NAME, deaf_to: tuple[int, ...] = ()
) -> "Iterator[subprocess.Popen[str]]":
    """A process that owns the cache in ``folder`` as ``screen``, and hears none of some signals."""
    arguments = [str(folder / name), screen, *map(str, deaf_to)]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.holders", *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "holds\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


if __name__ == "__main__":
    path, screen, *deaf_to = sys.argv[1:]
    for usual in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(usual, signal.SIG_DFL)  # whoever started the tests may have had them ignored
    for number in deaf_to:
        signal.signal(int(number), signal.SIG_IGN)
    lock = open_lock(Path(path))
    assert is_free(lock)
    note(lock, screen)
    os.write(1, b"holds\n")
    while True:
        signal.pause()
