"""Several processes that serve one database: one address, no deadlock, and an end in good order."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from scanner_app.errors import CentralError
from sync.central.database.store import CentralStore
from sync.central.exchange.threads import now_us
from sync.central.service.server import serve
from sync.central.sites.administration import invite
from sync.protocol import Outcome
from tests.central.databases import ON_POSTGRESQL, ON_SQLITE
from tests.central.serving import Handheld, let_them_be_old
from tests.central.warehouse import SITE

WORKERS = 2
_SERVE = f"""import sys
from sync.central.service.server import serve
serve(sys.argv[1], '127.0.0.1', 0, lambda port: print(port, flush=True), workers={WORKERS})
"""


class Served:
    """The service in processes of its own, and those processes."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        self.process = process
        self.address = f"http://127.0.0.1:{process.stdout.readline().strip()}"

    def workers(self) -> list[int]:
        """The processes below the one that minds them, of which there must be as many as were asked for."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        while len(found := children.read_text().split()) < WORKERS:
            assert self.process.poll() is None
        return [int(one) for one in found]


@contextmanager
def served(url: str) -> Iterator[Served]:
    with subprocess.Popen([sys.executable, "-c", _SERVE, url], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Served(process)
        finally:
            process.terminate()
            process.wait(30)


def has_ended(process: int) -> bool:
    """Wait for the end of somebody else's child."""
    try:
        watched = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    ended = bool(select.select([watched], [], [], 20)[0])
    os.close(watched)
    return ended


@ON_SQLITE
def test_a_file_is_served_by_one_process(warehouse_url: str) -> None:
    with pytest.raises(CentralError, match="one process"):
        serve(warehouse_url, "127.0.0.1", 0, print, workers=2)


@ON_POSTGRESQL
def test_news_go_from_one_process_to_the_other(store: CentralStore, warehouse_url: str) -> None:
    """Each device has many connections, so that both processes are asked; all of them hear of the push."""
    with served(warehouse_url) as service, ThreadPoolExecutor(8) as threads, ExitStack() as closing:
        devices = [Handheld(service.address, invite(store, SITE, now_us()), f"scanner {n}") for n in range(9)]
        for device in devices:
            closing.callback(device.http.close)
        before = devices[0].exchange().cursor
        heard = [threads.submit(device.news, before, 30) for device in devices[1:]]
        version = devices[0].push(1).version
        assert all(one.result(20) >= version for one in heard)


@ON_POSTGRESQL
def test_a_worker_that_is_killed_is_started_again(store: CentralStore, warehouse_url: str) -> None:
    with served(warehouse_url) as service:
        device = Handheld(service.address, invite(store, SITE, now_us()))
        first = service.workers()
        os.kill(first[0], signal.SIGKILL)
        assert has_ended(first[0])
        while first[0] in service.workers():
            pass
        again = Handheld(service.address, invite(store, SITE, now_us()), "another")
        let_them_be_old(store)
        assert again.push(1).outcome is Outcome.POSTED
        again.http.close()
        device.http.close()


@ON_POSTGRESQL
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 0), (signal.SIGKILL, -9)])
def test_workers_end_with_the_process_that_minds_them(warehouse_url: str, number: signal.Signals, code: int) -> None:
    with served(warehouse_url) as service:
        workers = service.workers()
        service.process.send_signal(number)
        assert service.process.wait(30) == code
        assert all(has_ended(worker) for worker in workers)
