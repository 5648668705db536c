"""The picture of a script, drawn by running it: every kind of answer and every kind of stock is tried.

A chart is Mermaid text: a node for each question and each ending, an edge for each way from one to the next. What the
script was told by look-ups stands in brackets, and only where it decides which way is taken.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from scanner_app.workflows.engine.script import ENDS, Left, Post, Script, SignedIn, SignedOut, Start, Steps, TakenUp
from scanner_app.workflows.lookups.look import Look
from scanner_app.workflows.questions.question import Question

_ENDINGS = {
    Post: "posted",
    Start: "start",
    SignedIn: "signed in",
    Left: "left",
    SignedOut: "signed out",
    TakenUp: "taken up",
}

Facts = frozenset[tuple[str, str]]
Path = list[tuple[str, str, object]]
"""What a script was sent: the slot or look-up, what it is called in a chart, the value."""
Way = tuple[Path, object]
"""A path, and what the script waits for behind it."""
Run = tuple[Steps, object]
"""A script at work, and what it waits for."""
IsKnown = Callable[[Steps, Path], bool]
"""Whether all that may come of a run that has come so far was seen by another."""


class Edge(Struct, frozen=True):
    """One way through: from a slot, by a kind of answer, with what was looked up on the way, to a slot or an ending."""

    source: str
    answer: str
    facts: Facts
    target: str


def draw(ways: Sequence[Way]) -> str:
    """Return the chart of a script, of which these are all ways, as Mermaid text, the same for the same code."""
    lines = ["flowchart TD"]
    lines += [f'    {_node(name)}["{text}"]' for name, text in sorted(_nodes(ways).items())]
    lines += [f"    {line}" for line in sorted(_edge_lines(edges_of(ways)))]
    return "\n".join(lines) + "\n"


def _node(name: str) -> str:
    return name.replace(" ", "_").replace(":", "_")


def _nodes(ways: Sequence[Way]) -> dict[str, str]:
    """The text of each question that is asked; endings are named by themselves."""
    texts: dict[str, str] = {}
    for _path, request in ways:
        if isinstance(request, Question):
            texts.setdefault(request.slot, request.phrase.text.replace("{", "").replace("}", ""))
    return texts


def edges_of(ways: Sequence[Way]) -> set[Edge]:
    """Every way of a script from one question to the next, or from its beginning and to its end."""
    return {_edge(path, request) for path, request in ways if isinstance(request, (Question, *ENDS))}


def runs(script: Script) -> Iterator[Way]:
    """Every way through a script, and what it waits for at each point of it: a question, a look-up, an ending."""
    for arguments in script.beginnings:
        yield from onward(script, arguments, [])


def onward(
    script: Script, arguments: dict[str, str], path: Path, is_known: IsKnown = lambda _steps, _path: False
) -> Iterator[Way]:
    """Every way through a script that begins with some arguments and a path, without what lies behind a known run."""
    run = _run(script, arguments, path)
    yield from _onward(script, arguments, path, run, is_known)


def _onward(script: Script, arguments: dict[str, str], path: Path, run: Run, is_known: IsKnown) -> Iterator[Way]:
    """The same for a run that has come so far: it goes the first way on; for each other one another is begun."""
    steps, request = run
    yield path, request
    nexts = _steps(request, path)
    for number, step in enumerate(nexts if nexts and not is_known(steps, path) else []):
        way = [*path, step]
        reached = _run(script, arguments, way) if number else (steps, steps.send(step[2]))
        yield from _onward(script, arguments, way, reached, is_known)


def _run(script: Script, arguments: dict[str, str], path: Path) -> Run:
    """A run that was sent the values of a path, and what it waits for."""
    steps = script.steps("operator", **arguments)
    request: object = next(steps)
    for _name, _label, value in path:
        request = steps.send(value)
    return steps, request


def _steps(request: object, path: Path) -> Path:
    """The (slot or look-up, label, value) triples worth sending next; a way that was gone before is not gone again."""
    if isinstance(request, Question):
        tried = [(request.slot, label, answer) for label, answer in request.examples()]
        taken = {(name, label) for name, label, _value in path}
        return [step for step in tried if step[:2] not in taken]
    if isinstance(request, ENDS):
        return []
    assert isinstance(request, Look), "a script waits for an answer, a value, or nothing more"
    return [(f"look {type(request).__name__}", label, value) for label, value in request.examples()]


def _edge(path: Path, request: object) -> Edge:
    facts = frozenset((name, label) for name, label, _value in path if name.startswith("look ") and label)
    answered = next(((name, label) for name, label, _value in reversed(path) if not name.startswith("look ")), None)
    target = request.slot if isinstance(request, Question) else _ending(request)
    return Edge(answered[0] if answered else "begin", answered[1] if answered else "", facts, target)


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
