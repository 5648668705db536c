"""The centre dies between the commit of an order and its answer: whoever asks again hears what was done, once."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import func, select

from scanner_app.domain.desk.asks import Order, RevokeDevice, SetPin
from scanner_app.domain.desk.replies import Done
from sync.central.database.store import CentralStore
from sync.central.database.tables import counters, orders
from sync.central.exchange.threads import now_us
from sync.central.sites.administration import invite
from sync.central.sites.devices import is_revoked
from tests.central.decisions.orders import OTHER_PIN, PIN, known, new_id, ordered, people, supervisor, verifier
from tests.central.serving import Handheld, served
from tests.central.warehouse import SITE
from tests.extent import LONG

KINDS: tuple[type, ...] = (SetPin, RevokeDevice) if LONG else (SetPin,)
DYING = Path(__file__).with_name("dying_centre.py")


@contextmanager
def dying(url: str) -> Iterator[str]:
    """Run a centre that dies of the first order; give its address."""
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", f"import runpy; runpy.run_path({str(DYING)!r}, run_name='__main__')", url]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as centre:
        assert centre.stdout is not None
        try:
            yield f"http://127.0.0.1:{centre.stdout.readline().strip()}"
            assert centre.wait(20) == -signal.SIGKILL
        finally:
            centre.kill()


@pytest.mark.parametrize("kind", KINDS)
def test_an_order_whose_answer_was_lost_is_done_once(store: CentralStore, warehouse_url: str, kind: type) -> None:
    people(store, supervisor("boss"), supervisor("deputy", OTHER_PIN))
    with dying(warehouse_url) as address:
        desk = Handheld(address, invite(store, SITE, now_us()), "desk")
        lost = Handheld(address, invite(store, SITE, now_us()), "lost")
        revoke = RevokeDevice(id=new_id(), device=lost.enrolled.device)
        order: Order = (
            revoke if kind is RevokeDevice else SetPin(id=new_id(), operator="boss", verifier=verifier(OTHER_PIN))
        )
        with pytest.raises(httpx2.TransportError):
            ordered(desk, order, pin=PIN)
    with served(store) as address:
        desk.http = httpx2.Client(base_url=address, timeout=30)
        again = [ordered(desk, order, pin=PIN) for _ in range(2)]
        desk.http.close()
    assert isinstance(again[0], Done)
    assert (again[0].number, again[1]) == (1, again[0])
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(orders)).scalar() == 1
        assert connection.execute(select(counters.c.word).where(counters.c.site == SITE)).scalar() == 1
        assert is_revoked(connection, SITE, lost.enrolled.device) is (kind is RevokeDevice)
    assert (known(store, "boss").verifier == verifier(OTHER_PIN)) is (kind is SetPin)
