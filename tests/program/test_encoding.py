"""The program where the terminal reads no UTF-8: both faces and every command write ASCII, data stay as they are."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program.device import Device
from tests.screens.terminals import PATIENCE_S, ROOT, Terminal

POSIX, UTF8 = {"LC_ALL": "POSIX"}, {"LANG": "C.UTF-8"}
UNFINISHED = "Größe".encode()
"""A line without an end is said again, as it came in."""


@pytest.fixture
def device(tmp_path: Path) -> Device:
    device = Device(tmp_path)
    text = device.config.read_text().replace("[central]", 'name = "Größe — 箱"\nlanguage = "fr"\n[central]')
    device.config.write_text(text, encoding="utf-8")
    return device


def run(device: Device, environ: dict[str, str], *arguments: str, given: bytes = b"") -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "scanner_app", "--config", str(device.config), *arguments],
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        env={"PATH": os.defpath, "HOME": str(device.config.parent), **environ},
        timeout=PATIENCE_S * 3,
        check=False,
    )
    return done.stdout


@pytest.mark.parametrize("environ", [POSIX, {"LANG": "C"}, {"LANG": "de_DE.ISO-8859-1"}], ids=str)
def test_line_mode_and_commands_write_ascii_and_read_utf_8(device: Device, environ: dict[str, str]) -> None:
    said = run(device, environ, "line", given=UNFINISHED)
    assert said.isascii()
    assert b"Grose" in said
    assert "Größe".encode() in run(device, UTF8, "line", given=UNFINISHED)
    told = run(device, environ, "restore", "Größe")
    assert b"Grose" in told
    assert told.isascii()


def test_every_command_writes_through_the_streams_that_were_fitted() -> None:
    """So what holds for one holds for all: no command has another way to a terminal."""
    ways = re.compile(r"os\.write\([12],|\.buffer\b|open_stream|/dev/tty|Console\((?!stderr=True)")
    rooms = [path for path in (ROOT / "scanner_app").rglob("*.py") if path.name != "plain.py"]
    assert [path.name for path in rooms if ways.search(path.read_text(encoding="utf-8"))] == []


def test_an_export_into_a_pipe_is_data_and_keeps_its_letters(device: Device) -> None:
    for table, line in (("sites", "site,name,zone\nDC1,Größe — 箱,UTC\n"), ("locations", "site,location\nDC1,A-1\n")):
        (device.config.parent / f"{table}.csv").write_text(line, encoding="utf-8")
    assert b"ready" in run(device, POSIX, "central", "init")
    assert b"sites: 1 new" in run(device, POSIX, "central", "import", str(device.config.parent / "sites.csv"))
    assert "Größe — 箱".encode() in run(device, POSIX, "central", "export", "sites")


def test_the_screen_is_ascii_and_the_row_keeps_its_width(device: Device) -> None:
    arguments = ("--config", str(device.config), "run")
    terminal = Terminal("scanner_app", *arguments, width=40, height=16, environment=POSIX)
    terminal.wait_for(b"#0 ")
    terminal.wait_for(b"echange")
    terminal.write(UNFINISHED)
    terminal.wait_for(b"> Grose")
    assert bytes(terminal.shown).isascii()
    assert b"-" * 40 in terminal.shown
    terminal.close()


def test_a_setting_overrules_the_locale(device: Device) -> None:
    text = device.config.read_text(encoding="utf-8")
    device.config.write_text(text.replace("[device]", '[device]\nencoding = "utf-8"'), encoding="utf-8")
    assert "Größe".encode() in run(device, POSIX, "line", given=UNFINISHED)
    device.config.write_text(text.replace("[device]", '[device]\nencoding = "ascii"'), encoding="utf-8")
    assert run(device, UTF8, "line", given=UNFINISHED).isascii()
    assert b"encoding: ASCII, as configured" in run(device, UTF8, "doctor")


def test_the_doctor_says_why_it_is_ascii(device: Device) -> None:
    assert b"encoding: ASCII, as LC_ALL=POSIX is not UTF-8" in run(device, POSIX, "doctor")
