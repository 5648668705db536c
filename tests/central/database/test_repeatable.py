"""Orders of administrators while the database fails: done again as a whole, and told only when they are done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import event as watched

from scanner_app.domain.catalog import Stock
from scanner_app.domain.quantity import SCALE
from scanner_app.errors import CentralError, UnconfirmedError
from scanner_app.showcase.cluster import Cluster
from sync.central.audit.verification import verify
from sync.central.database.bulk import FEW_ROWS
from sync.central.database.store import CentralStore, open_store
from sync.central.exchange.threads import now_us
from sync.central.imports.opening_stock import open_stock, staged
from sync.central.imports.run import import_folder
from sync.central.imports.sheets import SheetRow
from sync.central.sites.administration import invite, read_token
from sync.protocol import Outcome
from tests.central.databases import ON_POSTGRESQL
from tests.central.serving import Handheld, served
from tests.central.standbys import asked, end_waits, wait_for_standby, want_standby
from tests.central.warehouse import SITE, write_sheets


def _invited(store: CentralStore) -> str:
    return invite(store, SITE, now_us())


def _given(store: CentralStore) -> str:
    return read_token(store, SITE, "erp", now_us())


def _renamed(store: CentralStore) -> str:
    with TemporaryDirectory() as folder:
        sheets = write_sheets(Path(folder), owners="owner,name,kind\nACME,Another name,supplier\n")
        return str(import_folder(store, sheets, now_us()).rows["owners"])


def _opened(store: CentralStore) -> str:
    return _open(store, Stock("C", "NUT", "", "", "OWN", "AVAILABLE", SCALE))


def _many_opened(store: CentralStore) -> str:
    """Open so many that PostgreSQL takes the rows of the ledger by COPY: two for each."""
    kinds = [*product(("NUT", "BOLT"), ("OWN", "ACME"), ("AVAILABLE", "DAMAGED"))]
    assert 2 * len(kinds) > FEW_ROWS
    return _open(store, *(Stock("C", item, "", "", owner, status, SCALE) for item, owner, status in kinds))


def _open(store: CentralStore, *rows: Stock) -> str:
    with staged() as opening:
        with store.reading() as connection:
            opening.remember(connection, SITE)
        for number, row in enumerate(rows, 2):
            opening.take(SheetRow(number, row))
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
        (_opened, "INSERT INTO ledger"),
        (_many_opened, "COPY ledger"),
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


@pytest.mark.parametrize("order", [_invited, _given, _renamed, _opened])
def test_an_order_whose_commit_had_no_answer_is_done_again_and_counts_once(lonely: Cluster, order: Order) -> None:
    """The commit is there when its connection is cut: only the standby has not said so."""
    with ThreadPoolExecutor(1) as threads, closing(open_store(lonely.url())) as store:
        want_standby(lonely.url(), "nobody")
        done = threads.submit(order, store)
        end_waits(lonely.url(), done, "pg_terminate_backend")
        wait_for_standby(lonely.url(), done)
        want_standby(lonely.url(), "")
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
        want_standby(lonely.url(), "nobody")
        done = threads.submit(Handheld, at, code)
        end_waits(lonely.url(), done, "pg_terminate_backend")
        wait_for_standby(lonely.url(), done)
        want_standby(lonely.url(), "")
        assert done.result(20).push(1).outcome is Outcome.POSTED


@pytest.mark.parametrize("order", [_invited, _given])
def test_what_may_be_lost_with_the_server_is_not_told(lonely: Cluster, order: Order) -> None:
    with ThreadPoolExecutor(1) as threads, closing(open_store(lonely.url())) as store:
        want_standby(lonely.url(), "nobody")
        done = threads.submit(order, store)
        end_waits(lonely.url(), done, "pg_cancel_backend")
        with pytest.raises(UnconfirmedError, match="does not vouch"):
            done.result(20)
        lonely.crash()
        with pytest.raises(CentralError, match="do it again"):
            order(store)
