"""The ways through every script, gone once by each process: many tests ask for them."""

from functools import cache

from scanner_app.workflows.charts.chart import Way, onward
from scanner_app.workflows.engine.script import ENDS
from scanner_app.workflows.library import SCRIPTS
from tests.alike import Known


@cache
def ways_from(name: str, beginning: int) -> tuple[Way, ...]:
    """Those of a script that begins with its arguments of this number, without what lies behind a run like another."""
    script = SCRIPTS[name]
    return tuple(onward(script, script.beginnings[beginning], [], Known().is_known))


def ways(name: str) -> list[Way]:
    """The same, whatever it begins with: every question and ending of it, behind each answer that leads there."""
    return [way for number in range(len(SCRIPTS[name].beginnings)) for way in ways_from(name, number)]


def endings(name: str) -> list[object]:
    """What a script of this name may end with, each at least once."""
    return [request for _path, request in ways(name) if isinstance(request, ENDS)]


def every_way(name: str) -> list[Way]:
    """With each look-up and answer that was had on the way: they are four hundred thousand, and charts want them."""
    script = SCRIPTS[name]
    return [way for beginning in script.beginnings for way in onward(script, beginning, [])]
