"""The floor of a move that is waited for: a bare process that posts over loopback, and one that writes the rows.

Usage: ``python benchmarks/floors/plain_posts.py device CACHE ROWS PORT`` commits the next move's rows for each line of
its standard input, and posts its number; ``... centre DATABASE ROWS`` says its port, and commits the rows of each
number that is posted. ROWS is a pickled list of moves, a move a list of (statement, rows).
"""

import pickle
import sqlite3
import sys
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

Write = list[tuple[str, list[tuple[Any, ...]]]]
ANSWER = b'{"answers":[{"outcome":"posted"}]}'


def opened(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    return database


def write(database: sqlite3.Connection, rows: Write) -> None:
    database.execute("BEGIN IMMEDIATE")
    for statement, cells in rows:
        database.executemany(statement, cells)
    database.execute("COMMIT")


def device(cache: str, moves: list[Write], port: str) -> None:
    database, connection = opened(cache), HTTPConnection("127.0.0.1", int(port))
    for number, rows in enumerate(moves):
        if not sys.stdin.readline():
            return
        write(database, rows)
        connection.request("POST", "/", str(number), {"Content-Type": "application/json"})
        connection.getresponse().read()


def centre(path: str, moves: list[Write]) -> None:
    database = opened(path)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_POST(self) -> None:
            number = int(self.rfile.read(int(self.headers["Content-Length"])))
            write(database, moves[number])
            self.send_response(200)
            self.send_header("Content-Length", str(len(ANSWER)))
            self.end_headers()
            self.wfile.write(ANSWER)

        def log_message(self, *_said: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    _, side, path, rows, *rest = sys.argv
    made: list[Write] = pickle.loads(Path(rows).read_bytes())
    if side == "device":
        device(path, made, *rest)
    else:
        centre(path, made)
