"""Trouble of the database under a push: tried again as a whole, and nothing lost, doubled or promised too early."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import event as watched

from scanner_app.errors import CentralError
from scanner_app.showcase.cluster import QUICK, Cluster
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore, open_store
from sync.central.exchange.exchange import Push, Pushed
from sync.central.exchange.exchange import push as exchange
from sync.central.exchange.threads import now_us
from sync.central.sites.administration import invite
from sync.protocol import Outcome
from tests.central.databases import ON_POSTGRESQL
from tests.central.exchange.test_push_groups import pushed
from tests.central.serving import Handheld, served, trouble
from tests.central.standbys import asked, end_waits, wait_for_standby, want_standby
from tests.central.warehouse import SITE, event, fill, move

DEVICE = pushed(1)
"""A push of one event by a device that the store need not know."""


def _exchanged(store: CentralStore, one: Push = DEVICE) -> Pushed:
    return exchange(store, SITE, [one])[0]


def _is_booked_once(store: CentralStore) -> bool:
    again = _exchanged(store).answers[0]
    return verify(store) == [] and again.duplicate and again.outcome is Outcome.POSTED


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
def test_a_connection_to_a_server_that_only_reads_is_replaced(store: CentralStore) -> None:
    """As one is that was made while another server took over."""
    store.engine.dispose()
    with store.engine.connect() as connection:
        connection.exec_driver_sql("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
        connection.commit()
    with store.writing() as connection:
        assert connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on"
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
def pushing(lonely: Cluster) -> Iterator[Callable[[], "Future[httpx2.Response]"]]:
    """Begins to push one event, always the same; the server commits only with a standby, and has none."""
    with ThreadPoolExecutor(1) as threads, closing(open_store(lonely.url())) as store, served(store) as at:
        device = Handheld(at, invite(store, SITE, now_us()))
        one = event(1, move("A", "B"), device.sender)
        want_standby(lonely.url(), "nobody")
        yield lambda: threads.submit(device.post, one)
        assert device.exchange(one).answers[0].duplicate
        assert verify(store) == []


def test_a_commit_whose_wait_is_cancelled_is_not_acknowledged(
    lonely: Cluster, pushing: Callable[[], "Future[httpx2.Response]"]
) -> None:
    """Nor is it to the device that asks again, whose event is there already: until a standby has it."""
    for _ in range(2):
        done = pushing()
        end_waits(lonely.url(), done, "pg_cancel_backend")
        assert trouble(done.result(20)) == (503, "store_busy")
    done = pushing()
    wait_for_standby(lonely.url(), done)
    want_standby(lonely.url(), "")
    assert done.result(20).status_code == 200


def test_a_commit_whose_connection_is_cut_while_it_waits_goes_on_waiting(
    lonely: Cluster, pushing: Callable[[], "Future[httpx2.Response]"]
) -> None:
    done = pushing()
    end_waits(lonely.url(), done, "pg_terminate_backend")
    wait_for_standby(lonely.url(), done)
    want_standby(lonely.url(), "")
    assert done.result(20).status_code == 200
