"""Enrolment: a device becomes known to the centre, and keeps in its cache who it is."""

import socket
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from scanner_app.config import Config, data_dir
from scanner_app.errors import StoreError
from scanner_app.store.file import CACHE_NAME, looking
from scanner_app.store.identity import Enrolment, Position
from scanner_app.store.store import open_store
from scanner_app.version import PROGRAM

if TYPE_CHECKING:
    from sync.protocol import EnrolRequest

_WAITING = (
    "{count} events of this device have not been sent yet, and another device could not send them. Run `scanner sync` "
    "first, or enrol it as {name} again: `scanner central invite --site {site} --for {device}` makes a code for that."
)


def enrol_device(
    config: Config, environ: Mapping[str, str], url: str, code: str, *, name: str = "", is_new: bool = False
) -> Enrolment:
    """Make the device known to the centre and keep who it is now.

    One that was enrolled is the same again, unless it ``is_new``: its folder is a copy of another device's.

    Raises:
        StoreError: events wait that would no longer be this device's own; nothing was changed on the device.
        RefusedError: the code is not good, or the name is another's.
    """
    from sync.credentials import site_of
    from sync.device.client import enrol

    store = open_store(data_dir(config, environ))
    try:
        before = store.identity.enrolment
        if before and store.journal.waiting and (is_new or site_of(code) not in (None, before.site)):
            raise _would_be_lost(before, store.journal.waiting)
        asked = _asked(config, code, name, None if is_new else before)
        answer = enrol(url, asked, config.sync)
        enrolment = Enrolment(answer.device, answer.epoch, answer.site, url, answer.token, answer.name or asked.name)
        is_other = before is not None and (before.device, before.site) != (answer.device, answer.site)
        if before and is_other and store.journal.waiting:
            raise _would_be_lost(before, store.journal.waiting)
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


def move_centre(config: Config, environ: Mapping[str, str], url: str) -> str:
    """Send the device's token to the centre at ``url`` from now on; return where it was sent before.

    Raises:
        StoreError: the device is not enrolled.
        LinkError: the address is none.
    """
    from sync.device.wire import Wire

    store = open_store(data_dir(config, environ))
    try:
        Wire(url, "", config.sync).close()
        enrolment = store.identity.enrolment
        if enrolment is None:
            raise StoreError("This device is not enrolled. Get a code from the centre, then: scanner enrol URL CODE")
        with store.transaction:
            store.identity.move_centre(url)
        return enrolment.url
    finally:
        store.close()


def _asked(config: Config, code: str, name: str, before: Enrolment | None) -> "EnrolRequest":
    from sync.protocol import EnrolRequest

    chosen = name or config.device.name
    return EnrolRequest(
        code=code,
        name=chosen or (before.name if before else "") or socket.gethostname(),
        program=PROGRAM,
        device=before.device if before else "",
        token=before.token if before else "",
        is_named=bool(chosen),
    )


def _would_be_lost(before: Enrolment, waiting: int) -> StoreError:
    who = {"name": before.name or before.device, "site": before.site, "device": before.device}
    return StoreError(_WAITING.format(count=waiting, **who))


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
