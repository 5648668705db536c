"""The files of devices of the simulation, in memory."""

import sqlite3
from functools import cache
from pathlib import Path

from scanner_app.store import schema
from scanner_app.store.ballast import Ballast
from scanner_app.store.file import CacheFile
from scanner_app.store.store import Store

_NOWHERE = Path("nowhere")


def memory_store(content: bytes) -> Store:
    """The device's store over a copy of a file, without a disk."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.deserialize(content)
    return Store(CacheFile(_NOWHERE, -1, -1, database), Ballast(_NOWHERE, 0))


@cache
def blank() -> bytes:
    """The file of a device that has just been installed."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(database)
    content = database.serialize()
    database.close()
    return content
