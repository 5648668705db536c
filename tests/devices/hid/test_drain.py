"""The drain: a bounded store between the kernel's and ours, that tells what it could not take; and what it imports."""

import errno
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from devices.readers.hid.drain import (
    BACKLOG_BYTES_MAX,
    HEAD,
    REPORTS_HELD,
    Backlog,
    Piece,
    Record,
    of_events,
    of_reports,
    serve,
)
from devices.readers.hid.drained import DRAIN, Drained
from tests.devices.hid.keyboard import dropped, edges, events

PATIENCE_S = 10


class Device:
    """A socket that sends what is asked of it."""

    def __init__(self) -> None:
        self.gun, self._socket = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._socket.setblocking(False)
        self.fd = self._socket.fileno()
        self.asked = 0

    def state(self) -> bytes:
        self.asked += 1
        return b"state"

    def read(self) -> Iterator[Piece]:
        return of_reports(lambda: self._socket.recv(1 << 16))


def read_all(fd: int) -> list[Piece]:
    """Every record up to the end."""
    with os.fdopen(fd, "rb") as file:
        data, told = file.read(), []
    while data:
        record, length, time_us = HEAD.unpack_from(data)
        told.append(Piece(Record(record), time_us, data[HEAD.size : HEAD.size + length]))
        data = data[HEAD.size + length :]
    return told


def test_a_reader_that_stops_is_told_of_all_that_it_lost() -> None:
    device, backlog = Device(), Backlog(20_000)
    source, out = os.pipe()

    def run() -> None:
        serve(lambda: device, out, backlog)
        os.close(out)

    draining = threading.Thread(target=run)
    draining.start()
    for number in range(2000):
        device.gun.send(number.to_bytes(2, "little") * 500)
    device.gun.close()
    told = read_all(source)
    draining.join(PATIENCE_S)
    assert (told[0].record, told[-1].record) == (Record.OPENED, Record.GONE)
    assert told[-1].data == errno.ENODEV.to_bytes(4, sys.byteorder)
    expected, is_lost = 0, False
    for piece in told[1:-1]:
        if piece.record is Record.LOST:
            is_lost = True
        elif piece.record is Record.DATA:
            number = int.from_bytes(piece.data[:2], "little")
            assert number == expected or (is_lost and number > expected), (number, expected)
            expected, is_lost = number + 1, False
    assert expected == 2000 or is_lost
    assert 20 < sum(piece.record is Record.DATA for piece in told) < 2000


def test_a_backlog_is_bounded_at_its_number() -> None:
    backlog = Backlog()
    piece = Piece(Record.DATA, 0, bytes(1000))
    for _time in range(2000):
        backlog.put(piece)
    assert BACKLOG_BYTES_MAX - 1100 < len(backlog) <= BACKLOG_BYTES_MAX + HEAD.size
    assert backlog.is_over
    assert not backlog.relieved(), "there is no room yet"


def test_events_behind_a_drop_are_not_believed() -> None:
    begun, rest = events(edges((30,)), 5), events(edges((48,)))
    told = list(of_events(begun + dropped(7) + rest, lambda: b"held"))
    assert told == [Piece(Record.DATA, 5, begun), Piece(Record.LOST, 7, b"held")]
    assert list(of_events(b"\0", lambda: b"")) == []


@pytest.mark.parametrize(("waiting", "lost"), [(REPORTS_HELD - 1, 0), (REPORTS_HELD, 1)])
def test_as_many_reports_as_the_kernel_keeps_may_not_have_been_all(waiting: int, lost: int) -> None:
    reports = iter([b"report"] * waiting)

    def read() -> bytes:
        if (report := next(reports, None)) is None:
            raise BlockingIOError
        return report

    records = [piece.record for piece in of_reports(read)]
    assert records == [Record.DATA] * waiting + [Record.LOST] * lost


def test_a_drain_imports_pythons_own_alone_and_tells_why_it_cannot_open() -> None:
    drained = Drained([sys.executable, "-I", "-S", str(DRAIN), "hid_keyboard", "/nonexistent/event0"])
    told: list[Piece] = []
    while not told or told[-1].record is not Record.GONE:
        told += drained.read()
    drained.close()
    assert [piece.record for piece in told] == [Record.REFUSED, Record.GONE]
    assert told[0].data == errno.ENOENT.to_bytes(4, sys.byteorder)
    assert drained.process.returncode is not None
    asked = "import runpy, sys; runpy.run_path(sys.argv[1]); print(*{name.partition('.')[0] for name in sys.modules})"
    command = [sys.executable, "-I", "-S", "-c", asked, str(DRAIN)]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert set(loaded) <= sys.stdlib_module_names | {"__main__"}
