"""Two processes of the service over one database, and many devices of one site that push at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain

from sqlalchemy import func, select

from sync.central.audit.verification import verify
from sync.central.database.store import open_store
from sync.central.database.tables import events
from sync.central.exchange.threads import now_us
from sync.central.sites.administration import invite
from sync.protocol import Outcome
from tests.central.databases import ON_POSTGRESQL
from tests.central.service.test_workers import served
from tests.central.serving import Handheld
from tests.central.warehouse import SITE, event, move
from tests.extent import extent

DEVICES = extent(24, 200)
PUSHES = extent(5, 20)


def _push_all(device: Handheld) -> list[Outcome]:
    """Move one piece to and fro, by as many pushes as are wanted; every third is sent twice."""
    told = []
    for sequence in range(1, PUSHES + 1):
        places = ("A", "B") if sequence % 2 else ("B", "A")
        one = event(sequence, move(*places), device.sender)
        told.append(device.exchange(one).answers[0].outcome)
        if not sequence % 3:
            assert device.exchange(one).answers[0].duplicate
    return told


@ON_POSTGRESQL
def test_many_devices_at_two_processes_lose_and_double_nothing(warehouse_url: str) -> None:
    with (
        closing(open_store(warehouse_url)) as store,
        served(warehouse_url) as service,
        ThreadPoolExecutor(DEVICES) as threads,
    ):
        codes = [invite(store, SITE, now_us()) for _ in range(DEVICES)]
        devices = list(threads.map(lambda n: Handheld(service.address, codes[n], f"scanner {n}"), range(DEVICES)))
        told = list(chain.from_iterable(threads.map(_push_all, devices)))
        for device in devices:
            device.http.close()
        assert len(told) == DEVICES * PUSHES
        assert set(told) <= {Outcome.POSTED, Outcome.EXCEPTIONS}
        assert verify(store) == []
        wanted = select(func.count()).select_from(events).where(events.c.kind == "moved")
        assert store.read(lambda connection: connection.execute(wanted).scalar()) == DEVICES * PUSHES
