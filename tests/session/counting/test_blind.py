"""A counter is told nothing of what the book has at the place that is counted: the screens are the same."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from scanner_app.domain.catalog import Plate, Site, Stock
from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.counting.identity import count_name
from scanner_app.domain.quantity import whole
from tests.warehouse import GTIN, PIN, Floor

HERE, PLATE, INNER = "A-01-03", "340123450000000017", "340123450000000024"
BOOK: list[Struct] = [Stock(HERE, "100001", "", "", "OWN", "AVAILABLE", whole(3))]
GONE = [Stock(HERE, "100001", "", "", owner, "AVAILABLE", 0) for owner in ("OWN", "ACME")]
COUNT = ["8", HERE, GTIN, "3", "100003", "S-77", "100002", "L7", "2.5", "SHARED", "1", "1"]
CLOSE = [HERE, HERE]


def shown(floor: Floor, entries: list[str]) -> Iterator[bytes]:
    """Every picture that entries make, as bytes."""
    for entry in entries:
        yield entry.encode() + b" " + msgspec.json.encode(floor.say(entry))


def floor_with(folder: Path, book: list[Struct], badge: str) -> Floor:
    floor = Floor(folder, more=[*GONE, *book])
    floor.sign_in(badge)
    return floor


def test_a_plate_that_stands_there_by_the_book_is_not_told(tmp_path: Path) -> None:
    walk = [*COUNT, PLATE, ".m", "5", HERE, PLATE, ".m", "1", PLATE, ".c", ".m", "42", PLATE, ".k"]
    pictures = []
    for name, at in (("one", HERE), ("other", "B-01-01")):
        floor = floor_with(tmp_path / name, [Plate(PLATE, at)], "B-1001")
        pictures.append(list(shown(floor, walk)))
    assert pictures[0] == pictures[1]


def test_what_is_told_comes_back_behind_the_time_and_by_a_persons_word(tmp_path: Path) -> None:
    floor = floor_with(tmp_path, BOOK, "B-1001")
    floor.say(*COUNT, *CLOSE, ".m")
    looked_at = ["5", HERE]
    assert not [line.text for line in floor.say(*looked_at).listed if "100001" in line.text]
    floor.clock.now_us += 61 * 60 * 10**6
    assert [line.text for line in floor.say(PIN, ".m", *looked_at).listed if "100001" in line.text]


def test_a_count_at_another_device_of_the_site_blinds_here_too(tmp_path: Path) -> None:
    floor = floor_with(tmp_path, BOOK, "B-1001")
    now_us = floor.clock.now_us
    with floor.store.transaction:
        floor.store.feed.put([(500, CountOpen("elsewhere", HERE, "1001", now_us, now_us))])
    assert not [line.text for line in floor.say(".m", "5", HERE).listed if "100001" in line.text]
    with floor.store.transaction:
        floor.store.feed.put([(501, CountOpen("elsewhere", HERE, "1001", now_us, now_us, True, True))])
    assert [line.text for line in floor.say(".m", "5", HERE).listed if "100001" in line.text]


def test_only_a_decision_on_the_count_of_this_device_ends_its_blindness(tmp_path: Path) -> None:
    """Another device may call its count the same; what somebody decides of that is nothing to whoever counted here."""
    floor = floor_with(tmp_path, BOOK, "B-1001")
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


def looked_at(floor: Floor, *places: str) -> list[str]:
    """What an inquiry of some places says of goods."""
    floor.say("key:F8", ".m", "5")
    return [line.text for place in places for line in floor.say(place).listed if "10000" in line.text]


def nested(tmp_path: Path) -> Floor:
    book = [
        *BOOK,
        Plate(PLATE, HERE),
        Plate(INNER, "", PLATE),
        Stock(INNER, "100004", "", "", "OWN", "AVAILABLE", whole(9)),
    ]
    return floor_with(tmp_path, book, "B-1001")


def test_what_stands_on_a_plate_there_is_untold_before_and_behind_its_being_opened(tmp_path: Path) -> None:
    floor = nested(tmp_path)
    assert looked_at(floor, INNER) == ["100004 9 EA Shared one"]
    floor.say(".m", *COUNT[:4])
    assert looked_at(floor, PLATE, INNER) == [], "nobody has scanned either"
    floor.say(".m", "8", HERE, "1", PLATE, PLATE, "100004", "1", PLATE, PLATE)
    with floor.store.transaction:
        counts = floor.store.file.database.execute("SELECT count FROM own_count WHERE place = ?", (PLATE,)).fetchall()
        now_us = floor.clock.now_us
        decided = CountOpen(
            count_name("dev-1", counts[0][0]), PLATE, "1001", now_us, now_us, is_ended=True, is_decided=True
        )
        floor.store.feed.put([(500, decided)])
    assert looked_at(floor, PLATE, INNER) == [], "that of the place around it is not decided"


@pytest.mark.parametrize("minutes", [0, 60])
def test_a_count_that_is_open_blinds_for_two_hours_whatever_the_site_says(minutes: int, tmp_path: Path) -> None:
    """And without having heard of it from the centre."""
    floor = floor_with(tmp_path, [*BOOK, Site("DC1", "Main", "UTC", blind_minutes=minutes)], "B-1001")
    floor.say(*COUNT)
    for passed_us, is_told in ((100 * 60 * 10**6, False), (121 * 60 * 10**6, True)):
        floor.clock.now_us += passed_us
        floor.say(PIN, "key:F6")
        assert [line.text for line in floor.say(HERE).listed if "100001" in line.text and "3 EA" in line.text] == (
            ["100001 3 EA Plain pen"] if is_told else []
        )
        floor.say(".b")


def test_who_opens_a_plate_is_at_the_count_around_it_too(tmp_path: Path) -> None:
    floor = nested(tmp_path)
    floor.say("8", HERE, GTIN, "3", PLATE, PLATE)
    for _ in range(3):
        floor.clock.now_us += 100 * 60 * 10**6
        floor.say(PIN, "100004", "1")
    floor.say(PLATE, PLATE)
    assert floor.say(GTIN, "1").message == "1 EA 100001: 4 EA in all.", "it has not ended"


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        (["1"], ("OWN", "AVAILABLE")),
        (["2", "2", "1"], ("ACME", "AVAILABLE")),
        (["2", "1", "2", GTIN], ("OWN", "HOLD")),
    ],
)
def test_whose_goods_are_is_asked_where_the_book_is_not_told(
    answers: list[str], key: tuple[str, str], tmp_path: Path
) -> None:
    floor = floor_with(tmp_path, BOOK, "B-1001")
    floor.say(*COUNT, ".m", "1", HERE, GTIN, *answers, "2", "A-01-05")
    leg = msgspec.json.decode(floor.events()[-1])["fact"]["legs"][0]
    assert tuple(leg[2][-2:]) == tuple(leg[3][-2:]) == key


def test_two_kinds_of_goods_in_the_hand_can_be_put_while_a_place_is_counted(tmp_path: Path) -> None:
    floor = floor_with(tmp_path, BOOK, "B-1001")
    floor.say("2", "A-01-01", GTIN, "1", ".m", "2", "A-01-02", "100002", "L1", "1", ".m", *COUNT, ".m")
    assert [line.text.split()[0] for line in floor.say("3").listed][:2] == ["1", "1"]
