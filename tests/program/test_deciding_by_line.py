"""Line mode at a centre that answers: a supervisor opens a case, says a word on it, and hears what the centre has."""

import re
import time
from pathlib import Path

from scanner_app.workflows.menu import number_of
from tests.program.demonstration import LineWorker, demonstration

SUPERVISOR = "1201"
"""Who made none of the cases of the demo."""
SHOWN_S = 0.4
"""A word is taken of who can have read the case."""


def hears(worker: LineWorker, text: str, wanted: str) -> str:
    """Enter a line, and read on until what is printed has ``wanted`` in it: an answer comes when it comes."""
    shown = worker.say(text)
    while wanted not in shown:
        shown += worker.prompted()
    return shown


def how_many(told: str) -> int:
    """How many wait, by the question that is printed last."""
    return int(re.findall(r"(\d+): -?[\d,.]+ Open one", told.replace("\N{NO-BREAK SPACE}", " "))[-1])


def test_a_case_is_opened_and_decided_line_by_line(tmp_path: Path) -> None:
    with demonstration(tmp_path) as demo:
        [waiting] = demo.lines("central", "events", "--kind", "exception", "--json")
        who = next(one for one in demo.handout.operators if one.operator == SUPERVISOR)
        worker = demo.line()
        worker.say(who.badge)
        worker.say(who.pin)
        kinds = hears(worker, number_of("decide"), "wait. ! first.")
        assert any("look at it" in line for line in kinds.splitlines())
        listed = hears(worker, "0", "Open one, 0: many.")
        before = how_many(listed)
        (number,) = re.findall(rf"(?m)^  (\d+): .* {waiting['place']} {waiting['item']}: look at it", listed)
        opened = hears(worker, number, "Your word on it? Type its number.")
        assert {"  Who: 1001", "  1: Seen: may stay"} <= set(opened.splitlines())
        time.sleep(SHOWN_S)
        assert "  1: Checked" in worker.say("1").splitlines()
        asked = worker.say("1") + worker.say(who.pin)
        told = hears(worker, re.findall(r"\d+", asked)[-1], "Open one")
        assert "+ Seen: 1. It goes out now." in told.splitlines()
        assert how_many(told) == before - 1, "its own word is known here before the centre has it"
        worker.leave()
        demo.scanner("sync")
        assert demo.lines("central", "events", "--kind", "exception", "--json") == []
