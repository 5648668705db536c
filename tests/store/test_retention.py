"""Retention: whatever is purged, the program shows, asks, numbers and sends the same."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner_app.domain.clock import Offset
from scanner_app.store.entries.history import history
from scanner_app.store.retention import _STEP_ROWS_MAX, DAY_US, Retention
from scanner_app.store.store import Store
from scanner_app.store.upkeep import Upkeep
from tests.warehouse import PIN, Floor

FAR_US = 2**62
ENTRIES = st.sampled_from(
    ["A-01-01", "A-01-05", "100001", "1", "2", "200", "x", ".u", ".i", ".b", ".m", ".k", "A-01-04", "100003", "S-1"]
)
ANSWERS = st.sampled_from(["waiting", "posted", "posted_with_exceptions", "held", "contained", "contained"])


def answer(store: Store, outcomes: list[str]) -> None:
    """Give events outcomes as an exchange leaves them; *contained* ones are in the pulled rows."""
    database = store.file.database
    numbers = [row[0] for row in database.execute("SELECT number FROM event ORDER BY number").fetchall()]
    with store.transaction:
        for number, outcome in zip(numbers, outcomes, strict=False):
            if outcome == "waiting":
                continue
            word = "posted" if outcome == "contained" else outcome
            database.execute("UPDATE event SET outcome = ?, is_settled = 1 WHERE number = ?", (word, number))
            database.execute("DELETE FROM outbox WHERE number = ?", (number,))
            if outcome != "posted":
                database.execute("DELETE FROM overlay WHERE number = ?", (number,))
    store.forget()


def seen(floor: Floor) -> tuple[Any, ...]:
    """Everything that the operator, the centre or the next event could notice."""
    store = floor.store
    database = store.file.database
    return (
        floor.desk.view(),
        [one.play.given for one in floor.session.stack.opened],
        database.execute("SELECT e.* FROM event e JOIN outbox USING (number) ORDER BY number").fetchall(),
        store.journal.to_send(1_000),
        store.journal.next_sequence(1),
        store.journal.settled_us,
        database.execute("SELECT * FROM overlay ORDER BY 1, 2").fetchall(),
        database.execute("SELECT id FROM event WHERE outcome = 'held' ORDER BY number").fetchall(),
        floor.on_hand("A-01-01", "100001"),
        store.log.unjudged("main"),
    )


def purge(store: Store, before_us: int = FAR_US) -> int:
    return sum(Retention(store.file.database, store.transaction, before_us).purge())


@given(
    st.lists(ENTRIES, max_size=40), st.lists(ANSWERS, max_size=10), st.integers(0, 80), st.lists(ENTRIES, max_size=6)
)
@settings(max_examples=25, deadline=None)
def test_purging_changes_nothing_that_is_shown_or_sent(
    entries: list[str], outcomes: list[str], age: int, after: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        floor = Floor(Path(folder))
        floor.move()
        floor.say("A-01-01", "100001", "1", "A-01-05", "100001", "1", "A-01-05", *entries)
        answer(floor.store, outcomes)
        floor.restart()
        before = seen(floor)
        entry, play = floor.store.log._entry, floor.store.log._play
        purge(floor.store, 1_700_000_000_000_000 + age * 1_000_000 if age < 70 else FAR_US)
        assert seen(floor) == before
        floor.restart()
        assert seen(floor) == before
        assert (floor.store.log._entry, floor.store.log._play) == (entry, play)
        list(history(floor.store.file.database))
        floor.say(*after)
        floor.restart()
        assert floor.store.file.database.execute("PRAGMA foreign_key_check").fetchall() == []
        floor.close()


def test_what_is_old_and_done_goes(floor: Floor) -> None:
    floor.move()
    floor.burst(*["A-01-01", "100001", "1", "A-01-05"] * 50)
    answer(floor.store, ["contained"] * 50)
    assert purge(floor.store, 0) == 0
    assert purge(floor.store) > 90
    left = [
        floor.store.file.database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("entry", "verdict", "play", "event")
    ]
    assert left[0] == left[1] < 10
    assert left[2] < 4
    assert left[3] == 1
    floor.restart()
    assert floor.store.journal.next_sequence(1) == 51
    floor.say("100001", "1", "A-01-05")
    assert floor.events()[-1].startswith(b'{"id":')
    assert len(floor.events()) == 2


@pytest.mark.parametrize("lines", [_STEP_ROWS_MAX - 1, _STEP_ROWS_MAX, _STEP_ROWS_MAX + 1])
def test_counts_that_nobody_was_at_since_then_go_whole_and_younger_ones_stay_whole(floor: Floor, lines: int) -> None:
    floor.sign_in()
    for place, number in (("A-01-01", lines), ("A-01-02", 2)):
        floor.say("8", place)
        for one in range(number):
            floor.burst(f"{'ABCDEFG'[one % 7]}{one:03}-WHAT", "1")
        floor.say(place, place, ".m")
        floor.clock.now_us += 3 * DAY_US
        floor.say(PIN)
    database = floor.store.file.database
    kept = database.execute("SELECT last_us FROM own_count ORDER BY last_us").fetchall()
    sizes = list(Retention(database, floor.store.transaction, kept[1][0]).purge())
    assert max(sizes) <= _STEP_ROWS_MAX
    left = {
        table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("own_count", "count_row", "count_sum")
    }
    assert left == {"own_count": 1, "count_row": 2, "count_sum": 1}


def test_nothing_goes_before_the_clock_was_compared(floor: Floor) -> None:
    floor.move()
    floor.burst(*["A-01-01", "100001", "1", "A-01-05"] * 5)
    answer(floor.store, ["contained"] * 5)

    def work() -> int:
        upkeep = Upkeep(floor.store, 30, floor.clock.stamp)
        while upkeep.step():
            pass
        return len(floor.events())

    floor.clock.now_us += 400 * DAY_US
    assert work() == 5
    now = floor.clock.stamp()
    with floor.store.transaction:
        floor.store.identity.set_offset(Offset(-400 * DAY_US, 1, now))
    assert work() == 5
    with floor.store.transaction:
        floor.store.identity.set_offset(Offset(0, 1, now))
    assert work() == 1


def test_what_was_made_with_a_clock_ahead_keeps_nothing_behind_it(floor: Floor) -> None:
    ahead = """CAST(replace(payload, '"wall_us":17', '"wall_us":97') AS BLOB)"""
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE stock SET quantity = quantity * 100")
    floor.move()
    floor.burst("A-01-01", *["100001", "1", "A-01-05"] * 210)
    answer(floor.store, ["contained"] * 210)
    with floor.store.transaction:
        floor.store.file.database.execute(f"UPDATE event SET payload = {ahead} WHERE number = 200")
    purge(floor.store, 1_800_000_000_000_000)
    numbers = floor.store.file.database.execute("SELECT number FROM event ORDER BY number").fetchall()
    assert numbers == [(200,), (210,)]
