"""A demo warehouse with its centre, started as a newcomer starts it, and the real program driven in it."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from scanner_app.demo.handout import Handout, make_handout
from scanner_app.demo.scale import SMALL
from scanner_app.demo.warehouse import make_warehouse
from tests.forks import run_scanner
from tests.screens.terminals import PATIENCE_S, Terminal


class Demo:
    """``scanner demo --no-ui``, running; ``handout`` has the codes to scan."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self._options = options
        self.config = folder / "config.toml"
        self.handout: Handout = make_handout(make_warehouse(SMALL))
        self.started = self._start()

    def _start(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "scanner_app", "demo", "--no-ui", "--dir", str(self.folder), *self._options],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wait_until_running(self) -> list[str]:
        """Read what a newcomer reads, up to the line that says it runs."""
        assert self.started.stdout is not None
        lines = []
        for line in self.started.stdout:
            lines.append(line.rstrip("\n"))
            if line.startswith("Running."):
                return lines
        raise AssertionError("\n".join(lines))

    def stop(self) -> int:
        self.started.terminate()
        return self.started.wait(PATIENCE_S)

    def scanner(self, *arguments: str, given: str | None = None) -> "subprocess.CompletedProcess[str]":
        """Run a command of the program on the demo's configuration."""
        return run_scanner(["--config", str(self.config), *arguments], given, timeout_s=PATIENCE_S * 3)

    def lines(self, *arguments: str) -> list[dict[str, Any]]:
        done = self.scanner(*arguments)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def events(self) -> list[dict[str, Any]]:
        """The centre's events but for the opening stock, and for what the lost device of the demo has left."""
        exported = self.lines("central", "export", "events", "--format", "jsonl")
        return [row for row in exported if row["device"] != "centre" and row["event"]["program"] != "demo"]

    def received(self) -> int:
        """How many events of its device the centre has, read from its file: to look often, no program is started."""
        with closing(sqlite3.connect(f"{(self.folder / 'central.db').as_uri()}?mode=ro", uri=True)) as book:
            whose = "SELECT device FROM devices WHERE name = 'demo'"
            return int(book.execute(f"SELECT count(*) FROM events WHERE device IN ({whose})").fetchone()[0])

    def log(self) -> list[dict[str, Any]]:
        return self.lines("log", "--json")

    def screen(self, width: int = 40, height: int = 12) -> Terminal:
        """The full-screen program in a pty of its own."""
        return Terminal("scanner_app", "--config", str(self.config), "run", width=width, height=height)

    def line(self) -> "LineWorker":
        """The line mode, with its input kept open."""
        return LineWorker([sys.executable, "-m", "scanner_app", "--config", str(self.config), "line"])

    def sign_in(self) -> list[str]:
        worker = self.handout.operators[0]
        return [worker.badge, worker.pin]

    def moves(self) -> list[str]:
        """Three moves with an undo in the second, then an inquiry; from the menu on."""
        first, second = self.handout.plain[:2]
        lot = self.handout.lots[0]
        empty, other = self.handout.empty_places[:2]
        return [
            "1",
            *(first.place, first.barcode, "2", empty),
            *(second.place, second.barcode, "4", ".u", "3", empty),
            *(lot.place, lot.gs1, "1", other),
            *(".i", empty, ".b"),
        ]


class Centre:
    """The demo's central store served on an address that stays the same, to be killed and started again."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.port = 0
        self.process = self.start()

    def start(self) -> "subprocess.Popen[str]":
        arguments = ["--config", str(self.demo.config), "central", "serve", "--port", str(self.port)]
        process = subprocess.Popen(
            [sys.executable, "-m", "scanner_app", *arguments], stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert process.stdout is not None
        self.port = int(process.stdout.readline().rpartition(":")[2])
        return process

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def demonstration(folder: Path, *options: str) -> Iterator[Demo]:
    demo = Demo(folder, *options)
    try:
        demo.wait_until_running()
        yield demo
    finally:
        demo.stop()


class LineWorker:
    """Answers each prompt of the line mode when it has been asked."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        self.prompted()

    def say(self, *texts: str) -> str:
        """Answer prompts, and return what was printed up to the next of them."""
        assert self.process.stdin is not None
        shown = ""
        for text in texts:
            self.process.stdin.write(text.encode() + b"\n")
            self.process.stdin.flush()
            shown += self.prompted()
        return shown

    def prompted(self) -> str:
        """Read up to the prompt that waits for an answer."""
        assert self.process.stdout is not None
        shown = b""
        while not shown.endswith(b" >\n"):
            part = os.read(self.process.stdout.fileno(), 4096)
            assert part, shown
            shown += part
        return shown.decode()

    def leave(self) -> None:
        """End the input, as a pipe does."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(PATIENCE_S) == 0


class Driver:
    """Types into the full-screen program and waits for each entry to be acknowledged by the counter on screen."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.entered = 0
        terminal.wait_for(b"#0 ")

    def say(self, *texts: str) -> None:
        for text in texts:
            mark = len(self.terminal.shown)
            self.entered += 1
            counter = re.compile(rb"#%d(?!\d)" % self.entered)
            self.terminal.write(text.encode() + b"\r")
            self._wait_for(counter, mark)

    def _wait_for(self, pattern: re.Pattern[bytes], mark: int) -> None:
        self.terminal.wait(lambda: pattern.search(self.terminal.shown, mark) is not None)

    def shows(self, text: str) -> None:
        self.terminal.wait_for(text.encode())

    def leave(self) -> int:
        """Leave as a worker does, by the digits on screen."""
        self.say(".q")
        typed = self.terminal.shown.decode("utf-8", "replace").rpartition("Type ")[2][:4]
        self.terminal.write(typed.encode() + b"\r")
        code = self.terminal.child.wait(PATIENCE_S)
        os.close(self.terminal.master)
        return code
