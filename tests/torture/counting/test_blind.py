"""A counter sees everything, in each language, at each size and in line mode: not a byte differs by the book there.

The walk goes through every process, command, detour and barcode, from the lists of them; what it met of the questions
that a counter can be asked is held against the scripts.
"""

import random
from collections.abc import Iterator
from itertools import cycle, islice, product
from pathlib import Path

import pytest
from msgspec import Struct

from scanner_app.session.context import Settings
from scanner_app.workflows.lookups.policy import Policies
from tests.blind.books import AGREES, BOOKS, FAR_MORE
from tests.blind.terminal import Frame, frames
from tests.blind.walk import NEVER_ASKED, at_random, few, in_lines, never_met, walk
from tests.extent import SEED, extent

SIZES = ((40, 12), (20, 16), (40, 8), (80, 24), (132, 24))
BADGES = ("B-1001", "B-1003", "B-1101", "B-2001", "B-1005", "B-1006")
POLICIES = (Policies("always", True, True), Policies(), Policies(zero_check=False))
RANDOM_ENTRIES = extent(40, 1_500)
IS_LONG = extent(0, 1)
OTHERS = [name for name in BOOKS if name != AGREES]


class Situation(Struct, frozen=True):
    """Who counts, on what, and whether the centre was heard and the count closed."""

    size: tuple[int, int]
    badge: str
    policies: Policies
    exchanged: bool
    closed: bool
    is_line: bool

    def __str__(self) -> str:
        heard = "heard" if self.exchanged else "alone"
        return f"{'lines' if self.is_line else self.size}-{self.badge}-{heard}-{'closed' if self.closed else 'open'}"


def situations() -> Iterator[Situation]:
    """Each size with two or more people, each with and without an exchange, open and closed, some in line mode."""
    ends = cycle(product((True, False), (False, True)))
    for number, (badge, size) in enumerate(zip(cycle(BADGES), cycle(SIZES), strict=False)):
        exchanged, closed = next(ends)
        yield Situation(size, badge, POLICIES[number % len(POLICIES)], exchanged, closed, is_line=number % 4 == 3)


def shown(folder: Path, book: str, entries: list[str], of: Situation) -> list[Frame]:
    settings = Settings(policies=of.policies)
    return frames(folder, book, entries, of.size, settings, is_line=of.is_line)


@pytest.mark.parametrize("of", list(islice(situations(), extent(1, 12))), ids=str)
def test_everything_that_a_counter_can_see_is_the_same_to_the_byte(of: Situation, tmp_path: Path) -> None:
    whole = list(walk(of.badge, exchanged=of.exchanged, closed=of.closed))
    entries = whole if IS_LONG else list(few(of.badge))
    entries = in_lines(entries) if of.is_line else entries
    one = shown(tmp_path / "agrees", AGREES, entries, of)
    for number, book in enumerate(OTHERS if IS_LONG else [FAR_MORE]):
        other = shown(tmp_path / str(number), book, entries, of)
        assert [(book, a, b) for a, b in zip(one, other, strict=True) if a != b] == []
    if entries == whole and of.policies == POLICIES[0]:
        assert never_met(one, ("move", "count", "inquire")) <= set(NEVER_ASKED)


@pytest.mark.parametrize("life", range(extent(1, 8)))
def test_so_it_is_whatever_a_counter_comes_to_type(life: int, tmp_path: Path) -> None:
    of = next(islice(situations(), life, None))
    chance = random.Random(f"{SEED} {life}")
    entries = list(at_random(chance, of.badge, RANDOM_ENTRIES))
    entries = in_lines(entries) if of.is_line else entries
    one, other = (
        shown(tmp_path / str(number), book, entries, of) for number, book in enumerate((AGREES, chance.choice(OTHERS)))
    )
    assert [(a, b) for a, b in zip(one, other, strict=True) if a != b] == []
