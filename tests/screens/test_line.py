"""Line mode over a session that repeats: piped, one by one, hostile, and on a terminal that must not show a PIN."""

import os
import pty
import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Self

import pytest
from msgspec.structs import replace

from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.clock import Stamp
from scanner_app.session.view.view import Line, Message, Scanner, StatusLine, Told, Tone, View
from screens.echo import LineTerminal
from screens.line import ASKING_US_MAX, run_line
from screens.lines import Printer

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

    def ask(self, turn: int, prompt: str) -> None:
        """Ask something else, as when the lock comes over the question."""
        self.views.append(replace(self.latest(), turn=turn, prompt=prompt, told=()))
        self._callback()

    def _work(self) -> None:
        while entries := self._queue.get():
            view = replace(self.latest(), told=())
            for number, entry in enumerate(entries, len(self.entries) + 1):
                view = self._answer(view, entry)
                told = Told(number, Message(view.message, view.tone))
                view = replace(view, told=(*view.told, told)) if view.message else view
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


@pytest.fixture
def heard() -> Iterator[tuple[Printer, Callable[[], str]]]:
    """A printer, and what it has said since it was asked last."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)

    def said() -> str:
        try:
            return os.read(reading, 65536).decode()
        except BlockingIOError:
            return ""

    yield Printer(writing, LineTerminal(writing), "utf-8"), said
    os.close(reading)
    os.close(writing)


def test_a_long_list_is_heard_page_by_page(heard: tuple[Printer, Callable[[], str]]) -> None:
    printer, said = heard
    view = View(1, "Look up", "Which one?", listed=tuple(Line(f"item {n}", str(n)) for n in range(1, 46)))
    printer.whole(view)
    assert said().splitlines()[18:] == ["  19: item 19", "  20: item 20", "  v 25 more: F7 .n", "Which one? >"]
    printer.whole(replace(view, page=2, counter=2))
    assert said().splitlines() == [*(f"  {n}: item {n}" for n in range(41, 46)), "Which one? >"]
    printer.whole(replace(view, page=3, counter=3))
    assert said().startswith("  1: item 1\n")


def test_how_to_go_on_is_said_after_a_mistake(heard: tuple[Printer, Callable[[], str]]) -> None:
    printer, said = heard
    told = (Told(1, Message("Unknown.", Tone.BAD)),)
    view = View(1, "Move", "Scan it.", "Unknown.", Tone.BAD, hint="F8 or .k to go on", halted=True, told=told)
    printer.told(view.told)
    printer.whole(view)
    assert said() == "X Unknown.\n  F8 or .k to go on\nScan it. >\n"


def test_a_scanner_that_is_gone_is_told_once(heard: tuple[Printer, Callable[[], str]]) -> None:
    printer, said = heard
    gone = View(1, "Move", "Scan it.", status=StatusLine(scanner=Scanner.LOST, scanner_name="/dev/ttyACM0"))
    printer.alarm(gone)
    printer.alarm(replace(gone, revision=2))
    assert said() == "! NO SCANNER /dev/ttyACM0\n"
    printer.alarm(replace(gone, status=StatusLine()))
    printer.alarm(gone)
    assert said() == "! NO SCANNER /dev/ttyACM0\n"


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
        os.write(master, b"half\x155\r")
        _until(master, b"Scan the place. > ")
        os.write(master, b"leave\r")
        thread.join(PATIENCE_S)
    assert b"badge" in shown
    assert after.startswith(b"+ Got 4711")
    assert [entry.raw for entry in session.entries[1:3]] == [b"4711\x03\x04\x1c", b"5"], "Ctrl-U empties the line"
    os.close(slave)
    os.close(master)


def test_what_is_half_typed_on_a_terminal_goes_when_another_question_comes_and_whole_lines_stay() -> None:
    master, slave = pty.openpty()
    with Session(repeating) as session:
        thread = threading.Thread(target=session.run, args=(slave, slave))
        thread.start()
        _until(master, b"Scan the place. > ")
        for turn, typed in enumerate((b"12", b"7\r9"), 1):
            os.write(master, typed)
            _until(master, b"12" if turn == 1 else b"Got ")
            session.ask(turn, f"Type your PIN {turn}.")
            _until(master, b"PIN %d. > " % turn)
        os.write(master, b"5\r")
        os.write(master, b"leave\r")
        thread.join(PATIENCE_S)
    assert [entry.raw for entry in session.entries] == [b"7", b"5", b"leave"]
    os.close(slave)
    os.close(master)


def _until(descriptor: int, text: bytes) -> bytes:
    shown = b""
    while text not in shown:
        shown += os.read(descriptor, 65536)
    return shown


def test_a_reply_of_the_centre_is_waited_for_when_the_input_has_ended_and_not_for_ever() -> None:
    times = [0, 0, 0, ASKING_US_MAX - 1, ASKING_US_MAX, 9 * ASKING_US_MAX]
    looked: list[int] = []

    def stamp() -> Stamp:
        looked.append(times[min(len(looked), len(times) - 1)])
        return Stamp(0, looked[-1], "boot")

    input_fd, output_fd = os.open(os.devnull, os.O_RDONLY), os.open(os.devnull, os.O_WRONLY)
    with Session(lambda view, _entry: view) as session:
        run_line(
            session, session._queue.put, stamp, session.handled, input_fd, output_fd,
            entry_length_max=200, is_asking=lambda: True,
        )  # fmt: skip
    os.close(input_fd)
    os.close(output_fd)
    assert looked[-2:] == [ASKING_US_MAX - 1, ASKING_US_MAX], "to the edge, and no longer"
