"""Processes that measurements start, forked from one that has loaded the program: ``subprocess`` as far as they use it.

Starting an interpreter and importing the program, some forty times, was more than half of what trying the harness cost.
"""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Any, Self

from tests.forks import server_of_programs

PIPE, DEVNULL, TimeoutExpired = subprocess.PIPE, subprocess.DEVNULL, subprocess.TimeoutExpired


class Popen:
    """The one of ``subprocess``, where the command is the program, or a script of ours."""

    def __init__(
        self, command: Sequence[str], stdin: Any = None, stdout: Any = None, stderr: Any = None, *,
        text: bool = False, bufsize: int = -1, start_new_session: bool = False, env: Any = None,
    ) -> None:  # fmt: skip
        assert env is None or {**env, "TERM": ""} == {**os.environ, "TERM": ""}, "that is what a fork gets"
        self.stdin: IO[Any] | None = None
        self.stdout: IO[Any] | None = None
        mode = "" if text else "b"
        with ExitStack() as theirs:
            if stdin == PIPE:
                stdin, ours = os.pipe()
                theirs.callback(os.close, stdin)
                self.stdin = os.fdopen(ours, f"w{mode}", bufsize)
            if stdout == PIPE:
                ours, stdout = os.pipe()
                theirs.callback(os.close, stdout)
                self.stdout = os.fdopen(ours, f"r{mode}", bufsize)
            streams = [_descriptor(one, usual, theirs) for usual, one in enumerate((stdin, stdout, stderr))]
            script, arguments = _parts(command)
            self._running = server_of_programs().start(arguments, streams, script=script, is_apart=start_new_session)
        self._command = command
        self.pid = self._running.pid

    def wait(self, timeout: float | None = None) -> int:
        status = self._running.wait(timeout)
        if status is None:
            raise TimeoutExpired(self._command, timeout or 0)
        return status

    def poll(self) -> int | None:
        return self._running.wait(0)

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for stream in (self.stdin, self.stdout):
            if stream is not None:
                stream.close()
        self.wait()


def run(command: Sequence[str], *, input: Any = None, stdout: int, check: bool, text: bool = False) -> Any:
    """Stand in for ``subprocess.run``, whose output is wanted."""
    with TemporaryFile("w+" if text else "w+b") as given, TemporaryFile("w+" if text else "w+b") as told:
        given.write(input or ("" if text else b""))
        given.seek(0)
        with Popen(command, given, told) as running:
            status = running.wait()
        if check and status:
            raise subprocess.CalledProcessError(status, command)
        told.seek(0)
        return subprocess.CompletedProcess(command, status, told.read())


def _descriptor(stream: Any, usual: int, opened: ExitStack) -> int:
    if stream == DEVNULL:
        stream = os.open(os.devnull, os.O_RDWR)
        opened.callback(os.close, stream)
    if stream is None:
        return usual
    return int(stream) if isinstance(stream, int) else int(stream.fileno())


def _parts(command: Sequence[str]) -> tuple[str, list[str]]:
    """The script of a command, or its module, none where it is the program; and its arguments."""
    if command[1] == "-m":
        return command[2], [*command[3:]]
    if Path(command[0]).name == "scanner":
        return "", [*command[1:]]
    return command[1], [*command[2:]]
