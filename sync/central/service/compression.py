"""Gzip compression of bodies: on the way in within bounds, on the way out where it is worth the time."""

import zlib

from sync.central.exchange.troubles import TroubleError

GZIP = "gzip"
_GZIP_BITS = 31
_GZIP_BYTES_MIN = 18
_SIZE_BYTES = 4
"""The last bytes of a stream tell how much it holds (RFC 1952, ISIZE)."""
_LEVEL = 1
"""The quickest: of five bytes it saves four, and a higher one hardly more at several times the cost."""


def unpacked(body: bytes, bytes_max: int) -> bytes:
    """Return what a compressed body holds.

    Raises:
        TroubleError: ``malformed``, also when it holds more than ``bytes_max``, which is what it says of itself.
    """
    stream = zlib.decompressobj(_GZIP_BITS)
    try:
        plain = stream.decompress(body, bytes_max + 1)
    except zlib.error as trouble:
        raise TroubleError("malformed") from trouble
    if len(plain) > bytes_max:
        raise TroubleError("malformed")
    if not stream.eof or stream.unused_data:
        raise TroubleError("malformed")
    return plain


def told_size(body: bytes, bytes_max: int) -> int:
    """How much a compressed body says that it holds, at its end; one that holds more is malformed.

    Raises:
        TroubleError: ``too_large``, when that is more than ``bytes_max``; ``malformed`` when it is no gzip.
    """
    if len(body) < _GZIP_BYTES_MIN:
        raise TroubleError("malformed")
    size = int.from_bytes(body[-_SIZE_BYTES:], "little")
    if size > bytes_max:
        raise TroubleError("too_large")
    return size


def packed(body: bytes) -> bytes:
    stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP_BITS)
    return stream.compress(body) + stream.flush()


def takes_gzip(accepted: str) -> bool:
    """Say whether a header ``Accept-Encoding`` allows gzip (RFC 9110, 12.5.3)."""
    for part in accepted.lower().split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip() in (GZIP, "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
