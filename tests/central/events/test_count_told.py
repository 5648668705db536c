"""What a count is called at the centre: as its device calls it, and of that device; by one function alone."""

import ast
from pathlib import Path

import sync.central
from sync.central.events.count_told import count_told
from tests.central.warehouse import OTHER, event
from tests.kinds import ROWS

_ROOM = Path(sync.central.__file__).parent
_FACTS = {"fact", "line"}
_PARTS = {"fact", "line", "closing"}
"""What a fact is called as a variable, and as a part; a closing of the domain is called as the centre calls it."""


def test_every_fact_of_a_count_is_of_a_count_of_its_device() -> None:
    told = [row.fact for row in ROWS.values() if row.fact.count]
    assert len(told) > 2
    for fact in told:
        names = {count_told(event(1, fact), fact), count_told(event(1, fact, OTHER), fact), fact.count}
        assert len(names) == 3


def test_nobody_else_at_the_centre_asks_a_fact_which_count_it_is_of() -> None:
    found = {
        f"{path.relative_to(_ROOM)}:{node.lineno}"
        for path in _ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "count" and _is_told(node.value)
    }
    assert {where.split(":")[0] for where in found} == {"events/count_told.py"}


def _is_told(value: ast.expr) -> bool:
    if isinstance(value, ast.Name):
        return value.id in _FACTS
    return isinstance(value, ast.Attribute) and value.attr in _PARTS
