"""Nobody touches the device for a while: it locks, shows nothing of the work, and comes back exactly where it was."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.domain.catalog import Stock
from scanner_app.domain.quantity import whole
from scanner_app.session.context import Settings
from scanner_app.session.view.view import Tone, View
from scanner_app.workflows.phrases import session as session_phrases
from tests.warehouse import GTIN, PIN, Floor, Ticking

MINUTE_US = 60_000_000


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    floor = Floor(tmp_path, settings=Settings(entries_per_script_max=25))
    yield floor
    floor.close()


def pause(floor: Floor, minutes: int) -> View:
    """Let time pass with nobody there; the work thread looks at the clock meanwhile."""
    from scanner_app.session.lock import lock_if_idle

    floor.clock.now_us += minutes * MINUTE_US
    lock_if_idle(floor.session, floor.clock.stamp())
    floor.desk.shown(floor.clock.stamp())
    return floor.desk.view()


def at_the_quantity(floor: Floor) -> View:
    floor.move()
    return floor.say("A-01-01", GTIN)


def test_after_a_quarter_of_an_hour_only_who_and_the_pin_is_shown(floor: Floor) -> None:
    at_the_quantity(floor)
    assert pause(floor, 14).title == "Move"
    view = pause(floor, 2)
    assert (view.title, view.prompt, view.secret) == ("Locked", "Type your PIN to go on, Worker 1001.", True)
    assert (view.lines, view.listed, view.message) == ((), (), "")


def test_the_pin_goes_on_exactly_where_it_was(floor: Floor) -> None:
    before = at_the_quantity(floor)
    pause(floor, 16)
    after = floor.say(PIN)
    assert (after.title, after.prompt, after.lines) == (before.title, before.prompt, before.lines)
    floor.say("5", "A-01-02")
    assert len(floor.events()) == 1


def test_an_entry_after_a_long_pause_meets_the_lock_and_not_the_work(floor: Floor) -> None:
    before = at_the_quantity(floor)
    floor.clock.now_us += 16 * MINUTE_US
    view = floor.say("5")
    assert (view.title, view.message, view.tone) == ("Locked", "Not a PIN or badge. Type your PIN.", Tone.BAD)
    assert floor.say(".k", PIN).prompt == before.prompt
    assert floor.events() == []


def test_a_restart_while_locked_stays_locked(floor: Floor) -> None:
    before = at_the_quantity(floor)
    pause(floor, 16)
    assert floor.restart().title == "Locked"
    assert floor.say(PIN).prompt == before.prompt
    assert floor.restart().prompt == before.prompt


def test_a_device_switched_on_the_next_morning_is_locked(floor: Floor) -> None:
    before = at_the_quantity(floor)
    floor.clock.reboot(9 * 60 * MINUTE_US)
    assert floor.restart().title == "Locked"
    assert floor.say(PIN).prompt == before.prompt


def test_a_battery_that_is_changed_locks_nothing(floor: Floor) -> None:
    before = at_the_quantity(floor)
    floor.clock.reboot(2 * MINUTE_US)
    assert floor.restart().prompt == before.prompt


def test_ones_own_badge_and_pin_unlock_too(floor: Floor) -> None:
    before = at_the_quantity(floor)
    pause(floor, 16)
    assert floor.say("B-1001").prompt == "Type your PIN, Worker 1001."
    assert floor.say(PIN).prompt == before.prompt


def test_another_badge_puts_the_open_work_aside_with_a_word(floor: Floor) -> None:
    at_the_quantity(floor)
    pause(floor, 16)
    view = floor.say("B-1101")
    assert (view.title, view.prompt) == ("Locked", "Type your PIN, Counter 1101.")
    view = floor.say(PIN)
    assert (view.title, view.before[0].text) == ("Menu", "Work of Worker 1001 was set aside.")
    assert (view.before[0].tone, view.message) == (Tone.ATTENTION, "Welcome, Counter 1101.")
    assert floor.session.who.operator == "1101"
    assert floor.events() == []
    ended = floor.store.file.database.execute("SELECT ended FROM play WHERE script = 'move'").fetchall()
    assert ended == [("set_aside",)]


def test_another_badge_without_its_pin_changes_nothing(floor: Floor) -> None:
    before = at_the_quantity(floor)
    pause(floor, 16)
    floor.say("B-1101", "000000", ".k", ".b")
    assert floor.say(PIN).prompt == before.prompt


def test_another_badge_at_a_menu_leaves_no_work_behind(floor: Floor) -> None:
    floor.sign_in()
    pause(floor, 16)
    assert floor.say("B-1101", PIN).message == "Welcome, Counter 1101."


@pytest.mark.parametrize("command", [".m", ".c", ".i", ".o", ".b", ".u", ".k", ".n", "key:F2", "CMD:SIGN_OUT"])
def test_no_command_reaches_under_the_lock(floor: Floor, command: str) -> None:
    before = at_the_quantity(floor)
    pause(floor, 16)
    view = floor.say(command)
    assert (view.title, view.lines) == ("Locked", ())
    assert floor.say(PIN).prompt == before.prompt


@pytest.mark.parametrize("command", [".i", ".m", ".o", ".b", ".c"])
def test_leaving_a_locked_program_leads_back_to_the_lock_only(floor: Floor, command: str) -> None:
    before = at_the_quantity(floor)
    pause(floor, 16)
    assert floor.say(".q").title == "Leave"
    floor.say(command, ".b", ".b")
    assert floor.desk.view().title == "Locked"
    assert floor.say(".q", "4711").finished
    assert floor.restart().title == "Locked"
    assert floor.say(PIN).prompt == before.prompt


def test_how_the_device_is_doing_may_be_looked_at_under_the_lock(floor: Floor) -> None:
    before = at_the_quantity(floor)
    pause(floor, 16)
    assert floor.say(".s").title == "Status"
    assert floor.say(PIN, ".i", ".m", ".o").title == "Status"
    assert floor.restart().title == "Status"
    assert floor.say(".k", ".b").title == "Locked"
    assert floor.say(PIN).prompt == before.prompt
    assert PIN.encode() not in b"".join(raw or b"" for raw, _ in floor.log())


def test_many_entries_do_not_break_the_lock(floor: Floor) -> None:
    before = at_the_quantity(floor)
    pause(floor, 16)
    for _ in range(60):
        assert floor.say("nonsense", ".k").title == "Locked"
    assert floor.say(PIN).prompt == before.prompt


def test_a_lock_whose_work_cannot_be_restored_is_still_a_lock(floor: Floor) -> None:
    at_the_quantity(floor)
    pause(floor, 16)
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE play SET script = 'gone' WHERE script = 'move' AND ended IS NULL")
    assert floor.restart().title == "Locked"
    assert floor.say(PIN).message == session_phrases.SCRIPT_ASIDE.text


def test_wrong_pins_count_at_the_lock_as_well(floor: Floor) -> None:
    at_the_quantity(floor)
    pause(floor, 16)
    assert [view.message for _ in range(5) if (view := floor.say(".k", "000000"))][-1].endswith("Wait 30 s.")
    assert floor.say(".k", PIN).title == "Locked"


def test_nothing_typed_at_the_lock_is_kept(floor: Floor) -> None:
    at_the_quantity(floor)
    pause(floor, 16)
    floor.burst("000000", " 135790", ".k", PIN, PIN)
    assert floor.desk.view().title == "Move"
    assert PIN.encode() not in b"".join(raw or b"" for raw, _ in floor.log())


@pytest.mark.parametrize(
    "asked", [("1", "A-01-01", GTIN), ("1", "A-01-02", "4006381333948"), ("4", "1"), ("5",)],
    ids=["quantity", "lot", "new plate", "look up"],
)  # fmt: skip
def test_a_pin_typed_twice_answers_nothing_and_is_nowhere(floor: Floor, asked: tuple[str, ...]) -> None:
    """The second meets the work again, at a question that takes what nobody knows."""
    floor.sign_in()
    before = floor.say(*asked)
    pause(floor, 16)
    view = floor.say(PIN, PIN)
    assert (view.prompt, view.tone, view.lines) == (before.prompt, Tone.BAD, before.lines)
    kept = floor.store.file.database.execute("SELECT facts FROM verdict UNION ALL SELECT looks FROM play").fetchall()
    assert PIN not in str(kept)


def test_a_lot_known_here_is_no_secret(tmp_path: Path) -> None:
    floor = Floor(tmp_path, more=[Stock("A-01-02", "100002", "271231", "", "OWN", "AVAILABLE", whole(1))])
    floor.move()
    floor.say("A-01-02", "4006381333948")
    pause(floor, 16)
    assert floor.say(PIN, "271231").prompt == "How many KG?"
    floor.close()


def test_a_burst_that_is_cut_by_a_long_pause_locks_within(floor: Floor) -> None:
    floor.move()
    entries = [floor.entry(text) for text in ("A-01-01", GTIN)]
    floor.clock.now_us += 16 * MINUTE_US
    floor.desk.take([*entries, floor.entry(PIN), floor.entry("5"), floor.entry("A-01-02")])
    assert len(floor.events()) == 1
    assert PIN.encode() not in b"".join(raw or b"" for raw, _ in floor.log())


def test_nobody_at_work_locks_nothing(floor: Floor) -> None:
    floor.say("B-1001")
    assert pause(floor, 60).title == "Sign in"


def test_zero_never_locks(tmp_path: Path) -> None:
    floor = Floor(tmp_path / "never", settings=Settings(idle_lock_us=0))
    at_the_quantity(floor)
    assert pause(floor, 10_000).title == "Move"
    floor.close()


def test_the_work_thread_locks_by_itself_and_shows_it(tmp_path: Path) -> None:
    floor = Floor(tmp_path / "idle", Ticking(), Settings(idle_lock_us=30_000_000))
    floor.move()
    worker, seat = floor.worker()
    has_locked = threading.Event()
    seat.views.subscribe(lambda: has_locked.set() if seat.views.latest().title == "Locked" else None)
    floor.clock.now_us += 29_000_000
    worker.start()
    assert has_locked.wait(10)
    worker.stop()
    assert worker.failure is None
    floor.close()


def test_a_pull_without_a_pause_does_not_keep_the_work_in_sight(tmp_path: Path) -> None:
    floor = Floor(tmp_path / "pulling", Ticking(), Settings(idle_lock_us=30_000_000))
    floor.move()
    worker, seat = floor.worker()
    has_locked = threading.Event()
    seat.views.subscribe(lambda: has_locked.set() if seat.views.latest().title == "Locked" else None)

    def page() -> None:
        if not has_locked.is_set():
            worker.call(page)

    floor.clock.now_us += 29_000_000
    worker.call(page)
    worker.start()
    was_seen = has_locked.wait(5)
    has_locked.set()
    worker.stop()
    assert was_seen
    floor.close()
