"""Every kind of event on the device that made it: what it lays over the pulled rows, and how its worker sees it."""

from pathlib import Path

import pytest

from scanner_app.domain.catalog import Item, Plate, Stock
from scanner_app.domain.quantity import SCALE
from scanner_app.store.journal import Answered
from scanner_app.store.store import Store
from scanner_app.workflows.lookups.own_events import Mine, MyEvent, MyEvents, OneOfMine
from scanner_app.workflows.questions.part import Part
from scanner_app.workflows.today.lines import options
from tests.kinds import NOW_US, Row, event, every_kind, first, row_of
from tests.warehouse import filled

POST_ID = "event-2"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    stock = Stock("A", "NUT", "", "", "OWN", "AVAILABLE", 100 * SCALE)
    return filled(tmp_path, [Item("NUT", "Nut", "EA"), Plate("P1", "A"), stock])


def _posted(store: Store, kind: str) -> Row:
    """Post what every row follows, and then its event; both wait."""
    row = row_of(kind)
    with store.transaction:
        store.journal.post(first(), None)
        store.journal.post(event(2, row.fact), None)
    return row


def _words(part: Part) -> str:
    return part.phrase.text.format(**part.arguments) if part.phrase else part.text


def _mine(store: Store, name: str) -> MyEvent:
    (mine,) = store.mine.one(OneOfMine("w1", name)).events
    return mine


@every_kind
def test_the_journal_notes_what_it_takes_back(store: Store, kind: str) -> None:
    row = _posted(store, kind)
    noted = store.file.database.execute("SELECT annuls, puts_back FROM event WHERE id = ?", (POST_ID,)).fetchone()
    assert noted == (row.undoes or None, row.puts_back or None)
    assert store.journal.waiting == 2


@every_kind
def test_the_overlay_has_what_it_does_until_it_is_lifted(store: Store, kind: str) -> None:
    row = _posted(store, kind)
    laid = [store.file.database.execute(f"SELECT count(*) FROM {table} WHERE number = 2").fetchone()[0]
            for table in ("overlay", "plate_overlay")]  # fmt: skip
    assert [bool(count) for count in laid] == [bool(row.legs or row.undoes), row.stand is not None]
    stands = store.file.database.execute("SELECT location, parent FROM plate_now WHERE plate = 'P1'").fetchone()
    assert stands == ((row.stand.location, row.stand.parent) if row.stand else ("A", ""))
    with store.transaction:
        store.journal.answer([Answered(2, "held", 0, (), counts=False)])
    for table in ("overlay", "plate_overlay"):
        assert store.file.database.execute(f"SELECT count(*) FROM {table} WHERE number = 2").fetchone() == (0,)


@every_kind
def test_its_worker_sees_it_on_the_list_and_may_take_it_back_as_its_row_says(store: Store, kind: str) -> None:
    row = _posted(store, kind)
    listed = [mine for mine in store.mine.newest(Mine("w1"), NOW_US).events if mine.id == POST_ID]
    lines = [" ".join(filter(None, map(_words, option.parts[1:]))) for option in options(MyEvents(tuple(listed)))]
    assert lines == ([row.shown] if row.shown else [])
    mine = _mine(store, POST_ID)
    assert (mine.can_annul, mine.can_put_back) == (row.can_annul, row.can_put_back)
    assert (_mine(store, first().id).state == "annulled") == (row.undoes == first().id)
