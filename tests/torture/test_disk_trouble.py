"""A full, a failing and a slow disk under the work: a sentence, a way out, and what was acknowledged is still there."""

import shutil
import time
from pathlib import Path

from tests.extent import extent
from tests.torture.tools.disks import SmallDisk
from tests.torture.tools.shift import Shift
from tests.torture.tools.site import Device, Site
from tests.torture.tools.trouble import Trouble
from tests.torture.tools.workers import GoneError, LineWorker

DISK_KB = 24_000
ROUNDS = extent(2, 10)
TROUBLED_MAX = 3_000
SLOW_MOVES = extent(10, 100)


class Outcome:
    """What a worker met: did the program end, with which words, and how much more was taken before."""

    def __init__(self, shift: Shift) -> None:
        assert isinstance(shift.worker, LineWorker)
        self._worker = shift.worker
        self._shift = shift
        self._before = shift.said
        self.has_ended = False

    def go_on(self) -> "Outcome":
        """Say what is due until the program ends; one that goes on for very long has found a way to."""
        while not self.has_ended and self._shift.said < self._before + TROUBLED_MAX:
            try:
                self._worker.say(self._shift.plan(self._shift.said))
                self._shift.said += 1
            except GoneError:
                self.has_ended = True
        return self

    def assert_clear(self) -> None:
        """It ended by itself with code 1, and the last words are one sentence for the operator, no traceback."""
        if not self.has_ended:
            return
        assert self._worker.leave() == 1
        words = self._worker.told()
        assert "Traceback" not in words, words
        last = words.strip().splitlines()[-1]
        assert last.startswith("scanner: "), words
        assert last.endswith((".", "URL CODE")), words


def into_the_middle(shift: Shift, moves: int = 3) -> None:
    """Work up to the question for the quantity of a move."""
    shift.arrive()
    while shift.said < 1 + 4 * moves + 2:
        shift.step()


def finish(shift: Shift) -> None:
    """Begin again, to the same question, and finish what was half done."""
    assert shift.worker is not None
    shift.worker.kill()
    shift.work(lambda: True)
    assert shift.worker.leave() == 0
    assert len(shift.device.events()) == shift.moves
    assert shift.device.look("PRAGMA integrity_check") == [("ok",)]


def test_the_disk_is_full_in_the_middle_of_a_move(site: Site, tmp_path: Path) -> None:
    with SmallDisk(tmp_path / "disk", size_kb=DISK_KB) as disk:
        shutil.copytree(site.devices["one"].folder, disk.folder / "one")
        device = Device(disk.folder / "one", "one", tmp_path / "told")
        device.configure("")
        shift = Shift(device, device.line)
        for _ in range(ROUNDS):
            into_the_middle(shift, shift.moves + 3)
            filler = disk.folder / "filler"
            try:
                disk.fill()
                outcome = Outcome(shift).go_on()
                assert outcome.has_ended, "there is no room for so many entries"
                outcome.assert_clear()
                assert device.scanner("log").returncode in (0, 1)
            finally:
                filler.unlink()
            finish(shift)
        device.close()


def test_a_start_on_a_full_disk_says_so(site: Site, tmp_path: Path) -> None:
    with SmallDisk(tmp_path / "disk", size_kb=DISK_KB) as disk:
        shutil.copytree(site.devices["one"].folder, disk.folder / "one")
        device = Device(disk.folder / "one", "one", tmp_path / "told")
        device.configure("")
        disk.fill()
        done = device.scanner("line", given="1\nP-01\n")
        assert "Traceback" not in done.stderr
        assert done.returncode == 0 or done.stderr.startswith("scanner: ")
        assert done.returncode in (0, 1)
        (disk.folder / "filler").unlink()
        finish_after(device)
        device.close()


def finish_after(device: Device) -> None:
    """Whatever a start on a full disk took, with room it works."""
    taken = device.count()
    assert device.scanner("line", given=".m\n1\nP-01\n111\n1\nP-02\n").returncode == 0
    assert device.count() == taken + 6
    assert len(device.events()) == 1


def test_an_fsync_that_fails_ends_the_work_with_a_sentence(site: Site, tmp_path: Path) -> None:
    """A failed fsync cannot be tried again: what it was about may be gone from the system's memory."""
    trouble = Trouble(tmp_path)
    device = site.devices["one"]
    shift = Shift(device, lambda: device.line(trouble.environment()))
    for _ in range(ROUNDS):
        into_the_middle(shift, shift.moves + 2)
        trouble.fail()
        outcome = Outcome(shift).go_on()
        trouble.end()
        assert outcome.has_ended, "it acknowledges what it could not bring to the disk"
        outcome.assert_clear()
        finish(shift)


def test_an_fsync_that_fails_at_the_start(site: Site, tmp_path: Path) -> None:
    trouble = Trouble(tmp_path)
    device = site.devices["one"]
    trouble.fail()
    worker = device.line(trouble.environment())
    try:
        worker.arrive()
        worker.say("1")
    except GoneError:
        assert worker.leave() == 1
    else:
        raise AssertionError("it acknowledges what it could not bring to the disk")
    assert worker.told().startswith("scanner: ")
    assert "Traceback" not in worker.told()
    trouble.end()
    shift = Shift(device, device.line)
    shift.said = device.count()
    shift.work(lambda: shift.moves >= 1)


def test_a_slow_disk_is_only_slow(site: Site, tmp_path: Path) -> None:
    trouble = Trouble(tmp_path)
    site.serve()
    device = site.devices["one"]
    shift = Shift(device, lambda: device.line(trouble.environment()))
    usual_ms = per_entry_ms(shift, SLOW_MOVES)
    trouble.slow()
    slow_ms = per_entry_ms(shift, 2 * SLOW_MOVES)
    assert shift.deaths == 0
    device.drain()
    assert len(device.events()) == 2 * SLOW_MOVES
    assert 5 < slow_ms < 4 * (usual_ms + 20), "the fsync was really slowed, and there are only a few of them an entry"
    print(f"{slow_ms:.1f} ms an entry with 5 ms more for each fsync, {usual_ms:.1f} ms without")


def per_entry_ms(shift: Shift, moves: int) -> float:
    """How long an entry takes on the way to so many moves, a start of the program shared among them."""
    said, begun = shift.said, time.monotonic()
    shift.work(lambda: shift.moves >= moves)
    taken_s = time.monotonic() - begun
    assert shift.worker is not None
    assert shift.worker.leave() == 0
    return taken_s / (shift.said - said) * 1000
