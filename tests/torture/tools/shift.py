"""A worker's shift: pieces moved one by one, each thing said after the other, through any number of deaths of a device.

After each death it compares what was acknowledged with what the log holds, and the question with the one that was due.
"""

import time
from collections.abc import Callable

from scanner_app.workflows.parts import phrases as part_phrases
from tests.torture.tools.site import ITEMS, PATIENCE_S, Device
from tests.torture.tools.workers import GoneError, Worker

BEGIN = ("1",)
_ASKED = (part_phrases.WHAT.text, part_phrases.WHAT.text, "How many EA?", part_phrases.TO_WHERE.text)


class Shift:
    """``said`` counts the things that are known to be in the log; ``deaths`` the times it had to begin again."""

    def __init__(self, device: Device, begin: Callable[[], Worker], before_return: Callable[[], None] = lambda: None):
        self.device = device
        self.said = 0
        self.deaths = 0
        self.unsure = 0
        self.worker: Worker | None = None
        self.begin = begin
        self._before_return = before_return

    def plan(self, number: int) -> str:
        """The entry with this number from 0: the choice of the menu, then place, barcode, one, other place."""
        if number < len(BEGIN):
            return BEGIN[number]
        barcode, here, there = ITEMS[self.device.name]
        return (here, barcode, "1", there)[(number - len(BEGIN)) % 4]

    def asked(self, number: int) -> str:
        """The question that the entry with this number answers."""
        if number < len(BEGIN):
            return part_phrases.CHOOSE.text
        if number == len(BEGIN):
            return part_phrases.FROM_WHERE.text
        return _ASKED[(number - len(BEGIN)) % 4]

    @property
    def moves(self) -> int:
        """How many moves are done."""
        return max(0, self.said - len(BEGIN)) // 4

    def work(self, is_over: Callable[[], bool]) -> None:
        """Go on until it is over, at a moment when no move is half done; leaves the device at its question."""
        self.arrive()
        while not (is_over() and self.said > len(BEGIN) and (self.said - len(BEGIN)) % 4 == 0):
            self.step()

    def step(self) -> None:
        """Say the next thing; when the device is gone, come back."""
        assert self.worker is not None
        try:
            self.worker.say(self.plan(self.said))
            self.said += 1
        except GoneError:
            self.come_back()

    def come_back(self) -> None:
        """Begin again and look: all that was acknowledged is there, perhaps what was being said, and nothing else."""
        assert self.worker is not None
        self.deaths += 1
        self.worker.kill()
        self._before_return()
        self.arrive()

    def arrive(self) -> None:
        """Begin, however often it takes, and compare log and question."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            self.worker = self.begin()
            try:
                self.worker.arrive()
                break
            except GoneError:
                assert time.monotonic() < deadline, "it does not start any more"
                self.deaths += 1
                self.worker.kill()
                self._before_return()
        self._compare()

    def _compare(self) -> None:
        assert self.worker is not None
        found = self.device.entered()
        expected: list[bytes | str] = [self.plan(number).encode() for number in range(self.said + 1)]
        assert found in (expected[:-1], expected), (found[-4:], expected[-4:], len(found), self.said)
        self.unsure += len(found) - self.said
        self.said = len(found)
        assert self.worker.prompt.startswith(self.asked(self.said)), (self.worker.prompt, self.asked(self.said))
