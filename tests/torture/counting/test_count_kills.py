"""Kill -9 at each entry of a count: nothing is lost, nothing is counted twice, total and list are as they were."""

import os
import random
import signal
import time
from pathlib import Path

from scanner_app.session.view.view import View
from tests.extent import SEED, extent
from tests.session.counting.test_count import facts
from tests.warehouse import Floor, Ticking

LINES, ROUNDS = extent(6, 30), extent(1, 20)
START_US, MINUTE_US = 1_700_000_000_000_000, 60_000_000
IN_FLIGHT_S_MAX = 0.02


def entries() -> list[str]:
    things = ["340123450000000017", *(("100001", "100004", "WHAT-IS-IT")[number % 3] for number in range(LINES))]
    return ["8", "A-01-01", *things, "A-01-01", "A-01-01"]


def at(folder: Path, life: int) -> Floor:
    """The device in another life: its clock has gone on, and its ids are others."""
    return Floor(folder, Ticking(START_US + life * MINUTE_US))


def shown(view: View) -> tuple[object, ...]:
    return view.prompt, view.lines, view.listed, view.message, view.before


def killed(folder: Path, life: int, entry: str, within_s: float) -> None:
    """Let a process of its own take an entry, and kill it after so long, wherever it is."""
    child = os.fork()
    if child == 0:
        floor = at(folder, life)
        os.write(ready[1], b".")
        floor.say(entry)
        time.sleep(60)
    os.read(ready[0], 1)
    time.sleep(within_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


ready = os.pipe()


def test_a_count_survives_a_kill_at_each_of_its_entries(tmp_path: Path) -> None:
    undisturbed = at(tmp_path / "undisturbed", 0)
    undisturbed.sign_in()
    expected = [shown(undisturbed.desk.view()), *(shown(undisturbed.say(entry)) for entry in entries())]
    chance = random.Random(SEED)
    taken, left = 0, 0
    for number in range(ROUNDS):
        folder, life = tmp_path / f"round {number}", 0
        floor = at(folder, life)
        floor.sign_in()
        floor.close()
        for place, entry in enumerate(entries()):
            killed(folder, life + 1, entry, chance.uniform(0, IN_FLIGHT_S_MAX))
            life += 2
            floor = at(folder, life)
            is_taken = shown(floor.desk.view()) == expected[place + 1]
            taken, left = taken + is_taken, left + (not is_taken)
            now = floor.desk.view() if is_taken else floor.say(entry)
            assert shown(now) == expected[place + 1], (place, entry, is_taken)
            floor.close()
        floor = at(folder, life + 2)
        assert facts(floor) == facts(undisturbed)
        floor.close()
    undisturbed.close()
    print(f"{taken} entries were taken before the kill, {left} had to be entered again")
    assert taken + left == ROUNDS * len(entries())
