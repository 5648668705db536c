"""A reader: bytes of one device become entries, in threads or processes of its own; it knows no warehouse."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.capture.reader_state import ReaderTold
from scanner_app.domain.clock import Stamp


class Outlet(NamedTuple):
    """Where a reader puts what it has: entries, and what it says of itself when that changes; from any thread.

    ``stamp`` is the device's clock, ``entry_length_max`` the bound on a line, in bytes.
    """

    submit: Callable[[Entry], None]
    stamp: Callable[[], Stamp]
    tell: Callable[[ReaderTold], None]
    entry_length_max: int


class Reader(Protocol):
    """Nothing runs before ``start``; ``stop`` returns when all is closed. Both are called once."""

    @property
    def name(self) -> str: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Answerable(Reader, Protocol):
    """A reader that can be answered."""

    def send(self, data: bytes, entry: Entry | None = None) -> bool:
        """Give the device bytes without waiting, from any thread; False where it is away or takes no more of them.

        ``entry`` is what they are an answer to, for a reader that hears several devices.
        """
