"""The graph of a script: every point that a run of it comes to, once for all runs that go on alike from there.

A run goes on by what it stands at and by the answers that are left to give: an answer is given once in a run, so those
that were given before matter where their question comes again. Runs that are alike in both meet in one point. A million
ways are some ten thousand points.
"""

from collections import defaultdict
from collections.abc import Iterator

from scanner_app.workflows.charts.runs import LOOKED_UP, Path, Run, begun, onward
from scanner_app.workflows.charts.standing import Standing, standing
from scanner_app.workflows.engine.script import ENDS, Script
from scanner_app.workflows.questions.question import Question

Label = tuple[str, str]
"""A slot or look-up, and what an answer or a value of it is called."""
Facts = frozenset[Label]
"""What was looked up on the way, as far as it has a name."""
_BEGIN = ("begin", "")


class Point:
    """A point of a script: what it waits for, by which path one run came here, and what may follow."""

    def __init__(self, path: Path, request: object, answered: Label) -> None:
        self.path = path
        self.request = request
        self.answered = answered
        """The latest answer: the same for all runs that come here."""
        self.onward: list[tuple[Facts, Point]] = []
        self.slots: set[str] = set()
        """The questions from here on."""
        self.given: set[Label] = set()
        """Of the answers that were given before, those to questions that come again."""


class Graph:
    """The points of a script from one of its beginnings, as they are come to first."""

    def __init__(self, script: Script, arguments: dict[str, str]) -> None:
        self._script = script
        self._arguments = arguments
        self._known: dict[tuple[Standing, Label], list[Point]] = defaultdict(list)
        self._left: list[Point] = []
        self.points: list[Point] = []
        self._point([], begun(script, arguments, []), frozenset(), _BEGIN)

    def reached(self) -> Iterator[tuple[Point, set[Facts]]]:
        """Each point, with all that may have been looked up on the ways to it."""
        found: dict[int, set[Facts]] = defaultdict(set)
        found[id(self.points[0])].add(frozenset())
        for point in reversed(self._left):  # each behind all those that lead to it
            before = found.pop(id(point))
            yield point, before
            for fact, following in point.onward:
                found[id(following)] |= {facts | fact for facts in before}

    def _point(self, path: Path, run: Run, given: Facts, answered: Label) -> Point:
        """The point that a run has come to; what may follow is gone through once."""
        steps, request = run
        like = [] if isinstance(request, ENDS) else self._known[standing(steps), answered]
        for known in like:
            if _to_come_again(given, known.slots) == known.given:
                return known
        point = Point(path, request, answered)
        self.points.append(point)
        for way, reached in onward(self._script, self._arguments, path, run):
            name, label, _value = way[-1]
            if name.startswith(LOOKED_UP):
                facts: Facts = frozenset({(name, label)} if label else ())
                point.onward.append((facts, self._point(way, reached, given, answered)))
            else:
                following = self._point(way, reached, given | {(name, label)}, (name, label))
                point.onward.append((frozenset(), following))
        point.slots = {slot for _facts, following in point.onward for slot in following.slots}
        if isinstance(request, Question):
            point.slots.add(request.slot)
        point.given = _to_come_again(given, point.slots)
        like.append(point)
        self._left.append(point)
        return point


def _to_come_again(given: Facts, slots: set[str]) -> set[Label]:
    return {answer for answer in given if answer[0] in slots}


def graphs_of(script: Script) -> list[Graph]:
    """One for each of its beginnings."""
    return [Graph(script, arguments) for arguments in script.beginnings]
