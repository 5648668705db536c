"""What is unfinished is said with its goods when its operator leaves, and offered when they are back."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest

from scanner_app.domain.catalog import Plate, Stock
from scanner_app.domain.people import Right
from scanner_app.domain.quantity import whole
from scanner_app.session.context import Settings
from scanner_app.session.view.view import Tone, View
from scanner_app.store.unfinished import KEPT_US, WORKS_MAX
from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.lookups.policy import Policies
from tests.extent import extent
from tests.warehouse import GTIN, PIN, Floor

PALLET, TOTE = "340123450000000017", "340123450000000024"
MORE = [Plate(TOTE, "A-01-01"), Stock(PALLET, "100001", "", "", "OWN", "AVAILABLE", whole(20))]
TOOK = ("2", "A-01-01", GTIN, "5", ".m")
WAYS: dict[str, tuple[tuple[str, ...], str]] = {
    "move": (("1", "A-01-01", GTIN, "24"), "A-01-05"),
    "take": (("2", "A-01-01", GTIN), "5"),
    "put": ((*TOOK, "3", GTIN, "2"), "A-01-05"),
    "build": (("4", "1", TOTE, "A-01-01", GTIN), "3"),
    "unload": (("4", "2", PALLET, GTIN, "2"), "A-01-05"),
    "nest": (("4", "3", TOTE), PALLET),
}
"""Each process shortly before it books, and what books it."""


def works(script: Script) -> bool:
    return script.right is Right.MOVE and "process" not in script.slots


def told(view: View) -> list[tuple[str, Tone]]:
    return [(one.text, one.tone) for one in view.before] + [(view.message, view.tone)]


@pytest.fixture
def floor_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Floor]]:
    made: list[Floor] = []

    def new() -> Floor:
        made.append(Floor(tmp_path_factory.mktemp("floor"), more=MORE))
        made[-1].sign_in()
        return made[-1]

    yield new
    for floor in made:
        floor.close()


def sign_out(floor: Floor) -> View:
    return floor.say(".o")


def another_badge(floor: Floor) -> View:
    floor.clock.now_us += 3_600_000_000
    floor.say("B-1101", PIN)
    return floor.say(".o")


def test_every_process_that_books_is_tried() -> None:
    assert set(WAYS) == {script.name for script in SCRIPTS.values() if works(script)}


@pytest.mark.parametrize(("leaves", "name"), list(product((sign_out, another_badge), WAYS))[:: extent(2, 1)])
def test_who_comes_back_goes_on_where_they_were(
    floor_of: Callable[[], Floor], leaves: Callable[[Floor], View], name: str
) -> None:
    floor = floor_of()
    lines, last = WAYS[name]
    before = floor.say(*lines)
    booked = len(floor.events())
    leaves(floor)
    assert floor.store.log.oldest_open_us() is None, "what is set aside has no claim on the watermark"
    floor.restart()
    offer = floor.sign_in()
    assert (offer.title, offer.prompt) == ("Open", "Not booked. Go on with it?")
    shown = [(line.label, line.text) for line in offer.listed]
    assert all((line.label, line.text) in shown for line in before.lines if line.label not in ("Here", "Qty so far"))
    went_on_us = floor.clock.now_us
    after = floor.say("1")
    assert (after.title, after.prompt, after.lines) == (before.title, before.prompt, before.lines)
    assert (floor.store.log.oldest_open_us() or went_on_us) >= went_on_us
    assert len(floor.events()) == booked
    assert floor.restart().prompt == before.prompt
    floor.say(last)
    assert len(floor.events()) == booked + 1
    floor.say(".o")
    assert floor.sign_in().title == "Menu", "it is offered once"


def test_it_is_said_at_once_with_its_goods(floor_of: Callable[[], Floor]) -> None:
    floor = floor_of()
    floor.say("1", "A-01-01", GTIN, "24")
    said = told(floor.say("key:F9"))
    assert said == [("Signed out.", Tone.GOOD), ("Not booked: 24 EA 100001 A-01-01", Tone.ATTENTION)]


@pytest.mark.parametrize(
    "name", [name for name, (lines, _last) in WAYS.items() if name != "put" and "A-01-01" in lines]
)
def test_goods_are_said_whether_they_or_their_place_came_first(floor_of: Callable[[], Floor], name: str) -> None:
    floor = floor_of()
    lines = WAYS[name][0]
    floor.say(*lines)
    said = floor.say(".o").message
    floor.sign_in()
    floor.say("2")
    at = lines.index("A-01-01")
    assert lines[at + 1] == GTIN
    floor.say(*lines[:at], GTIN, "A-01-01", *lines[at + 2 :])
    assert floor.say(".o").message == said
    assert "100001" in said


def test_work_below_a_look_up_is_unfinished_as_well(floor_of: Callable[[], Floor]) -> None:
    floor = floor_of()
    before = floor.say("1", "A-01-01", GTIN, "24")
    assert floor.say(".i", "A-01-02", ".o").message == "Not booked: 24 EA 100001 A-01-01"
    floor.sign_in()
    assert floor.say("1").prompt == before.prompt


def test_another_badge_is_told_whose_work_and_which(floor_of: Callable[[], Floor]) -> None:
    floor = floor_of()
    floor.say("1", "A-01-01", GTIN, "24")
    floor.clock.now_us += 3_600_000_000
    assert [text for text, _tone in told(floor.say("B-1101", PIN))] == [
        "Work of Worker 1001 was set aside.",
        "Not booked: 24 EA 100001 A-01-01",
        "Welcome, Counter 1101.",
    ]


def test_what_is_in_the_hand_is_said_with_how_much_of_what(floor_of: Callable[[], Floor]) -> None:
    floor = floor_of()
    floor.say("2", "A-01-01", GTIN, "24")
    assert told(floor.say(".o")) == [("Signed out.", Tone.GOOD), ("In your hand: 24 EA 100001", Tone.ATTENTION)]
    assert told(floor.sign_in()) == [
        ("Welcome, Worker 1001.", Tone.GOOD), ("In your hand: 24 EA 100001", Tone.ATTENTION),
    ]  # fmt: skip
    floor.say("2", "A-01-02", "4006381333948", "L1", "2")
    assert floor.say(".o").message.endswith(", 1 more")


def test_what_is_let_go_is_not_offered_again(floor_of: Callable[[], Floor]) -> None:
    floor = floor_of()
    floor.say("1", "A-01-01", GTIN, "24", ".o")
    floor.sign_in()
    view = floor.say("2")
    assert (view.title, view.message) == ("Menu", "Let go.")
    floor.say(".o")
    assert floor.sign_in().title == "Menu"
    assert floor.events() == []


def test_what_is_not_answered_is_offered_again(floor_of: Callable[[], Floor]) -> None:
    floor = floor_of()
    floor.say("1", "A-01-01", GTIN, "24", ".o")
    floor.sign_in()
    assert floor.say(".m").title == "Menu"
    floor.say(".o")
    assert floor.sign_in().title == "Open"


def test_nobody_else_is_offered_it(floor_of: Callable[[], Floor]) -> None:
    floor = floor_of()
    floor.say("1", "A-01-01", GTIN, "24", ".o")
    assert floor.sign_in("B-1101").title == "Menu"


def test_a_stop_where_the_book_has_changed_meanwhile(floor_of: Callable[[], Floor]) -> None:
    """What was scanned is judged anew: nothing is taken for granted that no longer is so."""
    floor = floor_of()
    floor.say("1", "A-01-01", GTIN, "24", ".o")
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE stock SET quantity = 5000000 WHERE place = 'A-01-01'")
    floor.sign_in()
    view = floor.say("1")
    assert (view.prompt, view.message) == ("How many EA?", "Only 5 EA known here. Enter again.")


def test_nothing_is_booked_by_going_on(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The question whether the place is empty falls away, and with it what would keep the last answer from booking."""
    settings = Settings(policies=Policies(zero_check=True))
    floor = Floor(tmp_path_factory.mktemp("floor"), settings=settings)
    floor.sign_in()
    floor.say("2", "A-01-01", GTIN, "100")
    assert floor.desk.view().prompt.startswith("Is A-01-01 empty")
    floor.say(".o")
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE stock SET quantity = 500000000 WHERE place = 'A-01-01'")
    floor.sign_in()
    view = floor.say("1")
    assert (view.title, view.prompt, floor.events()) == ("Take", "How many EA?", [])
    floor.say("100")
    assert len(floor.events()) == 1
    floor.close()


def test_what_is_only_looked_at_or_chosen_is_no_work(floor_of: Callable[[], Floor]) -> None:
    floor = floor_of()
    floor.say("1", "A-01-01", GTIN, "5", "A-01-02", ".m", "6", "1")
    assert told(floor.say(".o")) == [("Signed out.", Tone.GOOD)]
    assert floor.sign_in().title == "Menu"


def test_so_many_are_kept_and_so_long(floor_of: Callable[[], Floor]) -> None:
    floor = floor_of()
    for _ in range(WORKS_MAX + 2):
        floor.say(".m", "1", "A-01-01", GTIN, "24", ".o")
        floor.sign_in()
    assert len(floor.store.unfinished.of("1001")) == WORKS_MAX
    floor.say(".o")
    floor.clock.now_us += KEPT_US
    floor.say("B-1003", PIN, "1", "A-01-01", GTIN, ".o")
    assert (len(floor.store.unfinished.of("1001")), len(floor.store.unfinished.of("1003"))) == (0, 1)


@pytest.mark.parametrize("behind", [("nonsense", "A-01-05"), ("A-01-05", GTIN, "2")], ids=" ".join)
def test_what_is_scanned_right_behind_going_on_comes_back_in_its_order(
    floor_of: Callable[[], Floor], behind: tuple[str, ...]
) -> None:
    """What was entered again comes before it, in the log, too."""
    floor = floor_of()
    floor.say("1", "A-01-01", GTIN, "24", ".o")
    floor.sign_in()
    before = floor.burst("1", *behind)
    after = floor.restart()
    shown = ("title", "prompt", "message", "lines", "halted")
    assert [getattr(after, name) for name in shown] == [getattr(before, name) for name in shown]


SERIALS = [Stock("A-01-04", "100003", "", f"S-{n}", "OWN", "AVAILABLE", whole(1)) for n in range(2, 14)]
NOT_BOOKED: dict[str, tuple[tuple[str, ...], str]] = {
    "an amount": (("1", "A-01-01", GTIN, "24"), "24 EA 100001 A-01-01"),
    "from where it is taken at last": (("1", "A-01-02", "A-01-01", GTIN, "24"), "24 EA 100001 A-01-01"),
    "a lot": (("1", "A-01-02", "4006381333948", "L1", "2"), "2 KG 100002 A-01-02 L1"),
    "a piece": (("1", "A-01-04", "4006381333955", "S-1"), "1 EA 100003 A-01-04 S-1"),
    "many pieces": (("1", "A-01-04", "4006381333955", *["1"] * 12), "12 EA 100003 A-01-04"),
    "many pieces taken": (("2", "A-01-04", "4006381333955", *["1"] * 12), "12 EA 100003 A-01-04"),
    "all that is here": (("1", "A-01-03", "1"), "7 EA 100001 +1 A-01-03"),
    "all that is here, and where to": (("1", "A-01-03", "1", "A-01-05"), "7 EA 100001 +1 A-01-03"),
    "what was picked from the hand": ((*TOOK, "3", "1", "2"), "2 EA 100001"),
    "onto a plate": (("4", "1", TOTE, "A-01-02", "A-01-01", GTIN), "100001 A-01-01"),
    "a plate as it stands": (("1", PALLET, GTIN, "2"), "2 EA 100001 340123450000000017"),
    "one plate onto another": (("4", "3", TOTE), TOTE),
}
"""What is open, and what is said of it."""


def test_it_is_said_with_its_count_and_without_places_that_are_no_part_of_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    floor = Floor(tmp_path_factory.mktemp("floor"), more=[*MORE, *SERIALS])
    for name, (lines, goods) in NOT_BOOKED.items():
        floor.sign_in()
        floor.say(*lines)
        said = [text for text, _ in told(floor.say(".o"))]
        assert f"Not booked: {goods}" in said, (name, said)
        floor.sign_in()
        floor.say("2", ".o")
    floor.close()


def test_what_was_counted_one_by_one_is_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    floor = Floor(tmp_path_factory.mktemp("floor"), settings=Settings(policies=Policies(piece_by_piece=True)))
    floor.sign_in()
    floor.say("1", "A-01-01", *[GTIN] * 4)
    assert floor.say(".o").message == "Not booked: 4 EA 100001 A-01-01"
    floor.close()
