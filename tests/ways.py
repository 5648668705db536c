"""The ways through every script, gone by one process of the tests for all: many tests ask for them."""

import os
from functools import cache

from scanner_app.workflows.charts.chart import Way, onward
from scanner_app.workflows.engine.script import ENDS
from scanner_app.workflows.library import SCRIPTS
from tests.alike import Known
from tests.kept import kept


@cache
def ways_from(name: str, beginning: int) -> tuple[Way, ...]:
    """Those of a script that begins with its arguments of this number, without what lies behind a run like another."""
    script = SCRIPTS[name]
    return kept(
        f"ways-{name}-{beginning}", lambda: tuple(onward(script, script.beginnings[beginning], [], Known().is_known))
    )


def all_ways() -> dict[tuple[str, int], tuple[Way, ...]]:
    """Of every script; processes that begin together begin with different ones, and read those of the others."""
    wanted = [(script.name, number) for script in SCRIPTS.values() for number in range(len(script.beginnings))]
    first = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) * len(wanted) // 4
    for name, number in wanted[first:] + wanted[:first]:
        ways_from(name, number)
    return {(name, number): ways_from(name, number) for name, number in wanted}


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
