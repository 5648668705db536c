"""What was done is said, whatever stands in the way of the next step: each ending of each process, each obstacle."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product

import pytest

from scanner_app.domain.catalog import Plate, Stock
from scanner_app.domain.limits.limit import Limit
from scanner_app.domain.people import Operator, Role
from scanner_app.domain.quantity import whole
from scanner_app.domain.reasons import ADJUST
from scanner_app.domain.task import COUNT as TO_COUNT
from scanner_app.domain.task import Task, name_of
from scanner_app.session.context import Settings
from scanner_app.session.lock import lock_if_idle
from scanner_app.session.view.view import Tone, View
from scanner_app.store.identity import OtherDevice
from scanner_app.store.notices import Damaged
from scanner_app.workflows.charts.runs import Path, Way, every_way
from scanner_app.workflows.engine.script import ENDS, Post
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.phrases import session as phrases
from scanner_app.workflows.phrases.book import phrase
from scanner_app.workflows.questions.question import Question
from screens.layout import paint
from tests.extent import extent
from tests.screens.views import SIZES
from tests.warehouse import GTIN, PIN, Floor
from tests.ways import endings as endings_of
from tests.ways import ways

PALLET, TOTE, FRESH = "340123450000000017", "340123450000000024", "340123450000000048"
MORE = [
    Plate(TOTE, "A-01-01"),
    Stock(PALLET, "100001", "", "", "OWN", "AVAILABLE", whole(20)),
    Limit("corrected", ADJUST, case_quantity=whole(4)),
    Task(name_of("A-01-04"), TO_COUNT, "A-01-04"),
    Operator("1001", "Worker 1001", "B-1001", "verifier:" + PIN, (Role.WORKER, Role.SUPERVISOR)),
]
MOVED = ("1", "A-01-03", GTIN, "1", "2", "A-01-02")
CLOSED = "A-01-03"
TOOK = ("2", "A-01-03", GTIN, "1", "2")
ENDINGS: dict[tuple[str, str], tuple[str, ...]] = {
    ("move", "good.moved"): MOVED,
    ("move", "good.plate_moved"): ("1", PALLET, "A-01-05"),
    ("move", "good.all_moved"): ("1", "A-01-03", "1", "A-01-05", "A-01-05"),
    ("take", "good.took"): TOOK,
    ("take", "good.took_onto"): ("2", "1", TOTE, *TOOK[1:]),
    ("put", "good.put"): (*TOOK, ".m", "3", "1", "1", "A-01-02"),
    ("build", "good.plate_built"): ("4", "1", FRESH, "A-01-05"),
    ("build", "good.took_onto"): ("4", "1", TOTE, *TOOK[1:]),
    ("unload", "good.unloaded"): ("4", "2", PALLET, "A-01-05", "A-01-05"),
    ("unload", "good.moved"): ("4", "2", PALLET, GTIN, "2", "A-01-05"),
    ("nest", "good.nested"): ("4", "3", TOTE, PALLET),
    ("count", "good.count_line"): ("8", "A-01-01", GTIN, "12"),
    ("count", "good.count_line_sum"): ("8", "A-01-01", GTIN, "3", "100004", "1", GTIN, "2"),
    ("count", "good.count_taken_out"): ("8", "A-01-01", GTIN, "3", ".u"),
    ("count", "good.count_plate"): ("8", "A-01-01", TOTE),
    ("count", "good.count_closed"): ("8", "A-01-01", GTIN, "12", "A-01-01", "A-01-01"),
    ("count", "good.count_reopened"): ("8", "A-01-01", GTIN, "12", "A-01-01", "A-01-01", "A-01-01", "A-01-01", "1"),
    ("count", "good.count_put_off"): ("8", "key:F5"),
    ("count", "good.count_ended"): ("8", ".x", "1"),
    ("count_item", "good.count_line"): ("8", GTIN, "A-01-01", GTIN, "12"),
    ("count_item", "good.count_line_sum"): ("8", GTIN, "A-01-01", GTIN, "3", GTIN, "2"),
    ("count_item", "good.count_taken_out"): ("8", GTIN, "A-01-01", GTIN, "3", ".u"),
    ("count_item", "good.count_item_closed"): ("8", GTIN, "A-01-01", GTIN, "12", "A-01-01", "A-01-01"),
    ("count_item", "good.count_reopened"): ("8", GTIN, "A-01-01", GTIN, "12", "A-01-02", "A-01-01", "1"),
    ("count_item", "good.count_put_off"): ("8", GTIN, "A-01-01", "key:F5", "key:F5"),
    ("count_item", "good.count_ended"): ("8", GTIN, "A-01-01", "key:F5", ".x", "1"),
    ("take_out", "good.taken_out"): ("0", "1", "A-01-03", GTIN, "1", "2"),
    ("take_out", "attention.adjust_waits"): ("0", "1", "A-01-03", GTIN, "1", "5"),
    ("bring_in", "good.brought_in"): ("0", "2", "A-01-03", GTIN, "1", "2"),
    ("bring_in", "attention.adjust_waits"): ("0", "2", "A-01-03", GTIN, "1", "5"),
    ("change_status", "good.status_changed"): ("0", "3", "A-01-03", GTIN, "1", "2", "1"),
    ("change_status", "attention.adjust_waits"): ("0", "3", "A-01-03", GTIN, "1", "5", "1"),
    ("today", "good.never"): (*MOVED, ".m", "6", "1", "2", "4711"),
    ("today", "good.moved"): (*MOVED, ".m", "6", "1", "3", "2", "A-01-03"),
}
"""How each process is brought to each of its endings, from the menu on; the last line is the one that books."""


GUARDED = [ending for ending in ENDINGS if SCRIPTS[ending[0]].right]


AT_THE_CENTRE = frozenset({"decide", "decided", "people", "tasks"})
"""What a supervisor does with a centre is tried with one, in tests/session/desk."""


def endings() -> Iterator[tuple[str, str]]:
    """By the code: the scripts, and what each says first when it has booked."""
    for script in SCRIPTS.values():
        for request in endings_of(script.name) if script.name not in AT_THE_CENTRE else ():
            if isinstance(request, Post) and request.said:
                yield script.name, request.said.in_order[0].key


def no_right(floor: Floor) -> None:
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE operator SET roles = '' WHERE operator = '1001'")
    floor.store.forget()


def out_of_use(floor: Floor) -> None:
    with floor.store.transaction:
        floor.store.file.database.execute("DELETE FROM operator WHERE operator = '1001'")
    floor.store.forget()


def place_closed(floor: Floor) -> None:
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE location SET state = 'closed' WHERE location = ?", (CLOSED,))


def elsewhere(floor: Floor) -> None:
    with floor.store.transaction:
        floor.store.identity.set_elsewhere((OtherDevice("1001", "truck 7", 1, floor.clock.now_us),))


def damage(floor: Floor) -> None:
    floor.store.tell(Damaged("planted"))


def nothing(floor: Floor) -> None:
    del floor


def a_newer_program(floor: Floor) -> None:
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE play SET script = 'gone' WHERE ended IS NULL")
    floor.restart()


def a_lock(floor: Floor) -> None:
    if not floor.store.catalog.operator("1001"):
        return
    floor.clock.now_us += 3_600_000_000
    assert lock_if_idle(floor.session, floor.clock.stamp())
    floor.say(PIN)


BEFORE = (nothing, no_right, out_of_use, place_closed, elsewhere, damage)
"""What may happen while a process is under way, and is told when it has booked."""
BEHIND = ("nonsense", "key:F4", "B-1101", ".k", "A-01-02", "5", "")
"""What may be scanned in the moment in which something is booked."""
AFTER = (nothing, a_newer_program, a_lock)
"""What may happen when it has booked, before anything else is entered."""


def sentences(view: View) -> list[str]:
    return [message.text for message in view.before] + [text for text in (view.message, view.news) if text]


def says(view: View, key: str) -> bool:
    """Whether a sentence of this key is in sight, by the words that nothing fills."""
    return any(is_of(sentence, key) for sentence in sentences(view))


def is_of(sentence: str, key: str) -> bool:
    forms = (re.sub(r"\\{\w+\\}", ".*", re.escape(text)) for text in (phrase(key).text, phrase(key).many) if text)
    return any(re.fullmatch(form, sentence) for form in forms)


def seen(floor: Floor) -> View:
    """With what the seat adds: the news of the device."""
    _worker, seat = floor.worker()
    return seat.views.latest()


def test_every_ending_of_every_process_is_tried() -> None:
    assert set(endings()) <= set(ENDINGS)


@pytest.mark.parametrize("name", ["count", "decide", "put", "unload", *SCRIPTS][: extent(4, 99)])
def test_no_ending_is_missed_by_going_on_once_with_what_is_alike(name: str) -> None:
    assert {*map(repr, endings_of(name))} == {
        repr(end) for _path, end in every_way(SCRIPTS[name]) if isinstance(end, ENDS)
    }


@pytest.mark.parametrize("name", ["count", "decide", "put", "unload", *SCRIPTS][: extent(4, 99)])
def test_no_question_behind_an_answer_is_missed_either(name: str) -> None:
    assert asked_behind(ways(name)) == asked_behind(every_way(SCRIPTS[name]))


def asked_behind(gone: Iterable[Way]) -> set[tuple[str, str, str]]:
    """Every question with the kind of answer before it."""
    return {(ask.slot, ask.phrase.key, answered(path)) for path, ask in gone if isinstance(ask, Question)}


def answered(path: Path) -> str:
    return next((f"{name} {label}" for name, label, _value in reversed(path) if not name.startswith("look ")), "")


@pytest.mark.parametrize(
    ("ending", "before", "after"),
    list(product(ENDINGS, BEFORE, AFTER))[:: extent(11, 1)],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value.__name__,
)
def test_what_was_booked_is_said_whatever_stands_in_the_way(
    tmp_path_factory: pytest.TempPathFactory,
    ending: tuple[str, str],
    before: Callable[[Floor], None],
    after: Callable[[Floor], None],
) -> None:
    floor = Floor(tmp_path_factory.mktemp("floor"), more=MORE)
    *lines, last = ENDINGS[ending]
    if before is place_closed and last == CLOSED:
        return
    floor.sign_in()
    floor.say(*lines)
    before(floor)
    booked = len(floor.events())
    floor.say(last)
    assert len([one for one in floor.events()[booked:] if b'"kind":"leased"' not in one]) == 1
    after(floor)
    view = seen(floor)
    assert says(view, ending[1]), sentences(view)
    assert_in_sight(view)
    floor.close()


def assert_in_sight(view: View) -> None:
    """Each sentence has room, at every size."""
    for width, height in SIZES:
        painted = "".join("".join(piece.text for piece in row) for row in paint(view, b"", width, height, 0))
        flat = "".join(painted.split())
        for sentence in sentences(view):
            assert "".join(sentence.split()) in flat, (width, height, painted)


@pytest.mark.parametrize("ending", GUARDED[:: extent(4, 1)], ids=" ".join)
def test_who_may_no_longer_work_is_told_both(floor_of: Callable[[], Floor], ending: tuple[str, str]) -> None:
    floor = floor_of()
    *lines, last = ENDINGS[ending]
    floor.sign_in()
    floor.say(*lines)
    no_right(floor)
    view = floor.say(last)
    assert (view.title, view.message, view.tone) == ("Menu", phrases.NO_RIGHT.text, Tone.BAD)
    tone = Tone.GOOD if ending[1].startswith("good.") else Tone.ATTENTION
    assert {message.tone for message in view.before} == {tone}
    assert says(view, ending[1])


@pytest.mark.parametrize(("ending", "behind"), list(product(ENDINGS, BEHIND))[:: extent(7, 1)])
def test_what_is_scanned_behind_it_in_the_same_moment_hides_nothing(
    floor_of: Callable[[], Floor], ending: tuple[str, str], behind: str
) -> None:
    floor = floor_of()
    *lines, last = ENDINGS[ending]
    floor.sign_in()
    floor.say(*lines)
    view = floor.burst(last, behind)
    told = [told.message.text for told in view.told]
    if view.message:
        assert says(view, ending[1]), sentences(view)
    assert sum(is_of(text, ending[1]) for text in told) == 1, told


@pytest.fixture
def floor_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Floor]]:
    made: list[Floor] = []

    def new() -> Floor:
        made.append(Floor(tmp_path_factory.mktemp("floor"), more=MORE))
        return made[-1]

    yield new
    for floor in made:
        floor.close()


def test_a_process_that_takes_too_many_entries_says_what_the_last_one_did(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    floor = Floor(tmp_path_factory.mktemp("floor"), settings=Settings(entries_per_script_max=4))
    floor.move()
    view = floor.say("A-01-01", GTIN, ".n", ".u")
    assert sentences(view) == ["Taken back: 100001 Plain pen.", phrases.TOO_MANY_ENTRIES.text]
    view = floor.say(".k", "1", ".i", "A-01-01")
    for _ in range(4):
        view = view if view.title == "Move" else floor.say(".n")
    assert (view.title, sentences(view)) == ("Move", [phrases.TOO_MANY_ENTRIES.text])
    floor.close()
