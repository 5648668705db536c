"""The line at the keyboard when somebody else changes the question: another reader, or the lock."""

from pathlib import Path

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
