"""The line at the keyboard when somebody else changes the question: another reader, or the lock."""

from pathlib import Path

import pytest

from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.domain.clock import Stamp
from scanner_app.session.context import Settings
from screens.keyboard import UNDER_WAY_US, Keyboard
from tests.warehouse import PIN, Floor


class Bench:
    """A keyboard with a clock and a question that are set by hand."""

    def __init__(self) -> None:
        self.turn = self.now_us = 0
        self.entries: list[Entry] = []
        self.keyboard = Keyboard(self.entries.append, self._stamp, lambda: None, 64, lambda: self.turn)

    def _stamp(self) -> Stamp:
        return Stamp(self.now_us, self.now_us, "boot")

    def types(self, data: bytes, *, after_us: int = 1_000_000) -> None:
        self.now_us += after_us
        self.keyboard.received(data)

    @property
    def told(self) -> list[bytes | str]:
        return [entry.key or str(entry.fault) or entry.raw for entry in self.entries]


def test_what_was_half_typed_before_another_reader_answered_is_not_taken() -> None:
    bench = Bench()
    bench.types(b"2")
    bench.turn += 1
    assert bench.keyboard.is_stale
    bench.types(b"5\r")
    assert (bench.told, bench.keyboard.is_stale) == ([b"5"], False)


def test_a_scan_that_is_just_coming_in_is_not_taken_in_half() -> None:
    bench = Bench()
    bench.types(b"A-01")
    bench.turn += 1
    bench.types(b"-01\rB\r", after_us=UNDER_WAY_US // 10)
    assert bench.told == [str(Fault.TORN), b"B"]


def test_lines_typed_ahead_are_all_taken() -> None:
    bench = Bench()
    bench.types(b"A\rB")
    bench.types(b"C\rD\r")
    bench.turn += 1
    bench.types(b"E\r")
    assert bench.told == [b"A", b"BC", b"D", b"E"]


def test_an_escape_sequence_that_is_under_way_is_no_line() -> None:
    bench = Bench()
    bench.types(b"2\x1b")
    bench.turn += 1
    bench.types(b"OR5\r")
    assert bench.told == ["F3", b"5"]


def test_only_others_than_the_terminal_turn_the_question(tmp_path: Path) -> None:
    floor = Floor(tmp_path, settings=Settings(idle_lock_us=60_000_000))
    floor.move()
    floor.say("A-01-01", "key:F1", "key:F1", "nonsense", ".k")
    assert floor.desk.view().turn == 0
    for raw, turn in ((b"", 0), (b"100001", 1), (b"nonsense", 2), (b"A-01-01", 2), (b".k", 3)):
        floor.desk.take([Entry(raw, Source.SERIAL, floor.clock.stamp())])
        assert floor.desk.view().turn == turn, raw
    floor.clock.now_us += 90_000_000
    assert (floor.say(PIN).title, floor.desk.view().turn) == ("Move", 4)
    floor.close()


def test_a_line_that_was_torn_says_so(tmp_path: Path) -> None:
    floor = Floor(tmp_path)
    floor.move()
    floor.desk.take([Entry(b"", Source.KEYBOARD, floor.clock.stamp(), fault=Fault.TORN)])
    view = floor.desk.view()
    assert (view.message, view.halted) == ("Came in between. Enter it once more.", True)
    floor.close()


KEYS = {
    "Ctrl-C": b"\x03", "Ctrl-L": b"\x0c", "Ctrl-Z": b"\x1a", "Ctrl-]": b"\x1d", "Alt-a": b"\x1ba", "Escape": b"\x1b",
    "Alt-ä": "\x1bä".encode(), "kitty Ctrl-C": b"\x1b[99;5u", "kitty Escape": b"\x1b[27u",
    "Up": b"\x1b[A", "Left": b"\x1bOD", "Home": b"\x1b[H", "Shift-Tab": b"\x1b[Z", "Shift-F3": b"\x1b[1;2R",
}  # fmt: skip


@pytest.mark.parametrize("name", KEYS)
def test_a_key_that_says_nothing_is_no_data_and_no_entry(name: str) -> None:
    bench = Bench()
    bench.types(KEYS[name])
    assert (bench.keyboard.typed, bench.told) == (b"", [])
    bench.types(b"12")
    bench.types(KEYS[name])
    assert bench.keyboard.typed == b"12"
    bench.types(b"3\r")
    bench.types(KEYS[name])
    bench.types(b"\x1b[15~")
    assert bench.told == [b"123", "F5"]
    assert bench.entries[-1].fault is Fault.NONE, "nothing was typed that could be dropped"


@pytest.mark.parametrize("key", [KEYS[name] for name in KEYS if KEYS[name][:1] < b" " and len(KEYS[name]) < 3])
@pytest.mark.parametrize("pieces", [("A", "-01"), ("A-01", ""), ("", "A-01")])
def test_the_same_bytes_in_a_scan_are_data(key: bytes, pieces: tuple[str, str]) -> None:
    """At once, and byte by byte."""
    scan = pieces[0].encode() + key + pieces[1].encode() + b"\r"
    at_once, slow = Bench(), Bench()
    at_once.types(scan)
    for place, byte in enumerate(scan):
        slow.types(bytes((byte,)), after_us=UNDER_WAY_US // 3 if place else 1_000_000)
    assert at_once.told == slow.told == [scan[:-1]]


def test_a_sequence_that_comes_in_pieces_is_still_a_key() -> None:
    bench = Bench()
    bench.types(b"\x1b")
    bench.types(b"OR")
    bench.types(b"\x1b")
    bench.types(b"[15~")
    assert bench.told == ["F3", "F5"]
