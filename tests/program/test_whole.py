"""The whole program: a worker's moves from the key to the centre's ledger, by either face, and after a kill."""

import re
import signal
import time
from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.menu import LOOK_UP
from tests.program.demonstration import Centre, Demo, Driver, demonstration
from tests.screens.terminals import PATIENCE_S

pytestmark = pytest.mark.timeout(180)


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 3 * PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


ALREADY_POSTED = 13
"""The opening stock, and what the lost device of the demo pushed that was simply booked."""


def what_happened(events: list[dict[str, Any]]) -> list[tuple[str, str, list[Any]]]:
    """Events without what must differ between two runs: ids, times, device."""
    return [(event["kind"], event["operator"], [leg[1:] for leg in event["event"]["fact"]["legs"]]) for event in events]


def assert_balanced(demo: Demo, events: list[dict[str, Any]]) -> None:
    sums: dict[str, Fraction] = defaultdict(Fraction)
    rows = demo.lines("central", "export", "ledger", "--format", "jsonl")
    for row in rows:
        sums[row["cause"]] += Fraction(str(row["quantity"]))
    assert set(sums.values()) == {Fraction(0)}
    assert sum(row["cause"] in {event["id"] for event in events} for row in rows) == 4 * len(events)
    assert demo.scanner("central", "verify").stdout == "The book is sound.\n"
    assert f"events posted: {len(events) + ALREADY_POSTED}" in demo.scanner("central", "status").stdout


def test_a_worker_moves_stock_and_the_centre_has_exactly_that(tmp_path: Path) -> None:
    with demonstration(tmp_path / "screen") as demo:
        driver = Driver(demo.screen())
        driver.say(*demo.sign_in(), *demo.moves())
        driver.shows("Take what?")
        driver.terminal.wait(lambda: demo.received() == 3)
        assert driver.leave() == 0
        by_screen = demo.events()
        assert [event["outcome"] for event in by_screen] == ["posted"] * 3
        assert [event["sequence"] for event in by_screen] == [1, 2, 3]
        assert_balanced(demo, by_screen)
        assert demo.handout.operators[0].pin not in str([entry["text"] for entry in demo.log()])
    with demonstration(tmp_path / "line") as demo:
        piped = "\n".join([*demo.sign_in(), *demo.moves()]) + "\n"
        assert demo.scanner("line", given=piped).returncode == 0
        assert demo.scanner("sync", "--once").returncode == 0
        assert what_happened(demo.events()) == what_happened(by_screen)


def test_five_hundred_scans_back_to_back_arrive_whole_and_in_order(tmp_path: Path) -> None:
    with demonstration(tmp_path) as demo:
        terminal = demo.screen()
        driver = Driver(terminal)
        driver.say(*demo.sign_in(), LOOK_UP)
        scans = [
            f"{number:04}-{'ABCDEFGHJKLMNPQRSTUVWXYZ0'[number % 20 :]}".ljust(30, "x")[:30] for number in range(500)
        ]
        terminal.write("".join(scan + "\r" for scan in scans).encode())
        terminal.wait(lambda: b"#503 " in terminal.shown)
        driver.entered = 503
        assert driver.leave() == 0
        logged = [entry["text"] for entry in demo.log()]
        assert [text for text in logged if text and len(text) == 30] == scans


def test_a_kill_in_the_middle_of_a_move_comes_back_to_the_same_question(tmp_path: Path) -> None:
    with demonstration(tmp_path) as demo:
        find, empty = demo.handout.plain[0], demo.handout.empty_places[0]
        driver = Driver(demo.screen())
        driver.say(*demo.sign_in(), "1", find.place, find.barcode)
        driver.shows(f"How many {find.unit}?")
        driver.terminal.child.send_signal(signal.SIGKILL)
        driver.terminal.child.wait(PATIENCE_S)
        driver.terminal.close()
        again = Driver(demo.screen())
        again.shows(f"How many {find.unit}?")
        again.say("2", empty)
        again.terminal.wait(lambda: demo.received() == 1)
        assert again.leave() == 0
        assert [entry["text"] for entry in demo.log() if entry["script"] == "move"][:4] == [
            find.place,
            find.barcode,
            "2",
            empty,
        ]


def test_two_hundred_moves_without_a_centre_arrive_by_themselves_when_it_returns(tmp_path: Path) -> None:
    with demonstration(tmp_path) as demo:
        demo.stop()
        centre = Centre(demo)
        config = demo.config.read_text()
        demo.config.write_text(re.sub(r'url = ".*"', f'url = "http://127.0.0.1:{centre.port}"', config))
        worker = demo.line()
        find, empty = demo.handout.plain[0], demo.handout.empty_places[0]
        worker.say(*demo.sign_in(), "1")
        centre.kill()
        for _ in range(100):
            worker.say(find.place, find.barcode, "1", empty, ".c", empty, find.barcode, "1", find.place, ".c")
        assert demo.events() == []
        centre.process = centre.start()
        wait_until(lambda: demo.received() == 200)
        arrived = demo.events()
        assert [event["sequence"] for event in arrived] == list(range(1, 201))
        assert len({event["id"] for event in arrived}) == 200
        assert_balanced(demo, arrived)
        worker.leave()
        centre.kill()


def test_leaving_the_demo_stops_what_it_started_and_keeps_the_data(tmp_path: Path) -> None:
    demo = Demo(tmp_path)
    told = "\n".join(demo.wait_until_running())
    assert f"{demo.handout.operators[0].badge}  PIN {demo.handout.operators[0].pin}" in told
    assert demo.handout.plain[0].barcode in told
    assert demo.stop() in (0, 130)
    assert demo.scanner("sync", "--once").returncode == 1
    again = Demo(tmp_path)
    assert "Building" not in "\n".join(again.wait_until_running())
    assert again.scanner("sync", "--once").returncode == 0
    again.started.kill()
    again.started.wait()
    wait_until(lambda: again.scanner("sync", "--once").returncode == 1)  # the centre does not outlive a killed demo
