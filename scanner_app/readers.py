"""The readers beside the terminal, as the configuration wants them: wiring; each kind is loaded where there is one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from scanner_app.config import Config
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.capture.reader_state import ReaderTold
from scanner_app.domain.clock import Stamp
from scanner_app.errors import DeviceError
from scanner_app.reader_settings import ReaderSettings, frame_bytes

if TYPE_CHECKING:
    from devices.finding.hotplug import HotPlug
    from devices.readers.hid.hid_reader import Line
    from devices.readers.reader import Outlet
    from scanner_app.domain.capture.framed import Frame


class Running(Protocol):
    """A source of entries with a thread of its own."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


@contextmanager
def reading(
    config: Config,
    submit: Callable[[Entry], None],
    stamp: Callable[[], Stamp],
    tell: Callable[[ReaderTold], None] = lambda _told: None,
) -> Iterator[None]:
    """Every reader that is configured at work; ``tell`` hears how each is, in the reader's thread.

    Raises:
        DeviceError: the replay file cannot be read, or there is no reader of a kind.
    """
    readers = _configured(config, submit, stamp, tell)
    if config.replay.file:
        from devices.readers.replay import ReplayReader

        readers.append(ReplayReader(Path(config.replay.file), submit, stamp, rate_per_s=config.replay.rate_per_s))
    started: list[Running] = []
    try:
        for reader in readers:
            reader.start()
            started.append(reader)
        yield
    finally:
        for reader in started:
            reader.stop()


def _configured(
    config: Config, submit: Callable[[Entry], None], stamp: Callable[[], Stamp], tell: Callable[[ReaderTold], None]
) -> list[Running]:
    """Every ``[[reader]]``, and what wakes those that wait for their device; stopped in the same order."""
    if not config.all_readers:
        return []
    from devices.finding.hotplug import HotPlug
    from devices.readers.reader import Outlet

    outlet, hotplug = Outlet(submit, stamp, tell, config.entry.length_max), HotPlug()
    return [hotplug, *(_reader(settings, outlet, hotplug) for settings in config.all_readers)]


def _reader(settings: ReaderSettings, outlet: "Outlet", hotplug: "HotPlug") -> Running:
    kinds: dict[str, Callable[[ReaderSettings, Outlet, HotPlug], Running]] = {
        "serial": _serial, "hid_keyboard": _hid, "hid_pos": _hid,
    }  # fmt: skip
    if (make := kinds.get(settings.kind)) is None:
        raise DeviceError(
            f"No reader of kind {settings.kind} can be opened yet. Take {settings.name} out of config.toml."
        )
    return make(settings, outlet, hotplug)


def _serial(settings: ReaderSettings, outlet: "Outlet", hotplug: "HotPlug") -> Running:
    from msgspec import convert

    from devices.finding.finding import Wanted
    from devices.readers.serial.port import LineSettings
    from devices.readers.serial.serial_reader import SerialReader

    wanted = convert(settings, Wanted, from_attributes=True)
    line = convert(settings, LineSettings, from_attributes=True)
    reader = SerialReader(settings.name, outlet, wanted=wanted, line=line, frame=_frame(settings))
    hotplug.subscribe(reader.wake)
    return reader


def _hid(settings: ReaderSettings, outlet: "Outlet", hotplug: "HotPlug") -> Running:
    from msgspec import convert

    from devices.finding.finding import Wanted
    from devices.readers.hid.hid_reader import HidReader

    wanted, line = convert(settings, Wanted, from_attributes=True), hid_line(settings, outlet)
    reader = HidReader(settings.name, outlet, kind=settings.kind, wanted=wanted, line=line)
    hotplug.subscribe(reader.wake)
    return reader


def hid_line(settings: ReaderSettings, outlet: "Outlet") -> "Callable[[], Line]":
    """What makes entries of a HID scanner, anew whenever it is opened."""
    return _keyboard_line(settings, outlet) if settings.kind == "hid_keyboard" else _pos_line(settings, outlet)


def _keyboard_line(settings: ReaderSettings, outlet: "Outlet") -> "Callable[[], Line]":
    from devices.readers.hid.keyboard_line import KeyboardLine
    from devices.readers.hid.layouts import LAYOUTS
    from scanner_app.domain.capture.framed import Framer

    layout, frame, length_max = LAYOUTS[settings.layout], _frame(settings), outlet.entry_length_max
    return lambda: KeyboardLine(layout, Framer(frame, Source.HID, settings.name, entry_length_max=length_max))


def _pos_line(settings: ReaderSettings, outlet: "Outlet") -> "Callable[[], Line]":
    from devices.readers.hid.pos_line import PosLine

    return lambda: PosLine(settings.name, entry_length_max=outlet.entry_length_max)


def _frame(settings: ReaderSettings) -> "Frame":
    from scanner_app.domain.capture.framed import Frame

    return Frame(frame_bytes(settings.prefix) or b"", frame_bytes(settings.suffix) or b"")
