"""A scan costs the same however many events wait to be sent: no statement of a move takes more steps for them."""

from pathlib import Path

import pytest

from scanner_app.domain.catalog import Plate, Stock
from scanner_app.domain.quantity import whole
from scanner_app.store.journal import Answered
from tests.session.test_shift import MORE as SHIFT
from tests.session.test_shift import PALLET
from tests.store.watched import Ran, watching
from tests.warehouse import GTIN, Floor, Ticking

FEW, MANY = 10, 1_000
STEPS_MORE_MAX = 40
MORE = [*SHIFT, Stock("A-01-01", "100001", "", "", "OWN", "AVAILABLE", whole(10 * MANY))]
MOVE = ("A-01-01", GTIN, "1", "A-01-05")
BOUNDED = {
    "count(DISTINCT number)": "how much of it is not sent, for whoever looks something up: counted up to 1,000",
    "SELECT count(*) FROM outbox": "once at the start and after a rollback",
    "FROM event WHERE is_settled ORDER BY number DESC LIMIT 1": "the same; it ends at the newest that is settled",
    "SELECT e.* FROM outbox": "what is unsent is checked at the start",
    "PRAGMA quick_check": "so is what it lays over the stock",
}
"""What grows with what waits, and may."""
_EVENT = (
    "number + n, id || '-' || n, epoch, sequence + n, entry + n * 1000000, payload, 0, outcome, version, reasons, "
    "annuls, puts_back, waits"
)
_ROWS = {
    "event": _EVENT,
    "outbox": "number + n",
    "overlay": "number + n, side, place, item, lot, serial, owner, status, quantity, NULL",
    "plate_overlay": "number + n, plate, location, parent, NULL",
}


def make_waiting(folder: Path, count: int) -> None:
    """A cache in which so many moves of one cell, and as many of one plate, wait: the first of each once more."""
    floor = Floor(folder, more=MORE)
    floor.move()
    floor.say(*MOVE, ".m", "1", PALLET, "A-01-05")
    assert len(floor.events()) == 2
    database = floor.store.file.database
    with floor.store.transaction:
        for table, columns in _ROWS.items():
            database.execute(
                f"WITH RECURSIVE more (n) AS (SELECT 2 UNION ALL SELECT n + 2 FROM more WHERE n < ?) "
                f"INSERT INTO {table} SELECT {columns} FROM {table}, more WHERE number < 3",
                (2 * count,),
            )
    floor.close()


def moves(folder: Path) -> dict[str, Ran]:
    """What is run for some moves of the same cell and plate, for a look at them, and for the answer to one of them."""
    with pytest.MonkeyPatch.context() as patched, watching(patched) as ran:
        floor = Floor(folder, Ticking(1_700_000_500_000_000), more=MORE)
        floor.say(".k", ".m", "1", *MOVE, *MOVE[1:], ".m", "1", PALLET, "A-01-02", ".m", "2", *MOVE[:3])
        floor.say(".m", "1", "A-01-05", ".i", "A-01-01", ".b", ".i", "100001", ".b", ".b")
        with floor.store.transaction:
            floor.store.journal.answer([Answered(number, "posted", 10**6, (), counts=True) for number in (1, 2)])
            floor.store.feed.put([(10**6, MORE[-1]), (10**6, Plate(PALLET, "A-01-05"))])
        floor.close()
    return ran


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Ran], dict[str, Ran]]:
    made = []
    for count in (FEW, MANY):
        folder = tmp_path_factory.mktemp("waiting")
        make_waiting(folder, count)
        made.append(moves(folder))
    return made[0], made[1]


def test_no_statement_takes_more_steps_for_what_waits(both: tuple[dict[str, Ran], dict[str, Ran]]) -> None:
    few, many = both
    assert len(many) > 60
    longer = [
        (few.get(sql, Ran()).steps, ran.steps, sql)
        for sql, ran in many.items()
        if few.get(sql, Ran()).steps * 1.5 + STEPS_MORE_MAX < ran.steps
    ]
    assert [one for one in longer if not any(part in one[2] for part in BOUNDED)] == []


def test_every_reason_is_still_needed(both: tuple[dict[str, Ran], dict[str, Ran]]) -> None:
    assert [part for part in BOUNDED if not any(part in sql for sql in both[1])] == []
