"""The readers beside the terminal, as the configuration wants them: wiring; each kind is loaded where there is one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from scanner_app.config import Config
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.capture.reader_state import ReaderTold
from scanner_app.domain.clock import Stamp
from scanner_app.reader_settings import SILENT, ReaderSettings, frame_bytes
from scanner_app.session.entries.answering import Answering

if TYPE_CHECKING:
    from devices.answers.answers import Answers
    from devices.finding.hotplug import HotPlug
    from devices.readers.hid.hid_reader import Line
    from devices.readers.reader import Answerable, Outlet
    from devices.readers.serial.serial_reader import Packets
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
    answer_through: Callable[["Answering"], None] = lambda _answering: None,
) -> Iterator[None]:
    """Every reader that is configured at work; ``tell`` hears how each is, in the reader's thread.

    ``answer_through`` is given who is to hear of entries, where a scanner is to be answered.

    Raises:
        DeviceError: the replay file cannot be read.
    """
    readers = _configured(config, submit, stamp, tell, answer_through)
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
    config: Config,
    submit: Callable[[Entry], None],
    stamp: Callable[[], Stamp],
    tell: Callable[[ReaderTold], None],
    answer_through: Callable[["Answering"], None],
) -> list[Running]:
    """What answers, what wakes readers that wait for their device, and every ``[[reader]]``; stopped in this order."""
    if not config.all_readers:
        return []
    from devices.finding.hotplug import HotPlug
    from devices.readers.reader import Outlet

    outlet, hotplug = Outlet(submit, stamp, tell, config.entry.length_max), HotPlug()
    if all(settings.profile == SILENT for settings in config.all_readers):
        return [hotplug, *(_reader(settings, outlet, hotplug) for settings in config.all_readers)]
    from devices.answers.answers import Answers

    answers = Answers(submit, tell)
    answer_through(answers)
    outlet = outlet._replace(submit=answers.submitted, tell=answers.told)
    return [answers, hotplug, *(_answered(settings, outlet, hotplug, answers) for settings in config.all_readers)]


def _answered(settings: ReaderSettings, outlet: "Outlet", hotplug: "HotPlug", answers: "Answers") -> Running:
    from devices.answers.profiles import PROFILES

    reader = _reader(settings, outlet, hotplug)
    if settings.profile != SILENT:
        answers.add(settings.name, cast("Answerable", reader), PROFILES[settings.profile])
    return reader


def _reader(settings: ReaderSettings, outlet: "Outlet", hotplug: "HotPlug") -> Running:
    kinds: dict[str, Callable[[ReaderSettings, Outlet, HotPlug], Running]] = {
        "serial": _serial, "hid_keyboard": _hid, "hid_pos": _hid, "tcp_listen": _tcp, "tcp_connect": _tcp,
    }  # fmt: skip
    return kinds[settings.kind](settings, outlet, hotplug)


def _serial(settings: ReaderSettings, outlet: "Outlet", hotplug: "HotPlug") -> Running:
    from msgspec import convert

    from devices.finding.device import Wanted
    from devices.readers.serial.port import LineSettings
    from devices.readers.serial.serial_reader import SerialReader

    wanted = convert(settings, Wanted, from_attributes=True)
    line = convert(settings, LineSettings, from_attributes=True)
    frame, packets = _frame(settings), _packets(settings)
    reader = SerialReader(settings.name, outlet, wanted=wanted, line=line, frame=frame, packets=packets)
    hotplug.subscribe(reader.wake)
    return reader


def _packets(settings: ReaderSettings) -> "Packets | None":
    """A gun that is answered in packets sends them, too."""
    if settings.profile != "zebra_ssi":
        return None
    from devices.answers.profiles import PROFILES
    from devices.readers.serial.serial_reader import Packets

    profile = PROFILES[settings.profile]
    return Packets(int(profile.patience_s * 1_000_000), profile.again)


def _hid(settings: ReaderSettings, outlet: "Outlet", hotplug: "HotPlug") -> Running:
    from msgspec import convert

    from devices.finding.device import Wanted
    from devices.readers.hid.hid_reader import HidReader

    wanted, line = convert(settings, Wanted, from_attributes=True), hid_line(settings, outlet)
    reader = HidReader(settings.name, outlet, kind=settings.kind, wanted=wanted, line=line)
    hotplug.subscribe(reader.wake)
    return reader


def _tcp(settings: ReaderSettings, outlet: "Outlet", _hotplug: "HotPlug") -> Running:
    from devices.readers.tcp.tcp_reader import TcpReader

    return TcpReader(
        settings.name,
        outlet,
        address=settings.address,
        listens=settings.kind == "tcp_listen",
        frame=_frame(settings),
        allow=settings.allow,
    )


def hid_line(settings: ReaderSettings, outlet: "Outlet") -> "Callable[[], Line]":
    """What makes entries of a HID scanner, anew whenever it is opened."""
    return _keyboard_line(settings, outlet) if settings.kind == "hid_keyboard" else _pos_line(settings, outlet)


def _keyboard_line(settings: ReaderSettings, outlet: "Outlet") -> "Callable[[], Line]":
    from devices.readers.hid.keyboard_line import KeyboardLine
    from scanner_app.domain.capture.framed import Framer
    from scanner_app.domain.capture.layouts import LAYOUTS

    layout, frame, length_max = LAYOUTS[settings.layout], _frame(settings), outlet.entry_length_max
    return lambda: KeyboardLine(layout, Framer(frame, Source.HID, settings.name, entry_length_max=length_max))


def _pos_line(settings: ReaderSettings, outlet: "Outlet") -> "Callable[[], Line]":
    from devices.readers.hid.pos_line import PosLine

    return lambda: PosLine(settings.name, entry_length_max=outlet.entry_length_max)


def _frame(settings: ReaderSettings) -> "Frame":
    from scanner_app.domain.capture.framed import Frame

    return Frame(frame_bytes(settings.prefix) or b"", frame_bytes(settings.suffix) or b"")
