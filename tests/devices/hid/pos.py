"""A HID-POS scanner, in bytes: its report descriptor, and the reports in which it sends a code."""

from collections.abc import Iterator

REPORT = 2
CAPACITY = 56
LENGTH = 64


def _usages(*usages: int) -> bytes:
    return b"".join(bytes((0x09, usage)) for usage in usages)


DESCRIPTOR = b"".join(
    (
        b"\x05\x8c", _usages(0x02), b"\xa1\x01",
        _usages(0x12), b"\xa1\x02", bytes((0x85, REPORT)), b"\x15\x00\x26\xff\x00\x75\x08",
        b"\x95\x01\x05\x01", _usages(0x3B), b"\x81\x02",
        b"\x95\x03\x05\x8c", _usages(0xFB, 0xFC, 0xFD), b"\x81\x02",
        bytes((0x95, CAPACITY)), _usages(0xFE), b"\x82\x02\x01",
        b"\x95\x02\x81\x03",
        b"\x75\x01\x95\x01\x25\x01", _usages(0xFF), b"\x81\x02", b"\x75\x07\x81\x03",
        b"\xc0",
        _usages(0x14), b"\xa1\x02\x85\x04\x75\x01\x95\x08", _usages(0x00), b"\x91\x02\xc0", b"\xc0",
    )
)  # fmt: skip
"""As such scanners have it: 64 bytes with number, length, AIM identifier, 56 of data, two that mean nothing, flags."""


def report(data: bytes, aim: bytes = b"]C1", *, continued: bool = False) -> bytes:
    body = bytes((REPORT, len(data))) + aim.ljust(3, b"\0") + data.ljust(CAPACITY, b"\0")
    return body.ljust(LENGTH - 1, b"\0") + bytes((continued,))


def reports(code: bytes, aim: bytes = b"]C1") -> Iterator[bytes]:
    """A code in as many reports as it takes."""
    parts = [code[start : start + CAPACITY] for start in range(0, len(code), CAPACITY)] or [b""]
    for place, part in enumerate(parts):
        yield report(part, aim, continued=place + 1 < len(parts))
