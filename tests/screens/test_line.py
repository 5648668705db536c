"""Line mode over a session that repeats: piped, one by one, hostile, and on a terminal that must not show a PIN."""

import os
import pty
import queue
import threading
import time
from collections.abc import Callable
from typing import Self

from msgspec.structs import replace

from scanner_app.domain.clock import Stamp
from scanner_app.domain.entry import Entry
from scanner_app.session.view import Line, Tone, View
from screens.line import run_line

PATIENCE_S = 10


class Session:
    """Answers each entry as told by ``answer``; counts what it handled; the work is done in a thread."""

    def __init__(self, answer: Callable[[View, Entry], View]) -> None:
        self.entries: list[Entry] = []
        self.views: list[View] = [View(0, "Move", "Scan the place.")]
        self._answer = answer
        self._queue: queue.SimpleQueue[list[Entry] | None] = queue.SimpleQueue()
        self._callback: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._work)

    def latest(self) -> View:
        return self.views[-1]

    def subscribe(self, callback: Callable[[], None]) -> None:
        self._callback = callback

    def handled(self) -> int:
        return len(self.entries)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._queue.put(None)
        self._thread.join()

    def run(self, stdin_fd: int, stdout_fd: int) -> None:
        stamp = Stamp(1, 2, "boot")
        run_line(self, self._queue.put, lambda: stamp, self.handled, stdin_fd, stdout_fd, entry_length_max=200)

    def _work(self) -> None:
        while entries := self._queue.get():
            view = self.latest()
            for entry in entries:
                view = self._answer(view, entry)
            self.entries.extend(entries)
            self.views.append(replace(view, revision=len(self.views), counter=len(self.entries)))
            self._callback()


def repeating(view: View, entry: Entry) -> View:
    text = entry.key or entry.raw.decode("utf-8", "replace")
    tone = Tone.BAD if text.startswith("Z") else Tone.GOOD
    return replace(view, message=f"Got {text}", tone=tone, finished=text == "leave", secret=text == "badge")


def piped(data: bytes) -> tuple[Session, str]:
    stdin, writing = os.pipe()
    reading, stdout = os.pipe()
    feeder = threading.Thread(target=_feed, args=(writing, data))
    feeder.start()
    said: list[bytes] = []
    listener = threading.Thread(target=_drain, args=(reading, said))
    listener.start()
    with Session(repeating) as session:
        session.run(stdin, stdout)
    os.close(stdout)
    listener.join(PATIENCE_S)
    feeder.join(PATIENCE_S)
    for descriptor in (stdin, reading):
        os.close(descriptor)
    return session, b"".join(said).decode()


def _feed(descriptor: int, data: bytes) -> None:
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)


def _drain(descriptor: int, said: list[bytes]) -> None:
    while data := os.read(descriptor, 65536):
        said.append(data)


def test_three_thousand_entries_without_waiting() -> None:
    lines = [b"A-%05d" % number for number in range(3000)]
    began = time.monotonic()
    session, _said = piped(b"\n".join(lines) + b"\n")
    assert time.monotonic() - began < 1
    assert [entry.raw for entry in session.entries] == lines


def test_the_end_of_the_input_waits_for_the_last_answer() -> None:
    _session, said = piped(b"A\nB\n")
    assert said.endswith("+ Got B\nScan the place. >\n")


def test_an_unfinished_line_is_told_and_not_taken() -> None:
    session, said = piped(b"A\nA-01")
    assert [entry.raw for entry in session.entries] == [b"A"]
    assert "Not taken, its end is missing: A-01" in said


def test_hostile_bytes_stay_inside() -> None:
    _session, said = piped(b"\x07\x1b]0;owned\x9b31m\xe2\x80\xaeabc\n")
    assert not [character for character in said if character < " " and character != "\n"]
    assert not set(said) & {"\x7f", "\x9b", "\u202e"}
    assert "]0;owned" in said


def test_one_by_one_every_entry_gets_its_prompt() -> None:
    stdin, writing = os.pipe()
    reading, stdout = os.pipe()
    with Session(repeating) as session, os.fdopen(reading) as said:
        thread = threading.Thread(target=session.run, args=(stdin, stdout))
        thread.start()
        assert said.readline() == "Scan the place. >\n"
        for text in ("A", "Z", "A", "leave"):
            os.write(writing, text.encode() + b"\r\n")
            assert said.readline() == f"{'X' if text == 'Z' else '+'} Got {text}\n"
            assert said.readline() == "Scan the place. >\n"
        thread.join(PATIENCE_S)
        assert not thread.is_alive()
        os.close(stdout)
    os.close(writing)
    os.close(stdin)


def test_facts_are_printed_when_they_are_new() -> None:
    def knowing(view: View, entry: Entry) -> View:
        return replace(view, lines=(*view.lines, Line(entry.raw.decode(), "From")), listed=(Line("one", "1"),))

    stdin, writing = os.pipe()
    reading, stdout = os.pipe()
    with Session(knowing) as session, os.fdopen(reading) as said:
        thread = threading.Thread(target=session.run, args=(stdin, stdout))
        thread.start()
        os.write(writing, b"A-01\n")
        assert [said.readline() for _ in range(4)][1:] == ["  From: A-01\n", "  1: one\n", "Scan the place. >\n"]
        os.write(writing, b"A-02\n")
        assert [said.readline() for _ in range(2)] == ["  From: A-02\n", "Scan the place. >\n"]
        os.close(writing)
        thread.join(PATIENCE_S)
        os.close(stdout)
    os.close(stdin)


def test_a_secret_is_not_echoed_on_a_terminal() -> None:
    master, slave = pty.openpty()
    with Session(repeating) as session:
        thread = threading.Thread(target=session.run, args=(slave, slave))
        thread.start()
        shown = _until(master, b"Scan the place. > ")
        os.write(master, b"badge\r")
        shown += _until(master, b"Got badge\r\nScan the place. > ")
        os.write(master, b"4711\x03\x04\x1c\r")
        after = _until(master, b"Scan the place. > ")
        os.write(master, b"leave\r")
        thread.join(PATIENCE_S)
    assert b"badge" in shown
    assert after.startswith(b"+ Got 4711")
    assert session.entries[1].raw == b"4711\x03\x04\x1c"
    os.close(slave)
    os.close(master)


def _until(descriptor: int, text: bytes) -> bytes:
    shown = b""
    while text not in shown:
        shown += os.read(descriptor, 65536)
    return shown
