"""The picture of a script, drawn by running it: every kind of answer and every kind of stock is tried.

A chart is Mermaid text: a node for each question and each ending, an edge for each way from one to the next. What the
script was told by look-ups stands in brackets, and only where it decides which way is taken.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from scanner_app.workflows.charts.graph import Facts, Graph
from scanner_app.workflows.charts.runs import LOOKED_UP, Way
from scanner_app.workflows.engine.script import ENDS, Left, Post, SignedIn, SignedOut, Start, TakenUp
from scanner_app.workflows.questions.question import Question

_ENDINGS = {
    Post: "posted",
    Start: "start",
    SignedIn: "signed in",
    Left: "left",
    SignedOut: "signed out",
    TakenUp: "taken up",
}


class Edge(Struct, frozen=True):
    """One way through: from a slot, by a kind of answer, with what was looked up on the way, to a slot or an ending."""

    source: str
    answer: str
    facts: Facts
    target: str


def draw(graphs: Sequence[Graph]) -> str:
    """Return the chart of a script, of which these are the graphs, as Mermaid text, the same for the same code."""
    requests = [point.request for graph in graphs for point in graph.points]
    lines = ["flowchart TD"]
    lines += [f'    {_node(name)}["{text}"]' for name, text in sorted(_nodes(requests).items())]
    lines += [f"    {line}" for line in sorted(_edge_lines(edges_of(graphs)))]
    return "\n".join(lines) + "\n"


def edges_of(graphs: Sequence[Graph]) -> set[Edge]:
    """Every way of a script from one question to the next, or from its beginning and to its end."""
    return {
        Edge(*point.answered, facts, target)
        for graph in graphs
        for point, reached in graph.reached()
        if (target := _target(point.request))
        for facts in reached
    }


def edges_of_ways(ways: Iterable[Way]) -> set[Edge]:
    """The same of ways that were gone one by one."""
    found = set[Edge]()
    for path, request in ways:
        if target := _target(request):
            facts = frozenset((name, label) for name, label, _value in path if name.startswith(LOOKED_UP) and label)
            answers = ((name, label) for name, label, _value in reversed(path) if not name.startswith(LOOKED_UP))
            found.add(Edge(*next(answers, ("begin", "")), facts, target))
    return found


def _node(name: str) -> str:
    return name.replace(" ", "_").replace(":", "_")


def _nodes(requests: Iterable[object]) -> dict[str, str]:
    """The text of each question that is asked; endings are named by themselves."""
    texts: dict[str, str] = {}
    for request in requests:
        if isinstance(request, Question):
            texts.setdefault(request.slot, request.phrase.text.replace("{", "").replace("}", ""))
    return texts


def _target(request: object) -> str:
    """What an edge leads to; nothing where the script looks something up."""
    if isinstance(request, Question):
        return request.slot
    return _ending(request) if isinstance(request, ENDS) else ""


def _ending(request: object) -> str:
    if isinstance(request, Start):
        return f"start {request.script}"
    return next(name for kind, name in _ENDINGS.items() if isinstance(request, kind))


def _edge_lines(edges: set[Edge]) -> Iterator[str]:
    reached: dict[tuple[str, str], set[Facts]] = defaultdict(set)
    taken: dict[tuple[str, str, str], set[Facts]] = defaultdict(set)
    for edge in edges:
        reached[edge.source, edge.answer].add(edge.facts)
        taken[edge.source, edge.answer, edge.target].add(edge.facts)
    for (source, answer, target), facts in taken.items():
        deciding = _deciding(facts, reached[source, answer])
        label = f"{answer} [{deciding}]" if deciding else answer
        yield f'{_node(source)} -->|"{label}"| {_node(target)}' if label else f"{_node(source)} --> {_node(target)}"


def _deciding(taken: set[Facts], reached: set[Facts]) -> str:
    """Only those facts without which the way would not be known."""
    for name in sorted({name for facts in reached for name, _label in facts}):
        shorter = {_without(facts, name) for facts in taken}
        if all(facts in taken for facts in reached if _without(facts, name) in shorter):
            taken, reached = shorter, {_without(facts, name) for facts in reached}
    return " or ".join(sorted(", ".join(sorted(label for _name, label in facts)) for facts in taken if facts))


def _without(facts: Facts, name: str) -> Facts:
    return frozenset(fact for fact in facts if fact[0] != name)
