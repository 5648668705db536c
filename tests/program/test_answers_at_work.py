"""A gun that waits for its answer and a scanner on the network, at a real program: told apart, freed at the end."""

import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.answers.profiles import PROFILES
from tests.devices.answers.strict_gun import StrictGun
from tests.program.at_work import PROMPT, AtWork
from tests.warehouse import GTIN, PIN


class Answered(AtWork):
    """``gun`` is a Honeywell, ``gate`` connects to the program."""

    def __init__(self, folder: Path) -> None:
        self.gun = StrictGun(folder / "honeywell")
        self.gun.learn(PROFILES["honeywell"])
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.gate = free.getsockname()
        super().__init__(folder)

    def start(self) -> None:
        tables = (
            f'[[reader]]\nname = "GUN-9"\npath = "{self.gun.path}"\nprofile = "honeywell"\n'
            f'[[reader]]\nname = "GATE"\nkind = "tcp_listen"\naddress = "127.0.0.1:{self.gate[1]}"\n'
            'profile = "ack_nak"\n'
        )
        with self.device.config.open("a") as config:
            config.write(tables)
        super().start()

    def close(self) -> None:
        super().close()
        self.gun.unplug()


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[Answered]:
    at_work = Answered(tmp_path)
    yield at_work
    at_work.close()


def test_each_is_answered_when_its_entry_is_judged(at_work: Answered) -> None:
    gun = at_work.gun
    at_work.wait(PROMPT)
    assert gun.heard(20.0) == "free"
    with socket.create_connection(at_work.gate, timeout=20.0) as gate:
        gate.sendall(b"B-1001\r")
        assert gate.recv(9) == b"\x15"
        at_work.wait("Not by network. Enter it here.")
        gun.send(b"B-1001\r")
        assert gun.heard(20.0) == "good"
        at_work.wait(PROMPT)
        for line in (PIN, "1"):
            at_work.type(line)
            at_work.wait(PROMPT)
        gate.sendall(b"A-01-01\r")
        assert gate.recv(9) == b"\x06"
        gun.send(GTIN.encode() + b"\r")
        assert gun.heard(20.0) == "good"
        gun.send(b"no such code\r")
        assert gun.heard(20.0) == "bad"
        gate.sendall(b"A-01-02\r")
        assert gate.recv(9) == b"\x15", "set aside behind a mistake"
    at_work.process.send_signal(signal.SIGTERM)
    at_work.process.wait(20.0)
    assert gun.heard(20.0) == "free"
