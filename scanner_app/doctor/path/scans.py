"""The scans of the sheet, read from the terminal as bytes, each to the pause behind it."""

import os
import select
from collections.abc import Callable

from scanner_app.doctor.path.sheet import CODES

PAUSE_S = 0.5
"""Nothing for so long is the end of a scan: here a scan need not have one of its own."""
SCAN_BYTES_MAX = 1000
_ENTER = (b"\r", b"\n")
_LEAVE = b"\x03"


def scanned(fileno: int, tell: Callable[[str], None], pause_s: float = PAUSE_S) -> dict[int, bytes] | None:
    """What came of each code, by its number; Enter passes one over, and Ctrl-C alone leaves: then it is None."""
    scans: dict[int, bytes] = {}
    for code in CODES:
        tell(f"{code.number} of {len(CODES)}: scan {code.kind}. (Enter: nothing arrives. Ctrl-C: leave.)")
        raw = _next(fileno, pause_s)
        if raw in (b"", _LEAVE):
            return None
        if raw not in _ENTER:
            scans[code.number] = raw
    return scans


def _next(fileno: int, pause_s: float) -> bytes:
    """All that comes until nothing does for a while; empty where the terminal is gone."""
    raw = b""
    while not raw or select.select([fileno], [], [], pause_s)[0]:
        try:
            data = os.read(fileno, SCAN_BYTES_MAX)
        except OSError:
            return b""
        if not data or len(raw) > SCAN_BYTES_MAX:
            return raw
        raw += data
    return raw
