"""An empty central store in a file: a copy, as making one goes through every revision there was (0.3 s of CPU)."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sync.central.database.store import CentralStore, init_store, open_store
from tests.kept import kept


def empty_store(file: Path) -> CentralStore:
    file.write_bytes(kept("empty-store", _made))
    return open_store(str(file))


def _made() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "central.db"
        with closing(init_store(str(file))):
            pass
        return file.read_bytes()
