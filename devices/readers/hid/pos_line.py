"""The line of a HID-POS scanner: its reports become entries, by the descriptor that it gives itself."""

from devices.readers.hid.chain import Chain
from devices.readers.hid.descriptor import scan_reports
from devices.readers.hid.drain import SETTLE_US
from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.clock import Stamp


class PosLine:
    """Fed what a drain hands on of a HID-POS scanner; ``is_readable`` says whether it is one, once it is opened."""

    def __init__(self, reader: str, *, entry_length_max: int) -> None:
        self._reader = reader
        self._length_max = entry_length_max
        self._chain = Chain((), reader, entry_length_max=entry_length_max)
        self._settled_us = 0
        self.is_readable = False

    def opened(self, state: bytes, time_us: int) -> None:
        """The device is ours; ``state`` is its descriptor."""
        reports = scan_reports(state)
        self.is_readable = bool(reports)
        self._chain = Chain(reports, self._reader, entry_length_max=self._length_max)
        self._settled_us = time_us + SETTLE_US

    def lost(self, _state: bytes) -> None:
        self._chain.spoil()

    def feed(self, data: bytes, stamp: Stamp) -> list[Entry]:
        """One report. So soon behind the opening it may be the rest of a code."""
        if stamp.monotonic_us < self._settled_us:
            self._chain.spoil()
        return self._chain.feed(data, stamp)

    def cut(self, stamp: Stamp) -> list[Entry]:
        return self._chain.cut(stamp)

    def rest(self, stamp: Stamp) -> list[Entry]:
        return self._chain.rest(stamp)
