"""Over a real OpenSSH: what the page on SSH tells to set up, a line that drops without a word, and the next login."""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.program.device import Device
from tests.screens.terminals import PATIENCE_S, ROOT, Terminal

SSHD = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
PAGE = (ROOT / "docs/ssh.md").read_text(encoding="utf-8")
_DIGITS = re.compile(rb"Type (\d{4})")
pytestmark = [
    pytest.mark.skipif(SSHD is None or shutil.which("ssh") is None, reason="there is no OpenSSH here"),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can let somebody in"),
]


def told_settings() -> list[str]:
    """The settings of sshd that the page gives, but for whom they are and what is started, which differ here."""
    (block,) = re.findall(r"```sshconfig\n(.*?)```", PAGE, re.DOTALL)
    lines = [line.strip() for line in block.splitlines() if line.strip() and not line.strip().startswith("#")]
    assert any(line.startswith("ForceCommand ") for line in lines)
    assert any(line.startswith("ClientAliveInterval ") for line in lines)
    return [line for line in lines if line.split()[0] not in {"Match", "ForceCommand"}]


@pytest.fixture
def device(tmp_path: Path) -> Device:
    return Device(tmp_path)


class Host:
    """An SSH server for the user of this test alone."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._port = port

    def login(self) -> Terminal:
        user = pwd.getpwuid(os.getuid()).pw_name
        options = ("StrictHostKeyChecking=no", f"UserKnownHostsFile={self._folder}/known", "LogLevel=ERROR")
        words = ["ssh", "-tt", "-F", "none", "-i", f"{self._folder}/key", "-p", str(self._port), f"{user}@127.0.0.1"]
        command = " ".join([*words, *(f"-o {option}" for option in options)])
        return Terminal("tests.program.shell", command, width=40, height=12)


@contextmanager
def host(command: str) -> Iterator[Host]:
    """OpenSSH with the settings of the page, one user, and ``command`` for whoever comes in."""
    with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as free:
        folder, port = Path(name), free.getsockname()[1]
        free.close()
        for key in ("host", "key"):
            keygen = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)]
            subprocess.run(keygen, check=True, timeout=PATIENCE_S)
        lines = [
            *(f"Port {port}", "ListenAddress 127.0.0.1", f"HostKey {folder}/host", f"PidFile {folder}/pid"),
            *(f"AuthorizedKeysFile {folder}/key.pub", "StrictModes no", "PermitRootLogin prohibit-password"),
            *(f"ForceCommand {command}", *told_settings()),
        ]
        (folder / "sshd_config").write_text("\n".join(lines) + "\n")
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        server = subprocess.Popen(
            [str(SSHD), "-D", "-e", "-f", str(folder / "sshd_config")], stderr=subprocess.PIPE, text=True
        )
        assert server.stderr is not None
        try:
            said = server.stderr.readline()
            assert said.startswith("Server listening"), said + server.stderr.read()
            yield Host(folder, port)
        finally:
            server.terminate()
            server.wait(PATIENCE_S)
            server.stderr.close()


def test_a_line_that_drops_without_a_word_locks_nobody_out(device: Device) -> None:
    """A client that stands still answers nothing and closes nothing, as one whose radio has gone."""
    with host(f"cd {ROOT} && exec {sys.executable} -m scanner_app --config {device.config} run") as there:
        first = there.login()
        first.wait_for(b"#0 ")
        first.write(b"B-1001\r")
        first.wait_for(b"PIN")
        first.child.send_signal(signal.SIGSTOP)
        second = there.login()
        second.wait_for(b"Old screen is closed.")
        second.wait_for(b"PIN")
        first.child.send_signal(signal.SIGCONT)
        first.wait_for(b"Goes on elsewhere. Closed here.")
        assert first.child.wait(PATIENCE_S) == 0
        assert second.child.poll() is None
        first.close()
        leave(second)
    assert device.entered() == 3, "the badge, and what it takes to leave"


def test_one_that_asks_for_another_command_gets_the_screen(device: Device) -> None:
    """``ForceCommand``: there is no shell to be had with a worker's key."""
    with host(f"cd {ROOT} && exec {sys.executable} -m scanner_app --config {device.config} line") as there:
        terminal = there.login()
        terminal.wait_for(b"Scan your badge. > ")
        leave(terminal)


def leave(terminal: Terminal) -> None:
    """By the digits on the screen, as a worker; the connection ends with it."""
    terminal.write(b".q\r")
    terminal.wait(lambda: _DIGITS.search(terminal.shown) is not None)
    digits = _DIGITS.search(terminal.shown)
    assert digits is not None
    terminal.write(digits[1] + b"\r")
    assert terminal.child.wait(PATIENCE_S) == 0
    terminal.close()
