"""A real centre on loopback that can be stopped, started again on the same port, and looked into."""

import shutil
import threading
from pathlib import Path
from queue import Queue

from sqlalchemy import select

from scanner_app.domain.ledger import is_on_device
from scanner_app.domain.people import CENTRE
from sync.central.book.lives import begin_lives
from sync.central.database.store import CentralStore, open_store
from sync.central.database.tables import devices, events, ledger, stock
from sync.central.exchange.threads import now_us
from sync.central.service.server import CentralServer, bound_socket
from sync.central.sites.administration import invite, revoke_device
from tests.central.warehouse import SITE

Key = tuple[str, ...]


class Centre:
    """``start`` serves the store in ``folder``; the port stays the same from the first start on."""

    def __init__(self, folder: Path) -> None:
        self._path = str(folder / "central.db")
        self._port = 0
        self._server: CentralServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def port(self) -> int:
        return self._port

    def start(self) -> None:
        ports: Queue[int] = Queue()
        self._server = server = CentralServer(open_store(self._path), ports.put)
        listening = bound_socket("127.0.0.1", self._port)
        self._thread = threading.Thread(target=lambda: server.run(sockets=[listening]))
        self._thread.start()
        self._port = ports.get(timeout=10)

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(timeout=20)
            assert not self._thread.is_alive()
        self._server = None

    def store(self) -> CentralStore:
        """The store for looking and administering; close it."""
        return open_store(self._path)

    def invite(self, again: str = "") -> str:
        store = self.store()
        code = invite(store, SITE, now_us(), again=again)
        store.close()
        return code

    def revoke(self, device: str) -> None:
        store = self.store()
        revoke_device(store, SITE, device)
        store.close()

    def restore(self, backup: Path, *, is_told: bool = True) -> None:
        """Put an older copy of the store in the place of today's, as an administrator does: under a new epoch."""
        self.stop()
        for part in ("", "-wal", "-shm"):
            Path(self._path + part).unlink(missing_ok=True)
        shutil.copy(backup, self._path)
        if is_told:
            store = self.store()
            store.write(begin_lives)
            store.close()
        self.start()

    def backup(self, path: Path) -> Path:
        self.stop()
        shutil.copy(self._path, path)
        self.start()
        return path

    def on_hand(self) -> dict[Key, int]:
        """Stock as devices see it: everything but the virtual accounts, without keys at zero."""
        store = self.store()
        with store.reading() as connection:
            columns = [stock.c[name] for name in ("place", "item", "lot", "serial", "owner", "status", "quantity")]
            rows = connection.execute(select(*columns)).all()
        store.close()
        return {tuple(row[:6]): row[6] for row in rows if row[6] and is_on_device(row[0])}

    def waiting(self) -> int:
        """How many events the devices had not sent when they were last heard."""
        store = self.store()
        with store.reading() as connection:
            found: int = sum(connection.execute(select(devices.c.waiting)).scalars())
        store.close()
        return found

    def event_ids(self) -> list[str]:
        """Every event that a device made."""
        store = self.store()
        with store.reading() as connection:
            wanted = select(events.c.id).where(events.c.device != CENTRE).order_by(events.c.sequence)
            found = list(connection.execute(wanted).scalars())
        store.close()
        return found

    def causes(self) -> list[str]:
        """The event of every ledger row that a device's event wrote."""
        store = self.store()
        with store.reading() as connection:
            wanted = select(ledger.c.cause).where(ledger.c.device != CENTRE).order_by(ledger.c.recorded)
            found = list(connection.execute(wanted).scalars())
        store.close()
        return found
