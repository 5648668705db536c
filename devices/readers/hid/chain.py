"""Chains of reports: a code of a HID-POS scanner comes in one report, or in several of which all but the last say so.

The kernel drops reports without a sign. Whatever of a chain does not fit together is told as LOST, with all that comes
up to the end of a code, and nothing of it is data.
"""

import re

from devices.readers.hid.descriptor import ScanReport
from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.domain.clock import Stamp

_AIM = re.compile(rb"\][A-Za-z][0-9A-Za-z]")
_ENDS = b"\r\n\t"


class Chain:
    """What has come of a code. Memory is bounded by ``entry_length_max``."""

    def __init__(self, reports: tuple[ScanReport, ...], reader: str, *, entry_length_max: int) -> None:
        self._reports = {report.number: report for report in reports}
        self._reader = reader
        self._length_max = entry_length_max
        self._data = bytearray()
        self._reset()

    def _reset(self) -> None:
        self._data.clear()
        self._aim = b""
        self._fault = Fault.NONE
        self._has_begun = False

    @property
    def is_pending(self) -> bool:
        """Whether something has begun that was not told."""
        return self._has_begun or bool(self._fault)

    def feed(self, report: bytes, stamp: Stamp) -> list[Entry]:
        """Take a report as read; give back the code that it completes."""
        layout = self._reports.get(None) or self._reports.get(report[0] if report else None)
        if layout is None:
            return []
        if len(report) < layout.length:
            return self._ended(stamp, Fault.LOST)
        self._join(layout, report)
        if layout.continued is not None and layout.read(report, layout.continued):
            self._has_begun = True
            return []
        return self._ended(stamp)

    def spoil(self) -> None:
        """Note that reports were lost here: what has begun, and what comes up to the end of a code."""
        self._fault = Fault.LOST

    def cut(self, stamp: Stamp) -> list[Entry]:
        """The scanner went away: what it had begun is told."""
        told = [self._faulty(Fault.CUT, stamp)] if self.is_pending else []
        self._reset()
        return told

    def rest(self, stamp: Stamp) -> list[Entry]:
        """Nothing comes any more: what has begun is incomplete, and what comes later is a code of its own."""
        return self._ended(stamp, Fault.LOST) if self.is_pending else []

    def _join(self, layout: ScanReport, report: bytes) -> None:
        aim = bytes(layout.read(report, span) for span in layout.aim)
        aim = aim if _AIM.fullmatch(aim) else b""
        length, start = layout.read(report, layout.byte_count), layout.data.start // 8
        is_other = self._has_begun and aim not in (b"", self._aim)
        if is_other or length > layout.capacity:
            self._fault = Fault.LOST
        elif not self._fault:
            self._aim = self._aim or aim
            self._data += report[start : start + length]
            self._bound()

    def _bound(self) -> None:
        if len(self._data) > self._length_max + len(_ENDS):
            self._fault = Fault.TOO_LONG
            self._data.clear()

    def _ended(self, stamp: Stamp, fault: Fault = Fault.NONE) -> list[Entry]:
        raw = bytes(self._data).strip(_ENDS)
        if self._aim and raw and not raw.startswith(self._aim):
            raw = self._aim + raw
        fault = fault or self._fault or (Fault.TOO_LONG if len(raw) > self._length_max else Fault.NONE)
        self._reset()
        if fault:
            return [self._faulty(fault, stamp)]
        return [Entry(raw, Source.HID, stamp, reader=self._reader)] if raw else []

    def _faulty(self, fault: Fault, stamp: Stamp) -> Entry:
        return Entry(b"", Source.HID, stamp, fault=fault, reader=self._reader)
