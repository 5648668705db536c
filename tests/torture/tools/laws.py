"""What holds for any bytes that a terminal may send: they become entries, and pictures in which nothing steers."""

import unicodedata

from rich.cells import cell_len

from scanner_app.domain.capture.barcode import Unreadable, read
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.capture.framing import Assembler, TerminalReply
from scanner_app.domain.clock import Stamp
from scanner_app.session.view.view import Line, StatusLine, Tone, View
from screens.clean import clean
from screens.layout import paint
from tests.torture.tools.code_laws import obey_codes
from tests.torture.tools.hid_laws import obey_hid, obey_layouts
from tests.torture.tools.line_laws import obey_lines, obey_packets

LENGTH_MAX = 400
_JOINER = "\u200d"
"""Terminals do not agree on how wide what it joins is."""
_STAMP = Stamp(1_800_000_000_000_000, 1, "boot")
_STEERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def obey(data: bytes) -> None:
    """Raise AssertionError where a law is broken; anything else that is raised breaks one, too."""
    shape, data = data[:2].ljust(2, b"\0"), data[2:]
    assembler = Assembler(Source.KEYBOARD, entry_length_max=LENGTH_MAX)
    whole = assembler.feed(data, _STAMP)
    assert whole == _in_pieces(data, 1 + shape[0] % 7)
    assert len(assembler.typed) <= LENGTH_MAX
    for result in whole:
        assert isinstance(result, TerminalReply) or len(result.raw) <= LENGTH_MAX
        if isinstance(result, Entry):
            _look(result.raw, assembler.typed, 10 + shape[0] % 80, 1 + shape[1] % 25)
    _look(data, data, 10 + shape[0] % 80, 1 + shape[1] % 25)
    obey_codes(shape[0], data)
    obey_lines(shape[0], data)
    obey_packets(shape[0], data)
    obey_hid(shape[0], data)
    obey_layouts(data)


def _in_pieces(data: bytes, size: int) -> list[Entry | TerminalReply]:
    """How the bytes are torn apart on the way changes nothing."""
    assembler = Assembler(Source.KEYBOARD, entry_length_max=LENGTH_MAX)
    results: list[Entry | TerminalReply] = []
    for start in range(0, len(data), size):
        results += assembler.feed(data[start : start + size], _STAMP)
    return results


def _look(raw: bytes, typed: bytes, width: int, height: int) -> None:
    """The text in every field of a view, painted."""
    reading = read(raw)
    text = raw.decode("utf-8", "replace") if isinstance(reading, Unreadable) else reading.text
    assert isinstance(reading, Unreadable) or text
    lines = (Line(text, text), Line(text))
    view = View(
        1, text, text, text, Tone.BAD, lines, lines if height % 2 else (), text, status=StatusLine(operator=text)
    )
    rows = paint(view, typed, width, height, _STAMP.wall_us)
    assert len(rows) == height
    for row in rows:
        shown = "".join(clean(piece.text) for piece in row)
        assert _JOINER in shown or cell_len(shown) == width, (shown, width)
        if not shown.isascii():
            assert not any(one in _STEERING or unicodedata.category(one) in ("Cc", "Zl", "Zp", "Cs") for one in shown)
        assert "\x1b" not in shown
