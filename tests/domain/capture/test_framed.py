"""Framing of readers: however bytes come, the same entries; nothing is merged, or lost without a word."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.domain.capture.framed import Frame, Framer
from scanner_app.domain.clock import Stamp
from tests.extent import extent

NOW = Stamp(1, 2, "boot")
LONGEST = 50
FRAMES = (
    Frame(),
    Frame(suffix=b"\r"),
    Frame(suffix=b"\r\n"),
    Frame(b"\x02", b"\x03"),
    Frame(b"\x02", b"\x03\r\n"),
    Frame(b"\x02"),
    Frame(b"#1", b"\r"),
    Frame(b"]]", b"\x1d\x1d"),
)
CODES = st.binary(min_size=1, max_size=LONGEST).map(
    lambda raw: bytes(byte for byte in raw if byte not in b"\x02\x03\r\n\t\x1d") or b"X"
)
SPOILT = "spoilt"
Step = bytes | str


def framer(frame: Frame) -> Framer:
    return Framer(frame, Source.SERIAL, "GUN-1", entry_length_max=LONGEST)


def told(entries: list[Entry]) -> list[bytes | Fault]:
    return [entry.fault or entry.raw for entry in entries]


def framed(frame: Frame, code: bytes) -> bytes:
    return frame.prefix + code + (frame.suffix or b"\r")


def fed(frame: Frame, *steps: Step) -> list[bytes | Fault]:
    """What comes of bytes, of a spoilt one, of silence ("rest") and of unplugging ("cut"), one after the other."""
    machine, entries = framer(frame), []
    for step in steps:
        if isinstance(step, bytes):
            entries += machine.feed(step, NOW)
        elif step == SPOILT:
            machine.spoil()
        else:
            entries += machine.rest(NOW) if step == "rest" else machine.cut(NOW)
    return told(entries)


@pytest.mark.parametrize(
    ("situation", "frame", "steps", "expected"),
    [
        ("every usual end", Frame(), (b"A\rB\r\nC\nD\tE",), [b"A", b"B", b"C", b"D"]),
        ("a line feed that comes late", Frame(), (b"A\r", b"\n", b"B\r\n", b"C\r"), [b"A", b"B", b"C"]),
        ("empty lines", Frame(), (b"\r\r\n\n\tA\r\r",), [b"A"]),
        ("one end of two", Frame(suffix=b"\r\n"), (b"A\rB\r", b"\nC\r\n"), [b"A\rB", b"C"]),
        ("what stands behind an own end", Frame(b"\x02", b"\x03"), (b"\x02A\x03\r\n\x02B\x03\r\n",), [b"A", b"B"]),
        ("a prefix is missing", Frame(b"\x02", b"\x03"), (b"A\x03\x02B\x03",), [Fault.UNFRAMED, b"B"]),
        ("a prefix of the wrong length", Frame(b"#12"), (b"#1A\r#12B\r",), [Fault.UNFRAMED, b"B"]),
        ("an end is missing", Frame(b"\x02", b"\x03"), (b"\x02A\x02B\x03",), [Fault.LOST, b"B"]),
        ("a prefix that may stand in data", Frame(b"#1"), (b"#1A#1B\r",), [b"A#1B"]),
        ("unplugged within", Frame(), (b"HAL", "cut", b"WHOLE\r"), [Fault.CUT, b"WHOLE"]),
        ("unplugged behind a prefix", Frame(b"\x02"), (b"\x02", "cut", b"\x02B\r"), [Fault.CUT, b"B"]),
        ("unplugged between lines", Frame(), (b"A\r", "cut", b"\nB\r"), [b"A", b"B"]),
        ("a byte is spoilt", Frame(), (b"A", SPOILT, b"B\rC\r"), [Fault.LOST, b"C"]),
        ("the end is spoilt", Frame(), (b"AB", SPOILT, "rest", b"C\r"), [Fault.LOST, b"C"]),
        ("the end is spoilt and nobody waits", Frame(), (b"AB", SPOILT, b"C\rD\r"), [Fault.LOST, b"D"]),
        ("spoilt, a pause, the rest", Frame(), (b"A", SPOILT, b"B", "rest", b"C\rD\r"), [Fault.LOST, Fault.LOST, b"D"]),
        ("spoilt, and a prefix sets it right", Frame(b"\x02"), (b"\x02A", SPOILT, b"\x02B\r"), [Fault.LOST, b"B"]),
        ("no end at all", Frame(), (b"A", "rest", "rest", b"B", "rest"), [Fault.UNENDED, Fault.UNENDED]),
        ("the rest comes late", Frame(), (b"A", "rest", b"B\rC\r"), [Fault.UNENDED, Fault.LOST, b"C"]),
        ("silence between lines", Frame(), (b"A\r", "rest", b"B\r", "rest"), [b"A", b"B"]),
        ("as long as may be", Frame(), (b"A" * LONGEST + b"\r",), [b"A" * LONGEST]),
        ("longer", Frame(), (b"A" * (LONGEST + 1) + b"\rB\r",), [Fault.TOO_LONG, b"B"]),
        ("longer, in pieces", Frame(), (b"A" * 40, b"A" * 40, b"A\rB\r"), [Fault.TOO_LONG, b"B"]),
        ("as long as may be behind a prefix", Frame(b"#1"), (b"#1" + b"A" * LONGEST + b"\r",), [b"A" * LONGEST]),
        ("longer, its end in pieces", Frame(suffix=b"\r\n"), (b"A" * 90 + b"\r", b"\nB\r\n"), [Fault.TOO_LONG, b"B"]),
        ("too long, without an end", Frame(), (b"A" * 90, "rest", b"B\rC\r"), [Fault.UNENDED, Fault.LOST, b"C"]),
    ],
)  # fmt: skip
def test_what_comes_of_it(situation: str, frame: Frame, steps: tuple[Step, ...], expected: list[bytes | Fault]) -> None:
    assert fed(frame, *steps) == expected


def test_a_break_before_a_line_is_the_plug_and_one_within_it_is_a_spoilt_byte() -> None:
    machine = framer(Frame())
    machine.spoil(is_break=True)
    assert not machine.is_pending
    assert told(machine.feed(b"A\rB", NOW)) == [b"A"]
    machine.spoil(is_break=True)
    assert told(machine.feed(b"\r", NOW)) == [Fault.LOST]


def test_a_faulty_entry_says_its_reader_and_keeps_nothing() -> None:
    (cut,) = [*(machine := framer(Frame())).feed(b"HALF", NOW), *machine.cut(NOW)]
    assert cut == Entry(b"", Source.SERIAL, NOW, fault=Fault.CUT, reader="GUN-1")


@pytest.mark.parametrize("frame", FRAMES)
@settings(max_examples=extent(12, 500))
@given(codes=st.lists(CODES, max_size=6), cuts=st.lists(st.integers(0, 400), max_size=8))
def test_codes_come_out_as_they_were_sent_however_they_are_cut_into_pieces(
    frame: Frame, codes: list[bytes], cuts: list[int]
) -> None:
    codes = [code.replace(frame.prefix, b"p") if frame.prefix else code for code in codes]
    sent = b"".join(framed(frame, code) for code in codes)
    places = sorted({0, *(cut for cut in cuts if cut < len(sent)), len(sent)})
    pieces = [sent[start:end] for start, end in pairwise(places)]
    assert fed(frame, *pieces) == codes


@pytest.mark.parametrize("frame", FRAMES)
@settings(max_examples=extent(12, 500))
@given(st.lists(st.binary(max_size=80) | st.sampled_from([SPOILT, "rest", "cut"]), max_size=20))
def test_whatever_comes_the_line_is_bounded_and_the_next_scan_behind_a_cut_is_whole(
    frame: Frame, steps: list[Step]
) -> None:
    machine = framer(frame)
    for step in steps:
        if isinstance(step, bytes):
            machine.feed(step, NOW)
            assert len(machine._line) <= LONGEST + len(frame.prefix)
        elif step == SPOILT:
            machine.spoil()
        else:
            (machine.rest if step == "rest" else machine.cut)(NOW)
            assert not machine.is_pending
    machine.cut(NOW)
    assert told(machine.feed(framed(frame, b"NEXT"), NOW)) == [b"NEXT"]


@pytest.mark.parametrize("frame", FRAMES)
@settings(max_examples=extent(12, 500))
@given(data=st.data(), codes=st.lists(CODES, min_size=1, max_size=4))
def test_no_part_of_a_broken_scan_comes_as_a_code(frame: Frame, data: st.DataObject, codes: list[bytes]) -> None:
    """One byte of all is spoilt, anywhere: every code that comes was sent, in order, and what is missing was told."""
    codes = [code.replace(frame.prefix, b"p") if frame.prefix else code for code in codes]
    sent = b"".join(framed(frame, code) for code in codes)
    place = data.draw(st.integers(0, len(sent) - 1))
    results = fed(frame, sent[:place], SPOILT, sent[place + 1 :], "rest")
    came = [one for one in results if isinstance(one, bytes)]
    missing = list(codes)
    for code in came:
        assert code in missing
        del missing[: missing.index(code) + 1]
    assert len(came) < len(codes) or len(results) > len(came)
    assert len(came) >= len(codes) - 2, "that one, and where its end was spoilt the next"
