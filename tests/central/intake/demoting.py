"""Somebody else takes a role away, and has the site's lock until told to commit. Usage: DATABASE SITE OPERATOR."""

import sys
from contextlib import closing

from sqlalchemy import text

from sync.central.book.counters import locked_counters
from sync.central.database.store import open_store

if __name__ == "__main__":
    database, site, operator = sys.argv[1:]
    with closing(open_store(database)) as store, store.writing() as connection:
        locked_counters(connection, site)
        whose = {"site": site, "operator": operator}
        connection.execute(
            text("UPDATE operators SET roles = 'worker' WHERE site = :site AND operator = :operator"), whose
        )
        print("has the lock", flush=True)
        sys.stdin.readline()
