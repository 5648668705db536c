"""A situation: a floor and a centre, told an event a time; each answer has a sentence for whoever waits for it."""

from typing import NamedTuple

from scanner_app.domain.events.event import Event
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.today.phrases import REASONS
from tests.central.counting.centre import Centre
from tests.counting.floor import S1, By, Floor, key

A = key("A")
Told = tuple[str, tuple[str, ...]]
POSTED: Told = ("posted", ())
HELD_ITEM: Told = ("held", ("unknown_item",))


class Situation(NamedTuple):
    """A floor and a centre that a situation is told to, an event a time."""

    centre: Centre
    floor: Floor

    def tell(self, event: Event) -> Told:
        (answer,) = self.centre.push([event])
        assert set(answer.reasons) <= REASONS.keys()
        return str(answer.outcome.value), tuple(map(str, answer.reasons))

    def say(self, word: str, subject: Subject, by: By = S1) -> Told:
        return self.tell(self.floor.said(word, [subject], "12:00", by))

    def name(self, line: Event, item: str, by: By, code: str = "odd") -> Told:
        return self.tell(self.floor.identified(line, code, item, "12:00", by))

    def unknown(self, count: str = "c1", pieces: int = 4) -> Event:
        line = self.floor.counted(count, A, pieces, "10:00", code="odd")
        assert self.tell(line) == HELD_ITEM
        return line

    def claims(self) -> dict[tuple[str, str], float]:
        """How many each count, by what its device calls it, says are there of each item."""
        kept = [claim for claim, _state in self.centre.kept().values()]
        return {(claim.count.partition("/")[2], claim.key.item): claim.quantity / SCALE for claim in kept}
