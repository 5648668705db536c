"""Runs commands of the program in forks of a process that has loaded it already, as a fork server (a zygote) does.

A command that is started anew spends nearly all its time on importing what it needs. Tests whose subject is how a
process starts, or that change how Python runs, start one.
"""

import atexit
import fcntl
import gc
import json
import os
import pty
import runpy
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
import threading
import traceback
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, NoReturn

LOADED = (
    "scanner_app.app", "scanner_app.cli.main", "screens.line", "sync.device.client", "sync.device.full_sync",
    "sync.central.audit.verification", "sync.central.exports.lines",
)  # fmt: skip
SERVED = ("screens.face", "sync.central.service.server", "psycopg", "textual.app")
"""What a program at work wants beside that; loaded with the first that is to be at work."""
ROOT = Path(__file__).parents[1]
_PIPE_BYTES_MAX = 60_000
_ROWS_AND_COLUMNS = (24, 120)


def run_scanner(
    arguments: Sequence[str], given: str | None = None, *, timeout_s: float
) -> "subprocess.CompletedProcess[str]":
    """What ``subprocess.run([python, "-m", "scanner_app", *arguments], input=given, ...)`` gives, text captured.

    Raises:
        subprocess.TimeoutExpired: it took longer, and was killed.
    """
    with TemporaryFile() as told, TemporaryFile() as wrong:
        stdin = _stdin(given)
        try:
            status = _server().status(arguments, (stdin, told.fileno(), wrong.fileno()), timeout_s)
        finally:
            os.close(stdin)
        for file in (told, wrong):
            file.seek(0)
        return subprocess.CompletedProcess([*arguments], status, told.read().decode(), wrong.read().decode())


Talk = Sequence[tuple[bytes, bytes]]
"""What is typed on a terminal: behind what, and what; nothing: the terminal goes away."""


def run_on_terminal(arguments: Sequence[str], talk: Talk = (), *, timeout_s: float) -> tuple[int, bytes]:
    """Run the program with a terminal as its three streams; return its status, and every byte that it wrote.

    Raises:
        subprocess.TimeoutExpired: it took longer, and was killed.
    """
    master, slave = pty.openpty()
    shown = bytearray()
    with ThreadPoolExecutor(1) as pool:
        try:
            _make_plain(slave)
            pool.submit(_read_and_answer, master, talk, shown)
            status = _server().status(arguments, (slave,) * 3, timeout_s)
        finally:
            os.close(slave)
    return status, bytes(shown)


def _make_plain(slave: int) -> None:
    """Let bytes pass as they are written, and nothing come back of what is typed."""
    modes = termios.tcgetattr(slave)
    modes[1] &= ~termios.OPOST
    modes[3] &= ~termios.ECHO
    termios.tcsetattr(slave, termios.TCSANOW, modes)
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", *_ROWS_AND_COLUMNS, 0, 0))


def _read_and_answer(master: int, talk: Talk, shown: bytearray) -> None:
    with os.fdopen(master, "r+b", buffering=0), suppress(OSError):  # the other side has ended
        _go_on(master, list(talk), shown)


def _go_on(master: int, steps: list[tuple[bytes, bytes]], shown: bytearray) -> None:
    seen = 0
    while part := os.read(master, 65536):
        shown += part
        while steps and steps[0][0] in shown[seen:]:
            seen = shown.index(steps[0][0], seen) + len(steps[0][0])
            typed = steps.pop(0)[1]
            if not typed:
                return
            os.write(master, typed)


def _stdin(given: str | None) -> int:
    """A pipe that holds everything there is to read; whatever is too much for one stands in a file."""
    data = (given or "").encode()
    if len(data) > _PIPE_BYTES_MAX:
        with TemporaryFile() as file:
            file.write(data)
            file.seek(0)
            return os.dup(file.fileno())
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)
    return reading


class Running:
    """A process that was forked: its number, and its status when it has ended."""

    def __init__(self, told: socket.socket) -> None:
        self._told = told
        self._status: int | None = None
        self.pid = self._answer()

    def wait(self, timeout_s: float | None = None) -> int | None:
        """Its status, as ``Popen.returncode`` has it; None where it is at work longer than that."""
        if self._status is None and select.select([self._told], [], [], timeout_s)[0]:
            self._status = self._answer()
            self._told.close()
        return self._status

    def _answer(self) -> int:
        return int.from_bytes(_whole(self._told, 4), "big", signed=True)


class Server:
    """The process that forks. It ends when we do."""

    def __init__(self) -> None:
        ours, its = socket.socketpair()
        self._socket = ours
        command = [sys.executable, "-m", "tests.forks", str(its.fileno())]
        self._turn = threading.Lock()
        self._process = subprocess.Popen(command, cwd=ROOT, pass_fds=[its.fileno()], start_new_session=True)
        its.close()

    def status(self, arguments: Sequence[str], descriptors: Sequence[int], timeout_s: float) -> int:
        running = self.start(arguments, descriptors)
        status = running.wait(timeout_s)
        if status is None:
            os.kill(running.pid, signal.SIGKILL)
            running.wait()
            raise subprocess.TimeoutExpired([*arguments], timeout_s)
        return status

    def start(
        self, arguments: Sequence[str], descriptors: Sequence[int], *, script: str = "", is_apart: bool = False
    ) -> Running:
        """Start the program, a script or a module with three streams; what ``is_apart`` has a session of its own."""
        request = {
            "arguments": arguments, "folder": str(Path.cwd()), "environ": {**os.environ}, "script": script,
            "is_apart": is_apart,
        }  # fmt: skip
        told, its = socket.socketpair()
        with self._turn, its:
            self._send(json.dumps(request).encode(), [*descriptors, its.fileno()])
        return Running(told)

    def load(self, names: Sequence[str]) -> None:
        """Load what programs want, once for all that are started from now on."""
        with self._turn:
            self._send(json.dumps({"load": names}).encode(), [self._socket.fileno()] * 4)

    def _send(self, request: bytes, descriptors: Sequence[int]) -> None:
        self._socket.sendall(len(request).to_bytes(4, "big"))
        socket.send_fds(self._socket, [request[:1]], list(descriptors))
        self._socket.sendall(request[1:])

    def close(self) -> None:
        self._socket.close()
        self._process.wait()


@cache
def _server() -> Server:
    server = Server()
    atexit.register(server.close)
    return server


@cache
def server_of_programs() -> Server:
    """The same server, when it has loaded whatever a program at work wants."""
    server = _server()
    server.load(SERVED)
    return server


def _whole(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = connection.recv(size - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def serve(connection: socket.socket) -> None:
    """Fork for each request until nobody asks any more; who minds it tells its number and its status."""
    while head := connection.recv(4, socket.MSG_WAITALL):
        first, descriptors, _flags, _address = socket.recv_fds(connection, 1, 4)
        request = json.loads(first + _whole(connection, int.from_bytes(head, "big") - 1))
        if names := request.get("load"):
            _load(names)
        elif not os.fork():
            connection.close()
            _mind(descriptors, request)
        for descriptor in descriptors:
            os.close(descriptor)
        _reap()


def _load(names: Sequence[str]) -> None:
    """Load modules, and leave what is there to no collector of garbage: looking at it would copy it in each fork."""
    for name in names:
        import_module(name)
    gc.collect()
    gc.freeze()


def _reap() -> None:
    """Forget those who minded something that has ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _mind(descriptors: Sequence[int], request: Mapping[str, Any]) -> NoReturn:
    """Be the parent of one process, and tell of it to the last descriptor."""
    *streams, telling = descriptors
    pid = os.fork()
    if not pid:
        os.close(telling)
        _become(streams, **request)
    for descriptor in streams:
        os.close(descriptor)
    with suppress(OSError), socket.socket(fileno=telling) as told:  # nobody may be there any more
        told.sendall(pid.to_bytes(4, "big", signed=True))
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        told.sendall(status.to_bytes(4, "big", signed=True))
    os._exit(0)


def _become(
    descriptors: Sequence[int],
    arguments: Sequence[str],
    folder: str,
    environ: Mapping[str, str],
    script: str,
    *,
    is_apart: bool,
) -> NoReturn:
    """Run the program with these streams; never returns, as a program does not."""
    from scanner_app.__main__ import main

    if is_apart:
        os.setsid()
    for target, descriptor in enumerate(descriptors):
        os.dup2(descriptor, target)
        os.close(descriptor)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    sys.argv[1:] = arguments
    try:
        if script:
            sys.argv[0] = script
            run = runpy.run_path if script.endswith(".py") else runpy.run_module
            run(script, run_name="__main__")
            sys.stdout.flush()
            os._exit(0)
        main()
    except BaseException:  # noqa: BLE001 - shown and ended, as the interpreter would
        traceback.print_exc()
    os._exit(1)


if __name__ == "__main__":
    _load(LOADED)
    serve(socket.socket(fileno=int(sys.argv[1])))
