"""Many sessions on one cache: what was stored in one is judged in it, whatever the others do and whoever dies."""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner_app.app import Station
from scanner_app.config import Config, Device
from scanner_app.domain.capture.reader_state import ReaderState, ReaderTold, ReaderWhy
from scanner_app.domain.clock import Offset
from scanner_app.domain.lockout import Failures
from scanner_app.session.context import Settings
from scanner_app.session.view.view import Link, Scanner
from scanner_app.session.worker import WorkThread
from scanner_app.store.log import MAIN, Logged
from scanner_app.store.notices import Damaged
from scanner_app.store.rescue.backup import back_up, restore
from scanner_app.store.retention import DAY_US, Retention
from scanner_app.store.sign_in_failures import of_session
from scanner_app.store.store import open_store
from scanner_app.workflows.questions.bar import Bar
from tests.extent import extent
from tests.session.crew import BADGES, CYCLE, FIRST, SECOND, Crew
from tests.warehouse import PIN


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[Crew]:
    crew = Crew(tmp_path / "cache")
    yield crew
    crew.close()


def test_what_was_stored_before_a_death_is_judged_although_another_session_came_back_first(crew: Crew) -> None:
    crew.move(FIRST)
    crew.move(SECOND)
    crew.keep(FIRST, *CYCLE)
    crew.die()
    crew.say(SECOND, "A-01-03")
    assert [outcome for _, outcome, _ in crew.outcomes(FIRST)][-4:] == [None] * 4
    desk = crew.come_back(FIRST)
    assert [outcome for _, outcome, _ in crew.outcomes(FIRST)][-4:] == ["answered"] * 4
    assert desk.view().message == "Moved 1 EA to A-01-05."
    assert (crew.moved(FIRST), crew.moved(SECOND)) == (1, 0)


def test_the_program_judges_at_its_start_what_any_session_has_stored(tmp_path: Path) -> None:
    """Whoever worked there may never come back."""
    crew = Crew(tmp_path / "cache")
    crew.move(FIRST)
    crew.move(SECOND)
    crew.keep(FIRST, *CYCLE)
    crew.keep(SECOND, *CYCLE)
    crew.close()
    station = Station(Config(device=Device(data_dir=str(tmp_path / "cache"), ballast_mb=0)), {})
    assert station.store.log.behind() == []
    assert station.store.journal.waiting == 2
    assert station.session.name == MAIN
    station.start()
    station.close()


def test_the_log_knows_which_sessions_are_behind(crew: Crew) -> None:
    assert crew.store.log.behind() == []
    crew.move(FIRST)
    crew.move(SECOND)
    assert crew.store.log.behind() == []
    crew.keep(FIRST, "A-01-01")
    crew.keep("tty3", "x")
    crew.say(SECOND, "A-01-01")
    assert crew.store.log.behind() == [FIRST, "tty3"]


def test_the_watermark_waits_for_entries_of_every_session(crew: Crew) -> None:
    crew.move(FIRST)
    crew.move(SECOND)
    assert crew.store.log.oldest_open_us() is None
    (first,) = crew.keep(FIRST, "A-01-01")
    crew.say(SECOND, *CYCLE, *CYCLE[1:])
    assert crew.store.log.oldest_open_us() == first.entry.stamp.wall_us


def test_a_session_locks_behind_a_death_by_its_own_last_entry(tmp_path: Path) -> None:
    crew = Crew(tmp_path / "idle", Settings(idle_lock_us=60_000_000))
    crew.move(FIRST)
    crew.clock.now_us += 50_000_000
    crew.move(SECOND)
    crew.clock.now_us += 20_000_000
    crew.die()
    assert crew.come_back(FIRST).view().title == "Locked"
    assert crew.come_back(SECOND).view().title == "Umlagern"
    crew.close()


def test_old_entries_leave_and_neither_what_nobody_judged_nor_what_a_lock_goes_by(tmp_path: Path) -> None:
    crew = Crew(tmp_path / "old", Settings(idle_lock_us=60_000_000))
    crew.move(FIRST)
    crew.say(FIRST, ".m")
    stored = crew.keep(FIRST, "1", *CYCLE)
    crew.clock.now_us += 200 * DAY_US
    crew.move(SECOND)
    crew.say(SECOND, *CYCLE)
    before_us = crew.clock.now_us - 100 * DAY_US
    gone = sum(Retention(crew.store.file.database, crew.store.transaction, before_us).purge())
    assert gone > 0
    assert [number for number, outcome, _ in crew.outcomes(FIRST) if outcome is None] == [one.number for one in stored]
    crew.die()
    crew.come_back(SECOND)
    crew.come_back(FIRST)
    assert crew.moved(FIRST) == 1
    gone = sum(Retention(crew.store.file.database, crew.store.transaction, before_us).purge())
    crew.die()
    assert crew.come_back(FIRST).view().title == "Locked"
    crew.close()


def test_a_restore_puts_aside_what_nobody_judged_in_any_session(crew: Crew, tmp_path: Path) -> None:
    crew.move(FIRST)
    crew.move(SECOND)
    crew.keep(FIRST, *CYCLE)
    crew.say(SECOND, "A-01-03")
    crew.keep(SECOND, "100001")
    back_up(tmp_path / "cache", tmp_path / "copy.db")
    restore(tmp_path / "other", tmp_path / "copy.db")
    store = open_store(tmp_path / "other")
    assert store.log.behind() == []
    aside = store.file.database.execute("SELECT count(*) FROM verdict WHERE outcome = 'set_aside'").fetchone()
    assert aside == (5,)
    store.close()


def test_wrong_pins_cost_an_operator_everywhere_and_all_others_only_where_they_were_typed(crew: Crew) -> None:
    failures = crew.store.failures
    with crew.store.transaction:
        failures.keep("1001", Failures(9, crew.clock.stamp()))
        failures.keep(of_session(FIRST), Failures(19, crew.clock.stamp()))
    crew.clock.now_us += 700_000_000
    crew.say(FIRST, BADGES[FIRST], "000000")
    at_first, at_second = crew.come_back(FIRST).session.guard, crew.come_back(SECOND).session.guard
    now = crew.clock.stamp()
    assert at_second.bar("1001", now) == Bar(is_locked=True)
    assert (at_first.bar("1101", now), at_second.bar("1101", now)) == (Bar(is_locked=True), None)
    assert crew.say(SECOND, "B-1101", PIN).session.who.operator == "1101"
    assert at_first.bar("1101", now) == Bar(is_locked=True), "a right PIN elsewhere forgets nothing of this session"


def test_a_notice_is_read_by_each_session_for_itself(crew: Crew) -> None:
    crew.move(FIRST)
    crew.move(SECOND)
    worker = WorkThread(crew.store, crew.clock.stamp)
    first, second = worker.seat(crew.desks[FIRST]), worker.seat(crew.desks[SECOND])
    crew.store.tell(Damaged("planted"))
    first.show()
    second.show()
    first.take([crew.entry("A-01-01")])
    assert first.views.latest().news == ""
    second.show()
    assert "Speicher" in second.views.latest().news


def test_one_thread_works_for_all_sessions_and_shows_each_its_own(crew: Crew) -> None:
    crew.move(FIRST)
    crew.move(SECOND)
    worker = WorkThread(crew.store, crew.clock.stamp)
    first, second = worker.seat(crew.desks[FIRST]), worker.seat(crew.desks[SECOND])
    worker.start()
    for step in range(len(CYCLE)):
        first.submit(crew.entry(CYCLE[step]))
        second.submit_many([crew.entry(text) for text in (*CYCLE, *CYCLE[1:])] if step == 0 else [])
    second.tell_reader(ReaderTold("GUN-1", ReaderState.MISSING, ReaderWhy.GONE))
    worker.set_link(Link.ONLINE)
    is_done = threading.Event()
    worker.call(is_done.set)
    assert is_done.wait(10)
    worker.stop()
    assert worker.failure is None
    views = first.views.latest(), second.views.latest()
    assert [view.counter for view in views] == [3 + 4, 3 + 7]
    assert (first.handled(), second.handled()) == (4, 7)
    assert (crew.moved(FIRST), crew.moved(SECOND)) == (1, 2)
    assert [view.status.waiting for view in views] == [3, 3], "events wait at the device"
    assert [view.status.link for view in views] == [Link.ONLINE, Link.ONLINE]
    assert [view.status.scanner for view in views] == [Scanner.NONE, Scanner.LOST]


def test_a_store_that_fails_in_one_session_lets_every_face_end(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    crew.move(FIRST)
    crew.move(SECOND)

    def fail(_entries: Any) -> None:
        raise OSError("gone")

    monkeypatch.setattr(crew.desks[FIRST], "take", fail)
    worker = WorkThread(crew.store, crew.clock.stamp)
    first, second = worker.seat(crew.desks[FIRST]), worker.seat(crew.desks[SECOND])
    has_ended = threading.Event()
    second.views.subscribe(lambda: has_ended.set() if second.views.latest().finished else None)
    worker.start()
    first.submit(crew.entry("A-01-01"))
    assert has_ended.wait(10)
    worker.stop()
    assert worker.failure is not None


def test_a_job_locks_only_the_session_that_nobody_touches(tmp_path: Path) -> None:
    crew = Crew(tmp_path / "idle", Settings(idle_lock_us=60_000_000))
    crew.move(FIRST)
    crew.clock.now_us += 55_000_000
    crew.move(SECOND)
    worker = WorkThread(crew.store, crew.clock.stamp)
    first, second = worker.seat(crew.desks[FIRST]), worker.seat(crew.desks[SECOND])
    crew.clock.now_us += 10_000_000
    worker.start()
    worker.call(lambda: None).result(10)
    worker.stop()
    assert (first.views.latest().title, second.views.latest().title) == ("Locked", "Umlagern")
    crew.close()


def test_what_a_job_changes_is_shown_at_every_seat_although_one_locks_in_its_turn(tmp_path: Path) -> None:
    crew = Crew(tmp_path / "idle", Settings(idle_lock_us=60_000_000))
    crew.move(FIRST)
    crew.clock.now_us += 55_000_000
    crew.move(SECOND)
    worker = WorkThread(crew.store, crew.clock.stamp)
    first, second = worker.seat(crew.desks[FIRST]), worker.seat(crew.desks[SECOND])
    painted: list[str] = []
    first.views.subscribe(lambda: painted.append(first.views.latest().title))
    crew.clock.now_us += 10_000_000
    worker.start()
    worker.call(lambda: crew.store.tell(Damaged("planted"))).result(10)
    worker.stop()
    assert "Speicher" in second.views.latest().news
    assert painted == ["Locked"], "who is up to date already is not painted again"
    crew.close()


def test_a_notice_that_is_met_twice_is_told_once(crew: Crew) -> None:
    for _ in range(2):
        crew.store.tell(Damaged("planted"))
    assert crew.store.notices == (Damaged("planted"),)
    assert len(crew.move(FIRST).session.notices.unread()) == 1


STEP = st.tuples(st.sampled_from([FIRST, SECOND]), st.sampled_from(["take", "store", "judge", "die", "come back"]))


class Play:
    """Plays steps on a crew and remembers of each session what it stored and what it has not judged yet."""

    def __init__(self, folder: Path) -> None:
        self.crew = Crew(folder, Settings(idle_lock_us=0))
        self.said = dict.fromkeys(BADGES, 0)
        self.waiting: dict[str, list[Logged]] = {name: [] for name in BADGES}
        for name in BADGES:
            self.crew.come_back(name)

    def do(self, name: str, step: str) -> None:
        crew = self.crew
        if step == "die":
            crew.die()
            self.waiting = {name: [] for name in BADGES}
        elif step == "come back":
            crew.come_back(name)
        elif step == "store":
            crew.come_back(name)
            self.waiting[name] += crew.keep(name, self._line(name))
        elif step == "judge" and self.waiting[name]:
            with crew.store.transaction:
                crew.desks[name]._interpret_all(self.waiting[name])
            self.waiting[name] = []
        elif step == "take" and not self.waiting[name]:
            crew.say(name, self._line(name))

    def _line(self, name: str) -> str:
        """The next line of moves to and fro, of which each begins where the one before ended."""
        self.said[name] += 1
        return (CYCLE[0], *CYCLE[1:] * 100)[self.said[name] - 1]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache in which everybody has just begun to move, to be copied."""
    folder = tmp_path_factory.mktemp("begun")
    crew = Crew(folder)
    for name in BADGES:
        crew.move(name)
    crew.close()
    return folder


@pytest.mark.timeout(extent(120, 1_800))
@given(steps=st.lists(STEP, max_size=24))
@settings(max_examples=extent(60, 1_000), deadline=None)
def test_in_every_interleaving_each_entry_is_judged_once_in_its_session_in_order(
    begun: Path, steps: list[tuple[str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(begun, folder, dirs_exist_ok=True)
        play = Play(Path(folder))
        crew = play.crew
        for name, step in [*steps, (FIRST, "die")]:
            play.do(name, step)
        for name in BADGES:
            crew.come_back(name)
        for name, said in play.said.items():
            outcomes = crew.outcomes(name)
            assert [(outcome, session) for _, outcome, session in outcomes[3:]] == [("answered", name)] * said
            moved = max(0, said - 1) // 3
            assert crew.moved(name) == moved, "what is judged out of order answers another question and posts nothing"
            asked = crew.desks[name].session.play.slot
            assert asked == ("source" if said == 0 else ("goods", "quantity", "target")[(said - 1) % 3])
        assert crew.store.log.behind() == []
        crew.close()


def test_the_offset_of_clocks_is_the_devices(crew: Crew) -> None:
    """What one session posts is settled by the same offset as what another posts, in the order of the journal."""
    with crew.store.transaction:
        crew.store.identity.set_offset(Offset(5, 1, crew.clock.stamp()))
    for name in BADGES:
        crew.move(name)
        crew.say(name, *CYCLE)
    settled = crew.store.file.database.execute("SELECT is_settled FROM event ORDER BY number").fetchall()
    assert settled == [(1,), (1,)]
