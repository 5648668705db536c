"""A real server on loopback, and a device that speaks to it over HTTP."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from typing import Any

import httpx2
import msgspec
from sqlalchemy import update

from scanner_app.domain.events.event import Event
from sync.central.database.store import CentralStore
from sync.central.database.tables import devices
from sync.central.events.sender import Sender
from sync.central.service.server import CentralServer, bound_socket
from sync.central.service.terms import USUAL, Terms
from sync.protocol import Answer, EnrolAnswer, EnrolRequest, ExchangeAnswer, ExchangeRequest, News, Trouble
from tests.central.one_site import listened
from tests.central.warehouse import event, move

_STORES: dict[str, CentralStore] = {}
"""The stores that are served now, by their addresses."""


class Handheld:
    """A device enrolled at a running service: for all that anybody knows, long before the instants of the tests."""

    def __init__(self, address: str, code: str, name: str = "scanner") -> None:
        self.http = httpx2.Client(base_url=address, timeout=30)
        answer = self.http.post("/v1/enrol", content=msgspec.json.encode(EnrolRequest(code=code, name=name)))
        assert answer.status_code == 200, answer.text
        self.enrolled = msgspec.json.decode(answer.content, type=EnrolAnswer)
        if store := _STORES.get(address):
            let_them_be_old(store)
        self.sender = Sender(self.enrolled.site, self.enrolled.device, self.enrolled.epoch)
        self.headers = {"Authorization": f"Bearer {self.enrolled.token}"}

    def post(self, *events: Event, **fields: Any) -> httpx2.Response:
        """Ask for an exchange, and take whatever the answer is."""
        raws = tuple(msgspec.Raw(msgspec.json.encode(one)) for one in events)
        asked = ExchangeRequest(epoch=self.enrolled.epoch, events=raws, **fields)
        return self.http.post("/v1/exchange", content=msgspec.json.encode(asked), headers=self.headers)

    def exchange(self, *events: Event, **fields: Any) -> ExchangeAnswer:
        answer = self.post(*events, **fields)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=ExchangeAnswer)

    def push(self, sequence: int) -> Answer:
        return self.exchange(event(sequence, move("A", "B"), self.sender)).answers[0]

    def news(self, after: int, wait_s: float) -> int:
        answer = self.http.get("/v1/news", params={"after": after, "wait": wait_s}, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=News).version


def let_them_be_old(store: CentralStore) -> None:
    """Nobody knows any more since when the devices of a store are there."""
    with store.writing() as connection:
        connection.execute(update(devices).values(begun_us=0))


@contextmanager
def served(store: CentralStore, terms: Terms = USUAL) -> Iterator[str]:
    """Serve ``store`` in this process; give the address."""
    ports: Queue[int] = Queue()
    server = CentralServer(store, ports.put, terms)
    with listened(store.engine), bound_socket("127.0.0.1", 0) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        address = f"http://127.0.0.1:{ports.get(timeout=10)}"
        _STORES[address] = store
        try:
            yield address
        finally:
            del _STORES[address]
            server.should_exit = True
            thread.join(timeout=20)
        assert not thread.is_alive()


def trouble(answer: httpx2.Response) -> tuple[int, str]:
    told = msgspec.json.decode(answer.content, type=Trouble)
    assert told.sentence.endswith(".")
    return answer.status_code, told.error
