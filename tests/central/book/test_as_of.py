"""As of: at every instant and as known at every row, the balance is the fold from scratch, on either engine."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.event import Event
from scanner_app.domain.ledger import Leg, StockKey
from scanner_app.domain.quantity import SCALE
from scanner_app.errors import CentralError
from sync.central.audit.verification import verify
from sync.central.book.as_of import NOW, BookMoment, balance_as_of, balances_as_of
from sync.central.book.timelines import advance, behind, catch_up, recorded_at
from sync.central.database.store import CentralStore
from sync.central.database.tables import KEY_NAMES, checkpoints, events, keys, ledger
from sync.central.exchange.threads import StoreThreads
from sync.central.exports.lines import export_lines
from sync.central.exports.listings import Selection
from sync.central.exports.moments import instant_us, moment_of
from sync.central.imports.run import Wish, run_import
from sync.central.service.chore import TIMELINES, Chore
from tests.central.warehouse import NOW_US, SITE, event, key, move, push, write_sheets

SPACING = 3
PLACES = [key("@adjustment"), key("A"), key("B")]
_numbers = count(1)
Rows = list[tuple[StockKey, int, int, int]]


def _adjusted(at_us: int, quantity: int, target: StockKey) -> Event:
    pair = (PLACES[0], target) if quantity > 0 else (target, PLACES[0])
    return event(next(_numbers), Adjusted((Leg(NOW_US + at_us, abs(quantity), *pair),), "found"))


def _rows(store: CentralStore) -> Rows:
    wanted = select(
        *(ledger.c[name] for name in KEY_NAMES), ledger.c.quantity, ledger.c.effective_us, ledger.c.recorded
    )
    with store.reading() as connection:
        found = connection.execute(wanted.where(ledger.c.site == SITE)).all()
    return [(StockKey(*row[:6]), row[6], row[7], row[8]) for row in found]


def _fold(rows: Rows, moment: BookMoment) -> dict[StockKey, int]:
    """Balances from scratch."""
    found: dict[StockKey, int] = {}
    for one, quantity, at_us, number in rows:
        if at_us <= moment.effective_us and number <= moment.recorded:
            found[one] = found.get(one, 0) + quantity
    return {one: balance for one, balance in found.items() if balance}


_posts = st.lists(
    st.tuples(st.integers(-20, 20), st.integers(-9, 9).filter(bool), st.sampled_from(PLACES[1:])),
    min_size=1,
    max_size=8,
)
_passes = st.integers(1, 12)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(_posts | _passes, max_size=8),
    st.lists(st.tuples(st.integers(-22, 22), st.integers(0, 60)), min_size=1, max_size=6),
)
def test_it_is_the_fold_from_scratch(
    store: CentralStore, steps: list[list[tuple[int, int, StockKey]] | int], moments: list[tuple[int, int]]
) -> None:
    for step in steps:
        if isinstance(step, int):
            advance(store, SITE, SPACING, step)
        else:
            push(store, [_adjusted(*one) for one in step])
    rows = _rows(store)
    for at_us, back in moments:
        moment = BookMoment(NOW_US + at_us, max(0, len(rows) - back))
        expected = _fold(rows, moment)
        with store.reading() as connection:
            assert dict(balances_as_of(connection, SITE, moment)) == expected
            for one in PLACES:
                assert balance_as_of(connection, SITE, one, moment) == expected.get(one, 0)


def _work(store: CentralStore) -> None:
    """Forty pieces come one by one, with a pass after every few of them."""
    for start in range(0, 40, 5):
        push(store, [_adjusted(at_us, SCALE, key("A")) for at_us in range(start, start + 5)])
        catch_up(store, SITE, SPACING)


def test_what_comes_late_changes_what_was_then_and_not_what_was_known_then(store: CentralStore) -> None:
    _work(store)
    known = len(_rows(store))
    push(store, [_adjusted(10, 5 * SCALE, key("A"))])
    catch_up(store, SITE, SPACING)
    with store.reading() as connection:
        before, after = BookMoment(NOW_US + 20, known), BookMoment(NOW_US + 20)
        assert balance_as_of(connection, SITE, key("A"), before) == 121 * SCALE
        assert balance_as_of(connection, SITE, key("A"), after) == 126 * SCALE
        assert balance_as_of(connection, SITE, key("A"), BookMoment(NOW_US + 9)) == 110 * SCALE
        renewed = connection.execute(select(checkpoints.c.effective_us).where(checkpoints.c.recorded > known)).scalars()
        assert {at_us >= NOW_US + 10 for at_us in renewed} == {True}


def test_the_last_rows_have_no_checkpoint(store: CentralStore) -> None:
    _work(store)
    with store.reading() as connection:
        newest_us, since = connection.execute(
            select(keys.c.newest_us, keys.c.since).where(keys.c.place == "A", keys.c.item == "NUT")
        ).one()
    assert (newest_us < NOW_US + 39, since >= SPACING, since < 3 * SPACING) == (True, True, True)


def test_a_pass_takes_what_there_is_and_then_nothing(store: CentralStore) -> None:
    push(store, [_adjusted(1, SCALE, key("A"))])
    rows = len(_rows(store))
    assert behind(store) == {SITE: rows}
    assert (advance(store, SITE, rows_max=3), behind(store)) == (3, {SITE: rows - 3})
    assert (catch_up(store, SITE), catch_up(store, SITE), behind(store)) == (rows - 3, 0, {})


def test_passes_of_several_processes_wait_for_each_other(store: CentralStore) -> None:
    for start in range(0, 60, 6):
        push(store, [_adjusted(at_us, SCALE, key("A")) for at_us in range(start, start + 6)])
    rows = len(_rows(store))

    def sort() -> int:
        return sum(iter(lambda: advance(store, SITE, SPACING, rows_max=7), 0))

    with ThreadPoolExecutor(3) as threads:
        taken = [work.result() for work in [threads.submit(sort) for _ in range(3)]]
    assert (sum(taken), behind(store), verify(store)) == (rows, {}, [])


@pytest.mark.parametrize("sorted_first", [True, False], ids=["after passes", "before any pass"])
def test_known_at_a_time_is_what_had_been_received(store: CentralStore, sorted_first: bool) -> None:
    opened = len(_rows(store))
    for number in range(1, 5):
        one = _adjusted(0, SCALE, key("A"))
        push(store, [one])
        with store.writing() as connection:
            connection.execute(update(events).where(events.c.id == one.id).values(received_us=NOW_US + 10 * number))
        if sorted_first:
            catch_up(store, SITE)
    with store.reading() as connection:
        found = [recorded_at(connection, SITE, NOW_US + us) for us in (-1, 0, 9, 10, 25, 40, NOW)]
    assert [number - opened for number in found] == [-opened, 0, 0, 2, 4, 8, 8]


def test_the_service_sorts_while_few_push(store: CentralStore, tmp_path: Path) -> None:
    rows = "".join(f"A,GLUE,L{number},1\n" for number in range(600))
    folder = write_sheets(tmp_path / "sheets", stock=f"place,item,lot,quantity\n{rows}")
    run_import(store, folder, NOW_US, Wish(SITE, skips_bad=True))
    desk = StoreThreads(store)
    sorting = Chore(desk.behind, desk.sorted, TIMELINES)

    async def looks() -> list[int]:
        await sorting.look()
        first = sum((await desk.behind()).values())
        push(store, [event(1, move("A", "B"))])
        await sorting.look()
        return [first, sum((await desk.behind()).values())]

    first, second = asyncio.run(looks())
    assert (first > 1_000, second) == (True, 0)


@pytest.mark.parametrize(
    ("as_of", "at_us"),
    [
        ("2026-10-31T18:00+01:00", 1_793_466_000_000_000),
        ("2026-10-31T18:00", 1_793_466_000_000_000),
        ("2026-10-31T17:00Z", 1_793_466_000_000_000),
        ("2026-10-31", 1_793_487_599_999_999),
    ],
    ids=["with an offset", "by the site's clocks", "universal", "a day is its end"],
)
def test_moments_as_people_write_them(store: CentralStore, as_of: str, at_us: int) -> None:
    with store.reading() as connection:
        assert moment_of(connection, SITE, as_of, "") == BookMoment(at_us)
        assert moment_of(connection, SITE, as_of, "7") == BookMoment(at_us, 7)
        assert moment_of(connection, SITE, "", "2100-01-01").recorded == len(_rows(store))


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "9999-12-31", ""])
def test_moments_that_are_none(store: CentralStore, text: str) -> None:
    with store.reading() as connection, pytest.raises(CentralError):
        instant_us(connection, SITE, text)


def test_the_export_is_of_that_moment(store: CentralStore) -> None:
    push(store, [_adjusted(100, SCALE, key("A"))])
    found = {}
    for at_us in (99, 100):
        lines = export_lines(store, Selection("stock", SITE, moment=BookMoment(NOW_US + at_us)), "jsonl")
        rows = [json.loads(line) for line in lines]
        found[at_us] = {(row["place"], row["item"]): row["quantity"] for row in rows}
    assert (found[99]["A", "NUT"], found[100]["A", "NUT"]) == ("100", "101")
    assert found[100]["B", "NUT"] == "50.5"


def test_a_key_that_was_never_there_holds_nothing(store: CentralStore) -> None:
    with store.reading() as connection:
        assert balance_as_of(connection, SITE, key("NOWHERE"), BookMoment()) == 0
        assert connection.execute(text("SELECT count(*) FROM checkpoints")).scalar() == 0
