"""Adjusting and accuracy in line mode: all that a screen shows page by page is said, each a line."""

import os

import pytest

from scanner_app.session.view.view import View
from screens.echo import LineTerminal
from screens.lines import Printer
from tests.screens.scenes import view

SAID = {
    "take_out_reason": ("Qty: 40 EA", "1: Damaged", "Why? Type its number."),
    "take_out_waits": (
        "! Waits, not done: -40 EA 100001",
        "Waits: -40 EA 100001 A-01-01",
        "What goes out? Scan the item.",
    ),
    "take_out_of_the_hand": ("1: 12 EA 100001 Plain pen", "What of it? Scan it, or its number."),
    "adjustment_opened": ("-40 EA -620.00", "Not in the book while it waits.", "Reason: Damaged", "Over: 500 in money"),
    "accuracy": (
        "98.0 %: 404 of 412 lines agree",
        "-0.21 %: shrinkage: -1,204.00 / 573,000.00",
        ".d: What may deceive",
    ),
    "accuracy_lines": ("Lines that differ", "-6.00 -2 EA A-01-01 100001 1001", "1\u00a0differing 2\u00a0all"),
    "checkers": ("1: 2001 1001 12 1.00",),
}


def printed(seen: View) -> list[str]:
    reading, writing = os.pipe()
    printer = Printer(writing, LineTerminal(writing), "utf-8")
    printer.told(seen.told)
    printer.whole(seen)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        return [line.strip() for line in pipe.read().splitlines()]


@pytest.mark.parametrize("name", SAID)
def test_what_a_screen_shows_is_said_line_by_line(name: str) -> None:
    seen = view(name)
    said = printed(seen)
    for words in SAID[name]:
        assert any(line.startswith(words) for line in said), (words, said)
    assert said[-1] == f"{seen.prompt} >", "and then what is asked"
