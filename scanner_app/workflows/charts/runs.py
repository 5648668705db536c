"""Runs of a script on examples: every kind of answer and every kind of stock is sent at each point of it."""

from collections.abc import Iterator

from scanner_app.workflows.engine.script import ENDS, Script, Steps
from scanner_app.workflows.lookups.look import Look
from scanner_app.workflows.questions.question import Question

Step = tuple[str, str, object]
"""The slot or look-up, what it is called in a chart, the value that is sent."""
Path = list[Step]
Way = tuple[Path, object]
"""A path, and what the script waits for behind it."""
Run = tuple[Steps, object]
"""A script at work, and what it waits for."""
LOOKED_UP = "look "


def every_way(script: Script) -> Iterator[Way]:
    """Every way through a script, and what it waits for at each point of it: they are a million, of all scripts."""
    for arguments in script.beginnings:
        yield from _onward(script, arguments, [], begun(script, arguments, []))


def begun(script: Script, arguments: dict[str, str], path: Path) -> Run:
    """A run that was sent the values of a path, and what it waits for."""
    steps = script.steps("operator", **arguments)
    request: object = next(steps)
    for _name, _label, value in path:
        request = steps.send(value)
    return steps, request


def steps_from(request: object, path: Path) -> Path:
    """What is worth sending next; an answer that was given before is not given again."""
    if isinstance(request, Question):
        tried = [(request.slot, label, answer) for label, answer in request.examples()]
        taken = {(name, label) for name, label, _value in path}
        return [step for step in tried if step[:2] not in taken]
    if isinstance(request, ENDS):
        return []
    assert isinstance(request, Look), "a script waits for an answer, a value, or nothing more"
    return [(f"{LOOKED_UP}{type(request).__name__}", label, value) for label, value in request.examples()]


def onward(script: Script, arguments: dict[str, str], path: Path, run: Run) -> Iterator[tuple[Path, Run]]:
    """A run that has come so far, sent each step in turn: it goes the first itself; for each other another is begun."""
    steps, request = run
    for number, step in enumerate(steps_from(request, path)):
        way = [*path, step]
        yield way, begun(script, arguments, way) if number else (steps, steps.send(step[2]))


def _onward(script: Script, arguments: dict[str, str], path: Path, run: Run) -> Iterator[Way]:
    yield path, run[1]
    for way, reached in onward(script, arguments, path, run):
        yield from _onward(script, arguments, way, reached)
