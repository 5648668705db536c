"""A count in line mode by real processes: kill -9 at each of its entries and between any two of its lines."""

import random
import time
from typing import Any

import msgspec

from scanner_app.workflows.menu import number_of
from tests.extent import SEED, extent
from tests.torture.tools.site import Device, Site
from tests.torture.tools.workers import LineWorker

LINES, ROUNDS = extent(2, 30), extent(1, 6)
IN_FLIGHT_S_MAX = 0.04
_GOODS = ("111", "222", "WHAT-IS-IT", "111")
_FACTS = "SELECT payload FROM event ORDER BY number"


def entries() -> list[str]:
    """A count of so many lines, each of other goods than the one before, some with a number, and its closing."""
    lines = [[_GOODS[number % 4], *(["7"] if number % 4 == 1 else [])] for number in range(LINES)]
    return [number_of("count"), "P-01", *(text for line in lines for text in line), "P-01", "P-01"]


class Counter:
    """Says each entry to a program that is killed behind it, at once or a little later, and to the next one."""

    def __init__(self, device: Device) -> None:
        self.device = device
        device.config.write_text(device.config.read_text() + "[entry]\nconfirm_delay_ms = 0\n")
        self.worker = self._begun()
        self.prompts = [self.worker.prompt]

    def _begun(self) -> LineWorker:
        worker = self.device.line()
        worker.arrive()
        return worker

    def say(self, text: str) -> None:
        self.worker.say(text)
        self.prompts.append(self.worker.prompt)

    def is_killed(self, text: str, within_s: float) -> bool:
        """Whether an entry was taken before the program was killed."""
        before = self.device.count()
        stdin = self.worker.process.stdin
        assert stdin is not None
        stdin.write(text.encode() + b"\n")
        stdin.flush()
        time.sleep(within_s)
        self.come_back()
        return self.device.count() > before

    def come_back(self) -> None:
        self.worker.kill()
        self.worker = self._begun()

    def counted(self) -> list[dict[str, Any]]:
        """What was posted, without what differs from count to count: when, and under which name."""
        facts = [msgspec.json.decode(payload)["fact"] for (payload,) in self.device.look(_FACTS)]
        return [_timeless(fact) for fact in facts]


def _timeless(said: Any) -> Any:
    if not isinstance(said, dict):
        return said
    told = {name: _timeless(value) for name, value in said.items() if not name.endswith("_us")}
    return {name: value for name, value in told.items() if name != "count"}


def test_a_count_in_line_mode_survives_a_kill_at_each_of_its_entries_and_between_its_lines(site: Site) -> None:
    undisturbed, counter = (Counter(site.devices[name]) for name in ("one", "two"))
    for text in entries():
        undisturbed.say(text)
    chance, taken = random.Random(SEED), 0
    for number in range(ROUNDS):
        for place, text in enumerate(entries()):
            assert counter.worker.prompt == undisturbed.prompts[place]
            is_taken = counter.is_killed(text, chance.uniform(0, IN_FLIGHT_S_MAX) if place % 3 else 0.0)
            taken += is_taken
            if not is_taken:
                counter.say(text)
            if chance.random() < extent(0, 3) / 10:
                counter.come_back()
            assert counter.worker.prompt == undisturbed.prompts[place + 1], (number, place, text, is_taken)
        assert counter.counted() == undisturbed.counted() * (number + 1)
        counter.say(".m")
    print(f"{taken} of {ROUNDS * len(entries())} entries were taken before the kill")
