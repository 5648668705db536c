"""Whose goods are and of which status: said by the worker in few steps, or by the place; nobody is told of the book."""

from pathlib import Path

import msgspec
import pytest

from scanner_app.domain.catalog import Location, Owner, Profile, Status, Stock
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.line import Line
from scanner_app.domain.quantity import whole
from scanner_app.store.lookups.stock_kinds import stock_kinds
from scanner_app.workflows.lookups.stock_kinds import KINDS_MAX, KindsAt
from tests.session.counting.test_count import facts
from tests.warehouse import CASE_GTIN, GTIN, Floor

PLATE, SAID = "340123450000000017", "A-01-05"
RENTED = [
    Profile("rented", owner="ACME"),
    Profile("cage", status="HOLD"),
    Location(SAID, "A", 5, "rented"),
    Location("A-01-04", "A", 4, "cage"),
]
ACME, HOLD, OURS, USABLE, NOTHING = "2", "4", "1", "3", "0"
"""The numbers of what is offered: OWN, ACME, AVAILABLE, HOLD, and nothing."""
_event = msgspec.json.Decoder(Event).decode
_Said = tuple[str, str, bool, bool]
AS_USUAL: _Said = ("OWN", "AVAILABLE", False, False)


def lines(floor: Floor) -> list[Line]:
    return [line for payload in floor.events() if (line := _event(payload).fact.line) is not None]


def said(line: Line) -> _Said:
    return line.key.owner, line.key.status, line.is_owner_said, line.is_status_said


@pytest.fixture
def counter(tmp_path: Path) -> Floor:
    floor = Floor(tmp_path, more=RENTED)
    floor.sign_in()
    floor.say("8")
    return floor


@pytest.mark.parametrize(
    ("scans", "was_said"),
    [
        ([GTIN, "3"], AS_USUAL),
        # of one line, while it is open, before or behind a scan of one more, and before the next thing confirms it
        ([GTIN, ".d", ACME, "3"], ("ACME", "AVAILABLE", True, False)),
        ([GTIN, ".D", HOLD, "3"], ("OWN", "HOLD", False, True)),
        ([GTIN, ".d", ACME, ".d", HOLD, "3"], ("ACME", "HOLD", True, True)),
        ([GTIN, GTIN, ".d", OURS, ".d", USABLE, GTIN, "100004"], ("OWN", "AVAILABLE", True, True)),
        ([CASE_GTIN, ".d", ACME, "2"], ("ACME", "AVAILABLE", True, False)),
        ([GTIN, ".d", ACME, ".d", NOTHING, "3"], AS_USUAL),
        (["100002", "L7", ".d", HOLD, "2.5"], ("OWN", "HOLD", False, True)),
        (["WHAT-IS-IT", ".d", ACME, ".w", "a box", "4"], ("ACME", "AVAILABLE", True, False)),
        # of all that follows
        ([".d", ACME, GTIN, "3"], ("ACME", "AVAILABLE", True, False)),
        ([".d", ACME, ".d", HOLD, "100003", "S-77"], ("ACME", "HOLD", True, True)),
        ([".d", ACME, "100004", "1", GTIN, "3"], ("ACME", "AVAILABLE", True, False)),
        ([".d", ACME, "WHAT-IS-IT", "3"], ("ACME", "AVAILABLE", True, False)),
        ([".d", ACME, GTIN, ".d", OURS, "3"], ("OWN", "AVAILABLE", True, False)),
        ([".d", ACME, ".d", NOTHING, GTIN, "3"], AS_USUAL),
        # afterwards, from the list of lines
        ([GTIN, "3", "key:F7", "1", "4", HOLD], ("OWN", "HOLD", False, True)),
        (["100003", "S-77", ".n", "1", "4", ACME], ("ACME", "AVAILABLE", True, False)),
        (["WHAT-IS-IT", "3", ".n", "1", "4", ACME], ("ACME", "AVAILABLE", True, False)),
        ([GTIN, ".d", HOLD, "3", ".n", "1", "3", "5"], ("OWN", "HOLD", False, True)),
        ([GTIN, ".d", HOLD, "3", ".n", "1", "4", NOTHING], AS_USUAL),
    ],
)
def test_a_worker_says_it(counter: Floor, scans: list[str], was_said: _Said) -> None:
    counter.say("A-01-01", *scans, "A-01-01")
    assert said(lines(counter)[-1] if "100004" not in scans[1:] else lines(counter)[0]) == was_said


@pytest.mark.parametrize(
    ("place", "scans", "was_said"),
    [
        (SAID, [GTIN, "3"], ("ACME", "AVAILABLE", True, False)),
        (SAID, [GTIN, ".d", OURS, "3"], ("OWN", "AVAILABLE", True, False)),
        (SAID, ["100003", "S-77"], ("ACME", "AVAILABLE", True, False)),
        (SAID, ["WHAT-IS-IT", "2"], ("ACME", "AVAILABLE", True, False)),
        (SAID, [PLATE, PLATE, GTIN, "2"], ("ACME", "AVAILABLE", True, False)),
        ("A-01-04", [".d", ACME, GTIN, "2"], ("ACME", "HOLD", True, True)),
    ],
)
def test_a_place_says_it_by_its_profile(counter: Floor, place: str, scans: list[str], was_said: _Said) -> None:
    counter.say(place, *scans, place)
    assert said(lines(counter)[-1]) == was_said


def test_what_is_said_stays_in_sight_and_outlives_the_program(counter: Floor) -> None:
    view = counter.say("A-01-01", ".d", ACME)
    assert ("Owner", "ACME") in [(line.label, line.text) for line in view.lines]
    assert counter.restart().lines == view.lines
    view = counter.say(GTIN, ".d", HOLD)
    assert [(line.label, line.text) for line in view.lines][-2:] == [("Owner", "ACME"), ("State", "HOLD")]
    assert counter.restart().lines == view.lines
    counter.say("2", "100004", "1")
    assert [said(line) for line in lines(counter)] == [("ACME", "HOLD", True, True), ("ACME", "AVAILABLE", True, False)]


def test_another_place_begins_without_it(counter: Floor) -> None:
    counter.say("A-01-01", ".d", ACME, GTIN, "1", "A-01-02", "A-01-02", GTIN, "1")
    assert [said(line)[0] for line in lines(counter)] == ["ACME", "OWN"]


def test_goods_of_another_owner_are_no_more_of_the_same(counter: Floor) -> None:
    counter.say("A-01-01", GTIN, "3", "100004", "1")
    assert counter.say(GTIN, ".d", ACME, "2").message == "2 EA 100001 (line 3)"
    assert counter.say(GTIN, "4").message == "4 EA 100001: 7 EA in all."
    assert counter.say("100003", "S-77", ".d", ACME, "100003", "S-77").message == "S-77 is counted. Scan the next."


def test_nothing_is_asked_and_offered_where_the_site_knows_no_other(tmp_path: Path) -> None:
    gone = [Owner("ACME", "", active=False), Status("HOLD", "", active=False)]
    floor = Floor(tmp_path, more=gone)
    floor.sign_in()
    view = floor.say("8", "A-01-01", GTIN)
    assert not [line.text for line in view.listed if ".d" in line.text]
    floor.say(".d")
    assert floor.desk.view().message == "Cannot be a code. Type how many."
    view = floor.say(".k", "1", ".n", "1")
    assert [line.label for line in view.listed if line.label] == ["1", "2", "3"], "back, out, how many"


def test_what_is_offered_is_the_same_whatever_the_book_has_there(tmp_path: Path) -> None:
    """And everywhere: it is what the site knows."""
    offered = []
    for name, book in (("one", []), ("other", [Stock("A-01-01", "100001", "", "", "ZETA", "LOST", whole(5))])):
        floor = Floor(tmp_path / name, more=[Owner("BETA", "Customer", "customer"), *book])
        floor.sign_in()
        floor.say("8", "A-01-01", GTIN, ".d")
        offered.append([line.text for line in floor.desk.view().listed])
    assert offered[0] == offered[1]
    assert offered[0] == [
        "OWN", "ACME Supplier", "BETA Customer", "AVAILABLE", "HOLD On hold", "As usual: nothing is said",
    ]  # fmt: skip


@pytest.mark.parametrize(("others", "offered"), [(KINDS_MAX - 1, KINDS_MAX), (KINDS_MAX, KINDS_MAX)])
def test_so_many_can_be_chosen_from(others: int, offered: int, tmp_path: Path) -> None:
    floor = Floor(tmp_path, more=[Owner(f"O-{number:04}", "") for number in range(others - 1)])
    assert len(stock_kinds(floor.store.file.database, KindsAt("A-01-01")).owners) == offered


def test_a_correction_keeps_what_was_said_and_the_old_line_goes(counter: Floor) -> None:
    counter.say("A-01-01", GTIN, ".d", ACME, "3", ".n", "1", "3", "5")
    assert facts(counter) == ["A-01-01 3 100001", "A-01-01 5 100001", "never"]
    assert [said(line)[0] for line in lines(counter)] == ["ACME", "ACME"]
