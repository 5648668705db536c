"""The page on installing, followed word by word: a home for each machine, and nothing of ours in the environment.

The long form builds and installs as the page says; the short one takes the program that runs this test.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.extent import extent
from tests.screens.terminals import PATIENCE_S, ROOT, Terminal

PAGE = (ROOT / "docs/install.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"<!-- run: (\w+) -->\n```sh\n(.*?)```", re.DOTALL)
BLOCKS = dict(_BLOCK.findall(PAGE))
"""What is to be typed, by the step it belongs to."""


class Machine:
    """A home without anything in it, and the program on the path."""

    def __init__(self, home: Path, programs: Path) -> None:
        home.mkdir()
        self.home = home
        self.environ = {"HOME": str(home), "PATH": f"{programs}:{os.defpath}", "LANG": "C.UTF-8", "TERM": "xterm"}

    def types(self, text: str) -> str:
        done = subprocess.run(
            ["bash", "-eu", "-c", text],
            cwd=self.home,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE_S * 10,
            check=False,
        )
        assert done.returncode == 0, f"{text}\n{done.stdout}"
        return done.stdout

    @contextmanager
    def serves(self, text: str) -> Iterator[str]:
        """The service, on a free port in the place of the one that may be taken here; its address."""
        process = subprocess.Popen(
            ["bash", "-c", f"exec {text.strip()} --port 0"],
            cwd=self.home,
            env=self.environ,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            assert said.startswith("Serving on http://0.0.0.0:"), said
            yield f"http://127.0.0.1:{said.rstrip().rpartition(':')[2]}"
        finally:
            process.terminate()
            process.wait(PATIENCE_S)
            process.stdout.close()


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with the program in it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    if extent(0, 1):
        _build_and_install(tmp_path / "opt")
        (folder / "scanner").symlink_to(tmp_path / "opt/bin/scanner")
    else:
        (folder / "scanner").write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m scanner_app "$@"\n')
        (folder / "scanner").chmod(0o755)
    return folder


def _build_and_install(target: Path) -> None:
    built = subprocess.run(BLOCKS["build"], shell=True, cwd=ROOT, capture_output=True, text=True, check=True)
    wheel = ROOT / built.stdout.split()[-1]
    shutil.copy(wheel, target.parent)
    shutil.copy(ROOT / "constraints.txt", target.parent)
    install = BLOCKS["install"].replace("/opt/scanner", str(target)).replace("python3 ", f"{sys.executable} ")
    subprocess.run(["bash", "-eu", "-c", install], cwd=target.parent, check=True, timeout=600)


def test_every_step_is_run() -> None:
    assert list(BLOCKS) == ["build", "install", "centre", "serve", "invite", "enrol", "run"]
    assert PAGE.count("```sh") == len(BLOCKS)
    assert BLOCKS["build"].split("#")[0].strip() == "make wheel"


@pytest.mark.timeout(900)
def test_the_page_leads_from_nothing_to_the_first_scan(tmp_path: Path, programs: Path) -> None:
    centre, device = Machine(tmp_path / "centre", programs), Machine(tmp_path / "device", programs)
    assert "opening stock: 1 rows booked" in centre.types(BLOCKS["centre"])
    with centre.serves(BLOCKS["serve"]) as address:
        code = centre.types(BLOCKS["invite"]).strip()
        told = device.types(BLOCKS["enrol"].replace("http://centre:8480", address).replace("CODE", code))
        assert "of site DC1." in told
        assert "waiting 0" in told
        assert f"ok  centre: {address} answers" in told
        assert "\nX " not in told
        assert BLOCKS["run"] == "scanner run\n"
        _scan(device, programs)
        device.types("scanner sync")
    moved = centre.types("scanner central export stock")
    assert re.search(r"A-01-02,100001,.*,3\b", moved), moved


def _scan(device: Machine, programs: Path) -> None:
    command = f"env -C {device.home} {programs / 'scanner'} run"
    terminal = Terminal("tests.program.shell", command, environment=device.environ)
    terminal.wait_for(b"#0 ")
    words = re.findall(r"badge `([^`]+)` and PIN `([^`]+)`", PAGE)[0]
    for number, word in enumerate((*words, "1", "A-01-01", "4006381333931", "3", "A-01-02"), 1):
        terminal.write(word.encode() + b"\r")
        terminal.wait_for(b"#%d" % number)
    terminal.wait_for(b"A-01-02")
    terminal.close()
