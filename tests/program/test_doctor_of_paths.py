"""The doctor scans its sheet where a scanner types, and says what the way there does and what to set where."""

import os
import pty
import re
import subprocess
import sys
import threading
import time
import tty
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.readers.hid.typed import Edge, Typing
from scanner_app.config import EntryLimits
from scanner_app.demo.sheet import modules_of
from scanner_app.doctor.check import Check, Finding
from scanner_app.doctor.path.arrival import judged
from scanner_app.doctor.path.scans import scanned
from scanner_app.doctor.path.sheet import CODES, Kind, sheet
from scanner_app.domain.capture.layouts import LAYOUTS
from tests.devices.hid.keyboard import STROKES, edges
from tests.extent import extent

AIM = EntryLimits(scans_have_aim=True)
Way = Callable[[str], str]


def checks(way: Way = str, *, end: str = "\r", prefix: str = "]C0", entry: EntryLimits = AIM) -> list[Check]:
    scans = {code.number: way(prefix + code.text).encode() + end.encode() for code in CODES}
    return list(judged(scans, entry))


def told(found: list[Check]) -> str:
    return "\n".join(f"{check.name}: {check.sentence}" for check in found if check.finding is not Finding.GOOD)


def typed_on(host: str) -> Way:
    """A US scanner at a keyboard of another country; what it has no keys for arrives as it is."""

    def way(text: str) -> str:
        keyboard, out = Typing(LAYOUTS[host]), b""
        for sign in text:
            stroke, _dead = STROKES[LAYOUTS["us"]].get(sign, ((), False))
            if not stroke:
                out += sign.encode()
            for key, edge in edges(stroke):
                out += b"".join(piece for piece in keyboard.key(key, Edge(edge)) if isinstance(piece, bytes))
        return out.decode()

    return way


def test_a_path_that_takes_nothing_is_well() -> None:
    found = checks()
    assert [check.name for check in found if check.finding is not Finding.GOOD] == []
    assert {check.name for check in found} == {"end", "AIM", "layout", "signs", "controls"}


@pytest.mark.parametrize(
    ("situation", "way", "sentence"),
    [
        (
            "a German host",
            typed_on("de"),
            "layout: the scanner types for US and this keyboard is DE: set the",
        ),
        (
            "a French host",
            typed_on("fr"),
            "layout: the scanner types for US and this keyboard is FR: set the",
        ),
        ("CapsLock", str.swapcase, "capitals: capitals arrive small: CapsLock is on"),
        ("a UK host", lambda text: text.translate({34: "@", 64: '"'}), 'signs: " becomes @, @ becomes ": leave these'),
        ("telnet", lambda text: text.replace("\x1d", ""), "GS: is lost: telnet takes it (`telnet -E`)"),
        ("a sign for GS", lambda text: text.replace("\x1d", "<GS>"), "GS: becomes <GS>: set gs_as = '<GS>' in [entry]"),
        ("Alt", lambda text: text.replace("\x1d", "\x1b0\x1b2\x1b9"), "set gs_as = 'ALT+029' in [entry]"),
        ("tmux", lambda text: re.sub("\x02.", "", text), "STX: is lost: tmux takes it with the sign behind it"),
        ("GNU screen", lambda text: re.sub("\x01.", "", text), "SOH: is lost: GNU screen takes it with the sign"),
        ("flow control", lambda text: re.sub("[\x11\x13]", "", text), "DC1: is lost: flow control takes it"),
        ("ssh", lambda text: text.replace("~~", "~"), "ssh: ~~BC arrived as ~BC; ssh takes ~ behind an end"),
        ("separators of records", lambda text: text.replace("\x1e", ""), "RS: is lost: have the scanner leave it out"),
    ],
)
def test_what_the_way_does_is_said_with_what_mends_it(situation: str, way: Way, sentence: str) -> None:
    found = checks(way, prefix="" if situation == "ssh" else "]C0")
    assert sentence in told(found), situation
    assert ("ssh:" in told(found)) is (situation == "ssh")
    if situation in ("tmux", "GNU screen"):
        assert [check.name for check in found if "is lost" in check.sentence] == [sentence.partition(":")[0]]
    if situation == "CapsLock":
        assert told(found).count("\n") == 0, "and nothing else"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"end": ""}, "end: nothing comes behind a code: set CR as suffix"),
        ({"end": "\r\t"}, "end: codes end in <CR><TAB>: set CR as suffix of the scanner, and nothing else"),
        ({"prefix": ""}, "AIM: scans_have_aim is set, and code 1, 2"),
        ({"prefix": "", "entry": EntryLimits()}, "AIM: no AIM identifier: switch them on"),
        ({"entry": EntryLimits()}, "AIM: each code has its AIM identifier: set scans_have_aim = true"),
        ({"prefix": "#"}, "prefix: the scanner sends # before each code: switch that off"),
    ],
)
def test_what_the_scanner_sends_around_a_code_is_said(more: dict[str, object], sentence: str) -> None:
    assert sentence in told(checks(**more))  # type: ignore[arg-type]


def test_what_is_configured_for_gs_is_well_and_what_was_passed_over_is_said() -> None:
    found = checks(lambda text: text.replace("\x1d", "^"), entry=EntryLimits(scans_have_aim=True, gs_as="^"))
    assert [check.sentence for check in found if check.name == "GS"] == ["becomes ^, and is read as GS (gs_as)"]
    missing = list(judged({code.number: b"" for code in CODES}, AIM))
    assert [check.name for check in missing] == [f"code {code.number}" for code in CODES]


@settings(max_examples=extent(30, 3000))
@given(st.dictionaries(st.integers(0, len(CODES) + 1), st.binary(max_size=60)))
def test_whatever_arrives_is_judged(scans: dict[int, bytes]) -> None:
    found = list(judged(scans, AIM))
    assert {check.name for check in found} >= {f"code {code.number}" for code in CODES if not scans.get(code.number)}
    assert all(check.sentence for check in found)


def test_every_control_character_is_on_the_sheet_once_but_those_that_end_a_line() -> None:
    held = [byte for code in CODES if code.kind is Kind.CONTROLS for byte in code.controls]
    assert held == [byte for byte in range(1, 0x20) if byte not in b"\r\n\t"]


def test_what_is_printed_is_read_back_as_it_is_named() -> None:
    page = ElementTree.fromstring(sheet().partition("\n")[2].replace('<meta charset="utf-8">', ""))
    captions = [caption.text for caption in page.iter("figcaption")]
    assert captions == [f"{code.number}. {code.kind}" for code in CODES]
    for code in CODES:
        is_label = code.kind is Kind.LABEL
        bars = modules_of(("]C1" if is_label else "") + code.text)
        row = bytes(0 if bar == "1" else 255 for bar in f"{'0' * 10}{bars}{'0' * 10}")
        found = zxingcpp.read_barcode(memoryview(row * 60).cast("B", (60, len(row))))
        assert found is not None
        assert (found.bytes.decode(), found.symbology_identifier) == (code.text, "]C1" if is_label else "]C0")
        assert len(bars) < 260, "it fits the page at a size that guns read"


def test_scans_are_taken_to_the_pause_behind_them_and_enter_passes_one_over() -> None:
    gun, terminal = os.openpty()
    sent = iter([b"\r", b"\x03"])
    said: list[str] = []

    def tell(text: str) -> None:
        said.append(text)
        os.write(gun, b"A" if len(said) == 1 else next(sent))
        if len(said) == 1:
            threading.Timer(0.05, lambda: os.write(gun, b"B\x1dC\r")).start()

    tty.setraw(terminal)
    assert scanned(terminal, tell, 0.3) is None
    assert len(said) == 3
    said.clear()
    sent = iter([b"\n"] * len(CODES))
    assert scanned(terminal, tell, 0.3) == {1: b"AB\x1dC\r"}
    os.close(gun)
    os.close(terminal)


def _of_the_page() -> list[str]:
    page = (Path(__file__).parents[2] / "docs/readers.md").read_text(encoding="utf-8")
    return re.findall(r"^scanner doctor --s.*$", page, re.MULTILINE)


def test_the_command_says_it_on_a_terminal_and_writes_the_sheet(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TERM": "xterm", "LANG": "C.UTF-8"}
    page = tmp_path / "sheet.html"
    lines = (line.partition("#")[0].split() for line in _of_the_page())
    writing, scanning = ([sys.executable, "-m", "scanner_app", *words[1:]] for words in lines)
    subprocess.run(writing, check=True, env=environ, capture_output=True, cwd=tmp_path)
    assert page.read_text(encoding="utf-8") == sheet()
    process, line = pty.fork()
    if process == 0:
        os.chdir(tmp_path)
        os.execve(sys.executable, scanning, environ)
    said, german = "", typed_on("de")
    for code in CODES:
        while f"{code.number} of {len(CODES)}: scan" not in said:
            said += os.read(line, 4096).decode()
        os.write(line, german(code.text).encode() + b"\r")
    until_s = time.monotonic() + 30
    while "ssh" not in said.rpartition("scan a GS1")[2] and time.monotonic() < until_s:
        try:
            said += os.read(line, 4096).decode()
        except OSError:
            break
    assert "X   layout: the scanner types for US and this keyboard is DE" in said
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 1
    os.close(line)
