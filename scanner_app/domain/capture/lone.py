"""A key by itself: bytes that a keyboard sends for a key without a character, which inside a scan are data.

Ctrl with a letter is a control character, Escape begins a sequence, Alt is an Escape before a character: the same bytes
stand in codes, which are refused for them or mean something by them. Only that nothing comes with them tells a key.
"""

from scanner_app.domain.capture.framing import CLEARER, ENDS, ERASERS, ESC
from scanner_app.domain.capture.keys import Bytes, More, Unknown, recognised

_EDITS = ENDS | ERASERS | {CLEARER}


def may_be_key(data: bytes) -> bool:
    """Say whether all that came at once may be one key that means nothing here.

    >>> may_be_key(b"\\x03"), may_be_key(b"\\x1ba"), may_be_key(b"\\x1b"), may_be_key(b"\\x1d0"), may_be_key(b"\\r")
    (True, True, True, False, False)
    """
    if len(data) == 1:
        return data[0] < ord(" ") and data[0] not in _EDITS
    if data[:1] != bytes((ESC,)):
        return False
    match recognised(data):
        case Bytes(raw):
            return len(raw) == 1 and raw[0] != ESC and may_be_key(raw)
        case Unknown() | More():
            return len(data[1:].decode("utf-8", "replace")) == 1 and data[1] >= ord(" ")
        case _:
            return False


def goes_on(key: bytes, data: bytes) -> bool:
    """Say whether bytes end the sequence that such a key began, however late they come."""
    return not isinstance(recognised(key + data), Unknown | More)
