"""Every kind of event answers for itself: its tag and bytes, what is impossible, when it was, what it does."""

import ast
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from scanner_app.domain.clock import Offset, Stamp
from scanner_app.domain.events.envelope import Envelope, kind_of
from scanner_app.domain.events.event import Event, postings
from scanner_app.domain.events.fact import KINDS, KINDS_WITH_LEGS, tag_of
from scanner_app.domain.events.kind import Kind
from scanner_app.domain.events.settled import last_instant_us, settle
from tests.kinds import NOW_US, ROWS, event, every_kind, row_of

ROOT = Path(__file__).parents[3]
RECORDED = (
    b'{"id":"event-2","device":"dev-1","epoch":1,"sequence":2,"entry":2,"site":"W1","operator":"w1",'
    b'"wall_us":1780000000000000,"monotonic_us":1780000000000000,"boot":"boot","program":"test","schema":1,'
    b'"offset_us":0,"uncertainty_us":0,"signature":"","fact":%s}'
)


def test_every_kind_has_its_row_and_every_row_its_kind() -> None:
    for kind in KINDS:
        row_of(kind)
    assert ROWS.keys() == KINDS.keys()


@every_kind
def test_its_bytes_are_those_that_the_first_program_wrote(kind: str) -> None:
    row = row_of(kind)
    payload = RECORDED % row.payload
    assert msgspec.json.encode(event(2, row.fact)) == payload
    assert msgspec.json.decode(payload, type=Event) == event(2, row.fact)
    assert kind_of(msgspec.json.decode(payload, type=Envelope)) == tag_of(row.fact) == kind


@every_kind
def test_what_is_impossible_is_named(kind: str) -> None:
    row = row_of(kind)
    assert row.fact.fault() == ""
    assert row.faulty, f"No impossible {kind} is tested: write one into its row in tests/kinds.py."
    assert [fact.fault() for fact, _ in row.faulty] == [fault for _, fault in row.faulty]
    assert {type(fact) for fact, _ in row.faulty} == {type(row.unknown[0])} == {type(row.fact)}


@every_kind
def test_it_says_what_it_does(kind: str) -> None:
    row, fact = row_of(kind), row_of(kind).fact
    assert (fact.right, fact.can_annul, fact.can_put_back) == (row.right, row.can_annul, row.can_put_back)
    assert (fact.stand, fact.undoes, fact.puts_back) == (row.stand, row.undoes, row.puts_back)
    assert (fact.places, fact.items, len(fact.legs)) == (row.places, row.items, row.legs)
    assert len(postings(event(2, fact), fact)) == 2 * row.legs
    assert (kind in KINDS_WITH_LEGS) == bool(row.legs)


@every_kind
def test_its_last_instant_is_settled_and_not_before_the_fact_before_it(kind: str) -> None:
    row = row_of(kind)
    assert row.fact.last_us == row.last_us
    offset = Offset(700, 10, Stamp(NOW_US, NOW_US, "boot"))
    assert last_instant_us(settle(event(2, row.fact), offset, 0)) == row.last_us + 700
    assert last_instant_us(settle(event(2, row.fact), offset, row.last_us + 9_000)) == row.last_us + 9_000


@every_kind
def test_settling_changes_nothing_of_a_fact_whose_times_run_forward(kind: str) -> None:
    assert row_of(kind).fact.in_order() == (row_of(kind).fact, 0)


def test_a_kind_answers_as_most_do_where_it_says_nothing_else() -> None:
    class Ended(Kind, frozen=True):
        task: str

    plain = Ended("T1")
    assert (plain.legs, plain.stand, plain.undoes, plain.puts_back) == ((), None, "", "")
    assert (plain.places, plain.items, plain.can_annul, plain.can_put_back) == ((), (), False, False)
    assert plain.in_order() == (plain, 0)


def test_the_middle_one_of_three_legs_is_put_in_order_too() -> None:
    """The clock was fast only while the second scan was made."""
    moved = ROWS["moved"].fact
    legs = tuple(replace(moved.legs[0], wall_us=wall_us) for wall_us in (1, 5, 3))
    ordered, set_back_us = replace(moved, legs=legs).in_order()
    assert ([leg.wall_us for leg in ordered.legs], set_back_us) == ([1, 3, 3], 2)


def _asked_for_its_kind(source: str) -> Iterator[int]:
    """Lines that tell kinds apart: by their classes, or by the words for them."""
    classes = {kind.__name__ for kind in KINDS.values()}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.MatchClass):
            asked = node.cls
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("isinstance", "issubclass"):
            asked = node.args[1]
        elif isinstance(node, ast.Compare) and ".kind" in ast.unparse(node):
            if any(isinstance(part, ast.Constant) and part.value in KINDS for part in ast.walk(node)):
                yield node.lineno
            continue
        else:
            continue
        if {name.id for name in ast.walk(asked) if isinstance(name, ast.Name)} & classes:
            yield node.lineno


@pytest.mark.parametrize("folder", ["scanner_app", "screens", "sync", "devices"])
def test_nobody_asks_a_fact_for_its_kind(folder: str) -> None:
    asking = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line in _asked_for_its_kind(path.read_text(encoding="utf-8"))
    ]
    assert not asking, f"Ask the fact what it does (scanner_app/domain/events/kind.py), not for its kind: {asking}"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("isinstance(event.fact, Moved)", [1]),
        ("isinstance(fact, PlateMoved | Annulled)", [1]),
        ("match fact:\n    case Adjusted():\n        pass", [2]),
        ("reading.kind == 'adjusted'", [1]),
        ("reading.kind in ('moved', 'x')", [1]),
        ("isinstance(found, Refusal)\nstate == 'annulled'\nreading.kind not in KINDS", []),
    ],
)
def test_who_asks_is_found(source: str, lines: list[int]) -> None:
    assert list(_asked_for_its_kind(source)) == lines
