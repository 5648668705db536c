"""Readers on the network, on loopback: allowed, bounded, told when cut, answered apart, and harmless to each other."""

import queue
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from devices.readers.reader import Outlet
from devices.readers.tcp.address import is_allowed, parted
from devices.readers.tcp.connection import BYTES_AT_ONCE, BYTES_PER_S, LINES_AT_ONCE, LINES_PER_S, Bucket
from devices.readers.tcp.tcp_reader import CONNECTIONS_MAX, TcpReader
from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.domain.capture.framed import Frame
from scanner_app.domain.capture.reader_state import ReaderState, ReaderTold, ReaderWhy
from scanner_app.domain.clock import Stamp

PATIENCE_S = 5.0
HERE = "127.0.0.1:0"


class Bench:
    """Readers whose entries all come to one queue; ``scanner`` connects to the first."""

    def __init__(self) -> None:
        self.entries: queue.Queue[Entry] = queue.Queue()
        self.told: queue.Queue[ReaderTold] = queue.Queue()
        self.outlet = Outlet(self.entries.put, lambda: Stamp(1, 2, "boot"), self.told.put, 200)
        self.stack = ExitStack()

    def reader(
        self, address: str = HERE, *, listens: bool = True, name: str = "GATE", allow: tuple[str, ...] = ()
    ) -> TcpReader:
        reader = TcpReader(
            name, self.outlet, address=address, listens=listens, frame=Frame(), allow=allow, retry_s=0.05, half_s=0.2
        )
        reader.start()
        self.stack.callback(reader.stop)
        return reader

    def listening(self, *, allow: tuple[str, ...] = ()) -> TcpReader:
        reader = self.reader(allow=allow)
        assert self.why() is ReaderWhy.NOTHING
        return reader

    def scanner(self, reader: TcpReader) -> socket.socket:
        scanner = socket.create_connection(("127.0.0.1", reader.port), timeout=PATIENCE_S)
        return self.stack.enter_context(closing(scanner))

    def why(self) -> ReaderWhy:
        return self.told.get(timeout=PATIENCE_S).why

    def entry(self) -> Entry:
        return self.entries.get(timeout=PATIENCE_S)


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    with bench.stack:
        yield bench


def test_codes_come_whole_and_half_a_code_is_told(bench: Bench) -> None:
    reader = bench.listening()
    scanner = bench.scanner(reader)
    scanner.sendall(b"A-01")
    scanner.sendall(b"-01\r\nA-01-02\rHALF")
    came = [bench.entry(), bench.entry()]
    assert [(entry.raw, entry.source, entry.reader) for entry in came] == [
        (b"A-01-01", Source.TCP, "GATE"),
        (b"A-01-02", Source.TCP, "GATE"),
    ]
    scanner.close()
    assert bench.entry().fault is Fault.CUT
    bench.scanner(reader).sendall(b"WHOLE\r")
    assert bench.entry().raw == b"WHOLE"


def test_each_scanner_is_answered_by_itself(bench: Bench) -> None:
    reader = bench.listening()
    first, second = bench.scanner(reader), bench.scanner(reader)
    first.sendall(b"ONE\r")
    one = bench.entry()
    second.sendall(b"TWO\r")
    two = bench.entry()
    assert reader.send(b"2", two)
    assert reader.send(b"1", one)
    assert (first.recv(9), second.recv(9)) == (b"1", b"2")
    assert reader.send(b"again", one), "once: nothing comes of it"
    assert reader.send(b"all")
    assert (first.recv(9), second.recv(9)) == (b"all", b"all")
    first.sendall(b"GONE\r")
    gone = bench.entry()
    first.sendall(b"HALF")
    first.close()
    assert bench.entry().fault is Fault.CUT
    assert reader.send(b"late", gone), "nobody is left who could miss it"


def test_one_that_does_not_read_stalls_nobody(bench: Bench) -> None:
    reader = bench.listening()
    deaf, other = bench.scanner(reader), bench.scanner(reader)
    deaf.sendall(b"DEAF\r")
    entry = bench.entry()
    began_s = time.monotonic()
    assert not all(reader.send(bytes(1_000_000)) for _ in range(50))
    assert not reader.send(bytes(1_000_000), entry)
    assert time.monotonic() - began_s < PATIENCE_S
    other.sendall(b"OTHER\r")
    assert bench.entry().raw == b"OTHER"


def test_only_so_many_are_heard_and_a_silent_one_gives_up_its_place(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = bench.listening()
    silent = [bench.scanner(reader) for _ in range(CONNECTIONS_MAX)]
    for scanner in (*silent, silent[0]):
        scanner.sendall(b"ONE\r")
        bench.entry()
    refused = bench.scanner(reader)
    assert refused.recv(1) == b"", "all places are taken, and nobody has been silent for long"
    monkeypatch.setattr("devices.readers.tcp.tcp_reader.IDLE_S", 0.0)
    late = bench.scanner(reader)
    late.sendall(b"LATE\r")
    assert bench.entry().raw == b"LATE"
    assert silent[1].recv(1) == b"", "the one that was silent longest"
    silent[0].sendall(b"TWO\r")
    assert bench.entry().raw == b"TWO"


def test_a_hostile_one_is_slowed_and_the_others_are_not(bench: Bench) -> None:
    reader = bench.listening()
    hostile, good = bench.scanner(reader), bench.scanner(reader)
    hostile.setblocking(False)
    for data in (b"X\r" * 2_000, bytes(range(256)) * 4_000, b"\r\n" * 50_000):
        try:
            hostile.send(data)
        except BlockingIOError:
            break
    began_s = time.monotonic()
    good.sendall(b"GOOD\r")
    others = 0
    while (entry := bench.entry()).raw != b"GOOD":
        others += 1
        assert len(entry.raw) <= 200
    assert others <= LINES_AT_ONCE + 1_024
    assert time.monotonic() - began_s < 2.0


def test_what_exceeds_the_rate_waits_and_is_not_lost() -> None:
    lines, then_s = Bucket(LINES_PER_S, LINES_AT_ONCE, 0.0), Bucket(BYTES_PER_S, BYTES_AT_ONCE, 0.0)
    assert lines.take(int(LINES_AT_ONCE), 0.0) == 0.0
    assert lines.take(50, 0.0) == pytest.approx(1.0)
    assert lines.take(0, 1.0) == pytest.approx(0.0)
    assert lines.take(int(LINES_AT_ONCE), 1_000.0) == 0.0, "no more than that at once, however long nothing came"
    assert lines.take(1, 1_000.0) > 0.0
    assert then_s.take(int(BYTES_AT_ONCE + BYTES_PER_S), 0.0) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("peer", "allow", "is_one"),
    [
        ("127.0.0.1", (), True),
        ("::1", (), True),
        ("::ffff:127.0.0.1", (), True),
        ("10.1.2.3", (), False),
        ("fe80::1%eth0", (), False),
        ("10.1.2.3", ("10.1.2.0/24",), True),
        ("10.1.2.3", ("10.1.2.1/24",), True),
        ("10.1.3.3", ("10.1.2.0/24", "10.1.3.3"), True),
        ("::ffff:10.1.2.3", ("10.1.2.3",), True),
        ("127.0.0.1", ("10.1.2.3",), False),
        ("10.1.2.3", ("::/0",), False),
    ],
)
def test_who_may_send(peer: str, allow: tuple[str, ...], is_one: bool) -> None:
    assert is_allowed(peer, allow) is is_one


def test_one_that_is_not_allowed_is_not_heard(bench: Bench) -> None:
    scanner = bench.scanner(bench.listening(allow=("192.0.2.1",)))
    assert scanner.recv(1) == b""
    assert bench.entries.empty()


def test_half_a_code_with_nothing_behind_it_is_told_and_the_next_is_whole(bench: Bench) -> None:
    scanner = bench.scanner(bench.listening())
    scanner.sendall(b"HALF")
    assert bench.entry().fault is Fault.UNENDED
    scanner.sendall(b"\rWHOLE\r")
    assert [bench.entry().fault, bench.entry().raw] == [Fault.LOST, b"WHOLE"]


def test_an_address_that_others_have_is_told(bench: Bench) -> None:
    first = bench.listening()
    bench.reader(f"127.0.0.1:{first.port}", name="TWO")
    told = bench.told.get(timeout=PATIENCE_S)
    assert (told.reader, told.state, told.why) == ("TWO", ReaderState.REFUSED, ReaderWhy.ADDRESS)
    bench.reader("192.0.2.1:9100", name="THREE")
    assert bench.why() is ReaderWhy.ADDRESS, "no address of this machine"


def test_one_that_we_connect_to_is_missed_and_comes_back(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as scanner:
        where = f"127.0.0.1:{scanner.getsockname()[1]}"
        reader = bench.reader(where, listens=False)
        line, _peer = scanner.accept()
        assert bench.why() is ReaderWhy.NOTHING
        line.sendall(b"ONE\rHALF")
        entry = bench.entry()
        assert entry.raw == b"ONE"
        assert reader.send(b"\x06", entry)
        assert line.recv(9) == b"\x06"
        line.close()
        assert bench.entry().fault is Fault.CUT
        assert bench.why() is ReaderWhy.GONE
        line, _peer = scanner.accept()
        assert bench.why() is ReaderWhy.NOTHING
        line.sendall(b"WHOLE\r")
        assert bench.entry().raw == b"WHOLE"
        line.close()


def test_addresses() -> None:
    assert [parted(text) for text in ("127.0.0.1:9100", "[::1]:1", "gate:23")] == [
        ("127.0.0.1", 9100), ("::1", 1), ("gate", 23),
    ]  # fmt: skip
