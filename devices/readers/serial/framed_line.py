"""What a serial reader makes entries with: a framer of lines, or of packets that a gun wants to be answered."""

from typing import Protocol

from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.clock import Stamp


class FramedLine(Protocol):
    """The state of a line since the port was opened."""

    @property
    def is_pending(self) -> bool: ...

    def feed(self, data: bytes, stamp: Stamp) -> list[Entry]: ...

    def spoil(self, *, is_break: bool = False) -> None: ...

    def cut(self, stamp: Stamp) -> list[Entry]: ...

    def rest(self, stamp: Stamp) -> list[Entry]: ...
