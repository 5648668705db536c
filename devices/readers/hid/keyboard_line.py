"""The line of a HID keyboard: events of its keys become bytes, and these entries between prefix and suffix."""

from devices.readers.hid.drain import EV_KEY, EVENT, KEY_BYTES, SETTLE_US
from devices.readers.hid.keys import KEYS_MAX
from devices.readers.hid.typed import Lost, Typing
from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.capture.framed import Framer
from scanner_app.domain.capture.layouts import Layout
from scanner_app.domain.clock import Stamp


class KeyboardLine:
    """Fed what a drain hands on of a keyboard."""

    is_readable = True

    def __init__(self, layout: Layout, framer: Framer) -> None:
        self._typing = Typing(layout)
        self._framer = framer
        self._settled_us = 0

    def opened(self, state: bytes, time_us: int) -> None:
        """The device is ours: what is held then was typed to somebody else, and a code with it is lost."""
        self._settled_us = time_us + SETTLE_US
        held = held_keys(state)
        self._typing.reset(held, caps=bool(state[:1].strip(b"\0")))
        if held:
            self._framer.spoil()

    def lost(self, state: bytes) -> None:
        """Events were lost: what has begun is none, and which keys are held is known anew."""
        self._typing.reset(held_keys(state))
        self._framer.spoil()

    def feed(self, data: bytes, stamp: Stamp) -> list[Entry]:
        """Events as the kernel gives them."""
        entries: list[Entry] = []
        for seconds, micros, kind, code, value in EVENT.iter_unpack(data[: len(data) - len(data) % EVENT.size]):
            if kind != EV_KEY:
                continue
            for piece in self._typing.key(code, value):
                if isinstance(piece, Lost) or seconds * 1_000_000 + micros < self._settled_us:
                    self._framer.spoil()
                if isinstance(piece, bytes):
                    entries += self._framer.feed(piece, stamp)
        return entries

    def cut(self, stamp: Stamp) -> list[Entry]:
        self._spoil_begun()
        return self._framer.cut(stamp)

    def rest(self, stamp: Stamp) -> list[Entry]:
        self._spoil_begun()
        return self._framer.rest(stamp)

    def _spoil_begun(self) -> None:
        """Digits behind Alt, or an accent, with nothing behind them are half a code, too."""
        if self._typing.is_pending:
            self._typing.reset(())
            self._framer.spoil()


def held_keys(state: bytes) -> set[int]:
    """Which keys are held, by the bits of a state; none where there is no state."""
    bits = int.from_bytes(state[1 : 1 + KEY_BYTES], "little")
    return {code for code in range(KEYS_MAX) if bits >> code & 1}
