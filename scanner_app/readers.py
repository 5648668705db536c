"""The readers beside the terminal, as the configuration wants them: a serial scanner, a file that is replayed."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from scanner_app.config import Config
from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.clock import Stamp


class Reader(Protocol):
    """A source of entries with a thread of its own."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


def open_readers(
    config: Config,
    submit: Callable[[Entry], None],
    stamp: Callable[[], Stamp],
    tell: Callable[[bool, str], None] = lambda _is_ready, _name: None,
) -> list[Reader]:
    """Start every reader that is configured; ``tell`` is called when one is ready or gone, in the reader's thread.

    Raises:
        DeviceError: the replay file cannot be read.
    """
    readers: list[Reader] = []
    if config.serial.port:
        from devices.readers.serial_port import PortState, SerialReader

        readers.append(
            SerialReader(
                config.serial.port,
                submit,
                stamp,
                lambda state: tell(state is PortState.OPEN, config.serial.port),
                baud_rate=config.serial.baud_rate,
                entry_length_max=config.entry.length_max,
            )
        )
    if config.replay.file:
        from devices.readers.replay import ReplayReader

        readers.append(ReplayReader(Path(config.replay.file), submit, stamp, rate_per_s=config.replay.rate_per_s))
    for reader in readers:
        reader.start()
    return readers
