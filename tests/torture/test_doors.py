"""Every command, on a terminal, in a place where everything is hostile: it writes text alone, and no secret."""

import json
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.central.warehouse import write_sheets
from tests.doors.commands import NAME, ROWS, Run, leaves
from tests.doors.judging import PATIENCE_S, faults_of, strange
from tests.doors.secrets import PASSWORD
from tests.doors.spoilt import EVIL, FORMS, columns, make_centre, make_device
from tests.extent import extent

RUNS = extent(1, 99)
"""Of each command; the others are as many ways more to run it."""
SLOW = {"run"} if RUNS == 1 else set()
"""What is looked at by trials of its own, too."""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "")
    make_centre(tmp_path)
    make_device(tmp_path / "device")
    (tmp_path / f"r{NAME}").write_bytes(EVIL.encode())
    write_sheets(
        tmp_path / "sheets", items=f"item{EVIL},name,base_unit\nx{EVIL},y{EVIL},z\n", lots=f"{EVIL},{EVIL}\n1,2\n"
    )
    config = tmp_path / "config.toml"
    config.write_text('[device]\ndata_dir = "device"\n[central]\ndatabase = "sqlite:///central.db"\n', encoding="utf-8")
    return tmp_path


def test_every_command_has_a_row() -> None:
    assert {*ROWS} == {*leaves()}, "a command that is new is run here, too"


def test_every_form_is_there(place: Path) -> None:
    found: set[str] = set()
    for file in (place / "central.db", place / "device" / "cache.db"):
        with closing(sqlite3.connect(file)) as database:
            found.update(f"{table}.{column}" for table, column, _kind in columns(database))
    assert FORMS - found == set()


def runs(place: Path) -> Iterator[tuple[str, Run]]:
    """Each command, with the id of an event that is held where a row asks for it."""
    with closing(sqlite3.connect(place / "central.db")) as database:
        held = str(database.execute("SELECT id FROM events WHERE outcome = 'held'").fetchone()[0])
    for words, row in ROWS.items():
        for run in row(place)[:RUNS] if words not in SLOW else ():
            yield words, replace(run, arguments=tuple(part.replace("{held}", held) for part in run.arguments))


def test_no_command_lets_others_drive_the_terminal_or_shows_a_secret(place: Path) -> None:
    faults = [fault for words, run in runs(place) for fault in faults_of(place / "config.toml", words, run)]
    assert faults == [], "\n".join(faults)
    written = [place / f"{letters}{NAME}" for letters in ("b", "cb", "s")]
    assert [path.stat().st_mode & 0o077 for path in written] == [0, 0, 0], "what it writes is its user's alone"


ANSWERS = [
    (b"403 " + EVIL.split("\r")[0].encode(), json.dumps({"error": EVIL, "sentence": EVIL}).encode()),
    (b"200 OK", EVIL.encode()),
    (
        b"200 OK",
        json.dumps({"device": EVIL, "epoch": 2, "site": EVIL, "token": "t", "store_epoch": "e", "name": EVIL}).encode(),
    ),
    (b"503 Later", json.dumps({"error": EVIL, "sentence": EVIL}).encode()),
    (b"400 " + b"\xff\x9b", b"{"),
    (b"\x1b[2J", EVIL.encode()),
]


@contextmanager
def stranger(status: bytes, body: bytes) -> Iterator[str]:
    """Answer everything so; give the address."""
    head = b"HTTP/1.1 %s\r\nX-Who: \x1b[2J\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % (status, len(body))
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    with connection:
                        connection.recv(65536)
                        connection.sendall(head + body)

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(PATIENCE_S)


@pytest.mark.parametrize(("status", "body"), ANSWERS, ids=range(len(ANSWERS)))
def test_whoever_answers_drives_no_terminal(tmp_path: Path, status: bytes, body: bytes) -> None:
    known, new = (tmp_path / f"{name}.toml" for name in ("device", "new"))
    for config in (known, new):
        config.write_text(f'[device]\ndata_dir = "{config.stem}"\n')
    with stranger(status, body) as url:
        make_device(tmp_path / "device", url)
        anyhow = Run((), statuses=frozenset({0, 1}))
        faults = [
            *faults_of(known, "sync", anyhow),
            *faults_of(known, "doctor", anyhow),
            *faults_of(new, "enrol", replace(anyhow, arguments=(url, "code"))),
        ]
    assert faults == [], "\n".join(faults)


CONFIGS = [
    f'[central]\ndatabase = "postgresql+psycopg://u:{PASSWORD}@127.0.0.1:1/x?application_name=%1B%5B2J"',
    f'[central]\ndatabase = "postgresql+psycopg://u:{PASSWORD}@\\u001b[2J/{PASSWORD}"',
    f"[device]\ndata_dir = {json.dumps(EVIL)}",
    f"[device]\n{json.dumps(EVIL)} = 1",
    f"[{json.dumps(EVIL)}]\nx = 1",
    "[device]\nname = \x1b[2J",
    f"[device]\nencoding = {json.dumps(EVIL)}",
    f"[serial]\nport = {json.dumps(EVIL)}",
    f"[sync]\nurl = {json.dumps(EVIL)}",
]


@pytest.mark.parametrize("text", CONFIGS, ids=range(len(CONFIGS)))
def test_a_configuration_drives_no_terminal_and_keeps_its_password(tmp_path: Path, text: str) -> None:
    config = tmp_path / f"c{EVIL}.toml"
    config.write_text(text, encoding="utf-8")
    anyhow = Run((), statuses=frozenset({0, 1, 2}))
    commands = ("central status", "central init", "doctor", "sync") if RUNS > 1 else ("central status", "doctor")
    faults = [fault for words in commands for fault in faults_of(config, words, anyhow)]
    assert faults == [], "\n".join(faults)


def test_what_is_strange_is_found() -> None:
    for text in ("\x1b[2J", "a\x9bb", "\u202e", "\x7f", "\r", "\x07", "\u2028", "\x1b[31m"):
        assert strange(text.encode(), Run(())), ascii(text)
    assert strange("grüße\t日本\u3000\n".encode(), Run(())) == []
    assert strange(b"\x1b[31m\x1b[2K", Run((), draws=True)) == []
