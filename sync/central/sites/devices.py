"""Devices of the store: invitations, enrolment, bearer tokens, and what each was last heard to say."""

import re
import secrets
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, bindparam, case, func, select, update

from sync.central.database.among import among
from sync.central.database.bulk import dialect_insert
from sync.central.database.tables import codes, devices
from sync.central.events.sender import Sender

CODE_LIFE_S = 24 * 3600
NAME_LENGTH_MAX = 60
_CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH = 12
_ID_BYTES = 6
_IS_ID = re.compile(f"[0-9a-f]{{{2 * _ID_BYTES}}}")


class Enrolled(NamedTuple):
    """A device just enrolled; ``token`` is told this once and kept only as a hash."""

    device: str
    epoch: int
    site: str
    token: str


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


def hashed(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def invited(connection: Connection, site: str, now_us: int, life_s: int = CODE_LIFE_S) -> str:
    """Make a one-time enrolment code: 60 random bits in three groups of four letters."""
    code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
    expires_us = now_us + life_s * 1_000_000
    connection.execute(codes.insert().values(site=site, code_hash=hashed(code), expires_us=expires_us, used_us=0))
    return "-".join(code[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def enrolled(
    connection: Connection, code: str, name: str, program: str, now_us: int, *, known: str = "", token: str = ""
) -> Enrolled | None:
    """Use up an enrolment code; None when it is unknown, expired or used.

    A name that the site has already is the same device enrolled again: its old token is void, and its epoch goes up to
    the time, so that a store put back from a backup gives none a second time. ``known`` is the device as which it was
    enrolled before; a store that was put back, and has forgotten it, takes it for that one again.
    ``token`` was drawn before by who may have to try twice: the device that has it was enrolled the first time.
    """
    plain = code.replace("-", "").replace(" ", "").upper()
    waiting = (codes.c.code_hash == hashed(plain), codes.c.used_us == 0, codes.c.expires_us > now_us)
    site = connection.execute(update(codes).where(*waiting).values(used_us=now_us).returning(codes.c.site)).scalar()
    if site is None:
        return _enrolled_before(connection, token) if token else None
    token = token or new_token()
    settled = {"program": program, "token_hash": hashed(token), "revoked": False, "enrolled_us": now_us}
    device, epoch = _registered(connection, site, name, settled, _forgotten(connection, site, known))
    return Enrolled(device, epoch, site, token)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def _enrolled_before(connection: Connection, token: str) -> Enrolled | None:
    """The device that has the token, if any; its row is written, so that this answer waits for a standby, too."""
    again = update(devices).where(devices.c.token_hash == hashed(token)).values(token_hash=hashed(token))
    row = connection.execute(again.returning(devices.c.device, devices.c.epoch, devices.c.site)).one_or_none()
    return Enrolled(row.device, row.epoch, row.site, token) if row else None


def _forgotten(connection: Connection, site: str, known: str) -> str:
    """``known`` if it is the id of a device that this store does not know; else empty."""
    if not _IS_ID.fullmatch(known):
        return ""
    whose = (devices.c.site == site, devices.c.device == known)
    return "" if connection.execute(select(devices.c.device).where(*whose)).first() else known


def _registered(
    connection: Connection, site: str, name: str, settled: dict[str, Any], forgotten: str
) -> tuple[str, int]:
    now_ms = settled["enrolled_us"] // 1_000
    first = dialect_insert(connection, devices).values(
        site=site,
        device=forgotten or secrets.token_hex(_ID_BYTES),
        epoch=now_ms if forgotten else 1,
        name=name,
        pushed_us=0,
        watermark_us=0,
        offset_us=0,
        uncertainty_us=0,
        protocol=0,
        **settled,
    )
    again = {**settled, "epoch": _past(0, now_ms)}
    upsert = first.on_conflict_do_update(index_elements=["site", "name"], set_=again)
    row = connection.execute(upsert.returning(devices.c.device, devices.c.epoch)).one()
    return row.device, row.epoch


def _past(known: int, now_ms: int) -> ColumnElement[int]:
    """An epoch that this store never gave, and no life of it that was lost."""
    least = max(known + 1, now_ms)
    return case((devices.c.epoch < least, least), else_=devices.c.epoch + 1)


def senders_of(connection: Connection, tokens: Iterable[str]) -> dict[str, Sender]:
    """Return the devices that bearer tokens belong to; a revoked one is still told apart from a stranger."""
    tokens_by_hash = {hashed(token): token for token in tokens}
    rows = connection.execute(_BY_TOKEN, {"names": list(tokens_by_hash)}).all()
    return {tokens_by_hash[row.token_hash]: Sender(row.site, row.device, row.epoch, bool(row.revoked)) for row in rows}


_BY_TOKEN = select(devices.c.token_hash, devices.c.site, devices.c.device, devices.c.epoch, devices.c.revoked).where(
    among(devices.c.token_hash, "names")
)


def revoke(connection: Connection, site: str, device: str) -> bool:
    """Distrust a device from now on: what it pushes is quarantined. Say whether there is such a device."""
    whose = (devices.c.site == site, devices.c.device == device)
    return connection.execute(update(devices).where(*whose).values(revoked=True)).rowcount > 0


def renewed(connection: Connection, sender: Sender, known: int, now_us: int) -> int:
    """Give a device that was restored a new epoch, past the one it ``known`` and past that of this store."""
    whose = (devices.c.site == sender.site, devices.c.device == sender.device)
    wanted = update(devices).where(*whose).values(epoch=_past(known, now_us // 1_000))
    return int(connection.execute(wanted.returning(devices.c.epoch)).scalar_one())


def reminded(connection: Connection, sender: Sender, known: int) -> Sender:
    """Take a device's word for an epoch that a lost life of this store gave it."""
    whose = (devices.c.site == sender.site, devices.c.device == sender.device, devices.c.epoch < known)
    connection.execute(update(devices).where(*whose).values(epoch=known))
    return replace(sender, epoch=max(sender.epoch, known))


_SAID = update(devices).where(devices.c.site == bindparam("of_site"), devices.c.device == bindparam("of_device"))
_KEEP = _SAID.values({name: func.coalesce(bindparam(f"said_{name}"), devices.c[name]) for name in DeviceReport._fields})


def keep_reports(connection: Connection, reports: Iterable[tuple[Sender, DeviceReport]]) -> None:
    """Store what exchanges said; each of them writes its row, so that a repeated push waits for a standby too.

    Rows are written in the order of their names: two processes that write the same ones do not wait for each other.
    """
    ordered = sorted(reports, key=lambda pair: pair[0].device)
    connection.execute(_KEEP, [_said(sender, report) for sender, report in ordered])


def _said(sender: Sender, report: DeviceReport) -> dict[str, Any]:
    said = {f"said_{name}": value for name, value in report._asdict().items()}
    return {"of_site": sender.site, "of_device": sender.device, **said}
