"""What is written where the terminal reads no UTF-8: ASCII, in as many cells, by both faces and every command."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from scanner_app.languages.language import LANGUAGES, language
from scanner_app.workflows import library
from scanner_app.workflows.phrases.book import all_phrases
from screens.encoding import ASCII, AUTO, UTF_8, encoding_for, forget_coercion
from screens.plain import NAME, plain
from tests.picture import Picture
from tests.program.device import Device
from tests.screens.terminals import PATIENCE_S, ROOT, Terminal

POSIX, UTF8 = {"LC_ALL": "POSIX"}, {"LANG": "C.UTF-8"}
UNFINISHED = "Größe".encode()
"""A line without an end is said again, as it came in."""


@pytest.mark.parametrize(
    ("environ", "encoding"),
    [
        ({}, UTF_8),
        ({"LANG": ""}, UTF_8),
        ({"LANG": "C.UTF-8"}, UTF_8),
        ({"LANG": "de_DE.utf8"}, UTF_8),
        ({"LC_CTYPE": "UTF-8"}, UTF_8),
        ({"LANG": "de_DE.UTF-8@euro"}, UTF_8),
        ({"LANG": "nowhere"}, UTF_8),
        ({"LANG": "C"}, ASCII),
        ({"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, ASCII),
        ({"LC_CTYPE": "de_DE.ISO-8859-1", "LANG": "de_DE.UTF-8"}, ASCII),
        ({"LC_ALL": "", "LC_CTYPE": "", "LANG": "en_US.ISO8859-15"}, ASCII),
        ({"LANG": "de_DE"}, ASCII),
        ({"LANG": "de_DE@euro"}, ASCII),
        ({"LANG": "ja_JP.eucJP"}, ASCII),
    ],
    ids=str,
)
def test_the_locale_says_what_the_terminal_reads(environ: dict[str, str], encoding: str) -> None:
    assert encoding_for(AUTO, environ) == encoding
    for configured in (UTF_8, ASCII):
        assert encoding_for(configured, environ) == configured


@pytest.mark.parametrize(
    ("before", "given", "after"),
    [
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, b"LANG=C\0", {"LANG": "C"}),
        ({"LC_CTYPE": "C.UTF-8"}, b"LC_CTYPE=C.UTF-8\0", {"LC_CTYPE": "C.UTF-8"}),
        ({"LC_CTYPE": "de_DE.UTF-8"}, b"", {"LC_CTYPE": "de_DE.UTF-8"}),
    ],
    ids=["pythons own", "given", "another"],
)
def test_what_python_puts_in_by_itself_says_nothing(
    tmp_path: Path, before: dict[str, str], given: bytes, after: dict[str, str]
) -> None:
    (tmp_path / "environ").write_bytes(given)
    forget_coercion(before, tmp_path / "environ")
    assert before == after


def characters() -> Iterator[str]:
    codes = (*range(0x80, 0x3200), *range(0x3200, 0x20000, 29))
    return (chr(code) for code in codes if not 0xD800 <= code < 0xE000)


def test_every_character_keeps_its_cells() -> None:
    assert [character for character in characters() if len(plain(character)) != cell_len(character)] == []
    assert all(plain(character).isascii() for character in characters())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Größe, Stück: 2×", "Grose, Stuck: 2x"),
        ("où déjà ñandú «Œuvre»", 'ou deja nandu "Ouvre"'),
        ("─│ — … “quoted” it’s", '-| - . "quoted" it\'s'),
        ("箱 ＡＢ", "?? A B "),
        ("e\u0301 \ufffd ½ ﬁ Ж", "e ? ? ? ?"),
    ],
)
def test_what_stands_for_what(text: str, shown: str) -> None:
    assert text.encode(NAME).decode("ascii") == shown


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sentence_of_ours_loses_a_letter(code: str) -> None:
    """Of letters and signs that our languages use, each has a likeness."""
    library.load()
    spoken = language(code)
    for phrase in all_phrases():
        words = spoken.words(phrase)
        assert plain(words).count("?") == words.count("?") + words.count("¿"), words


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
    picture = Picture(40, 16)
    picture.feed(bytes(terminal.shown))
    assert "-" * 40 in picture.rows
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
