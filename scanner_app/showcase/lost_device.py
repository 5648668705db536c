"""The lost device of the demo: it was enrolled, pushed what waits for a supervisor, and has not been seen since."""

import msgspec

from scanner_app.demo.cases import LOST_DEVICE, make_cases
from scanner_app.demo.warehouse import Warehouse
from scanner_app.domain.people import SHIFT_US
from sync.central.book.lives import store_epoch_of
from sync.central.database.store import CentralStore
from sync.central.events.sender import Sender
from sync.central.exchange.exchange import Push, push
from sync.central.sites.enrolling import Enrolled, EnrolmentAsked, enrolled, invited
from sync.protocol import ExchangeRequest


def begun_us(now_us: int) -> int:
    """When the stock of the demo was there, and its lost device was enrolled: at the beginning of the shift."""
    return now_us - SHIFT_US


def add_lost_device(store: CentralStore, warehouse: Warehouse, site: str, now_us: int) -> None:
    """Enrol it and let it push, as devices do; a store that has it is left alone."""
    with store.writing() as connection:
        asked = EnrolmentAsked(code=invited(connection, site, begun_us(now_us)), name=LOST_DEVICE, program="demo")
        device = enrolled(connection, asked, begun_us(now_us))
    if not isinstance(device, Enrolled):
        return
    events = make_cases(warehouse, device.device, now_us)
    request = ExchangeRequest(
        epoch=device.epoch,
        store_epoch=store.read(lambda connection: store_epoch_of(connection, site)),
        program="demo",
        watermark_us=now_us,
        events=tuple(msgspec.Raw(msgspec.json.encode(event)) for event in events),
    )
    push(store, site, [Push(Sender(site, device.device, device.epoch), request, now_us)])
