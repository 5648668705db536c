"""Trouble of the database under a push: tried again as a whole, and nothing lost, doubled or promised too early."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2
import psycopg
import pytest
from sqlalchemy import event as watched

from scanner_app.domain.catalog import Stock
from scanner_app.domain.quantity import SCALE
from scanner_app.errors import CentralError, UnconfirmedError
from sync.central.admin import invite, read_token
from sync.central.cluster import QUICK, Cluster
from sync.central.desk import now_us
from sync.central.exchanging import Push, Pushed
from sync.central.exchanging import push as exchange
from sync.central.masters import import_folder
from sync.central.opening import open_stock, staged
from sync.central.sheets import Line
from sync.central.store import CentralStore, open_store
from sync.central.verifying import verify
from sync.protocol import Outcome
from tests.central.serving import Handheld, served, trouble
from tests.central.test_grouping import pushed
from tests.central.warehouse import SITE, event, fill, move, write_sheets
from tests.databases import ON_POSTGRESQL, address

DEVICE = pushed(1)
"""A push of one event by a device that the store need not know."""


def _exchanged(store: CentralStore, one: Push = DEVICE) -> Pushed:
    return exchange(store, SITE, [one])[0]


def _is_booked_once(store: CentralStore) -> bool:
    again = _exchanged(store).answers[0]
    return verify(store) == [] and again.duplicate and again.outcome is Outcome.POSTED


@contextmanager
def asked(url: str) -> Iterator["psycopg.Connection[Any]"]:
    with closing(psycopg.connect(address(url), autocommit=True)) as connection:
        yield connection


def _cut_before(store: CentralStore, url: str, number: int) -> list[int]:
    """End the connection from outside before its statement of that number, once; keep what was counted."""
    seen = [0]

    def before(connection: Any, _cursor: Any, _statement: str, *_rest: Any) -> None:
        seen[0] += 1
        if seen[0] == number:
            with asked(url) as other:
                pid = connection.connection.dbapi_connection.info.backend_pid
                other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))

    watched.listen(store.engine, "before_cursor_execute", before)
    return seen


def _invited(store: CentralStore) -> str:
    return invite(store, SITE, now_us())


def _given(store: CentralStore) -> str:
    return read_token(store, SITE, "erp", now_us())


def _renamed(store: CentralStore) -> str:
    with TemporaryDirectory() as folder:
        sheets = write_sheets(Path(folder), owners="owner,name,kind\nACME,Another name,supplier\n")
        return str(import_folder(store, sheets, now_us()).rows["owners"])


def _opened(store: CentralStore) -> str:
    with staged() as opening:
        with store.reading() as connection:
            opening.remember(connection, SITE)
        opening.take(Line(2, Stock("C", "NUT", "", "", "OWN", "AVAILABLE", SCALE)))
        opening.flush()
        assert not list(opening.refused())
        return str(open_stock(store, opening, SITE, now_us(), lambda *_: None))


Order = Callable[[CentralStore], str]


@ON_POSTGRESQL
@pytest.mark.parametrize(
    ("order", "at"),
    [
        (_invited, "INSERT INTO codes"),
        (_given, "INSERT INTO read_tokens"),
        (_renamed, "INSERT INTO owners"),
        (_opened, "COPY ledger"),
    ],
)
def test_an_order_under_which_the_connection_is_cut_is_done(
    store: CentralStore, warehouse_url: str, order: Order, at: str
) -> None:
    cut: list[int] = []

    def before(connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(at) and not cut:
            cut.append(connection.connection.dbapi_connection.info.backend_pid)
            with asked(warehouse_url) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", cut)

    watched.listen(store.engine, "before_cursor_execute", before)
    assert order(store)
    assert cut
    assert verify(store) == []


@ON_POSTGRESQL
@pytest.mark.parametrize("number", [1, 2, 6, 8])
def test_a_connection_that_is_cut_costs_nothing(store: CentralStore, warehouse_url: str, number: int) -> None:
    seen = _cut_before(store, warehouse_url, number)
    assert _exchanged(store).answers[0].outcome is Outcome.POSTED
    assert seen[0] > number
    assert _is_booked_once(store)


@ON_POSTGRESQL
def test_a_connection_that_is_cut_at_the_commit_costs_nothing(store: CentralStore, warehouse_url: str) -> None:
    cut: list[int] = []

    def before(connection: Any) -> None:
        if not cut:
            cut.append(connection.connection.dbapi_connection.info.backend_pid)
            with asked(warehouse_url) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", cut)

    watched.listen(store.engine, "commit", before)
    assert _exchanged(store).answers[0].outcome is Outcome.POSTED
    assert cut
    assert _is_booked_once(store)


def test_pooled_connections_of_a_server_that_was_started_anew_are_replaced(tmp_path: Path) -> None:
    with Cluster(settings=QUICK) as cluster:
        fill(cluster.url(), tmp_path / "sheets")
        with closing(open_store(cluster.url())) as store:
            _exchanged(store, pushed(2))
            cluster.crash()
            cluster.start()
            assert _exchanged(store).answers[0].outcome is Outcome.POSTED
            assert _is_booked_once(store)


@ON_POSTGRESQL
def test_a_deadlock_is_tried_again(store: CentralStore, warehouse_url: str) -> None:
    """Somebody locks a row of stock and then the counters; a push locks them the other way round."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with asked(warehouse_url) as other, asked(warehouse_url) as looking, ThreadPoolExecutor(1) as threads:
        other.execute("BEGIN")
        other.execute("SELECT 1 FROM stock WHERE place = 'A' FOR UPDATE")
        mine = threads.submit(_exchanged, store)
        while looking.execute(waiting).fetchone() == (0,):
            assert not mine.done()
        other.execute("SET deadlock_timeout = '1min'")
        other.execute("SELECT 1 FROM counters FOR UPDATE")
        other.execute("COMMIT")
        assert mine.result(20).answers[0].outcome is Outcome.POSTED
    assert _is_booked_once(store)


@ON_POSTGRESQL
def test_a_connection_to_a_server_that_only_reads_is_replaced(store: CentralStore, warehouse_url: str) -> None:
    """As one is that was made while another server took over."""
    with asked(warehouse_url) as other:
        database = other.info.dbname
        other.execute(f"ALTER DATABASE {database} SET default_transaction_read_only = on".encode())
        store.engine.dispose()
        with store.writing() as connection:
            assert connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on"
        other.execute("SET default_transaction_read_only = off")
        other.execute(f"ALTER DATABASE {database} RESET default_transaction_read_only".encode())
    assert _exchanged(store).answers[0].outcome is Outcome.POSTED
    assert _is_booked_once(store)


@ON_POSTGRESQL
def test_a_server_that_acknowledges_before_it_has_written_is_refused(warehouse_url: str) -> None:
    with asked(warehouse_url) as other:
        database = other.info.dbname
        other.execute(f"ALTER DATABASE {database} SET synchronous_commit = off".encode())
        try:
            with pytest.raises(CentralError, match="synchronous_commit"):
                open_store(warehouse_url)
        finally:
            other.execute(f"ALTER DATABASE {database} RESET synchronous_commit".encode())


@pytest.fixture
def lonely(tmp_path: Path) -> Iterator[Cluster]:
    with Cluster(settings=QUICK) as cluster:
        fill(cluster.url(), tmp_path / "sheets")
        yield cluster


def _want_standby(url: str, names: str) -> None:
    with asked(url) as other:
        other.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'".encode())
        other.execute("SELECT pg_reload_conf()")
        while other.execute("SHOW synchronous_standby_names").fetchone() != (names,):
            pass


def _wait_for_standby(url: str, done: "Future[Any]") -> list[int]:
    """Come back when a commit waits for a standby; the processes that wait."""
    with asked(url) as looking:
        while True:
            found = looking.execute("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'").fetchall()
            if found:
                return [row[0] for row in found]
            assert not done.done(), done.result()


def _end_waits(url: str, done: "Future[Any]", function: str) -> None:
    with asked(url) as other:
        for pid in _wait_for_standby(url, done):
            other.execute(f"SELECT {function}(%s)".encode(), (pid,))


@pytest.fixture
def pushing(lonely: Cluster) -> Iterator[Callable[[], "Future[httpx2.Response]"]]:
    """Begins to push one event, always the same; the server commits only with a standby, and has none."""
    with ThreadPoolExecutor(1) as threads, closing(open_store(lonely.url())) as store, served(store) as at:
        device = Handheld(at, invite(store, SITE, now_us()))
        one = event(1, move("A", "B"), device.sender)
        _want_standby(lonely.url(), "nobody")
        yield lambda: threads.submit(device.post, one)
        assert device.exchange(one).answers[0].duplicate
        assert verify(store) == []


def test_a_commit_whose_wait_is_cancelled_is_not_acknowledged(
    lonely: Cluster, pushing: Callable[[], "Future[httpx2.Response]"]
) -> None:
    """Nor is it to the device that asks again, whose event is there already: until a standby has it."""
    for _ in range(2):
        done = pushing()
        _end_waits(lonely.url(), done, "pg_cancel_backend")
        assert trouble(done.result(20)) == (503, "store_busy")
    done = pushing()
    _wait_for_standby(lonely.url(), done)
    _want_standby(lonely.url(), "")
    assert done.result(20).status_code == 200


def test_a_commit_whose_connection_is_cut_while_it_waits_goes_on_waiting(
    lonely: Cluster, pushing: Callable[[], "Future[httpx2.Response]"]
) -> None:
    done = pushing()
    _end_waits(lonely.url(), done, "pg_terminate_backend")
    _wait_for_standby(lonely.url(), done)
    _want_standby(lonely.url(), "")
    assert done.result(20).status_code == 200


@pytest.mark.parametrize("order", [_invited, _given, _renamed, _opened])
def test_an_order_whose_commit_had_no_answer_is_done_again_and_counts_once(lonely: Cluster, order: Order) -> None:
    """The commit is there when its connection is cut: only the standby has not said so."""
    with ThreadPoolExecutor(1) as threads, closing(open_store(lonely.url())) as store:
        _want_standby(lonely.url(), "nobody")
        done = threads.submit(order, store)
        _end_waits(lonely.url(), done, "pg_terminate_backend")
        _wait_for_standby(lonely.url(), done)
        _want_standby(lonely.url(), "")
        told = done.result(20)
        assert verify(store) == []
        if order is _invited:
            with served(store) as at:
                assert Handheld(at, told).enrolled.site == SITE
        if order is _opened:
            assert (told, _opened(store)) == ("1", "0")


def test_a_device_whose_enrolment_had_no_answer_from_the_database_is_enrolled(lonely: Cluster) -> None:
    """Its code is used up by then, and by itself."""
    with ThreadPoolExecutor(1) as threads, closing(open_store(lonely.url())) as store, served(store) as at:
        code = _invited(store)
        _want_standby(lonely.url(), "nobody")
        done = threads.submit(Handheld, at, code)
        _end_waits(lonely.url(), done, "pg_terminate_backend")
        _wait_for_standby(lonely.url(), done)
        _want_standby(lonely.url(), "")
        assert done.result(20).push(1).outcome is Outcome.POSTED


@pytest.mark.parametrize("order", [_invited, _given])
def test_what_may_be_lost_with_the_server_is_not_told(lonely: Cluster, order: Order) -> None:
    with ThreadPoolExecutor(1) as threads, closing(open_store(lonely.url())) as store:
        _want_standby(lonely.url(), "nobody")
        done = threads.submit(order, store)
        _end_waits(lonely.url(), done, "pg_cancel_backend")
        with pytest.raises(UnconfirmedError, match="does not vouch"):
            done.result(20)
        lonely.crash()
        with pytest.raises(CentralError, match="do it again"):
            order(store)
