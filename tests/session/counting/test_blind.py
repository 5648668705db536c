"""A counter is told nothing of what the book has at the place that is counted: the screens are the same."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from scanner_app.domain.catalog import Plate, Stock
from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.counting.identity import count_name
from scanner_app.domain.quantity import whole
from scanner_app.session.context import Settings
from scanner_app.workflows.lookups.policy import Policies
from tests.warehouse import CASE_GTIN, GTIN, PIN, Floor

HERE, PLATE, OTHER_PLATE = "A-01-03", "340123450000000017", "340123450000000024"
BOOKS: dict[str, list[Struct]] = {
    "as counted": [Stock(HERE, "100001", "", "", "OWN", "AVAILABLE", whole(3))],
    "far more, on hold, by lots and serials": [
        Stock(HERE, "100001", "", "", "OWN", "AVAILABLE", whole(400)),
        Stock(HERE, "100001", "", "", "ACME", "HOLD", whole(9)),
        Stock(HERE, "100002", "L7", "", "OWN", "AVAILABLE", whole(5)),
        Stock(HERE, "100003", "", "S-77", "OWN", "AVAILABLE", whole(1)),
        Stock(HERE, "100005", "", "", "OWN", "AVAILABLE", whole(1)),
    ],
    "less than nothing": [Stock(HERE, "100001", "", "", "OWN", "AVAILABLE", whole(-7))],
    "nothing": [Stock(HERE, "100001", "", "", "ACME", "AVAILABLE", 0)],
}
GONE = [Stock(HERE, "100001", "", "", owner, "AVAILABLE", 0) for owner in ("OWN", "ACME")]
COUNT = ["8", HERE, GTIN, "3", "100003", "S-77", "100002", "L7", "2.5", "SHARED", "1", "1"]
CLOSE = [HERE, HERE]
WALK = [
    # each process of the menu, from the place and to it, with goods that may be there
    ".m", "1", HERE, GTIN, "2", "A-01-01", ".m", "1", HERE, "100002", "L7", "1", "A-01-01", "A-01-01",
    ".m", "1", HERE, "100003", "S-77", "A-01-01", ".c", ".m", "1", GTIN, HERE, "900", "A-01-05", ".k", ".c",
    ".m", "1", "A-01-01", GTIN, "1", HERE, HERE, ".c", ".m", "1", HERE, "1", "A-01-05", "A-01-05", ".k", ".c",
    ".m", "2", HERE, CASE_GTIN, "1", ".c", ".m", "3", "1", "1", HERE, HERE, ".k", ".c",
    ".m", "41", OTHER_PLATE, ".k", ".c", ".m", "42", OTHER_PLATE, ".k", ".c", ".m", "43", OTHER_PLATE, ".k", ".c",
    # looked at: the place, goods, a lot, a serial, an owner, part of a name, what is beside it
    ".m", "5", HERE, ".n", ".l", "GTIN", GTIN, ".n", "100002", "L7", "S-77", "ACME", "pen", "1", ".b", "A-01-04", ".n",
    # what became of it, the device, help, a detour in the middle of a process, another language is another operator's
    ".m", "6", "1", "1", ".m", "6", "2", "1", "key:F11", "key:F1", ".b", ".b",
    ".m", "1", HERE, "key:F6", HERE, ".b", ".b",
    ".m", "8", "A-01-02", "100002", "L1", "1", "key:F7", "1", "1", "A-01-02", "A-01-02",
]  # fmt: skip


def shown(floor: Floor, entries: list[str]) -> Iterator[bytes]:
    """Every picture that entries make, as bytes."""
    for entry in entries:
        yield entry.encode() + b" " + msgspec.json.encode(floor.say(entry))


def floor_with(folder: Path, book: list[Struct], badge: str, policies: Policies = Policies()) -> Floor:  # noqa: B008
    floor = Floor(folder, settings=Settings(policies=policies), more=[*GONE, *book])
    floor.sign_in(badge)
    return floor


@pytest.mark.parametrize("book", [name for name in BOOKS if name != "as counted"])
@pytest.mark.parametrize("badge", ["B-1001", "B-1003", "B-1101"])
@pytest.mark.parametrize("closing", [[], CLOSE], ids=("open", "closed"))
def test_every_screen_is_the_same_whatever_the_book_has_there(
    book: str, badge: str, closing: list[str], tmp_path: Path
) -> None:
    entries = [*COUNT, *closing, *WALK]
    one = list(shown(floor_with(tmp_path / "one", BOOKS["as counted"], badge), entries))
    other = list(shown(floor_with(tmp_path / "other", BOOKS[book], badge), entries))
    differing = [(a.decode(), b.decode()) for a, b in zip(one, other, strict=True) if a != b]
    assert differing == []


@pytest.mark.parametrize("policies", [Policies("always", True, True), Policies(zero_check=False)])
def test_so_it_is_whatever_the_site_asks_of_its_workers(policies: Policies, tmp_path: Path) -> None:
    pictures = [
        list(shown(floor_with(tmp_path / name.replace(" ", ""), book, "B-1001", policies), [*COUNT, *WALK]))
        for name, book in BOOKS.items()
    ]
    assert all(one == pictures[0] for one in pictures)


def test_a_plate_that_stands_there_by_the_book_is_not_told(tmp_path: Path) -> None:
    walk = [*COUNT, PLATE, ".m", "5", HERE, PLATE, ".m", "1", PLATE, ".c", ".m", "42", PLATE, ".k"]
    pictures = []
    for name, at in (("one", HERE), ("other", "B-01-01")):
        floor = floor_with(tmp_path / name, [Plate(PLATE, at)], "B-1001")
        pictures.append(list(shown(floor, walk)))
    assert pictures[0] == pictures[1]


def test_what_is_told_comes_back_behind_the_time_and_by_a_persons_word(tmp_path: Path) -> None:
    floor = floor_with(tmp_path, BOOKS["as counted"], "B-1001")
    floor.say(*COUNT, *CLOSE, ".m")
    looked_at = ["5", HERE]
    assert not [line.text for line in floor.say(*looked_at).listed if "100001" in line.text]
    floor.clock.now_us += 61 * 60 * 10**6
    assert [line.text for line in floor.say(PIN, ".m", *looked_at).listed if "100001" in line.text]


def test_a_count_at_another_device_of_the_site_blinds_here_too(tmp_path: Path) -> None:
    floor = floor_with(tmp_path, BOOKS["as counted"], "B-1001")
    now_us = floor.clock.now_us
    with floor.store.transaction:
        floor.store.feed.put([(500, CountOpen("elsewhere", HERE, "1001", now_us, now_us))])
    assert not [line.text for line in floor.say(".m", "5", HERE).listed if "100001" in line.text]
    with floor.store.transaction:
        floor.store.feed.put([(501, CountOpen("elsewhere", HERE, "1001", now_us, now_us, True, True))])
    assert [line.text for line in floor.say(".m", "5", HERE).listed if "100001" in line.text]


def test_only_a_decision_on_the_count_of_this_device_ends_its_blindness(tmp_path: Path) -> None:
    """Another device may call its count the same; what somebody decides of that is nothing to whoever counted here."""
    floor = floor_with(tmp_path, BOOKS["as counted"], "B-1001")
    floor.say(*COUNT, *CLOSE, ".m")
    ((count,),) = floor.store.file.database.execute("SELECT count FROM own_count").fetchall()
    for device, is_shown in (("another", False), ("dev-1", True)):
        now_us = floor.clock.now_us
        row = CountOpen(count_name(device, count), HERE, "1001", now_us, now_us, is_ended=True, is_decided=True)
        with floor.store.transaction:
            floor.store.feed.put([(500, row)])
        listed = [line.text for line in floor.say("5", HERE).listed if "100001" in line.text]
        floor.say(".c", ".m")
        assert bool(listed) == is_shown, device


def test_a_role_that_the_configuration_names_is_told(tmp_path: Path) -> None:
    """Which shows that this walk meets what differs, wherever nothing is hidden."""
    pictures = []
    for name, book in BOOKS.items():
        settings = Settings(told_roles=frozenset({"worker"}))
        floor = Floor(tmp_path / name.replace(" ", ""), settings=settings, more=[*GONE, *book])
        floor.sign_in()
        floor.say(*COUNT)
        pictures.append(list(shown(floor, WALK)))
    assert all(one != other for one, other in combinations(pictures, 2))
