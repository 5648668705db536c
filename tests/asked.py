"""Every question of every script, each with a play that has come to it: the list is made from the scripts."""

from functools import cache
from typing import Any, NamedTuple

import pytest

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.workflows.engine.runner import Play
from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.questions.question import Question
from tests.warehouse import CASE_GTIN, GTIN, Floor
from tests.ways import all_ways

READINGS: dict[str, bytes] = {
    "an item": GTIN.encode(),
    "an item by its number": b"100003",
    "a case": CASE_GTIN.encode(),
    "a place": b"B-01-01",
    "a plate": b"340123450000000017",
    "a badge": b"B-1101",
    "a number": b"77",
    "an unknown text": b"nonsense",
    "an unknown label": b"]C0NONSENSE",
    "a long text": b"x" * 99,
    "a label of goods": b"]C1010400638133394810L9",
    "what starts like a command": b".L7",
    "what cannot be read": b"\x11\x10",
}
"""A reading of every sort, none of them asked for anywhere."""


class Asked(NamedTuple):
    """A question, and what its script was sent until it asked."""

    script: Script
    question: Question
    sent: tuple[Any, ...]
    beginning: int

    def play(self) -> Play:
        play = Play(self.script, "1001", dict(self.script.beginnings[self.beginning]))
        for value in self.sent:
            play.resend(value)
        return play

    def at(self, floor: Floor) -> Play:
        """Have a session at this question."""
        floor.session.stack.end_all("left")
        floor.session.stack.begin(self.script.name, "1001", dict(self.script.beginnings[self.beginning]))
        floor.session.stack.opened[-1].play = self.play()
        floor.desk.shown(floor.clock.stamp())
        return floor.session.play


@cache
def questions() -> dict[str, Asked]:
    """By script, slot and sentence."""
    found: dict[str, Asked] = {}
    for (name, beginning), ways in all_ways().items():
        for path, request in ways:
            if isinstance(request, Question):
                asked = f"{name} {request.slot} {request.phrase.key}"
                sent = tuple(value for _n, _l, value in path)
                found.setdefault(asked, Asked(SCRIPTS[name], request, sent, beginning))
    return found


def entry(floor: Floor, raw: bytes) -> Entry:
    return Entry(raw, Source.KEYBOARD, floor.clock.stamp())


every_question = pytest.mark.parametrize("name", list(questions()))
