"""Caches laid ready: made once by each process, and copied, as making one anew is thirty commits."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from scanner_app.store.file import CACHE_NAME
from scanner_app.store.store import Store, open_store

Fill = Callable[[Store], None]


def lay(folder: Path, fill: Fill | None = None) -> bool:
    """Lay a cache into ``folder``, filled where there is something to fill it; say whether there was none before.

    Each ``fill`` is done once, by its name: two that do different things are two functions.
    """
    if any(folder.glob(f"{CACHE_NAME}*")):
        return False
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copy(_made(fill), folder / CACHE_NAME)
    return True


@cache
def _made(fill: Fill | None) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="scanner-caches-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = open_store(folder)
    if fill is not None:
        with store.transaction:
            fill(store)
    store.close()
    return folder / CACHE_NAME
