"""What holds for any bytes of a serial line: they become whole entries, or are told, however they are cut."""

from msgspec.structs import replace

from devices.readers.serial.marks import Marks, Spoilt
from devices.readers.serial.ssi_line import SsiLine
from devices.ssi import DECODE_DATA, OF_GUN, packet
from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.domain.capture.framed import Frame, Framer
from scanner_app.domain.clock import Stamp

LENGTH_MAX = 400
CODE_BYTES = 200
FRAMES = (
    Frame(), Frame(suffix=b"\r"), Frame(b"\x02", b"\x03"), Frame(b"\x02"), Frame(b"#1", b"\r\n"),
    Frame(b"\x01\x02", b"\x03\x04"), Frame(suffix=b"\r\x03"),
)  # fmt: skip
_STAMP = Stamp(1_800_000_000_000_000, 1, "boot")


def obey_lines(shape: int, data: bytes) -> None:
    """Raise AssertionError where a law is broken; anything else that is raised breaks one, too."""
    frame = FRAMES[shape % len(FRAMES)]
    whole = _entries(frame, data, max(1, len(data)))
    assert whole == _entries(frame, data, 1 + shape % 7)
    plain = data.replace(b"\xff\xff", b"\xff")
    for entry in whole:
        assert (entry.fault is Fault.NONE) == bool(entry.raw)
        assert len(entry.raw) <= LENGTH_MAX
        assert entry.raw in plain or b"\xff" in entry.raw


def obey_packets(shape: int, data: bytes) -> None:
    """The same of a line of packets: nothing breaks it or makes it grow, and behind a pause the next code is whole."""
    line, size = SsiLine("GUN-1", entry_length_max=LENGTH_MAX, patience_us=2_000_000), 1 + shape % 300
    for start in range(0, len(data), size):
        for entry in line.feed(data[start : start + size], _STAMP):
            assert len(entry.raw) <= LENGTH_MAX
            assert not (entry.fault and entry.raw)
    told = line.rest(_STAMP)
    assert len(told) <= 1
    assert not line.is_pending
    code = data[:CODE_BYTES]
    (whole,) = line.feed(packet(DECODE_DATA, b"\x03" + code, source=OF_GUN), replace(_STAMP, monotonic_us=10**9))
    assert (whole.raw, whole.fault) == (code, Fault.NONE)


def _entries(frame: Frame, data: bytes, size: int) -> list[Entry]:
    """Cut at the end, so that nothing that was begun stays untold."""
    marks, framer = Marks(), Framer(frame, Source.SERIAL, "GUN-1", entry_length_max=LENGTH_MAX)
    entries: list[Entry] = []
    for start in range(0, len(data), size):
        for piece in marks.feed(data[start : start + size]):
            if isinstance(piece, Spoilt):
                framer.spoil(is_break=piece is Spoilt.BREAK)
            else:
                entries += framer.feed(piece, _STAMP)
    return [*entries, *framer.cut(_STAMP)]
