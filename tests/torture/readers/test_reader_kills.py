"""Serial, HID, the network and a terminal at once, unplugged within scans, killed: each scan once, or told."""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scanner_app.domain.capture.entry import Fault
from scanner_app.store.file import looking
from tests.extent import SEED, extent
from tests.program.at_work import PATIENCE_S, AtWork, Plugged
from tests.torture.readers.guns import HidGun, TcpGun, free_port

GUNS = 2
TERMINAL = ""
ENDS = (b"\r", b"\r\n", b"\n", b"\t")
BURSTS, BURST_MAX = extent(6, 400), extent(30, 50)
UNPLUGGED, KILLED = {*range(2, BURSTS, 9)}, {*range(4, BURSTS, 16)}
_NEWS = "SELECT entry, reader, fault, raw FROM entry WHERE entry > ? ORDER BY entry"


class AllWays(AtWork):
    program = (str(Path(__file__).with_name("at_work_with_guns.py")),)

    def more(self, folder: Path) -> dict[str, tuple[Plugged, str]]:
        keys, port = HidGun(folder / "KEYS-1"), free_port()
        return {
            "KEYS-1": (keys, f'kind = "hid_keyboard"\npath = "{keys.path}"'),
            "GATE": (TcpGun(port), f'kind = "tcp_listen"\naddress = "127.0.0.1:{port}"'),
        }


class Floor:
    """Sends numbered codes by every way, and reads in the log what came of them."""

    def __init__(self, at_work: AtWork, dice: random.Random) -> None:
        self.at_work = at_work
        self.dice = dice
        self.sent: dict[str, list[str]] = {way: [] for way in (*at_work.guns, TERMINAL)}
        self.came: dict[str, list[str]] = {way: [] for way in self.sent}
        self.faults: list[tuple[str, str]] = []
        self._last = 0
        self._newest: dict[str, str] = {}

    def send(self, way: str, kind: str = "X", behind: bytes = b"") -> str:
        """A code that was never sent before, by a way; ``behind`` comes with it."""
        code = f"{kind}-{way or 'KEYS'}-{len(self.sent[way]):06}"
        self.sent[way].append(code)
        self._newest[way] = code
        if way == TERMINAL:
            self.at_work.type(code)
        else:
            self.at_work.guns[way].send(code.encode() + self.dice.choice(ENDS) + behind)
        return code

    def look(self) -> None:
        with looking(self.at_work.device.config.parent / "device") as reader:
            rows = reader.execute(_NEWS, (self._last,)).fetchall()
        for entry, way, fault, raw in rows:
            self._last = entry
            if fault:
                self.faults.append((way, fault))
            elif raw and raw[:2] in (b"X-", b"P-"):
                self.came[way].append(raw.decode())

    def wait(self, is_so: Callable[[], bool]) -> None:
        until_s = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < until_s, (self.faults, {way: codes[-3:] for way, codes in self.came.items()})
            time.sleep(0.05)
            self.look()

    def all_came(self) -> None:
        """Everything that was sent since the last disturbance is in the log."""
        self.wait(lambda: all(code in self.came[way][-BURST_MAX:] for way, code in self._newest.items()))

    def cut(self, way: str) -> None:
        """A whole scan and half of the next, and the plug is out; then in again, under another number."""
        gun = self.at_work.guns[way]
        code = self.send(way, behind=b"X-HALF-")
        self.wait(lambda: code in self.came[way][-3:])
        gun.unplug()
        cuts = self.faults.count((way, Fault.CUT))
        self.wait(lambda: self.faults.count((way, Fault.CUT)) > cuts)
        gun.plug()
        self.listened_to(way)

    def kill(self) -> None:
        self.at_work.kill()
        self.at_work.start()
        self._newest.clear()
        for way in self.at_work.guns:
            self.listened_to(way)

    def listened_to(self, way: str) -> None:
        """What is sent while nobody listens no program can know of: such codes need not come, until one does."""
        probes: set[str] = set()
        until_s = time.monotonic() + PATIENCE_S
        while not probes & {*self.came[way][-BURST_MAX:]}:
            assert time.monotonic() < until_s, f"{way} is not read again"
            probes.add(self.send(way, "P"))
            time.sleep(0.1)
            self.look()


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    at_work = AllWays(tmp_path, GUNS)
    yield Floor(at_work, random.Random(SEED))
    at_work.close()


def test_each_scan_once_in_the_order_of_its_reader_whatever_is_unplugged_or_killed(floor: Floor) -> None:
    floor.at_work.sign_in()
    for way in floor.at_work.guns:
        floor.listened_to(way)
    spared: set[str] = set()
    for burst in range(BURSTS):
        sent = [floor.send(floor.dice.choice([*floor.sent])) for _ in range(floor.dice.randrange(1, BURST_MAX))]
        if burst in KILLED:
            spared.update(sent)
            floor.kill()
            continue
        floor.all_came()
        if burst in UNPLUGGED:
            floor.cut(floor.dice.choice([*floor.at_work.guns]))
    floor.all_came()
    for way, codes in floor.sent.items():
        came = floor.came[way]
        assert came == [code for code in codes if code in {*came}], "once each, in order, and nothing that was not sent"
        lost = [code for code in codes if code not in {*came} and code not in spared and code.startswith("X")]
        assert lost == []
    assert {fault for _way, fault in floor.faults} <= {Fault.CUT, Fault.LOST}
    assert len([fault for _way, fault in floor.faults if fault == Fault.CUT]) >= len(UNPLUGGED - KILLED)
