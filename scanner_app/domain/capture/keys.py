"""The escape sequences of terminals: which bytes are a key, a reply, a report to drop, or nothing known.

Forms covered: vt (``ESC O P``), xterm (``ESC [ 1 ; 2 P``), tilde (``ESC [ 15 ~``), Linux console (``ESC [ [ A``),
rxvt, ``CSI u`` and modifyOtherKeys as kitty and xterm send them.
"""

import re
from typing import NamedTuple

SEQUENCE_LENGTH_MAX = 32
ESC = 0x1B


class More(NamedTuple):
    """Another byte is needed to tell."""


class Unknown(NamedTuple):
    """No terminal sends this: it is data."""


class Dropped(NamedTuple):
    """A focus or mouse report, a paste marker, the release of a key: means nothing here."""


class Reply(NamedTuple):
    """The terminal answers a question of the screen."""


class Key(NamedTuple):
    """A key without a character, as "F3", "PageUp", "Shift+Tab"."""

    name: str


class Bytes(NamedTuple):
    """A key that stands for these bytes, Enter and Backspace among them."""

    raw: bytes


Recognised = More | Unknown | Dropped | Reply | Key | Bytes

_LETTERS = {
    "A": "Up", "B": "Down", "C": "Right", "D": "Left", "F": "End", "H": "Home",
    "P": "F1", "Q": "F2", "R": "F3", "S": "F4",
}  # fmt: skip
_LINUX = {b"A"[0] + i: f"F{i + 1}" for i in range(5)}
_TILDE = {
    1: "Home", 2: "Insert", 3: "Delete", 4: "End", 5: "PageUp", 6: "PageDown", 7: "Home", 8: "End",
    **{11 + i: f"F{i + 1}" for i in range(5)},
    **{17 + i: f"F{i + 6}" for i in range(5)},
    23: "F11", 24: "F12",
}  # fmt: skip
COMMANDING = frozenset({*(f"F{number}" for number in range(1, 13)), "PageUp", "PageDown"})
"""Keys that say something to the program. What is half typed before one belongs to the question that it leaves."""
CLEARING = "Delete"
"""The key that empties the line."""
_KEYPAD = {"M": b"\r", "X": b"=", **{chr(ord("j") + i): bytes((byte,)) for i, byte in enumerate(b"*+,-./0123456789")}}
"""The keypad in application mode, as some terminals send it: a scanner may type its digits by the keypad."""
_KITTY_KEYPAD = {57399 + i: byte for i, byte in enumerate(b"0123456789./*-+\r=,")}
_KITTY = {57364 + i: f"F{i + 1}" for i in range(12)}

_CSI = re.compile(rb"\x1b\[([<=>?]?)([0-9:;]*)([ -/]*)([@-~])")
_CSI_SO_FAR = re.compile(rb"\x1b\[[<=>?]?[0-9:;]*[ -/]*")


def recognised(sequence: bytes) -> Recognised:
    """What a sequence beginning with ESC is, or that it needs another byte."""
    if len(sequence) > SEQUENCE_LENGTH_MAX:
        return Unknown()
    if sequence in (b"\x1b", b"\x1bO"):
        return More()
    if sequence.startswith(b"\x1bO"):
        return _single_shift(chr(sequence[2]))
    if sequence.startswith(b"\x1b[["):
        return _linux(sequence)
    if sequence.startswith(b"\x1b[M"):
        return _old_mouse(sequence)
    return _control(sequence)


def _single_shift(final: str) -> Recognised:
    if final in _KEYPAD:
        return Bytes(_KEYPAD[final])
    name = _LETTERS.get(final)
    return Key(name) if name else Unknown()


def _linux(sequence: bytes) -> Recognised:
    """F1 to F5 of the Linux console: ``ESC [ [ A`` and on."""
    if len(sequence) == 3:
        return More()
    name = _LINUX.get(sequence[3])
    return Key(name) if name else Unknown()


def _old_mouse(sequence: bytes) -> Recognised:
    """``ESC [ M`` and three bytes, none of them a control."""
    if sequence[-1] < 0x20:
        return Unknown()
    return Dropped() if len(sequence) == 6 else More()


def _control(sequence: bytes) -> Recognised:
    match = _CSI.fullmatch(sequence)
    if match is None:
        return More() if _CSI_SO_FAR.fullmatch(sequence) else Unknown()
    private, parameters, middle, final = (group.decode("ascii") for group in match.groups())
    if private or middle:
        return _private(private, middle, final)
    return _plain(parameters, final)


def _private(private: str, middle: str, final: str) -> Recognised:
    if private == "<" and final in "Mm":
        return Dropped()
    is_reply = (private == "?" and middle == "$" and final == "y") or (
        not middle and final in "cnu" and private in "?>="
    )
    return Reply() if is_reply else Unknown()


def _plain(parameters: str, final: str) -> Recognised:
    numbers = _numbers(parameters)
    if (not parameters and final in "IO") or (final == "M" and len(numbers) == 3):
        return Dropped()
    if (final in "Rcn" and parameters) or (final == "t" and numbers[0] in (4, 8, 48)):
        return Reply()
    return _pressed_key(numbers, parameters, final)


def _pressed_key(numbers: list[int], parameters: str, final: str) -> Recognised:
    if final == "Z":
        return Key("Shift+Tab")
    if final == "u":
        return _unicode_key(parameters)
    if final == "~":
        return _tilde(numbers, parameters)
    if final in _LETTERS and (not parameters or (numbers[0] == 1 and len(numbers) == 2)):
        return _pressed(_LETTERS[final], parameters)
    return Unknown()


def _tilde(numbers: list[int], parameters: str) -> Recognised:
    if parameters in ("200", "201"):
        return Dropped()
    if numbers[0] == 27 and len(numbers) == 3:
        return _unicode_key(f"{numbers[2]};{numbers[1]}")
    name = _TILDE.get(numbers[0])
    return _pressed(name, parameters) if name else Unknown()


def _pressed(name: str, parameters: str) -> Recognised:
    modifiers, event = _modifiers(parameters)
    return Dropped() if event == 3 else Key(_prefix(modifiers) + name)


def _unicode_key(parameters: str) -> Recognised:
    """``code ; modifiers : event ; text``: text where there is some, else the character with its modifiers."""
    code = _numbers(parameters)[0]
    modifiers, event = _modifiers(parameters)
    if event == 3 or code == ESC:
        return Dropped()
    if code in _KITTY:
        return Key(_prefix(modifiers) + _KITTY[code])
    if code in _KITTY_KEYPAD:
        return Bytes(bytes((_KITTY_KEYPAD[code],)))
    if code == 9 and modifiers & 1:
        return Key("Shift+Tab")
    fields = parameters.split(";")
    points = _points(fields[2]) if len(fields) > 2 and fields[2] else [code]
    if 57344 <= code <= 63743 and points == [code]:
        return Dropped()
    if modifiers & 4 and 0x40 <= code <= 0x7E:
        points = [code & 0x1F]
    return Bytes(b"".join(_utf8(point) for point in points))


def _modifiers(parameters: str) -> tuple[int, int]:
    """Shift 1, Alt 2, Ctrl 4 (locks left out), and the event: 1 press, 2 repeat, 3 release."""
    fields = parameters.split(";")
    if len(fields) < 2 or not fields[1]:
        return 0, 1
    numbers = _points(fields[1])
    return max(0, numbers[0] - 1) & 0b111, numbers[1] if len(numbers) > 1 else 1


def _prefix(modifiers: int) -> str:
    names = (("Ctrl+", 4), ("Alt+", 2), ("Shift+", 1))
    return "".join(name for name, bit in names if modifiers & bit)


def _numbers(parameters: str) -> list[int]:
    return [int(field.split(":")[0] or "1") for field in parameters.split(";")]


def _points(field: str) -> list[int]:
    return [int(part or "0") for part in field.split(":")]


def _utf8(point: int) -> bytes:
    return chr(min(point, 0x10FFFF)).encode("utf-8", "replace")
