"""Nodes of one device: a scanner often has several, keys for loudness or a way for updates beside that for codes."""

from pathlib import Path

_ENTER, _LETTER = 28, 30
_BARCODE_PAGE = b"\x05\x8c"
DESCRIPTOR_BYTES_MAX = 4096
WORD_BITS = 64


def types_codes(node: Path) -> bool:
    """Whether an input device has the keys of a keyboard; ``node`` is its folder under ``/sys/class``."""
    words = _read(node / "device/capabilities/key").split()
    keys = sum(int(word, 16) << WORD_BITS * place for place, word in enumerate(reversed(words)) if _is_hex(word))
    return bool(keys >> _ENTER & 1 and keys >> _LETTER & 1)


def reports_codes(node: Path) -> bool:
    """Whether the reports of a hidraw device are those of a scanner."""
    return _BARCODE_PAGE in _read(node / "device/report_descriptor")


def _is_hex(word: bytes) -> bool:
    return all(digit in b"0123456789abcdef" for digit in word)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(DESCRIPTOR_BYTES_MAX)
    except OSError:
        return b""
