"""A PostgreSQL whose commits wait for a standby that there is not: what is committed has no answer for so long."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from tests.central.databases import address


@contextmanager
def asked(url: str) -> Iterator["psycopg.Connection[Any]"]:
    with closing(psycopg.connect(address(url), autocommit=True)) as connection:
        yield connection


def want_standby(url: str, names: str) -> None:
    with asked(url) as other:
        other.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'".encode())
        other.execute("SELECT pg_reload_conf()")
        while other.execute("SHOW synchronous_standby_names").fetchone() != (names,):
            pass


def wait_for_standby(url: str, done: "Future[Any]") -> list[int]:
    """Come back when a commit waits for a standby; the processes that wait."""
    with asked(url) as looking:
        while True:
            found = looking.execute("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'").fetchall()
            if found:
                return [row[0] for row in found]
            assert not done.done(), done.result()


def end_waits(url: str, done: "Future[Any]", function: str) -> None:
    with asked(url) as other:
        for pid in wait_for_standby(url, done):
            other.execute(f"SELECT {function}(%s)".encode(), (pid,))
