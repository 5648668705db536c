"""The kernel's marks of spoilt bytes (termios PARMRK): 0xFF 0x00 and the byte; a 0xFF that is data comes twice."""

from enum import Enum

MARK = 0xFF


class Spoilt(Enum):
    """A byte with a parity or framing error; BREAK is the line held low, by its plug or another speed."""

    BYTE = "byte"
    BREAK = "break"


class Marks:
    """Takes bytes as read from a port that marks; what is not decided yet waits for the next."""

    def __init__(self) -> None:
        self._begun = b""

    def feed(self, data: bytes) -> list[bytes | Spoilt]:
        """Data and what was spoilt, in order."""
        told: list[bytes | Spoilt] = []
        rest = self._begun + data
        while rest:
            plain, found, behind = rest.partition(b"\xff")
            if plain:
                told.append(plain)
            if not found:
                break
            length = 2 if behind[:1] != b"\x00" else 3
            if len(behind) < length - 1:
                self._begun = b"\xff" + behind
                return told
            told.append(_meaning(b"\xff" + behind[: length - 1]))
            rest = behind[length - 1 :]
        self._begun = b""
        return told


def _meaning(mark: bytes) -> bytes | Spoilt:
    if len(mark) == 3:
        return Spoilt.BREAK if mark[2] == 0 else Spoilt.BYTE
    return b"\xff" if mark[1] == MARK else mark
