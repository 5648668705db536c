"""A walk in line mode with the real program: jobs said line by line, kill -9 between or within them; then the book."""

import time
from random import Random

from scanner_app.store.store import open_store
from tests.torture.tools.site import ITEMS, Device
from tests.torture.tools.workers import LineWorker
from tests.torture.walks.book import Book
from tests.torture.walks.terminal import held_against_the_book

IN_FLIGHT_S_MAX = 0.04
_NONSENSE = ("nonsense", "4006381333932", "B-w1", "99", ".b", ".h", ".n", ".u", ".k", "0")


class LineWalk:
    """``go`` so many steps at a device that stands at its menu, then ``look_back``. ``trail`` is what was done."""

    def __init__(self, device: Device, seed: int) -> None:
        device.config.write_text(device.config.read_text() + "[entry]\nconfirm_delay_ms = 0\n")
        self.trail: list[str] = []
        self.deaths = self.bookings = 0
        self._device = device
        self._chance = Random(seed)
        self._job: list[str] = []
        self._said: list[bytes | str] = []
        store = open_store(device.data)
        self._book = Book(store)
        store.close()
        self._worker = self._begun()

    def _begun(self) -> LineWorker:
        worker = self._device.line()
        worker.arrive()
        return worker

    def go(self, steps: int) -> None:
        for _ in range(steps):
            dice = self._chance.random()
            if dice < 0.16:
                self._is_killed(in_flight=dice < 0.08)
            else:
                text = self._drawn()
                self.trail.append(text)
                self._worker.say(text)
                self._said.append(text.encode())
        self._is_killed(in_flight=False)

    def _drawn(self) -> str:
        """The next line of a job, most of them counts; now and then something else."""
        chance = self._chance
        if chance.random() < 0.1:
            return chance.choice(_NONSENSE)
        if not self._job:
            barcode, here, there = ITEMS[self._device.name]
            lines = [text for _ in range(chance.randint(1, 5)) for text in self._line(barcode)]
            self._job = chance.choice(
                [
                    [".k", ".m", "8", here, *lines, here, here],
                    [".k", ".m", "8", here, *lines, ".n", "1", "2", here, here],
                    [".k", ".m", "8", there, *lines, there, there],
                    [".k", ".m", "8", there, ".e", there],
                    [".k", ".m", "8", barcode, here, barcode, chance.choice("0137"), there, ".e", there, here, "1"],
                    [".k", ".m", "1", here, *[barcode, chance.choice("12"), there] * chance.randint(1, 3)],
                ]
            )
        return self._job.pop(0)

    def _line(self, barcode: str) -> list[str]:
        """Goods that are counted, by a number or scan by scan."""
        goods = self._chance.choice([barcode, "111", "222", "WHAT-IS-IT"])
        return [goods, *self._chance.choice([[], [goods], [self._chance.choice("0137")]])]

    def _is_killed(self, *, in_flight: bool) -> None:
        """What was acknowledged is in the log, perhaps what was on its way; the question is the one that was due."""
        self.trail.append(f"killed {'in flight' if in_flight else 'at rest'}")
        prompt, known = self._worker.prompt, len(self._said)
        if in_flight:
            text = self._drawn()
            self.trail.append(text)
            self._said.append(text.encode())
            stdin = self._worker.process.stdin
            assert stdin is not None
            stdin.write(text.encode() + b"\n")
            stdin.flush()
            time.sleep(self._chance.uniform(0, IN_FLIGHT_S_MAX))
        self._worker.kill()
        self.deaths += 1
        found = self._device.entered()
        assert found in (self._said[:known], self._said), (found[-3:], self._said[-3:])
        is_same, self._said = len(found) == known, found
        self._worker = self._begun()
        assert not is_same or self._worker.prompt == prompt

    def look_back(self) -> None:
        """Each event is what the sentence said that came with it, and the book is what they make of it."""
        self._worker.kill()
        self.bookings = held_against_the_book(self._device, self._book)

    def close(self) -> None:
        self._worker.kill()
