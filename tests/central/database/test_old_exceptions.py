"""When a store learns words: exceptions of more than 30 days count as seen, and all else goes on waiting."""

from contextlib import closing

import pytest
from sqlalchemy import create_engine, select, text

from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.saying import Subject
from sync.central.database.migrate import migrate
from sync.central.database.store import CentralStore, init_store
from sync.central.database.tables import events
from sync.central.events.sender import Sender
from tests.central.database.test_migrate import make_old
from tests.central.warehouse import NOW_US, SITE, event, push

DESK = Sender(SITE, "desk", 1)
MONTH_US = 30 * 24 * 3600 * 1_000_000
BEFORE_WORDS = "0016"
SEEN, WAITS = -1, 0
EXCEPTIONS = "posted_with_exceptions"
WAITING = {
    "older by a microsecond": (EXCEPTIONS, MONTH_US + 1, SEEN),
    "a year old": (EXCEPTIONS, 12 * MONTH_US, SEEN),
    "as old as that": (EXCEPTIONS, MONTH_US, WAITS),
    "of today": (EXCEPTIONS, 0, WAITS),
    "held for a year": ("held", 12 * MONTH_US, WAITS),
    "quarantined for a year": ("quarantined", 12 * MONTH_US, WAITS),
    "posted a year ago": ("posted", 12 * MONTH_US, WAITS),
}
_ADD = """INSERT INTO events
(site, id, device, epoch, sequence, operator, kind, received_us, outcome, reasons, version, payload)
SELECT site, :id, 'd9', 1, :sequence, operator, kind, :received_us, :outcome, 'place_blocked', version, payload
FROM events WHERE device = 'd1' AND sequence = 1"""


@pytest.fixture
def waiting(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store of the program before, with something of each kind and age, brought up to date at a known time."""
    make_old(empty_url)
    rows = [
        {"id": name, "sequence": sequence, "outcome": outcome, "received_us": NOW_US - age_us}
        for sequence, (name, (outcome, age_us, _)) in enumerate(WAITING.items(), 1)
    ]
    with closing(CentralStore(create_engine(_engine_url(empty_url)))) as store, store.writing() as connection:
        migrate(connection, BEFORE_WORDS)
        connection.execute(text(_ADD), rows)
    monkeypatch.setattr("time.time_ns", lambda: NOW_US * 1_000)
    init_store(empty_url).close()
    return empty_url


def _engine_url(url: str) -> str:
    return url if "://" in url else f"sqlite:///{url}"


def test_exceptions_older_than_30_days_count_as_seen(waiting: str) -> None:
    with closing(init_store(waiting)) as store, store.reading() as connection:
        rows = connection.execute(select(events.c.id, events.c.word, events.c.outcome)).all()
    kept = {row.id: (row.outcome, row.word) for row in rows if row.id in WAITING}
    assert kept == {name: (outcome, word) for name, (outcome, _, word) in WAITING.items()}


def test_what_counts_as_seen_is_seen_by_nobody_a_second_time(waiting: str) -> None:
    """It has no word, and does not wait; what still waits is seen as ever."""
    with closing(init_store(waiting)) as store:
        for sequence, (name, why) in enumerate({"a year old": ("not_waiting",), "of today": ()}.items(), 1):
            said = event(sequence, Decided(NOW_US, "seen", (Subject("event", name),)), DESK, operator="s1")
            assert push(store, [said], DESK)[0].reasons == why
