"""Enrolment: an invitation becomes a device, a new one or one that the site has already ("this one again").

What a device is was settled when it was first enrolled; its name is a label, and a taken one belongs to who has it.
"""

import re
import secrets
from enum import StrEnum
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import Connection, select, update

from sync.central.book.counters import shared_counters
from sync.central.database.bulk import dialect_insert
from sync.central.database.tables import codes, devices
from sync.central.sites.devices import hashed, past
from sync.credentials import credential, secret_of, site_of

CODE_LIFE_S = 24 * 3600
_CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH = 12
_ID_BYTES = 6
_IS_ID = re.compile(f"[0-9a-f]{{{2 * _ID_BYTES}}}")


class NotEnrolled(StrEnum):
    """Why nothing came of an invitation, as the word of a trouble; a code that was not used up is good further on."""

    WRONG_CODE = "wrong_code"
    NAME_TAKEN = "name_taken"


class EnrolmentAsked(Struct, frozen=True, kw_only=True):
    """Who wants to be enrolled, as it says of itself.

    ``known`` is the id as which it was enrolled before, ``held`` the token that it was given then: whoever has that
    is the device. ``is_named`` says that somebody chose the name.
    """

    code: str
    name: str
    program: str = ""
    known: str = ""
    held: str = ""
    is_named: bool = False


class Enrolled(NamedTuple):
    """A device just enrolled; ``token`` is told this once and kept only as a hash."""

    device: str
    epoch: int
    site: str
    token: str
    name: str


class _Invitation(NamedTuple):
    """What a code is for: a new device of ``site``, or the ``device`` that it has already."""

    site: str
    code_hash: str
    device: str
    sessions: int


def invited(
    connection: Connection, site: str, now_us: int, life_s: int = CODE_LIFE_S, *, device: str = "", sessions: int = 1
) -> str:
    """Make a one-time code for a new device, or for ``device`` again: 60 random bits, four letters a group.

    A device at which many work at once is invited with as many ``sessions``.
    """
    code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
    waiting = {"code_hash": hashed(code), "expires_us": now_us + life_s * 1_000_000, "used_us": 0}
    connection.execute(codes.insert().values(site=site, device=device, sessions=sessions, **waiting))
    return credential(site, "-".join(code[start : start + 4] for start in range(0, _CODE_LENGTH, 4)))


def device_named(connection: Connection, site: str, name: str) -> str:
    """The id of the device of a site that has this id, or else this name; empty when there is none."""
    wanted = select(devices.c.device).where(devices.c.site == site)
    for column in (devices.c.device, devices.c.name):
        if found := connection.execute(wanted.where(column == name)).scalar():
            return str(found)
    return ""


def enrolled(
    connection: Connection, asked: EnrolmentAsked, now_us: int, token_secret: str = ""
) -> Enrolled | NotEnrolled:
    """Use up an enrolment code.

    A device enrolled again keeps its id and its name; its old token is void, and its epoch goes up to the time, so that
    a store put back from a backup gives none a second time. A store that was put back, and has forgotten a device,
    takes it for that one again. ``token_secret`` was drawn before by who may have to try twice: the device that has it
    was enrolled the first time.
    """
    invitation = _taken(connection, asked.code, now_us)
    if invitation is None:
        before = _enrolled_before(connection, asked.code, token_secret) if token_secret else None
        return before or NotEnrolled.WRONG_CODE
    token = credential(invitation.site, token_secret or new_secret())
    settled = {
        "program": asked.program,
        "token_hash": hashed(token),
        "revoked": False,
        "enrolled_us": now_us,
        "sessions": invitation.sessions,
    }
    again = invitation.device or _held(connection, invitation.site, asked.held)
    row = _again(connection, invitation.site, again, asked, settled) if again else None
    row = row or _first(connection, invitation.site, asked, settled)
    if row is None:
        _give_back(connection, invitation)
        return NotEnrolled.NAME_TAKEN
    return Enrolled(row.device, row.epoch, invitation.site, token, row.name)


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def _taken(connection: Connection, code: str, now_us: int) -> _Invitation | None:
    """Use up the code that waits, if it does. People type: its letters and those of its site may be small."""
    plain = secret_of(code).replace("-", "").replace(" ", "").upper()
    waiting = (*_at(code), codes.c.code_hash == hashed(plain), codes.c.used_us == 0, codes.c.expires_us > now_us)
    site = connection.execute(select(codes.c.site).where(*waiting)).scalar()
    if site is None:
        return None
    shared_counters(connection, site)
    wanted = update(codes).where(codes.c.site == site, *waiting).values(used_us=now_us)
    row = connection.execute(
        wanted.returning(codes.c.site, codes.c.code_hash, codes.c.device, codes.c.sessions)
    ).one_or_none()
    return _Invitation(*row) if row else None


def _at(code: str) -> list[Any]:
    """The site that a code names; one of an older program names none."""
    site = site_of(code.strip())
    return [] if site is None else [codes.c.site.in_(sorted({site, site.upper()}))]


def _give_back(connection: Connection, invitation: _Invitation) -> None:
    whose = (codes.c.site == invitation.site, codes.c.code_hash == invitation.code_hash)
    connection.execute(update(codes).where(*whose).values(used_us=0))


def _enrolled_before(connection: Connection, code: str, token_secret: str) -> Enrolled | None:
    """The device that has the token, if any; its row is written, so that this answer waits for a standby, too."""
    plain = secret_of(code).replace("-", "").replace(" ", "").upper()
    used = connection.execute(select(codes.c.site).where(*_at(code), codes.c.code_hash == hashed(plain))).scalar()
    if used is None:
        return None
    shared_counters(connection, used)
    token = credential(used, token_secret)
    whose = (devices.c.site == used, devices.c.token_hash == hashed(token))
    again = update(devices).where(*whose).values(token_hash=hashed(token))
    row = connection.execute(again.returning(devices.c.device, devices.c.epoch, devices.c.name)).one_or_none()
    return Enrolled(row.device, row.epoch, used, token, row.name) if row else None


def _held(connection: Connection, site: str, token: str) -> str:
    """The device whose token this is; one that was revoked needs an invitation of its own to be let in again."""
    if not token:
        return ""
    whose = (devices.c.site == site, devices.c.token_hash == hashed(token), devices.c.revoked.is_(False))
    return str(connection.execute(select(devices.c.device).where(*whose)).scalar() or "")


def _again(connection: Connection, site: str, device: str, asked: EnrolmentAsked, settled: dict[str, Any]) -> Any:
    """Enrol a device once more; a name that somebody chose for it becomes its label, unless another has it."""
    values = {**settled, "epoch": past(settled["enrolled_us"])}
    if asked.is_named and device_named(connection, site, asked.name) in ("", device):
        values["name"] = asked.name
    wanted = update(devices).where(devices.c.site == site, devices.c.device == device).values(**values)
    return connection.execute(wanted.returning(devices.c.device, devices.c.epoch, devices.c.name)).one_or_none()


def _first(connection: Connection, site: str, asked: EnrolmentAsked, settled: dict[str, Any]) -> Any:
    """Make a device; None when its name is that of another."""
    forgotten = _forgotten(connection, site, asked.known)
    nothing = dict.fromkeys(("pushed_us", "watermark_us", "offset_us", "uncertainty_us", "protocol"), 0)
    first = dialect_insert(connection, devices).values(
        site=site,
        device=forgotten or secrets.token_hex(_ID_BYTES),
        epoch=settled["enrolled_us"] // 1_000 if forgotten else 1,
        name=asked.name,
        begun_us=0 if forgotten else settled["enrolled_us"],
        **nothing,
        **settled,
    )
    unless_taken = first.on_conflict_do_nothing(index_elements=["site", "name"])
    return connection.execute(unless_taken.returning(devices.c.device, devices.c.epoch, devices.c.name)).one_or_none()


def _forgotten(connection: Connection, site: str, known: str) -> str:
    """``known`` if it is the id of a device that this store does not know; else empty."""
    if not _IS_ID.fullmatch(known):
        return ""
    whose = (devices.c.site == site, devices.c.device == known)
    return "" if connection.execute(select(devices.c.device).where(*whose)).first() else known
