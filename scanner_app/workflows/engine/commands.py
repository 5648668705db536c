"""Commands: each has a function key, a short typed form and a printed barcode, and never decides anything.

A command is recognised by its whole text, before any code is looked up; master data may therefore not hold such a code.
"""

import re
from collections.abc import Callable
from enum import StrEnum

from msgspec.structs import replace

from scanner_app.domain.capture.entry import TERMINALS, Entry, Fault


class Command(StrEnum):
    """What a worker can say at any question."""

    HELP = "help"
    MENU = "menu"
    BACK = "back"
    UNDO = "undo"
    CANCEL = "cancel"
    INQUIRE = "inquire"
    MORE = "more"
    WHOLE = "whole"
    ACKNOWLEDGE = "ok"
    SIGN_OUT = "sign_out"
    LEAVE = "leave"
    STATUS = "status"
    USE = "use"


_KEYS = {
    "F1": Command.HELP,
    "F2": Command.MENU,
    "F3": Command.BACK,
    "F4": Command.UNDO,
    "F5": Command.CANCEL,
    "F6": Command.INQUIRE,
    "F7": Command.MORE,
    "PageDown": Command.MORE,
    "PageUp": Command.WHOLE,
    "F8": Command.ACKNOWLEDGE,
    "F9": Command.SIGN_OUT,
    "F10": Command.LEAVE,
    "F11": Command.STATUS,
    "F12": Command.USE,
}
_TYPED = {
    b".h": Command.HELP,
    b".m": Command.MENU,
    b".b": Command.BACK,
    b".u": Command.UNDO,
    b".c": Command.CANCEL,
    b".i": Command.INQUIRE,
    b".n": Command.MORE,
    b".l": Command.WHOLE,
    b".k": Command.ACKNOWLEDGE,
    b".o": Command.SIGN_OUT,
    b".q": Command.LEAVE,
    b".s": Command.STATUS,
    b".a": Command.USE,
}
COMMANDS = frozenset(_KEYS)
"""The keys that are commands."""
BARCODE_PREFIX = "CMD:"
_BARCODES = {f"{BARCODE_PREFIX}{command.name}".encode(): command for command in Command}
_WORDS = _TYPED | _BARCODES
_AIM = re.compile(rb"\][A-Za-z][0-9A-Za-z]")
_BEHIND_TEXT = re.compile(rb".+?(\][A-Za-z][0-9A-Za-z])?(CMD:[A-Z_]+)", re.IGNORECASE | re.DOTALL)


def command_of(entry: Entry) -> Command | None:
    """Return the command an entry is, whatever the question; AIM identifiers and letter case do not matter."""
    if entry.key:
        return _KEYS.get(entry.key)
    raw = entry.raw
    if raw[:1] == b"]" and len(raw) > 3:
        raw = raw[3:]
    command = _WORDS.get(raw)
    if command is None and raw[:1] in b".cC" and len(raw) < 20:
        return _TYPED.get(raw.lower()) or _BARCODES.get(raw.upper())
    return command


def parted(entry: Entry, is_known: Callable[[bytes], bool], *, scans_have_aim: bool = False) -> Entry:
    """An entry as it is meant: a command's barcode behind half-typed text is the command.

    The text is dropped, as before a key, and kept nowhere. What begins with an AIM identifier is a whole label, and so
    is what the site knows (``is_known``), what a scanner has sent that types nowhere, and, where ``scans_have_aim``, a
    command without its own: of those nothing is cut off.
    """
    raw = entry.raw
    is_typed = b":" in raw and entry.source in TERMINALS and command_of(entry) is None
    behind = _BEHIND_TEXT.fullmatch(raw) if is_typed else None
    if behind is None or behind[2].upper() not in _BARCODES or _AIM.match(raw) or is_known(raw):
        return entry
    return entry if scans_have_aim and not behind[1] else replace(entry, raw=behind[2], fault=Fault.DROPPED)


def forms(command: Command) -> str:
    """The key and the typed form of a command, as in ``F3 .b``."""
    key = next((key for key, known in _KEYS.items() if known is command), "")
    typed = next((typed.decode() for typed, known in _TYPED.items() if known is command), "")
    return f"{key} {typed}".strip()


def barcodes() -> dict[str, str]:
    """Return the printed code of each command, by the command's name."""
    return {command.value: code.decode() for code, command in _BARCODES.items()}
