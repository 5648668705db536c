"""The picture of a script, drawn by running it: every kind of answer and every kind of stock is tried.

A chart is Mermaid text: a node for each question and each ending, an edge for each way from one to the next. What the
script was told by look-ups stands in brackets, and only where it decides which way is taken.
"""

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from scanner_app.domain.catalog import AVAILABLE, OWN, Tracking
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows import ask
from scanner_app.workflows.answers import Amount, Answer, Choice, Goods, Person, Place, Text, Verified
from scanner_app.workflows.ask import Question
from scanner_app.workflows.look import AtPlace, Challenge, Digits, Held, HeldRow, ItemRules, OfItem, Rows, Rules, Value
from scanner_app.workflows.runner import ENDS
from scanner_app.workflows.script import Left, Post, Script, SignedIn, Start

_LOT, _SERIAL = "L1", "S1"
_TRACKINGS = {
    "no tracking": Tracking.NONE,
    "lots": Tracking.LOT,
    "serials": Tracking.SERIAL,
    "lots and serials": Tracking.LOT_SERIAL,
}
_GOODS = Goods("item", "name", "EA", SCALE)
_ENDINGS = {Post: "posted", Start: "start", SignedIn: "signed in", Left: "left"}

Facts = frozenset[tuple[str, str]]


class Edge(Struct, frozen=True):
    """One way through: from a slot, by a kind of answer, with what was looked up on the way, to a slot or an ending."""

    source: str
    answer: str
    facts: Facts
    target: str


def draw(script: Script) -> str:
    """Return the chart of a script as Mermaid text, the same for the same code."""
    edges = set(_explore(script, []))
    lines = ["flowchart TD"]
    lines += [f'    {_node(name)}["{text}"]' for name, text in sorted(_nodes(script).items())]
    lines += [f"    {line}" for line in sorted(_edge_lines(edges))]
    return "\n".join(lines) + "\n"


def slots_reached(script: Script) -> frozenset[str]:
    """Every slot that some run of the script asks for."""
    return frozenset(edge.source for edge in _explore(script, []) if edge.source != "begin")


def _node(name: str) -> str:
    return name.replace(" ", "_").replace(":", "_")


def _nodes(script: Script) -> dict[str, str]:
    """The text of each question that is asked; endings are named by themselves."""
    texts: dict[str, str] = {}
    for question in _questions(script, []):
        texts[question.slot] = question.phrase.text.replace("{", "").replace("}", "")
    return texts


def _questions(script: Script, path: list[tuple[str, str, object]]) -> Iterator[Question]:
    request = _run(script, path)
    if isinstance(request, Question):
        yield request
    for step in _steps(request, path):
        yield from _questions(script, [*path, step])


def _explore(script: Script, path: list[tuple[str, str, object]]) -> Iterator[Edge]:
    request = _run(script, path)
    if isinstance(request, (Question, *ENDS)):
        yield _edge(path, request)
    for step in _steps(request, path):
        yield from _explore(script, [*path, step])


def _run(script: Script, path: list[tuple[str, str, object]]) -> object:
    """What a script waits for after it was sent the values of a path."""
    steps = script.steps("operator")
    request: object = next(steps)
    for _name, _label, value in path:
        request = steps.send(value)
    return request


def _steps(request: object, path: list[tuple[str, str, object]]) -> list[tuple[str, str, object]]:
    """The (slot or look-up, label, value) triples worth sending next; a way that was gone before is not gone again."""
    if isinstance(request, Question):
        found = [(request.slot, label, answer) for label, answer in _answers(request)]
        taken = {(name, label) for name, label, _value in path}
        return [step for step in found if step[:2] not in taken]
    if isinstance(request, ENDS):
        return []
    name = type(request).__name__
    return [(f"look {name}", label, value) for label, value in _values(request)]


def _answers(question: Question) -> list[tuple[str, Answer]]:
    if isinstance(question, ask.AskChoice):
        return [
            (option.phrase.text if option.phrase else "a number", Choice(option.value)) for option in question.options
        ]
    if isinstance(question, ask.AskText):
        return [("a text", Text(_SERIAL if question.slot == "serial" else _LOT))]
    return next(answers for kind, answers in _EXAMPLES.items() if isinstance(question, kind))


_EXAMPLES: dict[type[Question], list[tuple[str, Answer]]] = {
    ask.AskPlace: [("a place", Place("place"))],
    ask.AskGoods: [("an item", _GOODS), ("a place", Place("place"))],
    ask.AskSubject: [("an item", _GOODS), ("a place", Place("place"))],
    ask.AskQuantity: [("a number", Amount(SCALE))],
    ask.AskBadge: [("a badge", Person("1001", "name"))],
    ask.AskUnlock: [("the PIN", Verified()), ("a badge", Person("1002", "name"))],
    ask.AskPin: [("the PIN", Verified())],
    ask.AskChallenge: [("the digits", Text("4711"))],
}


def _values(request: object) -> list[tuple[str, Value]]:
    if isinstance(request, Rules):
        return [(text, ItemRules("item", "name", "EA", 0, tracking)) for text, tracking in _TRACKINGS.items()]
    if isinstance(request, Held):
        one = HeldRow("place", "item", _LOT, _SERIAL, OWN, AVAILABLE, SCALE)
        none = HeldRow("place", "item", "", "", OWN, AVAILABLE, SCALE)
        other = [HeldRow("place", "item", row.lot, row.serial, "other", AVAILABLE, SCALE) for row in (one, none)]
        return [("one owner and status", Rows((one, none))), ("several owners or statuses", Rows((one, none, *other)))]
    if isinstance(request, AtPlace | OfItem):
        return [("", Rows(()))]
    assert isinstance(request, Challenge), f"a chart needs examples for {request!r}"
    return [("", Digits("4711"))]


def _edge(path: list[tuple[str, str, object]], request: object) -> Edge:
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
        told = _deciding(facts, reached[source, answer])
        label = f"{answer} [{told}]" if told else answer
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
