"""Framing: any bytes, however they arrive, become the same entries; nothing is lost and nothing is invented."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.domain.capture.framing import Assembler, Result, TerminalReply
from scanner_app.domain.capture.keys import CLEARING, COMMANDING
from scanner_app.domain.clock import Stamp
from scanner_app.workflows.engine.commands import COMMANDS

NOW = Stamp(1, 2, "boot")
LENGTH_MAX = 64
CONTROLS = bytes(sorted(set(range(32)) - set(b"\r\n\t\x08\x15\x1b")))

SEQUENCES = [
    b"\x1bOR", b"\x1b[15~", b"\x1b[[A", b"\x1b[A", b"\x1b[Z", b"\x1b[?2026;2$y", b"\x1b[5;9R", b"\x1b[I", b"\x1b[O",
    b"\x1b[200~", b"\x1b[201~", b"\x1b[<0;3;4M", b"\x1b[97;;97u", b"\x1b[13u", b"\x1b", b"\x1b\x1b", b"\x1b[9999999",
]  # fmt: skip
PIECES = st.one_of(st.binary(max_size=20), st.sampled_from([*SEQUENCES, b"\r", b"\n", b"\r\n", b"\t", b"\x7f"]))
STREAMS = st.lists(PIECES, max_size=30).map(b"".join)


def fed(*chunks: bytes, terminal: bool = True, length_max: int = LENGTH_MAX) -> list[Result]:
    assembler = Assembler(Source.KEYBOARD, entry_length_max=length_max, terminal=terminal)
    return [result for chunk in chunks for result in assembler.feed(chunk, NOW)]


def told(*chunks: bytes) -> list[bytes | str]:
    """Entries as their raw bytes, or the name of their key or fault; replies left out."""
    entries = [result for result in fed(*chunks) if isinstance(result, Entry)]
    return [f"{entry.key} {entry.fault}".strip() or entry.raw for entry in entries]


@pytest.mark.parametrize(
    ("situation", "chunks", "expected"),
    [
        ("a CR", [b"A-01\r"], [b"A-01"]),
        ("an LF", [b"A-01\n"], [b"A-01"]),
        ("a Tab", [b"A-01\tB\t"], [b"A-01", b"B"]),
        ("CRLF is one end", [b"A\r\nB\r\n"], [b"A", b"B"]),
        ("CRLF in two reads, the LF late", [b"A\r", b"\nB\r", b"\n"], [b"A", b"B"]),
        ("a terminal's reply between CR and LF", [b"A\r\x1b[?2026;2$y\nB\r"], [b"A", b"B"]),
        ("two LF are two ends", [b"A\n\n"], [b"A", b""]),
        ("two CR are two ends", [b"A\r\r"], [b"A", b""]),
        ("no end, no entry", [b"A-01"], []),
        ("control bytes are data", [CONTROLS + b"\r"], [CONTROLS]),
        ("high and invalid bytes are data", [b"\xff\xc3\x28\x80\r"], [b"\xff\xc3\x28\x80"]),
        ("backspace takes back", [b"AB\x7fC\x08D\r"], [b"AD"]),
        ("backspace takes back a whole character", ["Zü".encode() + b"\x7fa\r"], [b"Za"]),
        ("backspace takes one byte of what is no character", [b"A\x80\x81\x7f\r"], [b"A\x80"]),
        ("backspace on nothing", [b"\x7f\x7fA\r"], [b"A"]),
        ("a key leaves the question, and the line goes with it", [b"2\x1bORA-01-1\r"], ["F3 dropped", b"A-01-1"]),
        ("a key twice", [b"1\x1bOP\x1bOP5\r"], ["F1 dropped", "F1", b"5"]),
        ("a key that says nothing", [b"A\x1b[AB\r"], ["Up", b"AB"]),
        ("Delete", [b"AB\x1b[3~C\r"], [b"C"]),
        ("Ctrl-U, as a byte and as kitty sends it", [b"AB\x15C\rD\x1b[117;5uE\r"], [b"C", b"E"]),
        ("Ctrl-U of what is too long", [b"x" * 99 + b"\x15A\r"], [b"A"]),
        ("a key behind what is too long", [b"x" * 99 + b"\x1bORA\r"], ["F3 dropped", b"A"]),
        ("a lone Esc waits, then is data", [b"\x1b", b"A\r"], [b"\x1bA"]),
        ("Esc before an end", [b"\x1b\rA\r"], [b"\x1b", b"A"]),
        ("an unknown sequence is data", [b"\x1b[12xA\r"], [b"\x1b[12xA"]),
        ("a broken sequence still ends", [b"\x1b[1\rB\r"], [b"\x1b[1", b"B"]),
        ("an envelope after Esc is data", [b"\x1b[)>\x1e06\x1d\x04\r"], [b"\x1b[)>\x1e06\x1d\x04"]),
        ("focus and mouse are dropped", [b"A\x1b[I\x1b[O\x1b[<0;1;2M\x1b[<0;1;2m\x1b[M !!\x1b[0;3;4MB\r"], [b"AB"]),
        ("a paste is data", [b"\x1b[200~A\rB\r\x1b[201~C\r"], [b"A", b"B", b"C"]),
        ("a paste whose end is lost", [b"\x1b[200~A\r", b"B\rC\r"], [b"A", b"B", b"C"]),
        ("too long is told, not cut", [b"x" * (LENGTH_MAX + 1) + b"\rB\r"], ["too_long", b"B"]),
        ("just long enough", [b"x" * LENGTH_MAX + b"\r"], [b"x" * LENGTH_MAX]),
        ("kitty's letters, Enter and release", [b"\x1b[97;;97u\x1b[98;1:1u\x1b[98;1:3u\x1b[13u"], [b"ab"]),
        ("kitty's control key", [b"\x1b[99;5u\r"], [b"\x03"]),
        ("xterm's other keys", [b"\x1b[27;5;93~\r"], [b"\x1d"]),
    ],
)  # fmt: skip
def test_lines(situation: str, chunks: list[bytes], expected: list[bytes | str]) -> None:
    assert told(*chunks) == expected, situation


@pytest.mark.parametrize(
    ("sequence", "name"),
    [
        (b"\x1bOP", "F1"), (b"\x1bOS", "F4"), (b"\x1b[11~", "F1"), (b"\x1b[15~", "F5"), (b"\x1b[17~", "F6"),
        (b"\x1b[21~", "F10"), (b"\x1b[23~", "F11"), (b"\x1b[24~", "F12"), (b"\x1b[[A", "F1"), (b"\x1b[[E", "F5"),
        (b"\x1b[P", "F1"), (b"\x1b[1;2P", "Shift+F1"), (b"\x1b[57364u", "F1"), (b"\x1b[57375;1:1u", "F12"),
        (b"\x1b[13~", "F3"), (b"\x1b[R", "F3"), (b"\x1b[A", "Up"), (b"\x1bOB", "Down"), (b"\x1b[1;5C", "Ctrl+Right"),
        (b"\x1b[D", "Left"), (b"\x1b[5~", "PageUp"), (b"\x1b[6~", "PageDown"), (b"\x1b[H", "Home"),
        (b"\x1b[F", "End"), (b"\x1b[1~", "Home"), (b"\x1b[4~", "End"), (b"\x1b[Z", "Shift+Tab"),
        (b"\x1b[9;2u", "Shift+Tab"), (b"\x1b[2~", "Insert"), (b"\x1b[1;65P", "F1"),
    ],
)  # fmt: skip
def test_function_keys(sequence: bytes, name: str) -> None:
    assert fed(sequence) == [Entry(b"", Source.KEYBOARD, NOW, key=name)]


@pytest.mark.parametrize("reply", [b"\x1b[?2026;2$y", b"\x1b[?2048;0$y", b"\x1b[12;40R", b"\x1b[?62;22c", b"\x1b[0n"])
def test_replies_are_told_apart(reply: bytes) -> None:
    assert fed(b"A" + reply + b"B\r")[0] == TerminalReply(reply)
    assert told(b"A" + reply + b"B\r") == [b"AB"]


@given(STREAMS, st.lists(st.integers(min_value=0), max_size=12))
def test_any_split_gives_the_same_entries(stream: bytes, cuts: list[int]) -> None:
    places = sorted({cut % (len(stream) + 1) for cut in cuts} | {0, len(stream)})
    chunks = [stream[start:end] for start, end in pairwise(places)]
    assert fed(*chunks) == fed(stream)
    assert fed(*[bytes((byte,)) for byte in stream]) == fed(stream)


@given(st.lists(st.binary(max_size=LENGTH_MAX).filter(lambda raw: not set(raw) & set(b"\r\n\t"))))
def test_a_serial_line_is_kept_byte_for_byte(lines: list[bytes]) -> None:
    results = fed(b"".join(line + b"\r\n" for line in lines), terminal=False)
    assert [result.raw for result in results if isinstance(result, Entry)] == lines


@given(st.lists(st.binary(max_size=LENGTH_MAX).filter(lambda raw: not set(raw) & set(b"\r\n\t\x08\x15\x7f\x1b"))))
def test_a_typed_line_is_kept_byte_for_byte(lines: list[bytes]) -> None:
    assert told(b"".join(line + b"\r" for line in lines)) == lines


@given(STREAMS)
def test_memory_is_bounded(stream: bytes) -> None:
    assembler = Assembler(Source.KEYBOARD, entry_length_max=8)
    for result in assembler.feed(stream * 20, NOW):
        assert isinstance(result, TerminalReply) or len(result.raw) <= 8
    assert len(assembler.unfinished) <= 8 + 33


def test_the_echo_shows_the_unfinished_line() -> None:
    assembler = Assembler(Source.KEYBOARD, entry_length_max=LENGTH_MAX)
    assembler.feed(b"one\rtw", NOW)
    assert assembler.typed == b"tw"


def test_a_line_that_is_given_up_while_it_comes_is_told_and_not_taken_in_half() -> None:
    assembler = Assembler(Source.KEYBOARD, entry_length_max=LENGTH_MAX)
    assembler.feed(b"A-0", NOW)
    assembler.clear(is_under_way=True)
    assert assembler.feed(b"1-01\rB\r", NOW) == [
        Entry(b"", Source.KEYBOARD, NOW, fault=Fault.TORN), Entry(b"B", Source.KEYBOARD, NOW),
    ]  # fmt: skip


def test_the_keys_that_empty_the_line_are_those_that_say_something() -> None:
    assert {key for key in COMMANDS if key} == COMMANDING
    assert CLEARING not in COMMANDS


def test_a_fault_keeps_no_data() -> None:
    assert fed(b"secret" * 20 + b"\r") == [Entry(b"", Source.KEYBOARD, NOW, fault=Fault.TOO_LONG)]
