"""Each thing that should not come of a reader, and does: what its worker reads, and what whoever mends it reads."""

import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.finding.rules import FILE
from scanner_app.config import Config, load
from scanner_app.doctor.path.arrival import judged
from scanner_app.doctor.path.sheet import CODES
from scanner_app.doctor.readers import readers
from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.domain.capture.reader_state import ReaderWhy
from scanner_app.errors import ConfigError
from scanner_app.languages.language import ENGLISH
from scanner_app.reader_settings import ReaderSettings
from scanner_app.session.condition import READERS
from tests.devices.ordinary import as_ordinary_user
from tests.devices.sysfs import Sysfs
from tests.warehouse import Floor

NAMED = '[[reader]]\nname = "GUN-1"\npath = "/dev/gun"\n'


class Scene:
    """Somebody who works, a made sysfs, a configuration that is loaded; each says what it says."""

    def __init__(self, floor: Floor, folder: Path) -> None:
        self.floor, self.folder, self.sysfs = floor, folder, Sysfs(folder)

    def work(self, raw: str = "", fault: Fault = Fault.NONE, source: Source = Source.KEYBOARD) -> str:
        self.floor.move()
        reader = "GUN-1" if fault else ""
        self.floor.desk.take([Entry(raw.encode(), source, self.floor.clock.stamp(), fault=fault, reader=reader)])
        return self.floor.desk.view().message

    def doctor(self) -> str:
        gun = ReaderSettings("GUN-1", vendor="0c2e")
        return " ".join(check.sentence for check in readers(Config(readers=(gun,)), 0, self.sysfs.roots))

    def plug(self, port: str = "1-1", driver: str = "cdc_acm") -> Path:
        return self.sysfs.tty(self.sysfs.usb(port, "0c2e", "090a"), f"ttyACM{port[-1]}", driver)

    def not_allowed(self) -> str:
        self.plug().chmod(0o600 if os.geteuid() == 0 else 0)
        return as_ordinary_user(self.doctor)

    def two(self) -> str:
        for port in ("1-1", "1-2"):
            self.plug(port)
        return self.doctor()

    def modem(self) -> str:
        self.plug(driver="option")
        return self.doctor()

    def without_driver(self) -> str:
        self.sysfs.usb("1-1", "0c2e", "090a")
        return self.doctor()

    def taken(self) -> str:
        with socket.create_server(("127.0.0.1", 0)) as other:
            where = f"127.0.0.1:{other.getsockname()[1]}"
            gate = ReaderSettings("GATE", "tcp_listen", address=where)
            return " ".join(check.sentence for check in readers(Config(readers=(gate,)), 0, self.sysfs.roots))

    def config(self, text: str) -> str:
        (self.folder / "config.toml").write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            load(None, {}, self.folder)
        return str(caught.value)

    def path(self) -> str:
        """The sheet's plain code, of a US gun without a suffix at a German keyboard."""
        plain = CODES[0]
        typed = plain.text.translate(str.maketrans("-YZ", "ßZY")).encode()
        return " ".join(check.sentence for check in judged({plain.number: typed}, Config().entry))


def status(why: ReaderWhy) -> str:
    return ENGLISH.words(READERS[why], {"name": "GUN-1"})


@pytest.fixture
def scene(floor: Floor) -> Iterator[Scene]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Scene(floor, Path(folder))


Told = Callable[[Scene], str]
LINES: dict[str, tuple[tuple[Told, str], ...]] = {
    "a missing port": (
        (lambda _scene: status(ReaderWhy.GONE), "GUN-1 is gone. Check its plug."),
        (Scene.doctor, "the device with vendor 0c2e is not there. Plug it in, or change its table in config.toml."),
    ),
    "a missing driver": (
        (lambda _scene: status(ReaderWhy.NO_DRIVER), "GUN-1 cannot be set up. Tell IT."),
        (Scene.without_driver, "is plugged in, and no driver makes a tty device of it. Load its driver (cdc_acm,"),
    ),
    "no permission": (
        (lambda _scene: status(ReaderWhy.NOT_ALLOWED), "GUN-1: not allowed. Tell IT."),
        (Scene.not_allowed, f'in {FILE}: SUBSYSTEM=="tty", ATTRS{{idVendor}}=="0c2e", ATTRS{{idProduct}}=="090a"'),
    ),
    "another speed": (
        (lambda _scene: status(ReaderWhy.NOISE), "GUN-1: noise. Check its speed."),
        (lambda scene: scene.work(fault=Fault.LOST), "GUN-1: bytes lost. Scan again."),
    ),
    "a gun without a suffix": (
        (lambda _scene: status(ReaderWhy.UNENDED), "GUN-1 sends no end. Tell IT."),
        (lambda scene: scene.work(fault=Fault.UNENDED), "GUN-1 sends no end. Tell IT."),
        (Scene.path, "nothing comes behind a code: set CR as suffix of the scanner"),
    ),
    "a gun that is not set to its host's layout": (
        (lambda scene: scene.work("Aß01ß01"), "Keyboard DE, scanner US. Tell IT."),
        (lambda scene: scene.work("Aß01ß01", source=Source.HID), "Keyboard DE, scanner US. Tell IT."),
        (Scene.path, "the scanner types for US and this keyboard is DE: set the scanner to DE"),
    ),
    "a modem": (
        (lambda _scene: status(ReaderWhy.MODEM), "GUN-1 is a modem. Tell IT."),
        (Scene.modem, "is a modem (option). Name the scanner instead."),
    ),
    "a prefix of the wrong length": (
        (lambda scene: scene.work(fault=Fault.UNFRAMED), "GUN-1: wrong start. Tell IT."),
        (lambda scene: scene.config(f'{NAMED}prefix = "123456789"'), "(GUN-1) prefix must be names such as"),
    ),
    "two alike": (
        (lambda _scene: status(ReaderWhy.ALIKE), "GUN-1 is there twice: unplug one."),
        (Scene.two, "are alike. Tell them apart by serial, interface or path, or unplug one."),
    ),
    "two readers of one name": (
        (lambda scene: scene.config(NAMED + NAMED), "two readers are called GUN-1; give each a name of its own."),
    ),
    "a profile that does not exist": (
        (lambda scene: scene.config(f'{NAMED}profile = "acme"'), '[[reader]] 1 profile must be "none", "honeywell",'),
    ),
    "a gun that takes no answers": ((lambda _scene: status(ReaderWhy.DEAF), "GUN-1 takes no answers. Tell IT."),),
    "an address that others use": (
        (lambda _scene: status(ReaderWhy.ADDRESS), "GUN-1: address in use. Tell IT."),
        (Scene.taken, "is taken. If that is not this program, end it, or change the port."),
    ),
}  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_it_has_its_sentences_and_says_where_it_is_mended(scene: Scene, line: str) -> None:
    for tell, sentence in LINES[line]:
        assert sentence in tell(scene), line


def test_every_reason_and_every_fault_of_a_reader_has_its_line() -> None:
    asked = {sentence for told in LINES.values() for _tell, sentence in told}
    beside = {ReaderWhy.NOTHING, ReaderWhy.IN_USE, ReaderWhy.NO_PORT}
    assert {status(why) for why in set(ReaderWhy) - beside} <= asked
