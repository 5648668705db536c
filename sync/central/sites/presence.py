"""Presence: at which devices somebody is signed on, as these tell in their exchanges, and whom the site still knows."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from scanner_app.domain.people import SHIFT_US, Operator
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.database.tables import devices
from sync.central.events.sender import Sender
from sync.protocol import Elsewhere, ExchangeRequest

DEVICES_MAX = 5
LOCKED_MAX = 1_000


class Presence(NamedTuple):
    """What an exchange is answered about people."""

    elsewhere: tuple[Elsewhere, ...] = ()
    known: tuple[str, ...] = ()


def presence(store: CentralStore, sender: Sender, request: ExchangeRequest, now_us: int) -> Presence:
    """Look only where a device asks: somebody is signed on there, or kept from it."""
    operator = request.signed_on.operator if request.signed_on else ""
    if sender.revoked or not (operator or request.locked):
        return Presence()

    def look(connection: Connection) -> Presence:
        others = _elsewhere(connection, sender, operator, now_us) if operator else ()
        return Presence(others, _known(connection, sender.site, request.locked[:LOCKED_MAX]))

    return store.read(look)


def _elsewhere(connection: Connection, sender: Sender, operator: str, now_us: int) -> tuple[Elsewhere, ...]:
    """Other devices of the site at which an operator is signed on, the newest first."""
    whose = (devices.c.site == sender.site, devices.c.operator == operator)
    others = (devices.c.device != sender.device, devices.c.revoked.is_(False), devices.c.pushed_us > now_us - SHIFT_US)
    wanted = select(devices.c.name, devices.c.operator_since_us, devices.c.pushed_us).where(*whose, *others)
    rows = connection.execute(wanted.order_by(devices.c.operator_since_us.desc(), devices.c.device).limit(DEVICES_MAX))
    return tuple(Elsewhere(operator, row.name, row.operator_since_us, row.pushed_us) for row in rows)


def _known(connection: Connection, site: str, locked: Sequence[str]) -> tuple[str, ...]:
    """Those whom the site still knows; the device itself, under an empty name, is known because it was heard."""
    if not locked:
        return ()
    table = BY_STRUCT[Operator].table
    names = [name for name in locked if "\0" not in name]
    asked = select(table.c.operator).where(table.c.site == site, table.c.operator.in_(names), table.c.active)
    active = set(connection.execute(asked).scalars())
    return tuple(name for name in locked if not name or name in active)
