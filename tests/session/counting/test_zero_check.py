"""The zero check: whatever takes the last from a place by the book lets it be said whether the place is empty.

The processes are found in the code: a script with an ending that takes goods or a plate from a place on the floor has
a row here, which empties one, and takes it again where something else is left.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from msgspec import Struct

from scanner_app.domain.catalog import Plate, Stock
from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.quantity import whole
from scanner_app.domain.reasons import ADJUST, Direction, Reason
from scanner_app.domain.work.zero_check import ZeroCheck
from scanner_app.session.context import Settings
from scanner_app.session.view.view import View
from scanner_app.workflows.engine.script import Post
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.lookups.policy import Policies
from tests.warehouse import GTIN, Floor
from tests.ways import endings

PALLET, TOTE = "340123450000000017", "340123450000000024"
MORE = [
    Plate(TOTE, "A-01-05"),
    Stock(TOTE, "100001", "", "", "OWN", "AVAILABLE", whole(4)),
    Reason("damaged", "Damaged", direction=Direction.OUT, process=ADJUST),
]


class Emptying(NamedTuple):
    """What is entered until the place is empty by the book, and what ends the process behind the answer."""

    place: str
    lines: tuple[str, ...]
    rest: tuple[str, ...] = ()
    is_asked: bool = False
    said: tuple[str, str] = ("1", "2")


EMPTYING: dict[str, tuple[Emptying, ...]] = {
    "move": (
        Emptying("A-01-02", ("1", "A-01-02", "100002", "L1", "8"), ("A-01-05",)),
        Emptying("A-01-04", ("1", "A-01-04", "100003", "S-1"), ("A-01-05",)),
        Emptying("A-01-01", ("1", "A-01-01", "1"), ("A-01-05", "A-01-05")),
        Emptying("B-01-01", ("1", PALLET), ("A-01-01",), said=("3", "4")),
        Emptying(TOTE, ("1", TOTE, GTIN, "4"), ("A-01-01",)),
    ),
    "take": (Emptying("A-01-04", ("2", "A-01-04", "100003", "S-1"), is_asked=True),),
    "build": (Emptying("A-01-04", ("4", "1", PALLET, "A-01-04", "100003", "S-1"), is_asked=True),),
    "put": (Emptying(TOTE, ("3", TOTE, "1", "4"), ("A-01-01",)),),
    "unload": (
        Emptying(TOTE, ("4", "2", TOTE), ("A-01-01", "A-01-01")),
        Emptying(TOTE, ("4", "2", TOTE, GTIN, "4"), ("A-01-01",)),
    ),
    "nest": (Emptying("B-01-01", ("4", "3", PALLET, TOTE), is_asked=True),),
    "take_out": (Emptying("A-01-04", ("0", "1", "A-01-04", "100003", "S-1"), ("1",), is_asked=True),),
    "today": (
        Emptying("BLOCKED", ("1", "A-01-01", GTIN, "2", "BLOCKED", "BLOCKED", ".m", "6", "1", "3", "2"), ("A-01-01",)),
    ),
}
ROWS = [pytest.param(row, id=f"{name}{n or ''}") for name, rows in EMPTYING.items() for n, row in enumerate(rows)]
each_way = pytest.mark.parametrize("row", ROWS)
few_ways = pytest.mark.parametrize("row", [row for row in ROWS if row.id in ("move", "move3", "take")])


@pytest.fixture
def floor_of(tmp_path: Path) -> Iterator[Callable[..., Floor]]:
    made: list[Floor] = []

    def floor(badge: str = "B-1001", settings: Settings | None = None, more: Iterable[Struct] = ()) -> Floor:
        made.append(Floor(tmp_path, settings=settings, more=[*MORE, *more]))
        made[-1].sign_in(badge)
        return made[-1]

    yield floor
    for one in made:
        one.close()


def last(floor: Floor) -> Fact:
    return msgspec.json.decode(floor.events()[-1], type=Event).fact


def offered(view: View) -> list[str]:
    return [line.text for line in view.listed if line.text.endswith(" is empty now.")]


def test_each_process_that_takes_from_a_place_has_a_row() -> None:
    taking = {name for name in SCRIPTS for end in endings(name) if isinstance(end, Post) and end.fact.leaves}
    assert taking == set(EMPTYING)


@each_way
def test_what_is_left_is_offered_to_be_counted(row: Emptying, floor_of: Callable[..., Floor]) -> None:
    floor = floor_of()
    view = floor.say(*row.lines)
    assert offered(view) == [f"{row.place} is empty now."]
    assert (view.prompt == f"Is {row.place} empty now? Type 1 or 2.") is row.is_asked
    assert floor.restart().listed == view.listed
    assert not offered(floor.say(row.said[1]))
    floor.say(*row.rest)
    assert last(floor).looked_at == ZeroCheck(row.place, is_empty=False)
    assert floor.restart().prompt == f"Count what is left? Scan {row.place}."
    assert floor.say(row.place).title.startswith("Count")


@each_way
def test_that_it_is_empty_goes_with_the_event_and_is_in_nobodys_way(
    row: Emptying, floor_of: Callable[..., Floor]
) -> None:
    floor = floor_of()
    said = (row.said[0],) if row.is_asked else ()
    view = floor.say(*row.lines, *said, *row.rest)
    assert last(floor).looked_at == (ZeroCheck(row.place, is_empty=True) if row.is_asked else None)
    assert not view.prompt.startswith("Count what is left?")


@few_ways
def test_nothing_is_asked_where_the_site_does_not_want_it(row: Emptying, floor_of: Callable[..., Floor]) -> None:
    assert not offered(floor_of(settings=Settings(policies=Policies(zero_check=False))).say(*row.lines))


@each_way
def test_nothing_is_asked_where_a_plate_stands_there(row: Emptying, floor_of: Callable[..., Floor]) -> None:
    at = ("", TOTE) if row.place == TOTE else (row.place, "")
    assert not offered(floor_of(more=[Plate("340123450000000055", *at)]).say(*row.lines))


@few_ways
def test_nothing_is_asked_where_other_goods_are_known(row: Emptying, floor_of: Callable[..., Floor]) -> None:
    other = Stock(row.place, "100004", "", "", "OWN", "AVAILABLE", whole(1))
    assert not offered(floor_of(more=[other]).say(*row.lines))


def test_who_counts_there_is_not_told_by_the_question_that_the_book_has_nothing_more(
    floor_of: Callable[..., Floor],
) -> None:
    floor = floor_of()
    now_us = floor.clock.now_us
    with floor.store.transaction:
        for n, place in enumerate(("B-01-01", "A-01-04", TOTE)):
            count = CountOpen(f"c{n}", place, "1001", now_us - 1_000_000, now_us)
            floor.store.feed.put([(10**6 + n, count)])
    for row in (EMPTYING["move"][3], EMPTYING["move"][1], EMPTYING["unload"][0]):
        assert not offered(floor.say(".m", *row.lines))
