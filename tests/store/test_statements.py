"""What the work thread asks of its cache costs the same after a year as after a day, and look-ups write nothing.

The statements are those of a run: a shift, exchanges, look-ups, upkeep and restarts, over a cache with days behind it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from scanner_app.store.lookups import own_events
from tests.store.watched import Ran, reads_only, walks, watching
from tests.store.year import day_of_everything, make_year
from tests.warehouse import Floor

LOOKUPS = Path(__file__).parents[2] / "scanner_app" / "store" / "lookups"
DAYS, YEAR = 24, 72
STEPS_MORE_MAX = 40
SMALL = {"site", "profile", "owner", "status", "tolerance", "reason", "session", "meta"}
"""Tables that grow neither with history nor with the goods of a site."""
CONTROL = re.compile(r"(?i)\s*(PRAGMA|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|CREATE)\b")
MAY_WALK = {
    r"play by play_open$": "the index holds open scripts only: a few in each session",
    r"outbox in SELECT count\(\*\) FROM outbox": "once at the start and after a rollback; it holds what is unsent",
    r"outbox in SELECT e\.\* FROM outbox": "at the start, what is unsent is read whole",
    r"outbox in SELECT 1 FROM outbox .* LIMIT 1$": "the first of the epoch before ends it, and those come first",
    r"event in SELECT number, payload FROM event WHERE is_settled ORDER BY number DESC LIMIT 1": "ends at the newest "
    "that is settled; behind it is only what was made since the boot",
    r"event in SELECT e\.id, .* ORDER BY e\.number DESC LIMIT \?$": "reads the newest 1,000 at most",
    r"came_back by came_back_told in ": "the index holds only what was read here and the centre was not told of",
    r"stock by stock_claimed in SELECT 1 FROM stock WHERE claimed <> '' LIMIT 1$": "the first row ends it",
    r"countopen by \w+ in SELECT EXISTS \(SELECT 1 FROM countopen\)": "the first row ends it",
    r"event by event_waits in SELECT number FROM event WHERE waits$": "the index holds only what waits to be accepted",
    r"unapproved in SELECT .* ORDER BY number DESC LIMIT 200\) u ": "reads the newest 200 at most",
    r"event by event_not_taken in ": "the index holds only what the centre has not simply taken",
    r"\w+( by \w+)? in SELECT 1 FROM \w+ LIMIT 1$": "the first row ends it",
    r"\w+( by \w+)? in SELECT [\w, ]+, \* FROM \w+ (INDEXED BY \w+ )?ORDER BY [\w, ]+ LIMIT 200$": "a piece of a check",
    r"\w+( by \w+)? in DELETE FROM \S+ WHERE \(.*\) IN \(SELECT .* FROM \S+ LIMIT \?\)$": "drops a portion of what "
    "is pulled anew",
}
"""Walks that are bounded all the same, and why."""


class Day(Struct):
    """What was run on a day, and the cache as it is then."""

    floor: Floor
    ran: dict[str, Ran]

    def statements(self) -> Iterator[tuple[str, Ran]]:
        for sql, ran in self.ran.items():
            if not CONTROL.match(sql):
                yield sql, ran


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Day, Day]]:
    """The same day behind few others and behind many."""
    made: list[Day] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(own_events, "_READ_MAX", 100)
        for before in (DAYS, YEAR):
            folder = tmp_path_factory.mktemp("cache")
            make_year(folder, before)
            with watching(patched) as ran:
                floor = day_of_everything(folder)
            made.append(Day(floor, ran))
    yield made[0], made[1]
    for day in made:
        day.floor.close()


def unforeseen(day: Day) -> list[str]:
    """Walks of a day over what grows, but those that have a reason."""
    database = day.floor.store.file.database
    found = []
    for sql, ran in day.statements():
        for walked in walks(database, sql, ran.values):
            told = f"{walked} in {' '.join(sql.split())}"
            reasons = (why for why in MAY_WALK if re.match(why, told) or re.match(why, walked))
            if walked.split()[0] not in SMALL and next(reasons, None) is None:
                found.append(told)
    return found


def test_a_day_is_a_day_of_everything(days: tuple[Day, Day]) -> None:
    """A list that came from a run is as good as the run: every table is read, and each that we fill is written."""
    database = days[1].floor.store.file.database
    triggers = [sql for (sql,) in database.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
    text = " ".join([*(sql for sql, _ in days[1].statements()), *triggers])
    tables = (
        days[1]
        .floor.store.file.database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' "
            "AND name NOT LIKE 'item_search%' AND name NOT LIKE '%sqlite%'"
        )
        .fetchall()
    )
    assert [name for (name,) in tables if not re.search(rf'(FROM|JOIN) "?{name}\b', text)] == []
    assert [name for (name,) in tables if not re.search(rf'INTO "?{name}\b', text)] == []
    assert len(days[1].ran) > 150


def test_no_statement_walks_a_table_that_grows(days: tuple[Day, Day]) -> None:
    assert unforeseen(days[0]) == []


def test_every_reason_for_a_walk_is_still_needed(days: tuple[Day, Day]) -> None:
    database = days[0].floor.store.file.database
    told = [
        f"{walked} in {' '.join(sql.split())}"
        for sql, ran in days[0].statements()
        for walked in walks(database, sql, ran.values)
    ]
    assert [why for why in MAY_WALK if not any(re.match(why.removesuffix("$"), one) for one in told)] == []


def test_a_year_takes_no_more_steps_than_a_day(days: tuple[Day, Day]) -> None:
    """Plans do not tell how far a search goes; SQLite's own count of its instructions does."""
    few, many = days
    assert [
        (before.steps, ran.steps, sql)
        for sql, ran in many.ran.items()
        if (before := few.ran.get(sql, Ran())).steps * 1.5 + STEPS_MORE_MAX < ran.steps and sql != "COMMIT"
    ] == []


def test_a_planted_walk_is_found(days: tuple[Day, Day]) -> None:
    planted = {
        "SELECT e.* FROM outbox JOIN event e USING (number) ORDER BY number": Ran(),
        "SELECT count(*) FROM entry WHERE wall_us > 0": Ran(),
        "SELECT facts FROM verdict AS v WHERE v.outcome = 'broken' ORDER BY entry": Ran(),
    }
    tables = [told.split()[0] for told in unforeseen(Day(days[0].floor, planted))]
    assert tables == ["event", "entry", "verdict"]


def test_what_look_ups_run_changes_nothing(days: tuple[Day, Day]) -> None:
    database = days[1].floor.store.file.database
    looked = {sql: ran for sql, ran in days[1].statements() if any(str(LOOKUPS) in file for file in ran.files)}
    assert len(looked) > 25
    assert [sql for sql, ran in looked.items() if not reads_only(database, sql, ran.values)] == []
    assert not reads_only(database, "DELETE FROM stock WHERE place = ?", ("A-01-01",))


_WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|BEGIN|COMMIT|SAVEPOINT|PRAGMA|VACUUM)\b")


def writing(source: str) -> list[str]:
    """The pieces of text in a module that are statements which change something."""
    pieces = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    return [piece for piece in pieces if isinstance(piece, str) and _WRITES.search(piece)]


def test_look_ups_of_the_store_write_nothing() -> None:
    files = list(LOOKUPS.glob("*.py"))
    assert len(files) > 5
    assert {file.name: found for file in files if (found := writing(file.read_text(encoding="utf-8")))} == {}
    assert writing('_ADD = f"INSERT INTO {table} VALUES (?)"') == ["INSERT INTO "]
