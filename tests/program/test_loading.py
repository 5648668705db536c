"""What is loaded when: little before the first prompt, no reader that is not configured, and nothing by any scan."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scanner_app.domain.people import Operator
from scanner_app.session.guard import argon2_hash
from tests.warehouse import GTIN, PIN, filled

ROOT = Path(__file__).parents[2]
FIRST = (
    "import sys, scanner_app.__main__, scanner_app.cli.main, scanner_app.app, scanner_app.readers, screens.streams, "
)
FIRST += "screens.face, screens.line; print(*sys.modules)"
FOREIGN = {"click", "msgspec", "platformdirs", "rich", "textual", "typing_extensions"}
"""All that is not ours and not Python's own."""
AT_WORK = """
import sys
import scanner_app.cli.main, scanner_app.app, scanner_app.readers, screens.streams, screens.face, screens.line
from scanner_app.config import Config, Device
from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.warm_up import load
station = scanner_app.app.Station(Config(device=Device(data_dir=sys.argv[1])), {})
station.session.clock.learn()
station.seat.show()
load()
known = set(sys.modules)
for line in sys.argv[2:]:
    is_key, is_cut = line.startswith("key:"), line == "cut"
    raw = b"" if is_key or is_cut else line.encode()
    key, fault = line[4:] if is_key else "", Fault.CUT if is_cut else Fault.NONE
    station.seat.take([Entry(raw, Source.SERIAL, station.clock.stamp(), key, fault, "GUN-1")])
    view = station.seat.views.latest()
    print(f"{line!r}: {view.title}: {view.message}: {sorted(set(sys.modules) - known)}")
    known |= set(sys.modules)
"""
LABEL = f"01{GTIN:0>14}"
RECOGNISED = (
    f"({LABEL[:2]}){LABEL[2:]}(10)L1", "key:F8", f"{LABEL}10L1~21S1", "key:F8", "+H7R9PUMP11/$$3261231L1J", "key:F8",
    "[)>\x1e06\x1dPGLUE-5\x1e\x04", "key:F8", "[)>\x1e05\x1d10L1", "key:F8", "1ZX37W960312345677", "key:F8",
    "ISBN 3-16-148410-X", "key:F8", "WIFI:S:a;;", "key:F8", "https://id.gs1.org/AQdLf1eHZa0", "key:F8",
    "]C1421276AB\x1d8007DE02120300000000202051", "key:F8", "]C180134006381Shelf7BU", "key:F8",
)  # fmt: skip
"""A code of every kind that is recognised."""
SCANS = (
    "B-1001", PIN, "1", "A-01-01", GTIN, f"]E0{GTIN}", "key:F4", f"]C1{LABEL}", "key:F8", f"{LABEL}10L1\x1d17270131",
    "key:F8", "5", "A-01-05", "cut", "key:F8", "no such code", "key:F8", "\x02bad", "key:F8", "340123450000000017",
    "key:F8",
    "CMD:INQUIRE", GTIN, "key:F3", ".s", ".b", ".h", ".b", f"]Q1https://id.gs1.org/01/{GTIN}", "key:F8", *RECOGNISED,
    "key:F2", "8",
)  # fmt: skip


def python(program: str, *arguments: str) -> str:
    environ = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environ, cwd="/")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_prompt_waits_for_no_reader_and_no_library_but_these() -> None:
    loaded = python(FIRST).split()
    assert [name for name in loaded if name.startswith("devices.")] == ["devices.clock"]
    ours = {"scanner_app", "screens", "devices", "__main__", "sitecustomize", "usercustomize"}  # or the machine's
    foreign = {name.partition(".")[0] for name in loaded} - ours - sys.stdlib_module_names
    assert {name for name in foreign if not name.startswith("_")} == FOREIGN


def test_no_scan_loads_anything(tmp_path: Path) -> None:
    filled(tmp_path / "device", [Operator("1001", "Worker 1001", "B-1001", argon2_hash(PIN.encode()))]).close()
    told = python(AT_WORK, str(tmp_path / "device"), *SCANS).splitlines()
    assert len(told) == len(SCANS)
    assert [line for line in told if not line.endswith(": []")] == []
    assert any("half a scan" in line for line in told)
    assert sum(": Move:" in line for line in told) > 5, told


CONFIGURED = """
import sys, time
import scanner_app.readers
from scanner_app.config import Config
from scanner_app.domain.clock import Stamp
from scanner_app.reader_settings import ReaderSettings
told = []
config = Config(readers=(ReaderSettings("GUN-1", kind=sys.argv[1], path="/nonexistent"),))
with scanner_app.readers.reading(config, print, lambda: Stamp(1, 1, ""), told.append):
    before = set(sys.modules)
    while not told:
        time.sleep(0.01)
    print(sys.argv[2] in before, sorted(set(sys.modules) - before), told[0].why.value)
"""


@pytest.mark.parametrize(
    ("kind", "module"),
    [
        ("serial", "devices.readers.serial.serial_reader"),
        ("hid_keyboard", "devices.readers.hid.keyboard_line"),
        ("hid_pos", "devices.readers.hid.pos_line"),
    ],
)
def test_a_reader_is_loaded_where_one_is_configured_and_before_it_reads(kind: str, module: str) -> None:
    assert python(CONFIGURED, kind, module).strip() == "True [] gone"
