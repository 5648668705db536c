"""The floor of pushes: a process that writes finished rows by psycopg's ``executemany``, a transaction a batch.

Usage: ``python benchmarks/floors/plain_postgres.py URL ROWS``; says ``ready`` and begins when its standard input is
closed. ROWS is a pickled list of batches: rows of events, of the ledger, of stock, and the counters. The counter row is
written first: it makes writers of one site wait for each other.
"""

import pickle
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

Row = tuple[Any, ...]
_KEY = "site, place, item, lot, serial, owner, status"
_COUNTERS = "UPDATE counters SET version = %s, recorded = %s, head = %s WHERE site = %s"
_STOCK = (
    f"INSERT INTO stock VALUES (%s{', %s' * 10}) ON CONFLICT ({_KEY}) DO UPDATE "
    "SET quantity = stock.quantity + excluded.quantity, version = excluded.version"
)
_DEVICE = "UPDATE devices SET pushed_us = %s WHERE site = %s AND device = %s"


def write(database: "psycopg.Connection[Row]", batch: tuple[list[Row], list[Row], list[Row], Row]) -> None:
    events, ledger, stock, counters = batch
    last = events[-1]
    with database.transaction(), database.cursor() as cursor:
        cursor.execute(_COUNTERS, counters)
        cursor.executemany(_insert("events", events), events)
        cursor.executemany(_insert("ledger", ledger), ledger)
        cursor.executemany(_STOCK, stock)
        cursor.execute(_DEVICE, (last[7], last[0], last[2]))


def _insert(table: str, rows: Sequence[Row]) -> bytes:
    return f"INSERT INTO {table} VALUES (%s{', %s' * (len(rows[0]) - 1)})".encode()


def main() -> None:
    batches = pickle.loads(Path(sys.argv[2]).read_bytes())
    with psycopg.connect(sys.argv[1], autocommit=True) as database:
        print("ready", flush=True)
        sys.stdin.read()
        for batch in batches:
            write(database, batch)


if __name__ == "__main__":
    main()
