"""Scan to durable: from the bytes of a scanner, on a serial line or by the network, until its entry is on the disk.

The product reads through its readers and its work thread, the floor in a bare loop that does the same commit at once:
the same desk, the same lines, a copy of the same cache. What lies between is what readers and queues cost, also while
something else keeps the interpreter busy. A beep is timed at the scanner, and told beside what is durable.
"""

import contextlib
import os
import pty
import queue
import socket
import sys
import threading
import time
import tty
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import NamedTuple

from benchmarks.device.scans import steps
from benchmarks.result import BenchmarkError, Result, percentile, result
from benchmarks.world.world import World
from scanner_app.app import Station
from scanner_app.config import Config, Device, Guard
from scanner_app.domain.capture.answered import Answered
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.reader_settings import ReaderSettings
from scanner_app.readers import reading
from scanner_app.warm_up import load

NAMES = (
    "serial_to_durable_p50", "serial_to_durable_p99", "serial_to_durable_busy_p50", "serial_to_durable_busy_p99",
    "tcp_to_durable_p50", "tcp_to_durable_p99", "scan_to_beep_p50", "scan_to_beep_p99",
)  # fmt: skip
BOUNDS = {"p50": 1.3, "p99": 2.0}
UNBOUND = 100.0
"""How long a beep takes is told, and nothing is promised of it."""
SPEED = 115_200
PACE_S = 0.01
PATIENCE_S = 10.0
READY_S = 0.2
BEEP_BYTES_MAX = 10
READ_BYTES_MAX = 4096
SWITCH_S = 0.0005
"""As the program has it at the screen."""
Send = Callable[[bytes], None]


class Line(NamedTuple):
    """A way from a scanner to us: ``send`` writes and ``hear`` waits as the scanner does, the floor reads ``wire``."""

    send: Send
    hear: Callable[[], bytes]
    wire: int
    settings: ReaderSettings


Way = Callable[[str], AbstractContextManager[Line]]


class Heard:
    """Notes when entries are on the disk and judged."""

    def __init__(self) -> None:
        self.instants: queue.SimpleQueue[float] = queue.SimpleQueue()

    def begun(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        return entries

    def judged(self, entries: Sequence[Entry], outcomes: Sequence[Answered]) -> None:  # noqa: ARG002  as it is asked
        now_s = time.perf_counter()
        for outcome in outcomes:
            if outcome is not Answered.GOOD:
                raise BenchmarkError("A scan of the benchmark was not taken.")
            self.instants.put(now_s)


def measure(world: World) -> list[Result]:
    before_s = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        return _measured(world)
    finally:
        sys.setswitchinterval(before_s)


def _measured(world: World) -> list[Result]:
    sides = {
        "serial_to_durable": _both(world, _serial),
        "serial_to_durable_busy": _both(world, _serial, is_busy=True),
        "tcp_to_durable": _both(world, _tcp),
    }
    found = [
        result(f"{name}_{share}", "ms", (_at(product, share), _at(floor, share)), bound, 1)
        for name, (product, floor) in sides.items()
        for share, bound in BOUNDS.items()
    ]
    beeps, durable = _beeps(world), sides["serial_to_durable"][0]
    return found + [
        result(f"scan_to_beep_{share}", "ms", (_at(beeps, share), _at(durable, share)), UNBOUND, 1) for share in BOUNDS
    ]


def _at(times_ms: list[float], share: str) -> float:
    return percentile(times_ms, int(share[1:]) / 100)


def _both(world: World, line: Way, *, is_busy: bool = False) -> tuple[list[float], list[float]]:
    with ExitStack() as stack:
        if is_busy:
            stack.enter_context(_busy())
        product = stack.enter_context(_product(world, line))
        floor = stack.enter_context(_floor(world, line))
        times: tuple[list[float], list[float]] = ([], [])
        for text in _texts(world):
            for side, kept in zip((product, floor), times, strict=True):
                kept.append(side(text) * 1000)
                time.sleep(PACE_S)
        return times


def _texts(world: World) -> Iterator[str]:
    for number in range(world.size.chunks):
        pick = world.picks[number % len(world.picks)]
        yield pick.source
        for text, _marker in steps(pick, world.size.moves_per_chunk):
            yield text


@contextmanager
def _product(world: World, line: Way) -> Iterator[Callable[[str], float]]:
    """The wiring as it is at work; gives what sends a line and says how long it took."""
    heard = Heard()
    with line("product") as at, _station(world, "product", at.settings) as station:
        station.seat.answer_through(heard)
        station.start()
        with reading(station.config, station.seat.submit, station.clock.stamp, station.seat.tell_reader):
            time.sleep(READY_S)
            yield lambda text: _timed(at.send, heard, text)
        station.close()


@contextmanager
def _floor(world: World, line: Way) -> Iterator[Callable[[str], float]]:
    heard = Heard()
    with _station(world, "floor") as station:
        station.seat.answer_through(heard)
        with line("floor") as at:
            bare = threading.Thread(target=_bare, args=(at.wire, station), daemon=True)
            bare.start()
            yield lambda text: _timed(at.send, heard, text)
        bare.join(PATIENCE_S)
        station.store.close()


def _bare(wire: int, station: Station) -> None:
    """A bare read loop with the same commit, until the line is closed."""
    line = b""
    with contextlib.suppress(OSError):
        while data := os.read(wire, READ_BYTES_MAX):
            *whole, line = (line + data).split(b"\r")
            for raw in whole:
                station.seat.take([Entry(raw, Source.SERIAL, station.clock.stamp())])


def _timed(send: Send, heard: Heard, text: str) -> float:
    begun_s = time.perf_counter()
    send(text.encode() + b"\r")
    return heard.instants.get(timeout=PATIENCE_S) - begun_s


@contextmanager
def _station(world: World, name: str, *readers: ReaderSettings) -> Iterator[Station]:
    """A device at which somebody is about to move."""
    folder = world.copied(f"durable-{name}") / "device"
    config = Config(
        device=Device(name="bench", data_dir=str(folder), ballast_mb=0), guard=Guard(idle_lock_s=0), readers=readers
    )
    load()
    station = Station(config, {})
    for text in (world.operator.badge, world.operator.pin, "1"):
        station.seat.take([Entry(text.encode(), Source.KEYBOARD, station.clock.stamp())])
    yield station


@contextmanager
def _serial(name: str, profile: str = "none") -> Iterator[Line]:
    master, slave = pty.openpty()
    tty.setraw(slave)
    settings = ReaderSettings(name.upper(), path=os.ttyname(slave), speed=SPEED, profile=profile)

    def send(data: bytes) -> None:
        os.write(master, data)

    try:
        yield Line(send, lambda: os.read(master, BEEP_BYTES_MAX), slave, settings)
    finally:
        os.close(master)
        os.close(slave)


@contextmanager
def _tcp(name: str) -> Iterator[Line]:
    """We listen, as a scanner does that is connected to; the floor connects by itself."""
    with socket.create_server(("127.0.0.1", 0)) as scanner:
        settings = ReaderSettings(name.upper(), kind="tcp_connect", address=f"127.0.0.1:{scanner.getsockname()[1]}")
        accepted: list[socket.socket] = []
        scanner.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ours = socket.create_connection(scanner.getsockname()) if name == "floor" else None
        if ours is not None:
            accepted.append(scanner.accept()[0])

        def send(data: bytes) -> None:
            if not accepted:
                accepted.append(scanner.accept()[0])
            accepted[0].sendall(data)

        wire = ours.fileno() if ours is not None else -1
        yield Line(send, lambda: accepted[0].recv(BEEP_BYTES_MAX), wire, settings)
        for one in accepted:
            one.close()
        if ours is not None:
            ours.shutdown(socket.SHUT_RDWR)
            ours.close()


def _beeps(world: World) -> list[float]:
    """From the last byte of a scan until the scanner hears that it was good."""
    times: list[float] = []
    with _serial("beep", "bel") as at, _station(world, "beep", at.settings) as station:
        station.start()
        with reading(station.config, *station.inlet):
            time.sleep(READY_S)
            for text in _texts(world):
                begun_s = time.perf_counter()
                at.send(text.encode() + b"\r")
                at.hear()
                times.append((time.perf_counter() - begun_s) * 1000)
                time.sleep(PACE_S)
        station.close()
    return times


@contextmanager
def _busy() -> Iterator[None]:
    """Something that keeps the interpreter busy."""
    ending = threading.Event()

    def spin() -> None:
        while not ending.is_set():
            sum(range(1_000))

    thread = threading.Thread(target=spin, daemon=True)
    thread.start()
    yield
    ending.set()
    thread.join()
