"""Alone: one service on an embedded store, by a lock on the database itself."""

import fcntl
import os
from pathlib import Path

from scanner_app.errors import CentralError
from sync.central.database.store import CentralStore


def be_alone(store: CentralStore) -> None:
    """Be the only service of an embedded store for as long as this process lives; other databases see to themselves.

    Raises:
        CentralError: another service serves it.
    """
    path = store.engine.url.database
    if not store.is_embedded or not path or not Path(path).exists():
        return
    lock = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(lock)
        raise CentralError(f"Another service serves {path}. Stop it first, or use PostgreSQL for several.") from error
