"""Packets of a gun: whole codes and what was lost; one sent again is the same scan, one scanned again is another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.readers.serial.ssi_line import SsiLine
from devices.ssi import PACKET_BYTES_MAX, Packet, packet, unpacked
from scanner_app.domain.capture.entry import Entry, Fault
from scanner_app.domain.clock import Stamp

PATIENCE_US = 2_000_000


def at(time_s: float) -> Stamp:
    return Stamp(1, int(time_s * 1_000_000), "boot")


def line() -> SsiLine:
    return SsiLine("GUN-1", entry_length_max=400, patience_us=PATIENCE_US)


def code(data: bytes, status: int = 0) -> bytes:
    return packet(0xF3, b"\x03" + data, source=0, status=status)


def told(entries: list[Entry]) -> list[bytes | Fault]:
    return [entry.fault or entry.raw for entry in entries]


@given(st.binary(max_size=250), st.integers(0, 255), st.integers(0, 255))
def test_a_packet_is_read_as_it_was_made_and_not_with_another_byte(data: bytes, status: int, place: int) -> None:
    made = packet(0xF3, data, source=0, status=status)
    assert unpacked(made) == Packet(0xF3, status, data)
    place %= len(made)
    assert unpacked(made[:place] + bytes((made[place] ^ 1,)) + made[place + 1 :]) is None


@given(st.lists(st.binary(min_size=1, max_size=60), min_size=1, max_size=5, unique=True), st.integers(1, 20))
def test_codes_come_whole_however_they_are_cut_on_the_way(codes: list[bytes], step: int) -> None:
    sent, ssi = b"".join(code(data) for data in codes), line()
    came = [entry for start in range(0, len(sent), step) for entry in ssi.feed(sent[start : start + step], at(1))]
    assert told(came) == codes
    assert not ssi.is_pending


@given(st.lists(st.binary(max_size=600), max_size=20))
def test_no_bytes_break_it_and_none_make_it_grow(pieces: list[bytes]) -> None:
    ssi = line()
    for number, piece in enumerate(pieces):
        for entry in ssi.feed(piece, at(number * 3)):
            assert len(entry.raw) <= 400
        assert len(ssi._bytes) <= PACKET_BYTES_MAX
    ssi.rest(at(100))
    assert told(ssi.feed(code(b"NEXT"), at(200))) == [b"NEXT"]


def test_a_spoilt_packet_is_told_and_the_next_code_is_whole() -> None:
    ssi, spoilt = line(), bytearray(code(b"A-01-01"))
    spoilt[6] ^= 1
    assert told(ssi.feed(bytes(spoilt), at(0))) == [Fault.LOST]
    assert told(ssi.feed(code(b"A-01-01"), at(2))) == [b"A-01-01"]
    ssi.feed(code(b"HALF")[:5], at(3))
    assert told(ssi.cut(at(4))) == [Fault.CUT]
    assert told(ssi.feed(code(b"WHOLE"), at(5))) == [b"WHOLE"]


def test_several_packets_are_one_code_and_each_is_acknowledged() -> None:
    ssi = line()
    assert ssi.feed(code(b"FIRST", status=0x02), at(0)) == []
    assert ssi.wants_again
    assert told(ssi.feed(code(b"-SECOND"), at(0.1))) == [b"FIRST-SECOND"]
    many = [entry for number in range(9) for entry in ssi.feed(code(b"%d" % number * 50, status=2), at(1 + number))]
    assert not many
    assert told(ssi.feed(code(b"END"), at(20))) == [Fault.TOO_LONG]


@pytest.mark.parametrize(
    ("situation", "answered_s", "again_s", "status", "is_same"),
    [
        ("not answered, sent again in time", None, 2.0, 0, True),
        ("answered late, sent again before it was heard", 1.9, 2.1, 0, True),
        ("answered late, scanned again by hand", 2.5, 6.0, 0, False),
        ("answered at once, scanned again", 0.01, 2.0, 0, False),
        ("answered at once, not heard, and it says so", 0.01, 2.0, 1, True),
        ("says so, but comes at once, as no gun sends again", 0.01, 0.5, 1, False),
        ("says so, but comes much later", 0.01, 60.0, 1, False),
        ("other bits say nothing", 0.01, 2.0, 0xA0, False),
    ],
)
def test_when_a_packet_is_the_same_scan(
    situation: str, answered_s: float | None, again_s: float, status: int, is_same: bool
) -> None:
    ssi = line()
    assert told(ssi.feed(code(b"A-01-01"), at(0))) == [b"A-01-01"]
    if answered_s is not None:
        ssi.answered(at(answered_s))
    assert told(ssi.feed(code(b"A-01-01", status), at(again_s))) == ([] if is_same else [b"A-01-01"]), situation
    assert ssi.wants_again == (is_same and answered_s is not None), "it is acknowledged once it is durable"


def test_another_code_is_another_scan_and_a_third_time_is_one_too() -> None:
    ssi = line()
    assert told(ssi.feed(code(b"A"), at(0))) == [b"A"]
    assert told(ssi.feed(code(b"B", status=1), at(2))) == [b"B"]
    came = [told(ssi.feed(code(b"B", status=1), at(at_s))) for at_s in (4, 6, 8)]
    assert came == [[], [], [b"B"]], "a gun sends twice more, and no more"
