"""Packets of Zebra's Simple Serial Interface: length, opcode, source, status, data, checksum; made and read."""

from typing import NamedTuple

DECODE_DATA = 0xF3
ACK, NAK, BEEP, SCAN_ENABLE = 0xD0, 0xD1, 0xE6, 0xE9
OF_HOST, OF_GUN = 0x04, 0x00
RESENT, CONTINUES = 0x01, 0x02
HEADER_BYTES, CHECKSUM_BYTES = 4, 2
PACKET_BYTES_MAX = 257
ONE_HIGH, TWO_HIGH, ERROR = 0x00, 0x01, 0x12
"""Beeps: one high and short, two of them, high-high-low-low."""


class Packet(NamedTuple):
    opcode: int
    status: int
    data: bytes


def packet(opcode: int, data: bytes = b"", *, source: int = OF_HOST, status: int = 0) -> bytes:
    """A packet with its checksum.

    >>> packet(ACK).hex(" ")
    '04 d0 04 00 ff 28'
    """
    body = bytes((HEADER_BYTES + len(data), opcode, source, status)) + data
    return body + (-sum(body) & 0xFFFF).to_bytes(CHECKSUM_BYTES, "big")


def unpacked(whole: bytes) -> Packet | None:
    """What a packet holds; None where its checksum is another."""
    body, check = whole[:-CHECKSUM_BYTES], whole[-CHECKSUM_BYTES:]
    if (sum(body) + int.from_bytes(check, "big")) & 0xFFFF:
        return None
    return Packet(body[1], body[3], body[HEADER_BYTES:])
