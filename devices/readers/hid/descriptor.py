"""Report descriptors of HID: where in its reports a HID-POS scanner puts what it has read.

The usages are those of the HID Point of Sale tables: page 0x8C, *decoded data*, its three bytes of symbology, and
*decode data continued*; how many bytes count is a *byte count* of the generic page.
"""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

BARCODE_PAGE, GENERIC_PAGE = 0x8C, 0x01
AIM_1, AIM_2, AIM_3, DATA, CONTINUED = 0xFB, 0xFC, 0xFD, 0xFE, 0xFF
BYTE_COUNT = 0x3B
STACK_MAX = 16
USAGES_MAX = 1024
REPORT_BITS_MAX = 4096 * 8
_LONG = 0xFE


class Item(NamedTuple):
    """One item: ``tag`` is its first byte without the size."""

    tag: int
    value: bytes

    @property
    def number(self) -> int:
        return int.from_bytes(self.value, "little")


_USAGE_PAGE, _REPORT_SIZE, _REPORT_ID, _REPORT_COUNT, _PUSH, _POP = 0x04, 0x74, 0x84, 0x94, 0xA4, 0xB4
_USAGE, _USAGE_MIN, _USAGE_MAX = 0x08, 0x18, 0x28
_INPUT, _OUTPUT, _FEATURE, _COLLECTION, _END = 0x80, 0x90, 0xB0, 0xA0, 0xC0
_MAIN = frozenset((_INPUT, _OUTPUT, _FEATURE, _COLLECTION, _END))


class Span(Struct, frozen=True):
    """Where elements of one usage stand in a report, in bits behind its number; they follow each other."""

    start: int
    size: int
    count: int


class ScanReport(Struct, frozen=True):
    """A report with decoded data. ``number`` None: reports have none. All places are in bits, the number counted."""

    number: int | None
    length: int
    data: Span
    byte_count: Span
    aim: tuple[Span, ...] = ()
    continued: Span | None = None

    @property
    def capacity(self) -> int:
        return self.data.count

    def read(self, report: bytes, span: Span) -> int:
        """The number in a span of one element."""
        first, last = span.start // 8, (span.start + span.size + 7) // 8
        return int.from_bytes(report[first:last], "little") >> span.start % 8 & (1 << span.size) - 1


class _Globals(Struct, frozen=True):
    page: int = 0
    size: int = 0
    count: int = 0
    number: int | None = None


class _DescriptorError(Exception):
    """The descriptor is none."""


def scan_reports(descriptor: bytes) -> tuple[ScanReport, ...]:
    """The reports that bring codes; none where the device is no such scanner, or its descriptor is none at all."""
    try:
        fields = _Fields()
        for item in _items(descriptor):
            fields.take(item)
    except _DescriptorError:
        return ()
    return tuple(report for report in map(fields.report_of, fields.spans) if report is not None)


def _items(descriptor: bytes) -> Iterator[Item]:
    place = 0
    while place < len(descriptor):
        head = descriptor[place]
        if head == _LONG:
            place += 3 + (descriptor[place + 1] if place + 1 < len(descriptor) else 0)
            continue
        size = (0, 1, 2, 4)[head & 3]
        value = descriptor[place + 1 : place + 1 + size]
        if len(value) < size:
            raise _DescriptorError
        yield Item(head & 0xFC, value)
        place += 1 + size


class _Fields:
    """The state of a parser: global items, the usages of the next main item, and what was found by number."""

    def __init__(self) -> None:
        self._now = _Globals()
        self._stack: list[_Globals] = []
        self._usages: list[tuple[int, int]] = []
        self._minimum = 0
        self.spans: dict[int | None, dict[tuple[int, int], Span]] = {}
        self._lengths: dict[int | None, int] = {}

    def take(self, item: Item) -> None:
        if item.tag in _MAIN:
            if item.tag == _INPUT:
                self._input(is_constant=bool(item.number & 1))
            self._usages, self._minimum = [], 0
        elif item.tag in (_USAGE, _USAGE_MIN, _USAGE_MAX):
            self._usage(item)
        else:
            self._global(item)

    def _global(self, item: Item) -> None:
        now = self._now
        if item.tag == _PUSH and len(self._stack) < STACK_MAX:
            self._stack.append(now)
        elif item.tag == _POP and self._stack:
            self._now = self._stack.pop()
        elif item.tag in (_PUSH, _POP):
            raise _DescriptorError
        elif item.tag == _USAGE_PAGE:
            self._now = _Globals(item.number, now.size, now.count, now.number)
        elif item.tag == _REPORT_SIZE:
            self._now = _Globals(now.page, item.number, now.count, now.number)
        elif item.tag == _REPORT_COUNT:
            self._now = _Globals(now.page, now.size, item.number, now.number)
        elif item.tag == _REPORT_ID:
            self._now = _Globals(now.page, now.size, now.count, item.number & 0xFF)

    def _usage(self, item: Item) -> None:
        page, usage = (
            (item.number >> 16, item.number & 0xFFFF) if len(item.value) == 4 else (self._now.page, item.number)
        )
        if item.tag == _USAGE_MIN:
            self._minimum = usage
            return
        first = self._minimum if item.tag == _USAGE_MAX else usage
        if usage - first + len(self._usages) >= USAGES_MAX:
            raise _DescriptorError
        self._usages += [(page, one) for one in range(first, usage + 1)]

    def _input(self, *, is_constant: bool) -> None:
        """Elements one after the other; the last usage is that of all that are left."""
        now = self._now
        start = self._lengths.get(now.number, 8 if now.number is not None else 0)
        if now.size * now.count > REPORT_BITS_MAX - start:
            raise _DescriptorError
        self._lengths[now.number] = start + now.size * now.count
        if is_constant or not self._usages or not now.count:
            return
        spans = self.spans.setdefault(now.number, {})
        alone = self._usages[: now.count - 1] if len(self._usages) >= now.count else self._usages[:-1]
        for place, usage in enumerate(alone):
            spans.setdefault(usage, Span(start + place * now.size, now.size, 1))
        last = self._usages[len(alone)]
        spans.setdefault(last, Span(start + len(alone) * now.size, now.size, now.count - len(alone)))

    def report_of(self, number: int | None) -> ScanReport | None:
        """The report as one that brings codes; None where it does not, or not in whole bytes."""
        spans = self.spans[number]
        data, count = spans.get((BARCODE_PAGE, DATA)), spans.get((GENERIC_PAGE, BYTE_COUNT))
        if data is None or count is None or data.size != 8 or data.start % 8 or not 0 < count.size <= 32:
            return None
        aim = tuple(span for usage in (AIM_1, AIM_2, AIM_3) if (span := spans.get((BARCODE_PAGE, usage))))
        if len(aim) == 1 and aim[0].count == 3:
            aim = tuple(Span(aim[0].start + place * aim[0].size, aim[0].size, 1) for place in range(3))
        is_aim = len(aim) == 3 and all(span.size == 8 for span in aim)
        length = (self._lengths[number] + 7) // 8
        return ScanReport(number, length, data, count, aim if is_aim else (), spans.get((BARCODE_PAGE, CONTINUED)))
