"""The floor of moves: a process that inserts finished rows by plain ``sqlite3``, one commit a move.

Usage: ``python benchmarks/floors/plain.py DATABASE ROWS``; prints how long it took only to read ROWS (s). ROWS is a
pickled list of moves, a move a list of (table, rows).
"""

import pickle
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

Move = list[tuple[str, list[tuple[Any, ...]]]]


def main() -> None:
    begun = time.perf_counter()
    moves: list[Move] = pickle.loads(Path(sys.argv[2]).read_bytes())
    print(time.perf_counter() - begun)
    database = sqlite3.connect(sys.argv[1], isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    for move in moves:
        database.execute("BEGIN IMMEDIATE")
        for table, rows in move:
            database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
        database.execute("COMMIT")
    database.close()


if __name__ == "__main__":
    main()
