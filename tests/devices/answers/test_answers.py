"""Answers to strict guns on ptys: the right one, after the entry is judged, to the gun that sent it, or none at all."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.answers.answers import OUT_MAX, Answers
from devices.answers.profile import Profile
from devices.answers.profiles import PROFILES
from devices.finding.device import Wanted
from devices.readers.reader import Outlet
from devices.readers.serial.port import LineSettings
from devices.readers.serial.serial_reader import Packets, SerialReader
from devices.ssi import packet
from scanner_app.domain.capture.answered import Answered
from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.domain.capture.framed import Frame
from scanner_app.domain.capture.reader_state import ReaderState, ReaderTold, ReaderWhy
from scanner_app.domain.clock import Stamp
from scanner_app.reader_settings import PROFILES as NAMES
from scanner_app.reader_settings import SILENT
from tests.devices.answers.strict_gun import PATIENCE_S, StrictGun

SHORT_S = 0.2
LINED = [name for name in PROFILES if name != "zebra_ssi"]


class Floor:
    """Guns with readers and answers, as they are wired, and a test in the place of the work thread."""

    def __init__(self, folder: Path, profile: Profile, names: tuple[str, ...] = ("GUN-1",)) -> None:
        self.queued: queue.Queue[Entry] = queue.Queue()
        self.ready: queue.Queue[ReaderTold] = queue.Queue()
        self.answers = Answers(self.queued.put, self.ready.put)
        outlet = Outlet(self.answers.submitted, lambda: Stamp(1, 2, "boot"), self.answers.told, 200)
        packets = Packets(int(profile.patience_s * 1_000_000), profile.again) if profile.again else None
        self.guns: dict[str, StrictGun] = {}
        self.readers: list[SerialReader] = []
        for name in names:
            gun = self.guns[name] = StrictGun(folder / name)
            gun.learn(profile)
            wanted, line = Wanted(str(gun.path)), LineSettings()
            reader = SerialReader(name, outlet, wanted=wanted, line=line, frame=Frame(), packets=packets)
            self.answers.add(name, reader, profile)
            self.readers.append(reader)
        self.answers.start()
        for reader in self.readers:
            reader.start()
            self.ready.get(timeout=PATIENCE_S)

    def next(self) -> Entry:
        return self.queued.get(timeout=PATIENCE_S)

    def take(self, entry: Entry, answered: Answered = Answered.GOOD) -> Entry:
        """Begin an entry and judge it, as the work thread does."""
        (begun,) = self.answers.begun([entry])
        self.answers.judged([entry], [Answered.BAD if begun.fault else answered])
        return begun

    def close(self) -> None:
        self.answers.stop()
        for reader in self.readers:
            reader.stop()


@pytest.fixture
def floors() -> Iterator[list[Floor]]:
    floors: list[Floor] = []
    yield floors
    for floor in floors:
        floor.close()


def test_there_is_a_profile_for_each_name_and_no_bytes_without_one() -> None:
    assert set(NAMES) == {SILENT, *PROFILES}
    assert SILENT not in PROFILES


@pytest.mark.parametrize("name", LINED)
def test_each_family_is_answered_in_its_own_bytes_once_its_entry_is_judged(
    tmp_path: Path, floors: list[Floor], name: str
) -> None:
    profile = PROFILES[name]
    floor = Floor(tmp_path, profile)
    floors.append(floor)
    gun = floor.guns["GUN-1"]
    if profile.free:
        assert profile.bytes_of(Answered.GOOD) != profile.free
        assert gun.heard() == "free", "it may be locked since before"
    for answered in Answered:
        gun.send(b"A-01-01\r")
        entry = floor.next()
        assert not gun.heard(0.02), "nothing is told of what is not judged"
        floor.take(entry, answered)
        assert profile.bytes_of(Answered(gun.heard())) == profile.bytes_of(answered)


def test_only_the_gun_that_sent_it_is_answered(tmp_path: Path, floors: list[Floor]) -> None:
    floor = Floor(tmp_path, PROFILES["bel"], ("GUN-1", "GUN-2"))
    floors.append(floor)
    floor.guns["GUN-2"].send(b"A-01-01\r")
    floor.take(floor.next(), Answered.BAD)
    assert floor.guns["GUN-2"].heard() == "bad"
    assert not floor.guns["GUN-1"].heard(0.05)


def test_what_nobody_has_begun_in_time_is_taken_out_and_told_bad_once(tmp_path: Path, floors: list[Floor]) -> None:
    floor = Floor(tmp_path, Profile(b"G", b"A", b"B", patience_s=SHORT_S))
    floors.append(floor)
    gun = floor.guns["GUN-1"]
    gun.send(b"LATE\r")
    entry = floor.next()
    assert gun.heard() == "bad"
    late = floor.take(entry)
    assert (late.fault, late.raw, late.reader) == (Fault.NOT_TAKEN, b"", "GUN-1")
    gun.send(b"NEXT\r")
    assert floor.take(floor.next()).raw == b"NEXT"
    assert gun.heard() == "good", "and nothing more of the one before"


def test_what_has_been_begun_is_answered_when_it_is_judged_however_late(tmp_path: Path, floors: list[Floor]) -> None:
    floor = Floor(tmp_path, Profile(b"G", b"A", b"B", patience_s=SHORT_S))
    floors.append(floor)
    gun = floor.guns["GUN-1"]
    gun.send(b"SLOW\r")
    entry = floor.next()
    assert floor.answers.begun([entry]) == [entry]
    assert not gun.heard(SHORT_S * 2)
    floor.answers.judged([entry], [Answered.GOOD])
    assert gun.heard() == "good"


def test_a_gun_that_does_not_wait_is_never_told_that_something_was_not_taken() -> None:
    assert {name for name, profile in PROFILES.items() if profile.taken_out_s} == {"honeywell", "zebra_ssi", "ack_nak"}
    assert PROFILES["honeywell"].taken_out_s == 8.0


def test_a_gun_that_never_reads_stalls_nothing(tmp_path: Path, floors: list[Floor]) -> None:
    floor = Floor(tmp_path, Profile(b"G" * 200, b"A", b"B"), ("DEAF", "GUN-1"))
    floors.append(floor)
    for number in range(OUT_MAX):
        floor.guns["DEAF"].send(b"%d\r" % number)
        floor.take(floor.next())
    floor.guns["GUN-1"].send(b"A-01-01\r")
    floor.take(floor.next())
    assert floor.guns["GUN-1"].heard() == "good"


class Stubborn:
    """A gun that is there and takes answers only when it likes."""

    name = "GUN-1"

    def __init__(self) -> None:
        self.takes = False
        self.sent: queue.Queue[bytes] = queue.Queue()

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def send(self, data: bytes, entry: Entry | None = None) -> bool:
        self.sent.put(data)
        return self.takes


def test_answers_that_were_dropped_are_said_once_and_counted_when_it_takes_them_again() -> None:
    gun, told = Stubborn(), queue.Queue[ReaderTold]()
    answers = Answers(lambda _entry: None, told.put)
    answers.add("GUN-1", gun, PROFILES["bel"])
    answers.told(ReaderTold("GUN-1", ReaderState.READY))
    answers.start()
    for takes in (False, False, True, True):
        gun.takes = takes
        entry = Entry(b"A", Source.SERIAL, Stamp(1, 2, "boot"), reader="GUN-1")
        answers.submitted(entry)
        answers.judged([entry], [Answered.GOOD])
        assert gun.sent.get(timeout=PATIENCE_S) == PROFILES["bel"].good
    answers.stop()
    came = [told.get_nowait() for _number in range(told.qsize())]
    assert [(one.why, one.detail) for one in came] == [
        (ReaderWhy.NOTHING, ""),
        (ReaderWhy.DEAF, "an answer was dropped"),
        (ReaderWhy.NOTHING, "2 answers were dropped"),
    ]


def test_more_answers_than_the_queue_has_room_for_are_dropped_and_said() -> None:
    gun, told = Stubborn(), queue.Queue[ReaderTold]()
    answers = Answers(lambda _entry: None, told.put)
    answers.add("GUN-1", gun, PROFILES["bel"])
    answers.told(ReaderTold("GUN-1", ReaderState.READY))
    for _number in range(OUT_MAX + 1):
        entry = Entry(b"A", Source.SERIAL, Stamp(1, 2, "boot"), reader="GUN-1")
        answers.submitted(entry)
        answers.judged([entry], [Answered.GOOD])
    assert [told.get_nowait().why for _number in range(told.qsize())] == [ReaderWhy.NOTHING, ReaderWhy.DEAF]


def test_locked_guns_are_freed_at_the_end(tmp_path: Path) -> None:
    floor = Floor(tmp_path, PROFILES["honeywell"])
    gun = floor.guns["GUN-1"]
    assert gun.heard() == "free"
    gun.send(b"A-01-01\r")
    floor.next()
    floor.close()
    assert gun.heard() == "free"


def test_no_byte_of_a_code_goes_back(tmp_path: Path, floors: list[Floor]) -> None:
    floor = Floor(tmp_path, PROFILES["honeywell"])
    floors.append(floor)
    gun = floor.guns["GUN-1"]
    assert gun.heard() == "free"
    for raw in (b"\x1b8,", b"FE", bytes(range(0x10, 0x20)), b"\xff" * 50):
        gun.send(raw + b"\r")
        floor.take(floor.next())
        assert gun.heard() == "good"


def test_an_answer_that_nobody_waits_for_is_none() -> None:
    answers = Answers(lambda _entry: None, lambda _told: None)
    entry = Entry(b"typed", Source.KEYBOARD, Stamp(1, 2, "boot"))
    answers.submitted(entry)
    assert answers.begun([entry]) == [entry]
    answers.judged([entry], [Answered.GOOD])


def ssi(data: bytes, status: int = 0) -> bytes:
    """A code as a gun sends it: its kind (Code 128), then the data."""
    return packet(0xF3, b"\x03" + data, source=0, status=status)


def test_a_gun_with_packets_is_acknowledged_and_beeps(tmp_path: Path, floors: list[Floor]) -> None:
    floor = Floor(tmp_path, PROFILES["zebra_ssi"])
    floors.append(floor)
    gun = floor.guns["GUN-1"]
    assert gun.heard() == "free"
    gun.send(packet(0xD0, source=0))  # it acknowledges what we sent
    for answered in Answered:
        gun.send(ssi(b"A\r-01-" + answered.value.encode()))
        entry = floor.next()
        assert entry.raw == b"A\r-01-" + answered.value.encode()
        floor.take(entry, answered)
        assert gun.heard() == answered.value
