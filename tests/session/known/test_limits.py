"""A worker moves more than usual: a reason is asked, it is booked all the same, and what is too much is told."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.limits.limit import Limit, Per
from scanner_app.domain.people import Operator, Role
from scanner_app.domain.quantity import SCALE, whole
from scanner_app.domain.reasons import STARTING, Direction, Reason
from scanner_app.session.view.view import Tone, View
from tests.warehouse import GTIN, PIN, Floor

WHY = "More than usual. Why? A number."
NO_REASON_BUT = Reason("x", "Only to take out", direction=Direction.OUT, process="move")
LIMIT = Limit("x", "move", reason_quantity=whole(5), case_quantity=whole(8))
DAILY = Limit("day", "move", per=Per.DAY, reason_quantity=whole(5), case_quantity=whole(8))


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Floor]:
    floor = Floor(tmp_path, more=[*STARTING, NO_REASON_BUT, LIMIT])
    yield floor
    floor.close()


def facts(floor: Floor) -> list[Moved]:
    events = (msgspec.json.decode(payload, type=Event) for payload in floor.events())
    return [event.fact for event in events if isinstance(event.fact, Moved)]


def pull(floor: Floor, *rows: msgspec.Struct) -> None:
    with floor.store.transaction:
        floor.store.feed.put(enumerate(rows, 1_000))


def moved(floor: Floor, pieces: int) -> View:
    floor.move()
    return floor.say("A-01-01", GTIN, str(pieces), "A-01-02")


@pytest.mark.parametrize(("pieces", "is_asked"), [(5, False), (6, True)])
def test_what_reaches_the_first_bound_is_as_usual_and_more_wants_a_reason(
    limited: Floor, pieces: int, is_asked: bool
) -> None:
    view = moved(limited, pieces)
    assert (view.prompt == WHY) is is_asked
    assert (len(facts(limited)) == 1) is not is_asked


def test_the_reasons_of_moving_are_listed_and_the_one_that_is_chosen_is_booked(limited: Floor) -> None:
    view = moved(limited, 8)
    assert [line.text for line in view.listed] == [
        "Was misplaced", "For an order", "Refilling", "Making room", "Other",
    ]  # fmt: skip
    view = limited.say("2")
    assert (view.message, view.tone) == ("Moved 8 EA to A-01-02.", Tone.GOOD)
    (fact,) = facts(limited)
    assert (fact.reason, fact.note, fact.legs[0].quantity) == ("order", "", whole(8))


def test_above_the_second_bound_it_is_booked_and_the_worker_is_told(limited: Floor) -> None:
    moved(limited, 9)
    view = limited.say("3")
    assert view.tone is Tone.ATTENTION
    assert "Over your limit: a supervisor looks." in view.message
    assert len(facts(limited)) == 1


def test_some_reasons_want_a_note(limited: Floor) -> None:
    moved(limited, 6)
    assert limited.say("5").prompt == "Say it in a few words, then Enter."
    for nothing in ("x", PIN, "a" * 61):
        assert limited.say(nothing).prompt == "Say it in a few words, then Enter."
        limited.say(".k")
    limited.say("For the fair")
    (fact,) = facts(limited)
    assert (fact.reason, fact.note) == ("move_other", "For the fair")


def test_the_words_are_those_of_the_operator(limited: Floor) -> None:
    limited.sign_in("B-1003")
    limited.say("1", "A-01-01", GTIN, "6")
    view = limited.say("A-01-02")
    assert view.prompt == "Mehr als üblich. Warum? Nummer."
    assert "Nachschub" in [line.text for line in view.listed]


def test_who_mistyped_goes_back_and_nothing_was_booked(limited: Floor) -> None:
    assert moved(limited, 60).prompt == WHY
    assert limited.say(".u", ".u").prompt == "How many EA?"
    assert limited.say("5", "A-01-02").message == "Moved 5 EA to A-01-02."
    assert [fact.reason for fact in facts(limited)] == [""]


def test_a_site_whose_reasons_are_all_out_of_use_asks_for_none(limited: Floor) -> None:
    pull(limited, *(msgspec.structs.replace(reason, active=False) for reason in STARTING))
    assert "Over your limit" in moved(limited, 9).message
    assert [fact.reason for fact in facts(limited)] == [""]


def test_without_limits_nothing_is_asked(floor: Floor) -> None:
    assert moved(floor, 100).message == "Moved 100 EA to A-01-02."
    assert floor.store.file.database.execute("SELECT count(*) FROM day_sum").fetchone() == (0,)


@pytest.mark.parametrize(
    ("limit", "pieces", "is_asked"),
    [
        (Limit("x", "move", reason_percent=50 * SCALE), 50, False),
        (Limit("x", "move", reason_percent=50 * SCALE), 51, True),
        (Limit("x", "move", role="counter", reason_quantity=0), 51, False),
        (Limit("x", "move", role="worker", reason_quantity=0), 1, True),
        (Limit("x", "move", item="100002", reason_quantity=0), 1, False),
        (Limit("x", "move", abc="A", reason_quantity=0), 1, False),
        (Limit("x", "move", abc="C", reason_quantity=0), 1, True),
        (Limit("x", "adjust", reason_quantity=0), 1, False),
    ],
)
def test_a_limit_rules_whom_and_what_it_names(tmp_path: Path, limit: Limit, pieces: int, is_asked: bool) -> None:
    floor = Floor(tmp_path, more=[*STARTING, limit])
    assert (moved(floor, pieces).prompt == WHY) is is_asked
    floor.close()


@pytest.mark.parametrize(
    "lines",
    [
        [".m", "2", "A-01-01", GTIN, "6"],
        [".m", "3", GTIN, "6", "A-01-05"],
        [".m", "1", "A-01-03", "1", "A-01-05", "A-01-05"],
    ],
)
def test_every_process_that_moves_asks(limited: Floor, lines: list[str]) -> None:
    limited.move()
    limited.say(".m", "2", "A-01-01", GTIN, "5", "A-01-01", GTIN, "5", ".m")
    before = len(facts(limited))
    view = limited.say(*lines)
    if view.prompt == WHY:
        limited.say("1")
    assert len(facts(limited)) == before + 1
    assert facts(limited)[-1].reason == "misplaced"


def test_the_pieces_of_a_day_add_up_and_what_never_happened_is_taken_off(tmp_path: Path) -> None:
    floor = Floor(tmp_path, more=[*STARTING, DAILY, Operator("1001", "A", "B-1001", "verifier:" + PIN, (Role.WORKER,))])
    moved(floor, 5)
    assert floor.say(GTIN, "1", "A-01-02").prompt == WHY
    floor.say("1", ".m")
    assert _sums(floor) == [("1001", "day", whole(6), 0)]
    number = next(line.label for line in floor.desk.view().listed if line.text == "Today")
    floor.say(number, "2", "2", "4711")
    assert _sums(floor) == [("1001", "day", whole(1), 0)]
    floor.clock.now_us += 24 * 3600 * 1_000_000
    floor.say(PIN, ".m")
    assert moved_again(floor, 5).message == "Moved 5 EA to A-01-02."
    assert _sums(floor) == [("1001", "day", whole(5), 0)], "days before are forgotten"
    floor.close()


def moved_again(floor: Floor, pieces: int) -> View:
    return floor.say("1", "A-01-01", GTIN, str(pieces), "A-01-02")


def _sums(floor: Floor) -> list[tuple[object, ...]]:
    rows = floor.store.file.database.execute('SELECT person, "limit", quantity, value FROM day_sum').fetchall()
    return [tuple(row) for row in rows]
