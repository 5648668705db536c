"""What holds for any keys and any reports of a scanner on HID, whatever its layout and its descriptor."""

from devices.readers.hid.chain import Chain
from devices.readers.hid.descriptor import scan_reports
from devices.readers.hid.drain import EV_KEY, EVENT
from devices.readers.hid.keyboard_line import KeyboardLine
from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.domain.capture.framed import Frame, Framer
from scanner_app.domain.capture.layouts import LAYOUTS
from scanner_app.domain.capture.mangled import PAIRS, is_foreign, mangled
from scanner_app.domain.clock import Stamp
from tests.devices.hid.pos import DESCRIPTOR, LENGTH

LENGTH_MAX = 200
_STAMP = Stamp(1_800_000_000_000_000, 1, "boot")
_LAYOUTS = tuple(LAYOUTS.values())


def obey_hid(shape: int, data: bytes) -> None:
    """Raise AssertionError where a law is broken; anything else that is raised breaks one, too."""
    events = [(byte & 0x7F, 1 - (byte >> 7)) for byte in data]
    whole = _typed(shape, events, len(events) + 1)
    assert whole == _typed(shape, events, 1 + shape % 7), "how events come in reads changes nothing"
    for entry in (*whole, *_reported(shape, data)):
        assert (entry.fault is Fault.NONE) == bool(entry.raw)
        assert len(entry.raw) <= LENGTH_MAX


def obey_layouts(data: bytes) -> None:
    """Whatever is typed is looked at without trouble, and told of nothing where nothing is known."""
    text = data.decode("utf-8", "replace")
    assert mangled(text, lambda _texts: (), is_known=False, suspects=PAIRS) is None
    for pair in PAIRS:
        assert len(pair.meant(text)) <= 2 * len(text)
    assert is_foreign(text) is None or not text.isascii()


def _typed(shape: int, events: list[tuple[int, int]], size: int) -> list[Entry]:
    framer = Framer(Frame(), Source.HID, "GUN-1", entry_length_max=LENGTH_MAX)
    line = KeyboardLine(_LAYOUTS[shape % len(_LAYOUTS)], framer)
    line.opened(b"", 0)
    entries: list[Entry] = []
    for start in range(0, len(events), size):
        read = b"".join(EVENT.pack(1, 0, EV_KEY, code, edge) for code, edge in events[start : start + size])
        entries += line.feed(read, _STAMP)
    return [*entries, *line.cut(_STAMP)]


def _reported(shape: int, data: bytes) -> list[Entry]:
    """The bytes as reports of a scanner, and with an odd shape as what it says of them first, too."""
    descriptor, rest = (data[:LENGTH], data[LENGTH:]) if shape % 2 else (DESCRIPTOR, data)
    chain = Chain(scan_reports(descriptor), "GUN-1", entry_length_max=LENGTH_MAX)
    reports = (rest[start : start + LENGTH] for start in range(0, len(rest), LENGTH))
    entries = [entry for report in reports for entry in chain.feed(report, _STAMP)]
    return [*entries, *chain.cut(_STAMP)]
