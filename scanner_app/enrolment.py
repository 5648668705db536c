"""Enrolment: a device becomes known to the centre, and keeps in its cache who it is."""

import socket
from collections.abc import Mapping
from pathlib import Path

import msgspec

from scanner_app.config import Config, data_dir
from scanner_app.errors import StoreError
from scanner_app.store.file import CACHE_NAME, looking
from scanner_app.store.identity import Enrolment, Position
from scanner_app.store.store import open_store
from scanner_app.version import PROGRAM

_WAITING = (
    "{count} events of this device have not been sent yet, and a device with another name or site could not send them. "
    "Run `scanner sync` first, or enrol as {name}."
)


def enrol_device(config: Config, environ: Mapping[str, str], url: str, code: str) -> Enrolment:
    """Make the device known to the centre and keep who it is now.

    Raises:
        StoreError: events wait that would no longer be this device's own; nothing was changed on the device.
    """
    from sync.device.client import enrol

    store = open_store(data_dir(config, environ))
    try:
        before = store.identity.enrolment
        name = config.device.name or (before.name if before else "") or socket.gethostname()
        if before and store.journal.waiting and name != before.name:
            raise StoreError(_WAITING.format(count=store.journal.waiting, name=before.name))
        answer = enrol(url, code, name, PROGRAM, config.sync)
        enrolment = Enrolment(answer.device, answer.epoch, answer.site, url, answer.token, name)
        is_other = before is not None and (before.device, before.site) != (answer.device, answer.site)
        if is_other and store.journal.waiting:
            raise StoreError(_WAITING.format(count=store.journal.waiting, name=name))
        with store.transaction:
            store.identity.enrol(enrolment)
            if is_other:
                while store.feed.clear(10_000):
                    pass
                store.identity.move_to(Position())
            store.journal.adopt(enrolment)
        return enrolment
    finally:
        store.close()


def enrolment_of(folder: Path) -> Enrolment | None:
    """Who the cache in ``folder`` says this device is; ``None`` before it was enrolled.

    Raises:
        StoreError: the cache cannot be read.
    """
    if not (folder / CACHE_NAME).exists():
        return None
    with looking(folder) as reader:
        if not reader.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            return None
        row = reader.execute("SELECT value FROM meta WHERE name = 'enrolment'").fetchone()
    return msgspec.json.decode(row[0], type=Enrolment) if row else None
