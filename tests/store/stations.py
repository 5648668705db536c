"""A cache with real work in it, damage done to it, and the real program started on it."""

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from scanner_app.domain.events.event import Event
from scanner_app.store.file import CACHE_NAME
from tests.warehouse import PIN, Floor

PAGE = 4096
MOVE = ("A-01-01", "100001", "1", "A-01-05")
ANSWER_S = 30


def worked(folder: Path, moves: int, answered: int = 0) -> Path:
    """A cache in which so many moves were made, the first of them answered; returns the file."""
    floor = Floor(folder)
    floor.move()
    floor.burst(*MOVE * moves)
    with floor.store.transaction:
        database = floor.store.file.database
        database.execute("UPDATE event SET outcome = 'posted', version = 99 WHERE number <= ?", (answered,))
        database.execute("DELETE FROM outbox WHERE number <= ?", (answered,))
    floor.close()
    return folder / CACHE_NAME


def overwrite(cache: Path, seed: int, pages: int, *, first: int = 1) -> None:
    """Write nonsense, zeros or another page over some pages of a file; page 0 holds the header."""
    chance = random.Random(seed)
    count = cache.stat().st_size // PAGE
    with cache.open("r+b") as file:
        for place in chance.sample(range(first, count), min(pages, count - first)):
            file.seek(chance.randrange(first, count) * PAGE)
            other = file.read(PAGE)
            file.seek(place * PAGE)
            file.write(chance.choice([chance.randbytes(PAGE), bytes(PAGE), other]))


def unsent(cache: Path) -> dict[str, bytes]:
    """The unsent events that SQLite can still read, number by number, by id."""
    found: dict[str, bytes] = {}
    with closing(sqlite3.connect(f"{cache.as_uri()}?mode=ro", uri=True)) as database:
        for number in range(1, 1_000):
            try:
                query = "SELECT id, payload FROM event JOIN outbox USING (number) WHERE number = ?"
                rows = database.execute(query, (number,)).fetchall()
            except sqlite3.Error:
                continue
            found.update((row[0], row[1]) for row in rows if is_event(*row))
    return found


def is_event(identity: object, payload: object) -> bool:
    """A page in the place of another gives rows that SQLite can read and that are no events."""
    try:
        return isinstance(payload, bytes) and msgspec.json.decode(payload, type=Event).id == identity
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False


def config(folder: Path, data: Path, **settings: object) -> Path:
    lines = [f"{name} = {value}" for name, value in settings.items()]
    path = folder / "config.toml"
    path.write_text("\n".join(["[guard]", "idle_lock_s = 0", "[device]", f'data_dir = "{data}"', *lines, ""]))
    return path


def scanner(path: Path, *arguments: str, given: str = "") -> "subprocess.CompletedProcess[str]":
    """Run the real program."""
    command = [sys.executable, "-m", "scanner_app", "--config", str(path), *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, timeout=ANSWER_S, check=False)


class Liner:
    """The line mode as a process of its own that waits for the next entry."""

    def __init__(self, path: Path, program: Sequence[str] = ("-m", "scanner_app")) -> None:
        command = [sys.executable, *program, "--config", str(path), "line"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        )
        self.shown = ""
        self.has_ended = False
        self.read()

    def say(self, *texts: str) -> str:
        """Enter lines one by one; return what was said after the last."""
        answer = ""
        assert self.process.stdin is not None
        for text in texts:
            if not self.has_ended:
                self.process.stdin.write(text.encode() + b"\n")
                self.process.stdin.flush()
                answer = self.read()
        return answer

    def read(self) -> str:
        """Read up to the next prompt, or to the end."""
        assert self.process.stdout is not None
        shown = b""
        while not shown.endswith(b" >\n"):
            part = os.read(self.process.stdout.fileno(), 65536)
            if not part:
                self.has_ended = True
                break
            shown += part
        self.shown += shown.decode()
        return shown.decode()

    def leave(self) -> int:
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(ANSWER_S)


SIGN_IN = ("B-1001", PIN)
