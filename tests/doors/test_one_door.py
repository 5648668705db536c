"""One door: nothing prints but what is named here with why, and nothing logs but the logbook of the service."""

import ast
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.cli.exit import guard

ROOT = Path(__file__).parents[2]
PACKAGES = ("scanner_app", "sync", "devices", "screens")
PRINTS = {
    "scanner_app/cli/printing.py": "the door itself",
    "scanner_app/cli/exit.py": "last words, on a terminal that may take nothing any more; they pass the same filter",
    "screens/streams.py": "the canvas of the screen: what is painted there has passed the filter of the faces",
    "screens/lines.py": "the lines of line mode: each has passed the filter of the faces",
    "screens/line.py": "wakes itself through a pipe of its own",
    "devices/finding/hotplug.py": "wakes itself through a pipe of its own",
    "devices/readers/seeker.py": "wakes a reader through a pipe of its own",
    "devices/readers/serial/serial_reader.py": "answers its scanner",
    "devices/readers/hid/drain.py": "hands raw reports to the pipe of the program that started it",
}
"""Who may write on a standard stream or a bare descriptor, and why."""
LOGS = {"sync/central/service/logbook.py": "the logbook", "sync/central/service/server.py": "names the level"}
_PRINTER = re.compile(
    r"print|(click\.)?(echo|secho|echo_via_pager)|sys\.(__)?std(out|err)(__)?(\.buffer)?\.write(lines)?|os\.writev?"
    r"|traceback\.print_\w+"
)


def printing(source: str) -> Iterator[str]:
    """Yield every place of a source that prints: by which call, and in which line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _PRINTER.fullmatch(name := ast.unparse(node.func)):
            yield f"{name} in line {node.lineno}"


def sources() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_nothing_prints_but_by_the_door() -> None:
    found = {name: [*printing(source)] for name, source in sources()}
    printers = {name: places for name, places in found.items() if places}
    assert {name: places for name, places in printers.items() if name not in PRINTS} == {}, (
        "say it by scanner_app.cli.printing"
    )
    assert {*PRINTS} - {*printers} == set(), "it prints no more, and needs no leave"


def test_nothing_logs_but_the_logbook() -> None:
    loggers = {name for name, source in sources() if "logging" in imported(source)}
    assert loggers == {*LOGS}


def imported(source: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


PLANTED = [
    "print('x')",
    "click.echo('x')",
    "click.secho('x')",
    "from click import echo\necho('x')",
    "sys.stdout.write('x')",
    "sys.stderr.writelines(['x'])",
    "sys.__stdout__.write('x')",
    "sys.stdout.buffer.write(b'x')",
    "os.write(1, b'x')",
    "traceback.print_exc()",
    "def deep():\n    if True:\n        print('x')",
]


@pytest.mark.parametrize("source", PLANTED)
def test_a_planted_print_is_found(source: str) -> None:
    assert len([*printing(source)]) == 1


def test_what_nobody_foresaw_goes_by_the_door_from_every_thread(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in (sys, threading):
        monkeypatch.setattr(place, "excepthook", place.excepthook)
    guard()
    error = ValueError("\x1b]52;c;b3duZWQ=\x07\x9b2J\u202e")
    sys.excepthook(ValueError, error, None)

    def fail() -> None:
        raise error

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    told = capsys.readouterr().err
    assert told.count("ValueError: \ufffd]52;c;b3duZWQ=\ufffd\ufffd2J\ufffd\n") == 2
