"""A scanner on a serial port or USB-CDC: read in a thread of its own, and found again after it was unplugged."""

import enum
import random
import threading
from collections.abc import Callable

import serial

from scanner_app.domain.backoff import Backoff
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.capture.framing import Assembler
from scanner_app.domain.clock import Stamp

BACKOFF = Backoff(shortest_s=0.5, longest_s=10.0)
READ_TIMEOUT_S = 0.2
READ_BYTES_MAX = 4096


class PortState(enum.Enum):
    """What the port is doing, for the one who shows it."""

    CLOSED = "closed"
    OPEN = "open"
    MISSING = "missing"


class SerialReader:
    """Owns the port exclusively while it runs. A line cut by unplugging is dropped: half a code is no code.

    ``tell`` is called in the reader's thread whenever the state changes. Nothing runs before ``start``.
    """

    def __init__(
        self,
        path: str,
        submit: Callable[[Entry], None],
        stamp: Callable[[], Stamp],
        tell: Callable[[PortState], None],
        *,
        baud_rate: int,
        entry_length_max: int,
    ) -> None:
        self._path = path
        self._submit = submit
        self._stamp = stamp
        self._tell = tell
        self._baud_rate = baud_rate
        self._length_max = entry_length_max
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="serial", daemon=True)
        self._state = PortState.CLOSED

    @property
    def state(self) -> PortState:
        return self._state

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Close the port and end the thread."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                with self._opened() as port:
                    failures = 0
                    self._change(PortState.OPEN)
                    self._read(port)
            except (serial.SerialException, OSError):
                self._change(PortState.MISSING)
                failures += 1
                self._stopping.wait(BACKOFF.pause_s(failures, random.random()))
        self._change(PortState.CLOSED)

    def _opened(self) -> serial.Serial:
        return serial.Serial(self._path, self._baud_rate, timeout=READ_TIMEOUT_S, exclusive=True)

    def _read(self, port: serial.Serial) -> None:
        assembler = Assembler(Source.SERIAL, entry_length_max=self._length_max, terminal=False)
        while not self._stopping.is_set():
            data = port.read(1)
            if data:
                data += port.read(min(port.in_waiting, READ_BYTES_MAX))
            for result in assembler.feed(data, self._stamp()):
                if isinstance(result, Entry):
                    self._submit(result)

    def _change(self, state: PortState) -> None:
        if state is not self._state:
            self._state = state
            self._tell(state)
