"""Devices of the store: whose bearer token it is, epochs, and what each device was last heard to say."""

from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, bindparam, case, func, select, update

from sync.central.database.among import among
from sync.central.database.prepared import Prepared
from sync.central.database.tables import devices
from sync.central.events.sender import Newest, Sender
from sync.credentials import site_of

NAME_LENGTH_MAX = 60
EPOCH_AHEAD_MS_MAX = 24 * 3_600_000
"""An epoch is the time at which it was given, or a little more: one further ahead than this nobody has given."""


class DeviceReport(NamedTuple):
    """What one exchange says about its device."""

    pushed_us: int
    watermark_us: int | None
    program: str
    protocol: int
    offset_us: int | None = None
    uncertainty_us: int | None = None
    operator: str | None = None
    operator_since_us: int | None = None
    waiting: int | None = None
    newest_epoch: int | None = None
    newest_sequence: int | None = None
    newest_us: int | None = None


def hashed(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def past(now_us: int) -> ColumnElement[int]:
    """An epoch that this store never gave, and no life of it that was lost.

    One that lies further ahead than any that was given was made up, and counts for nothing.
    """
    now_ms = now_us // 1_000
    is_made_up = devices.c.epoch > now_ms + EPOCH_AHEAD_MS_MAX
    return case((is_made_up, now_ms), (devices.c.epoch < now_ms, now_ms), else_=devices.c.epoch + 1)


def senders_of(connection: Connection, tokens: Iterable[str]) -> dict[str, Sender]:
    """Return the devices that bearer tokens belong to, a statement a site; a revoked one is no stranger."""
    tokens_by_hash = {hashed(token): token for token in tokens}
    sites = {site_of(token) for token in tokens_by_hash.values()}
    senders: dict[str, Sender] = {}
    for site in sites:
        names = [name for name, token in tokens_by_hash.items() if site_of(token) == site]
        found = senders_at(connection, site, names)
        senders |= {tokens_by_hash[name]: sender for name, sender in found.items()}
    return senders


def senders_at(connection: Connection, site: str | None, token_hashes: Collection[str]) -> dict[str, Sender]:
    """Return the devices of a site, or of any where it is None, that tokens belong to, by the hashes of these."""
    asked: dict[str, Any] = {"names": list(token_hashes)}
    if site is not None:
        asked["of_site"] = site
    rows = (_BY_TOKEN if site is None else _BY_TOKEN_AT).run(connection, asked).all()
    return {row.token_hash: _sender(row) for row in rows}


def _sender(row: Any) -> Sender:
    newest = Newest(row.newest_epoch, row.newest_sequence, row.newest_us)
    known = (row.site, row.device, row.epoch, bool(row.revoked))
    return Sender(*known, sessions=row.sessions, begun_us=row.begun_us, newest=newest)


_KNOWN_OF_SENDER = (
    "token_hash", "site", "device", "epoch", "revoked", "sessions", "begun_us",
    "newest_epoch", "newest_sequence", "newest_us",
)  # fmt: skip
_by_token = select(*(devices.c[name] for name in _KNOWN_OF_SENDER)).where(among(devices.c.token_hash, "names"))
_BY_TOKEN, _BY_TOKEN_AT = Prepared(_by_token), Prepared(_by_token.where(devices.c.site == bindparam("of_site")))


def revoke(connection: Connection, site: str, device: str) -> bool:
    """Distrust a device from now on: what it pushes is quarantined. Say whether there is such a device."""
    whose = (devices.c.site == site, devices.c.device == device)
    return connection.execute(update(devices).where(*whose).values(revoked=True)).rowcount > 0


def admit(connection: Connection, site: str, device: str) -> None:
    """Trust a device again from now on."""
    whose = (devices.c.site == site, devices.c.device == device)
    connection.execute(update(devices).where(*whose).values(revoked=False))


def rename(connection: Connection, site: str, device: str, name: str) -> None:
    """Call a device by another name, which no device of the site has."""
    whose = (devices.c.site == site, devices.c.device == device)
    connection.execute(update(devices).where(*whose).values(name=name))


def is_revoked(connection: Connection, site: str, device: str) -> bool | None:
    """Say whether a device is revoked; None where the site has no such device."""
    whose = (devices.c.site == site, devices.c.device == device)
    revoked = connection.execute(select(devices.c.revoked).where(*whose)).scalar()
    return None if revoked is None else bool(revoked)


def renewed(connection: Connection, sender: Sender, now_us: int) -> int:
    """Give a device that was restored a new epoch."""
    whose = (devices.c.site == sender.site, devices.c.device == sender.device)
    wanted = update(devices).where(*whose).values(epoch=past(now_us))
    return int(connection.execute(wanted.returning(devices.c.epoch)).scalar_one())


def reminded(connection: Connection, sender: Sender, known: int, now_us: int) -> Sender:
    """Take a device's word for an epoch that a lost life of this store may have given it: no later one than of now."""
    if known > now_us // 1_000 + EPOCH_AHEAD_MS_MAX:
        return sender
    whose = (devices.c.site == sender.site, devices.c.device == sender.device, devices.c.epoch < known)
    connection.execute(update(devices).where(*whose).values(epoch=known))
    return replace(sender, epoch=max(sender.epoch, known))


_SAID = update(devices).where(devices.c.site == bindparam("of_site"), devices.c.device == bindparam("of_device"))
_KEEP = Prepared(
    _SAID.values({name: func.coalesce(bindparam(f"said_{name}"), devices.c[name]) for name in DeviceReport._fields})
)


def keep_reports(connection: Connection, reports: Iterable[tuple[Sender, DeviceReport]]) -> None:
    """Store what exchanges said; each of them writes its row, so that a repeated push waits for a standby too.

    Rows are written in the order of their names: two processes that write the same ones do not wait for each other.
    """
    ordered = sorted(reports, key=lambda pair: pair[0].device)
    _KEEP.run_each(connection, [_said(sender, report) for sender, report in ordered])


def _said(sender: Sender, report: DeviceReport) -> dict[str, Any]:
    said = {f"said_{name}": value for name, value in report._asdict().items()}
    return {"of_site": sender.site, "of_device": sender.device, **said}
