"""A killer: ends processes with SIGKILL at random moments, a number of times, each victim by a thread of its own."""

import random
import subprocess
import threading
from collections.abc import Callable
from typing import Any

Victim = Callable[[], "subprocess.Popen[Any] | None"]


class Killer:
    """``hunt`` begins; ``wait`` ends when all kills are done. The same seed waits the same times."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._threads: list[threading.Thread] = []
        self._stopping = threading.Event()
        self.kills = 0

    def hunt(
        self, victim: Victim, kills: int, between_s: tuple[float, float], after: Callable[[], object] | None = None
    ) -> None:
        """Kill what ``victim`` names, ``kills`` times; call ``after`` each time, as to start it again."""
        chance = random.Random(self._seed + len(self._threads))
        thread = threading.Thread(target=self._run, args=(victim, kills, between_s, after, chance), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run(
        self, victim: Victim, kills: int, between_s: tuple[float, float], after: Callable[[], object] | None,
        chance: random.Random,
    ) -> None:  # fmt: skip
        left = kills
        while left and not self._stopping.wait(chance.uniform(*between_s)):
            process = victim()
            if process is None or process.poll() is not None:
                continue
            process.kill()
            self.kills += 1
            left -= 1
            if after is not None:
                process.wait()
                after()

    @property
    def is_done(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def stop(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(10)
