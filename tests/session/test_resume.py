"""A process that was killed comes back to the same question and loses nothing."""

import contextlib
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner_app.doctor.examination import opened_cache
from scanner_app.domain.quantity import whole
from scanner_app.session.desk import RESUMED_AT_ONCE_MAX, Desk
from scanner_app.store.log import Logged, OpenPlay
from tests.warehouse import CASE_GTIN, GTIN, PIN, Floor


def test_every_question_of_a_move_comes_back(floor: Floor) -> None:
    for line in ("B-1001", PIN, "1", "A-01-02", b"]C1010400638133394810L1", "2", ".u", "nonsense", "x", ".k", "9"):
        before = floor.say(line)
        after = floor.restart()
        assert (after.prompt, after.lines, after.halted, after.message, after.title) == (
            before.prompt, before.lines, before.halted, before.message, before.title,
        )  # fmt: skip
    assert floor.say("9", "A-01-05").message == "Moved 9 KG to A-01-05."
    assert len(floor.events()) == 1


def test_entries_stored_but_not_interpreted_are_taken_at_the_next_start(floor: Floor) -> None:
    floor.move()
    entries = [floor.entry(line) for line in ("A-01-01", GTIN, "5", "A-01-02")]
    with floor.store.transaction:
        floor.store.log.add("main", entries)
    floor.restart()
    assert len(floor.events()) == 1
    floor.restart()
    assert len(floor.events()) == 1


def test_a_start_that_is_killed_while_it_resumes_keeps_what_it_did(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A start that began anew each time would never end, where whoever minds it has less patience than it takes."""
    floor.move()
    floor.say("A-01-01")
    moves = RESUMED_AT_ONCE_MAX
    entries = [floor.entry(line) for line in (GTIN, "1", "A-01-02") * moves]
    with floor.store.transaction:
        floor.store.log.add("main", entries)
    take, left = Desk._take, [0]

    def killed(desk: Desk, logged: Logged) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        take(desk, logged)

    monkeypatch.setattr(Desk, "_take", killed)
    starts = 0
    while floor.store.log.unjudged("main") and starts < 9:
        starts, left[0] = starts + 1, RESUMED_AT_ONCE_MAX
        floor.clock.now_us += 1_000_000
        with contextlib.suppress(KeyboardInterrupt):
            floor.restart()
    assert starts == 3
    assert len(floor.events()) == moves


def test_stock_that_changed_meanwhile_matters_only_at_the_live_question(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "60")
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE stock SET quantity = 0 WHERE place = 'A-01-01'")
    assert floor.restart().prompt == "Put where? Scan the place."


@pytest.mark.parametrize(
    "change",
    [
        "replace(facts, '\"goods\"', '\"other\"')",
        "replace(facts, '\"item_rules\"', '\"item_laws\"')",
        'replace(facts, \'"type":"goods"\', \'"type":"wares"\')',
        "CASE WHEN question = 'goods' THEN 'not even JSON' ELSE facts END",
    ],
)
def test_another_program_goes_on_where_the_scripts_part_and_posts_nothing(floor: Floor, change: str) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "5")
    with floor.store.transaction:
        floor.store.file.database.execute(f"UPDATE verdict SET facts = {change}")
    view = floor.restart()
    assert (view.title, view.prompt) == ("Move", "Take what? Scan the item.")
    assert view.message == "Program changed. 2 not used."
    assert [(line.label, line.text) for line in view.lines] == [("From", "A-01-01"), ("Read", f"{GTIN}, 5")]
    assert floor.restart() == view
    assert floor.events() == []
    assert floor.say(".u").prompt == "Take from where? Scan the place."
    assert floor.restart().prompt == "Take from where? Scan the place."
    floor.say("A-01-03", GTIN, "2", "1", "A-01-05")
    assert len(floor.events()) == 1


def test_a_detour_above_a_script_that_changed_stays_above_it(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, ".i", "A-01-02")
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE verdict SET facts = replace(facts, '\"goods\"', '\"other\"')")
    for _ in range(2):
        assert floor.restart().title == "Look up"
    assert floor.say(".b").prompt == "Take what? Scan the item."


def test_a_replay_never_ends_a_script(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "5", "A-01-02", GTIN)
    database = floor.store.file.database
    with floor.store.transaction:
        database.execute("DELETE FROM play WHERE ended IS NULL")
        database.execute("UPDATE play SET ended = NULL WHERE ended = 'posted'")
    view = floor.restart()
    assert (view.prompt, view.message) == ("Put where? Scan the place.", "Program changed. 1 not used.")
    assert len(floor.events()) == 1


def test_a_script_whose_log_cannot_be_read_is_put_aside(floor: Floor) -> None:
    floor.move()
    with floor.store.transaction:
        floor.store.file.database.execute("""UPDATE play SET looks = '[{"type":"rows2"}]' WHERE ended IS NULL""")
    assert floor.restart().message == "Not finished, set aside. Begin again."
    assert floor.restart().title == "Menu"
    (told,) = [one.sentence for one in opened_cache(floor.store.file.database) if "set aside" in one.sentence]
    assert told.startswith("a start could not go on with move (scanner_app/"), told
    assert told.endswith("ValidationError): it was set aside, not booked"), told


def test_a_sentence_that_lacks_what_fills_it_is_still_said(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "101")
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE verdict SET facts = replace(facts, '\"known\"', '\"other\"')")
    assert floor.restart().message == "Only ? known here. Enter again."


def test_a_script_that_is_gone_is_put_aside(floor: Floor) -> None:
    floor.sign_in()
    with floor.store.transaction:
        floor.store.log.begin("main", OpenPlay(0, None, "no such script", 1, "1001", {}, (), None))
    assert floor.restart().message == "Not finished, set aside. Begin again."
    (told,) = [one.sentence for one in opened_cache(floor.store.file.database) if "set aside" in one.sentence]
    assert "no such script: it was set aside" in told


def test_an_interpretation_that_raises_becomes_a_broken_verdict(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01")
    database = floor.store.file.database
    database.execute("ALTER TABLE unit RENAME TO unit_gone")
    view = floor.say(GTIN)
    assert (view.message, view.halted, view.prompt) == (
        "Not understood. Tell your supervisor.",
        True,
        "Take what? Scan the item.",
    )
    database.execute("ALTER TABLE unit_gone RENAME TO unit")
    assert floor.say(".k", GTIN).prompt == "How many EA?"
    assert floor.log()[-3][1] == "broken"


def test_in_a_burst_only_what_raises_is_broken(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "2", "A-01-02")
    floor.store.file.database.execute("UPDATE location SET state = 'melted' WHERE location = 'A-01-05'")
    view = floor.burst(GTIN, "3", "A-01-03", GTIN, "4", "A-01-05", "A-01-04")
    assert (view.prompt, view.halted) == ("Put where? Scan the place.", True)
    assert [outcome for _, outcome in floor.log()][-7:] == ["answered"] * 5 + ["broken", "set_aside"]
    assert len(floor.events()) == 2
    floor.say(".k")
    assert floor.say("A-01-04").message == "Moved 4 EA to A-01-04."
    assert floor.on_hand("A-01-01", "100001") == whole(91)


_LINES = st.sampled_from(
    ["A-01-01", "A-01-02", "A-01-03", GTIN, CASE_GTIN, "100002", "L1", "1", "2", "3", "101", "BLOCKED", "nonsense",
     ".u", ".b", ".c", ".i", ".m", ".k", ".k", "1", "A-01-05", "key:F3", "", ".o", "B-1001", PIN]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_LINES, max_size=40), st.integers(0, 40))
def test_a_restart_anywhere_changes_nothing(tmp_path_factory, lines: list[str], cut: int) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("floor")
    floor = Floor(folder)
    try:
        floor.move()
        floor.say(*lines[:cut])
        before = floor.desk.view()
        after = floor.restart()
        assert (after.prompt, after.lines, after.halted) == (before.prompt, before.lines, before.halted)
        floor.say(*lines[cut:])
        total = floor.store.file.database.execute("SELECT sum(quantity) FROM overlay").fetchone()[0]
        assert not total, "a move creates and destroys nothing"
        assert all(outcome != "broken" for _, outcome in floor.log())
    finally:
        floor.close()


def test_the_entry_of_an_event_is_unique(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "5", "A-01-02")
    columns = "id || 'x', epoch, sequence + 1, entry, payload, is_settled, outcome, version, reasons"
    try:
        floor.store.file.database.execute(
            f"INSERT INTO event (id, epoch, sequence, entry, payload, is_settled, outcome, version, reasons) "
            f"SELECT {columns} FROM event"
        )
    except sqlite3.IntegrityError:
        return
    raise AssertionError("an entry made two events")


def test_a_menu_that_an_older_program_has_shown_is_shown_again(floor: Floor) -> None:
    """It was told nothing of rights: what it listed is chosen again, and a right that is missing is met behind it."""
    floor.sign_in("B-1101")
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE play SET looks = '[]' WHERE script = 'menu'")
    view = floor.restart()
    assert (view.title, view.tone.value) == ("Menu", "good")
    assert floor.say("1").message == "Not allowed for you. Ask a supervisor."
    assert [line.label for line in floor.say(".m").listed] == ["5", "6", "7", "8"]
