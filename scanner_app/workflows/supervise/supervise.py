"""Supervise: which of the things that a supervisor does; their numbers stay as more come.

What the menu puts beside them is on the same page.
"""

from scanner_app.domain.people import Right
from scanner_app.workflows.accuracy.accuracy import ACCURACY
from scanner_app.workflows.accuracy.checkers import CHECKERS
from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.parts.process import SLOTS, Listed, row, started
from scanner_app.workflows.supervise import phrases as say
from scanner_app.workflows.supervise.decide import DECIDE
from scanner_app.workflows.supervise.devices import DEVICES
from scanner_app.workflows.supervise.morning.decided import DECIDED
from scanner_app.workflows.supervise.people import PEOPLE
from scanner_app.workflows.tasks.tasks import TASKS

ON_SUPERVISE = (
    row(1, DECIDE),
    row(2, DEVICES),
    row(3, PEOPLE),
    row(4, ACCURACY),
    row(5, CHECKERS),
    row(6, TASKS),
    row(7, DECIDED),
)


def supervise(*beside: Listed) -> Script:
    """The page, with what stands ``beside`` it."""
    steps = started((*ON_SUPERVISE, *beside))
    return Script(name="supervise", title=say.SUPERVISE, steps=steps, slots=SLOTS, right=Right.DECIDE)
