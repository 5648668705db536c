"""One thing a worker did: a scanned or typed line, or a key; or what the centre answered to them."""

from enum import StrEnum

from msgspec import Struct

from scanner_app.domain.clock import Stamp


class Source(StrEnum):
    """Which reader captured an entry."""

    KEYBOARD = "keyboard"
    LINE = "line"
    SERIAL = "serial"
    HID = "hid"
    TCP = "tcp"
    REPLAY = "replay"
    CENTRE = "centre"
    """No reader: an answer of the centre to what a session has asked there."""


NEWS = b"news"
"""What the line of the centre is that answers nothing: more is known by now than when the question was asked."""
NOBODY = (Source.CENTRE, Source.TCP)
"""Where nobody stands at the device: what comes there keeps no session from locking."""
TERMINALS = (Source.KEYBOARD, Source.LINE)
"""Where hands type; a scanner that types as a keyboard comes in there, too, behind what they have begun."""
TYPING = (*TERMINALS, Source.HID)
"""Where a layout stands between what a scanner sends and what comes."""


class Fault(StrEnum):
    """What a reader could not hand over: a line, or of a key what was half typed before it.

    DROPPED is of an entry that is well itself. TORN is a line of which the beginning belonged to another question. The
    others are of one reader: CUT, half a scan came and the reader went away; LOST, bytes were lost or spoilt on the
    way; UNENDED, what came has no end; UNFRAMED, it does not begin as the reader is configured; NOT_TAKEN, it was taken
    out of the queue in time and its reader told so.
    """

    NONE = ""
    TOO_LONG = "too_long"
    TORN = "torn"
    DROPPED = "dropped"
    CUT = "cut"
    LOST = "lost"
    UNENDED = "unended"
    UNFRAMED = "unframed"
    NOT_TAKEN = "not_taken"


class Entry(Struct, frozen=True):
    """``raw`` is the line as the reader got it, without its end (CR, LF or Tab), byte for byte.

    ``key`` names a function key ("F3", "PageUp"); ``raw`` is then empty. A faulty entry keeps no data but is told, not
    even what was half typed before a key: it may be the half of a PIN. ``reader`` is the name of the reader that it
    came by, as configured; empty for the terminal.
    """

    raw: bytes
    source: Source
    stamp: Stamp
    key: str = ""
    fault: Fault = Fault.NONE
    reader: str = ""
