"""What a keyboard types: presses and releases of keys, in a layout, become bytes, as a host would have them.

A press that means nothing here is told as lost: it stood for a sign that is not known, and a code without it is
another.
"""

import unicodedata
from collections.abc import Collection
from enum import Enum, IntEnum

from devices.readers.hid.keys import (
    ALT_DIGITS,
    CAPS_LOCK,
    CONTROLS,
    CTRLS,
    KEYPAD,
    LEFT_ALT,
    MODIFIERS,
    RIGHT_ALT,
    SHIFTS,
    SILENT,
)
from scanner_app.domain.capture.layouts import ACCENTS, US, Layout

ALT_DIGITS_MAX = 5
_CTRL_PLACES = {3: 0x00, 7: 0x1E, 12: 0x1F}
"""Ctrl and a place that types another sign than on a US keyboard, for those that no letter helps: 2, 6 and -."""


class Edge(IntEnum):
    """The values of a key event."""

    UP = 0
    DOWN = 1
    REPEAT = 2


class Lost(Enum):
    """A sign that is not known stood here."""

    SIGN = "sign"


Typed = bytes | Lost


class Typing:
    """The state of a keyboard: modifiers held, CapsLock, digits behind Alt, a dead sign. All of it is bounded."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._caps = False
        self.reset(())

    def reset(self, held: Collection[int], *, caps: bool | None = None) -> None:
        """Begin anew with the keys that are held now; ``caps`` None leaves CapsLock as it is."""
        self._held = set(held) & MODIFIERS
        self._caps = self._caps if caps is None else caps
        self._dead = ""
        self._digits = ""

    @property
    def is_pending(self) -> bool:
        """Whether something was begun that has typed nothing yet."""
        return bool(self._dead or self._digits)

    def key(self, code: int, edge: int) -> list[Typed]:
        """One event of a key. A key that is held types once: what repeats it is the kernel, and not the scanner."""
        if code in MODIFIERS:
            return self._modifier(code, edge)
        if edge != Edge.DOWN or code in SILENT:
            return []
        if code == CAPS_LOCK:
            self._caps = not self._caps
            return []
        if self._is_altgr:
            return self._sign(code, altgr=True)
        if LEFT_ALT in self._held:
            return self._alt(code)
        return self._control(code) if self._held & CTRLS else self._sign(code, altgr=False)

    @property
    def _is_altgr(self) -> bool:
        return RIGHT_ALT in self._held or (LEFT_ALT in self._held and bool(self._held & CTRLS))

    def _modifier(self, code: int, edge: int) -> list[Typed]:
        if edge == Edge.UP:
            self._held.discard(code)
            return self._alt_released() if code == LEFT_ALT else []
        self._held.add(code)
        return []

    def _alt(self, code: int) -> list[Typed]:
        digit = ALT_DIGITS.get(code, "")
        if not digit or len(self._digits) >= ALT_DIGITS_MAX:
            self._digits = ""
            return [Lost.SIGN]
        self._digits += digit
        return []

    def _alt_released(self) -> list[Typed]:
        digits, self._digits = self._digits, ""
        return self._put(sign_of_digits(digits)) if digits else []

    def _control(self, code: int) -> list[Typed]:
        """Ctrl and a key: the sign of the layout, else what stands there on a US keyboard, as a control character."""
        if code in CONTROLS:
            return [Lost.SIGN]
        for layout in (self._layout, US):
            sign = layout.sign(code, shift=bool(self._held & SHIFTS), altgr=False, caps=False).upper()
            if len(sign) == 1 and "@" <= sign <= "_":
                return self._put(chr(ord(sign) - 0x40))
        return self._put(chr(_CTRL_PLACES[code])) if code in _CTRL_PLACES else [Lost.SIGN]

    def _sign(self, code: int, *, altgr: bool) -> list[Typed]:
        if code in CONTROLS:
            return [*self._put(""), CONTROLS[code]]
        if code in KEYPAD:
            return self._put(KEYPAD[code])
        sign = self._layout.sign(code, shift=bool(self._held & SHIFTS), altgr=altgr, caps=self._caps)
        if not sign:
            return [*self._put(""), Lost.SIGN]
        if not self._layout.is_dead(sign, altgr=altgr):
            return self._put(sign)
        before, self._dead = self._put(""), sign
        return before

    def _put(self, sign: str) -> list[Typed]:
        """A sign, joined with the dead one before it; empty only has that one typed."""
        dead, self._dead = self._dead, ""
        text = joined(dead, sign) if dead else sign
        return [text.encode()] if text else []


def joined(dead: str, sign: str) -> str:
    """A dead sign and the next one.

    >>> joined("^", "e"), joined("^", " "), joined("^", "x")
    ('ê', '^', '^x')
    """
    if sign == " ":
        return dead
    one = unicodedata.normalize("NFC", sign + ACCENTS[dead]) if sign.isalpha() else ""
    return one if len(one) == 1 else dead + sign


def sign_of_digits(digits: str) -> str:
    """What digits behind Alt type: with a leading 0 of Windows' own set of signs, without of that of DOS.

    >>> sign_of_digits("029"), sign_of_digits("29"), sign_of_digits("0223"), sign_of_digits("225")
    ('\\x1d', '\\x1d', 'ß', 'ß')
    """
    number = int(digits) % 0x100
    if number < 0x80:
        return chr(number)
    return bytes((number,)).decode("cp1252" if digits[0] == "0" else "cp437", "replace")
