"""What is said beside a verdict is on screen again after a restart, with whether it stops the work."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from scanner_app.domain.people import Operator
from scanner_app.session.context import Settings
from scanner_app.session.lock import lock_if_idle
from scanner_app.session.view.view import View
from scanner_app.workflows.phrases import session as phrases
from scanner_app.workflows.questions import phrases as question_phrases
from tests.warehouse import GTIN, PIN, Floor

ROOT = Path(__file__).parents[2]
FEW = Settings(entries_per_script_max=4)


def lose_every_right(floor: Floor) -> None:
    with floor.store.transaction:
        floor.store.feed.put([(99, Operator("1001", "Worker 1001", "B-1001", "verifier:" + PIN, ()))])


def nothing_to_use(floor: Floor) -> str:
    floor.move()
    floor.say("A-01-01", ".a")
    return phrases.NOTHING_TO_USE.text


def nobody_signed_in(floor: Floor) -> str:
    floor.say(".m")
    return phrases.SIGN_IN_FIRST.text


def locked(floor: Floor) -> str:
    floor.sign_in()
    floor.clock.now_us += 10 * floor.settings.idle_lock_us
    assert lock_if_idle(floor.session, floor.clock.stamp())
    floor.say(".m")
    return question_phrases.NO_UNLOCK.text


def no_right_to_look_up(floor: Floor) -> str:
    floor.move()
    lose_every_right(floor)
    floor.say(".i")
    return phrases.NO_RIGHT.text


def right_lost_in_a_detour(floor: Floor) -> str:
    floor.move()
    floor.say("A-01-01", ".i", "A-01-02")
    lose_every_right(floor)
    floor.say("1")
    return phrases.NO_RIGHT.text


def too_many_on_a_detour(floor: Floor) -> str:
    floor.settings = FEW
    floor.restart()
    floor.move()
    floor.say(".i", ".h", ".h", ".h", ".h")
    return phrases.TOO_MANY_ENTRIES.text


SAID: list[Callable[[Floor], str]] = [
    nothing_to_use, nobody_signed_in, locked, no_right_to_look_up, right_lost_in_a_detour, too_many_on_a_detour,
]  # fmt: skip


def seen(view: View) -> tuple[object, ...]:
    return view.title, view.prompt, view.message, view.tone, view.before, view.halted, view.lines


@pytest.mark.parametrize("said", SAID, ids=lambda said: said.__name__)
@pytest.mark.parametrize("behind", [(), (".n",), ("x", "y"), (".k",), (".k", ".a", "nonsense")], ids=" ".join)
def test_a_restart_repeats_it_and_what_came_behind_it(
    floor: Floor, said: Callable[[Floor], str], behind: tuple[str, ...]
) -> None:
    text = said(floor)
    view = floor.desk.view()
    assert view.message == text
    for line in (*behind, None):
        view = floor.desk.view()
        assert seen(floor.restart()) == seen(view)
        assert seen(floor.restart()) == seen(view)
        if line is not None:
            floor.say(line)


def test_it_is_kept_as_long_as_what_it_is_said_at(floor: Floor) -> None:
    remarks = "SELECT count(*) FROM remark"
    nothing_to_use(floor)
    assert floor.store.file.database.execute(remarks).fetchone() == (1,)
    floor.say(GTIN, "2", "A-01-02")
    assert floor.store.file.database.execute(remarks).fetchone() == (0,)
    floor.say(".a", ".a")
    with floor.store.transaction:
        floor.store.log.set_aside("main", "")
    assert floor.store.file.database.execute(remarks).fetchone() == (0,)


def test_nothing_is_said_at_a_play_that_the_log_does_not_know_of() -> None:
    """Only the stack, which keeps it, and what a replay repeats say anything at a play."""
    found = {
        str(file.relative_to(ROOT)): node.lineno
        for file in (ROOT / "scanner_app/session").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "say" and ast.unparse(node.value).endswith("play")
    }
    assert set(found) == {"scanner_app/session/stack.py"}
