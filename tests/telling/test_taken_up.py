"""Going on takes up the answers that were given: a number that chose a row means that row, wherever it stands now."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scanner_app.domain.catalog import Stock
from scanner_app.domain.quantity import whole
from scanner_app.session.context import Settings
from scanner_app.session.view.view import View
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.questions.answers import Answer, timeless
from scanner_app.workflows.questions.limits import Limits, TypedCodes
from tests.session.test_labels import DRILL, GLUE, HERE, MORE, TODAY_US
from tests.warehouse import GTIN, PIN, Floor, Ticking

AWAY = "A-01-01"
STOCK = [
    *(Stock(HERE, "DRILL", "D1", f"S{n}", "OWN", "AVAILABLE", whole(1)) for n in range(3, 6)),
    Stock(AWAY, "100004", "", "", "OWN", "AVAILABLE", whole(9)),
    Stock(AWAY, "100005", "", "", "OWN", "AVAILABLE", whole(9)),
]
TO_WHERE = "Put where? Scan the place."
DAMAGED = ("label_damaged",)
Book = Callable[..., Floor]
TAKEN_FIRST: dict[str, tuple[tuple[str, ...], str]] = {
    "a lot by its row": (("1", HERE, GLUE, "2", "5"), "DELETE FROM stock WHERE item = 'GLUE' AND lot = 'AB12'"),
    "a serial by its row": (("1", HERE, DRILL, "D1", "2"), "DELETE FROM stock WHERE item = 'DRILL' AND serial = 'S1'"),
    "pieces by their rows": (
        ("1", HERE, DRILL, "D1", "2", "2", "2"), "DELETE FROM stock WHERE item = 'DRILL' AND serial = 'S3'"
    ),
    "an owner by its row": (
        ("1", "A-01-03", GTIN, "2", "3"),
        "INSERT INTO stock (place, item, lot, serial, owner, status, quantity, version) "
        "VALUES ('A-01-03', '100001', '', '', 'ACME', 'HOLD', 5000000, 1)",
    ),
    "a shared code": (("1", AWAY, "SHARED", "2", "3"), "DELETE FROM barcode WHERE item = '100004' AND code = 'SHARED'"),
    "goods in the hand": (
        ("2", AWAY, GTIN, "5", HERE, GLUE, "L1", "5", ".m", "3", "2", "2"), "DELETE FROM stock WHERE item = '100001'"
    ),
}  # fmt: skip
"""What was answered, and what somebody does to the book before it is taken up."""


@pytest.fixture
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    made: list[Floor] = []

    def floor(settings: Settings | None = None) -> Floor:
        made.append(Floor(tmp_path_factory.mktemp("floor"), Ticking(TODAY_US), settings, [*MORE, *STOCK]))
        made[-1].sign_in()
        return made[-1]

    yield floor
    for one in made:
        one.close()


def answers(floor: Floor) -> list[tuple[str, Answer]]:
    return [(given.question.slot, timeless(given.answer)) for given in floor.session.play.given]


def taken_up(floor: Floor, meanwhile: str = "") -> View:
    floor.say(".o")
    if meanwhile:
        with floor.store.transaction:
            assert floor.store.file.database.execute(meanwhile).rowcount > 0
    return floor.say("B-1001", PIN, "1")


@pytest.mark.parametrize("name", TAKEN_FIRST)
def test_nothing_is_answered_that_was_not(book: Book, name: str) -> None:
    lines, meanwhile = TAKEN_FIRST[name]
    floor = book()
    before = floor.say(*lines)
    given = answers(floor)
    view = taken_up(floor)
    assert (answers(floor), view.prompt, view.halted) == (given, before.prompt, False)
    view = taken_up(floor, meanwhile)
    now = answers(floor)
    assert now == given[: len(now)]
    assert not view.halted
    assert floor.restart().prompt == view.prompt


def test_the_lot_of_a_row_that_another_worker_took_is_asked_for(book: Book) -> None:
    floor = book()
    floor.say("1", HERE, GLUE, "1", "5", ".o")
    floor.say("B-1003", PIN, "1", HERE, GLUE, "OLD", "50", "A-01-04", ".o")
    view = floor.say("B-1001", PIN, "1")
    assert (view.prompt, answers(floor)[-1][0]) == ("Which lot? Scan or type it.", "goods")


@pytest.mark.parametrize("again", [1, 3])
def test_a_row_that_moved_up_is_still_the_one(book: Book, again: int) -> None:
    floor = book()
    floor.say("1", HERE, GLUE, "3", "5")
    given = answers(floor)
    for _ in range(again):
        taken_up(floor, "UPDATE stock SET quantity = 0 WHERE item = 'GLUE' AND lot = 'OLD'")
    assert answers(floor) == given


def test_what_a_shared_code_meant_is_meant_in_take_too(book: Book) -> None:
    floor = book()
    before = floor.say("2", AWAY, "SHARED", "1")
    view = taken_up(floor)
    assert (view.prompt, view.lines, view.halted) == (before.prompt, before.lines, False)


def test_a_code_that_a_look_up_found_is_entered_again(book: Book) -> None:
    floor = book()
    before = floor.say("1", ".i", AWAY, ".a", GTIN, "5")
    assert before.prompt == TO_WHERE
    assert taken_up(floor).prompt == TO_WHERE


def test_codes_that_were_typed_are_entered_again_with_why(book: Book) -> None:
    settings = Settings(scans_have_aim=True, limits=Limits(typed_codes=TypedCodes.REASON))
    floor = book(settings)
    before = floor.say("1", "]C0" + AWAY, GTIN, "1", "5")
    assert (before.prompt, floor.session.play.reasons.codes) == (TO_WHERE, DAMAGED)
    assert (taken_up(floor).prompt, floor.session.play.reasons.codes) == (TO_WHERE, DAMAGED)


def test_pieces_that_were_counted_are_counted_again(book: Book) -> None:
    """They are entered at once, though they were not read twice."""
    floor = book(Settings(policies=Policies(piece_by_piece=True)))
    before = floor.say("1", AWAY, *[GTIN] * 4)
    assert taken_up(floor).lines == before.lines
    assert answers(floor)[-1][0] == "quantity"


@pytest.mark.parametrize("answered", [(), ("]C101{0}10L117300101",)])
def test_what_was_confirmed_is_asked_for_once_more_with_why(book: Book, answered: tuple[str, ...]) -> None:
    """Nothing was read now, so nothing is said of reading twice."""
    floor = book()
    label = f"]C101{GLUE}17300202" + "10L1"
    before = floor.say("1", HERE, label)
    assert before.message == "Label: 2030-02-02. Book: 2030-01-01."
    floor.say(label, *(("5",) if answered else ()))
    view = taken_up(floor)
    assert (view.prompt, view.message) == (before.prompt, before.message)


def test_what_was_taken_back_is_not_taken_up(book: Book) -> None:
    floor = book()
    before = floor.say("1", HERE, GLUE, "1", "5", ".u", ".u", "L1")
    given = answers(floor)
    assert (taken_up(floor).prompt, answers(floor)) == (before.prompt, given)


def test_the_work_of_a_program_before_begins_at_its_first_question(tmp_path: Path) -> None:
    """What it left tells by which entries, and not what they meant."""
    floor = Floor(tmp_path)
    floor.sign_in()
    floor.say("1", AWAY, GTIN, "5", ".o")
    with floor.store.transaction:
        old = (
            '[{"script":"move","title":"title.move","arguments":{},"scanned":[],"wall_us":1,"entries":[["source",4]]}]'
        )
        floor.store.file.database.execute("UPDATE meta SET value = ? WHERE name = 'unfinished:1001'", (old,))
    view = floor.say("B-1001", PIN, "1")
    assert (view.title, view.prompt, view.halted) == ("Move", "Take from where? Scan the place.", False)
    floor.close()
