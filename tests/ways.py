"""Every way through every script, gone once by each process: many tests ask for them, and they are ninety thousand."""

from functools import cache

from scanner_app.workflows.charts.chart import Way, onward
from scanner_app.workflows.library import SCRIPTS


@cache
def ways_from(name: str, beginning: int) -> tuple[Way, ...]:
    """Those of a script that begins with its arguments of this number."""
    script = SCRIPTS[name]
    return tuple(onward(script, script.beginnings[beginning], []))


def ways(name: str) -> list[Way]:
    return [way for number in range(len(SCRIPTS[name].beginnings)) for way in ways_from(name, number)]
