"""The ways through every script, gone by one process of the tests for all: many tests ask for them."""

import os
from functools import cache

from scanner_app.workflows.charts.graph import Graph
from scanner_app.workflows.charts.runs import Way
from scanner_app.workflows.engine.script import ENDS
from scanner_app.workflows.library import SCRIPTS
from tests.kept import kept


@cache
def ways_from(name: str, beginning: int) -> tuple[Way, ...]:
    """To each point of a script that begins with its arguments of this number: one of the ways that lead there."""
    script = SCRIPTS[name]

    def gone() -> tuple[Way, ...]:
        return tuple((point.path, point.request) for point in Graph(script, script.beginnings[beginning]).points)

    return kept(f"ways-{name}-{beginning}", gone)


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
