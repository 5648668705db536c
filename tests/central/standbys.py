"""A PostgreSQL whose commits wait for a standby that there is not: what is committed has no answer for so long."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from tests.central.databases import address


@contextmanager
def asked(url: str) -> Iterator["psycopg.Connection[Any]"]:
    with closing(psycopg.connect(address(url), autocommit=True)) as connection:
        yield connection


def want_standby(url: str, names: str) -> None:
    """Come back when commits wait for it: a session knows the setting before the process that keeps the queue does."""
    with asked(url) as other, ThreadPoolExecutor(1) as threads:
        other.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'".encode())
        other.execute("SELECT pg_reload_conf()")
        while other.execute("SHOW synchronous_standby_names").fetchone() != (names,):
            pass
        while names and not _has_waited(other, threads.submit(_commit, url)):
            pass


def _commit(url: str) -> None:
    with asked(url) as connection:
        connection.execute("SELECT pg_logical_emit_message(true, 'test', '')")


def _has_waited(looking: "psycopg.Connection[Any]", done: "Future[None]") -> bool:
    """Whether the commit waits for a standby; if it does, it is told to wait no longer."""
    while not done.done():
        for pid in _waiting(looking):
            looking.execute("SELECT pg_cancel_backend(%s)", (pid,))
            done.result()
            return True
    return False


def _waiting(looking: "psycopg.Connection[Any]") -> list[int]:
    found = looking.execute("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'").fetchall()
    return [row[0] for row in found]


def wait_for_standby(url: str, done: "Future[Any]") -> list[int]:
    """Come back when a commit waits for a standby; the processes that wait."""
    with asked(url) as looking:
        while not (waiting := _waiting(looking)):
            assert not done.done(), done.result()
        return waiting


def end_waits(url: str, done: "Future[Any]", function: str) -> None:
    with asked(url) as other:
        for pid in wait_for_standby(url, done):
            other.execute(f"SELECT {function}(%s)".encode(), (pid,))
