"""One exchange: push, then pull, for a device whose token is known."""

from typing import NamedTuple

import msgspec

from scanner_app.domain.events import Envelope
from sync.central.applying import apply_batch
from sync.central.devices import Report, keep_report, reminded, renewed
from sync.central.feed import Page, page_after, site_version
from sync.central.judging import Sender
from sync.central.store import CentralStore
from sync.protocol import Answer, ExchangeRequest

_envelope = msgspec.json.Decoder(Envelope)
_NOTHING = Page((), 0, False)


class Pushed(NamedTuple):
    """The answers to a push, and the version of the site after it."""

    answers: list[Answer]
    version: int


def push(store: CentralStore, sender: Sender, request: ExchangeRequest, received_us: int) -> Pushed:
    """Apply the events of a request and keep what it says about its device, in one transaction."""
    payloads = [bytes(raw) for raw in request.events]
    with store.writing() as connection:
        if request.epoch > sender.epoch and request.store_epoch != store.store_epoch:
            sender = reminded(connection, sender, request.epoch)
        answers = apply_batch(connection, sender, payloads, received_us)
        keep_report(connection, sender, _report(store, request, payloads, received_us))
        return Pushed(answers, site_version(connection, sender.site))


def renew(store: CentralStore, sender: Sender, request: ExchangeRequest, now_us: int) -> int:
    """Give the device a new epoch, and return it."""
    with store.writing() as connection:
        return renewed(connection, sender, request.epoch, now_us)


def pull(store: CentralStore, sender: Sender, request: ExchangeRequest) -> Page:
    """Return the rows a device lacks. A cursor of another store epoch means nothing here; the revoked get none."""
    cursor = request.cursor if request.store_epoch == store.store_epoch else 0
    if sender.revoked or request.rows_max <= 0:
        return _NOTHING._replace(cursor=cursor)
    with store.reading() as connection:
        return page_after(connection, sender.site, cursor, request.rows_max)


def _report(store: CentralStore, request: ExchangeRequest, payloads: list[bytes], received_us: int) -> Report:
    """A watermark is worth nothing from a device that told everything to a store that was lost since."""
    told_us = request.watermark_us if request.store_epoch == store.store_epoch else None
    said = Report(received_us, told_us, request.program, request.protocol)
    try:
        last = _envelope.decode(payloads[-1])
    except (IndexError, msgspec.DecodeError):
        return said
    return said._replace(offset_us=last.offset_us, uncertainty_us=last.uncertainty_us)
