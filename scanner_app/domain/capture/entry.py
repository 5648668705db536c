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
    REPLAY = "replay"
    CENTRE = "centre"
    """No reader: an answer of the centre to what a session has asked there."""


TERMINALS = (Source.KEYBOARD, Source.LINE)
"""Where hands type; a scanner that types as a keyboard comes in there, too, behind what they have begun."""


class Fault(StrEnum):
    """What a reader could not hand over: a line, or of a key what was half typed before it.

    DROPPED is of an entry that is well itself. TORN is a line of which the beginning belonged to another question.
    """

    NONE = ""
    TOO_LONG = "too_long"
    TORN = "torn"
    DROPPED = "dropped"


class Entry(Struct, frozen=True):
    """``raw`` is the line as the reader got it, without its end (CR, LF or Tab), byte for byte.

    ``key`` names a function key ("F3", "PageUp"); ``raw`` is then empty. A faulty entry keeps no data but is told, not
    even what was half typed before a key: it may be the half of a PIN.
    """

    raw: bytes
    source: Source
    stamp: Stamp
    key: str = ""
    fault: Fault = Fault.NONE
