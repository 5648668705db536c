"""Presence: at which devices somebody is signed on, as these tell in their exchanges, and whom the site still knows."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, select

from scanner_app.domain.people import SHIFT_US, Operator
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.database.tables import devices, signed_on
from sync.central.events.sender import Sender
from sync.central.sites.signed_on import signed_on_at
from sync.protocol import SIGNED_ON_MAX, Elsewhere, ExchangeRequest

DEVICES_MAX = 5
LOCKED_MAX = 1_000


class Presence(NamedTuple):
    """What an exchange is answered about people."""

    elsewhere: tuple[Elsewhere, ...] = ()
    known: tuple[str, ...] = ()


def presence(store: CentralStore, sender: Sender, request: ExchangeRequest, now_us: int) -> Presence:
    """Look only where a device asks: somebody is signed on there, or kept from it."""
    return store.read(lambda connection: presence_at(connection, sender, request, now_us))


def presence_at(connection: Connection, sender: Sender, request: ExchangeRequest, now_us: int) -> Presence:
    """The same, within a transaction."""
    operators = [who.operator for who in signed_on_at(request) or () if who.operator]
    if sender.revoked or not (operators or request.locked):
        return Presence()
    others = _elsewhere(connection, sender, operators, now_us) if operators else ()
    return Presence(others, _known(connection, sender.site, request.locked[:LOCKED_MAX]))


def _elsewhere(connection: Connection, sender: Sender, operators: Sequence[str], now_us: int) -> tuple[Elsewhere, ...]:
    """Other devices of the site at which one of ``operators`` is signed on, the newest first; a few of each."""
    asked = {"of_site": sender.site, "of_device": sender.device, "names": operators, "heard_us": now_us - SHIFT_US}
    others: dict[str, list[Elsewhere]] = {operator: [] for operator in operators}
    for row in connection.execute(_ELSEWHERE, asked).all():
        others[row.operator].append(Elsewhere(row.operator, row.name, row.since_us, row.pushed_us))
    return tuple(other for of_operator in others.values() for other in of_operator[:DEVICES_MAX])


_ELSEWHERE = (
    select(signed_on.c.operator, devices.c.name, signed_on.c.since_us, devices.c.pushed_us)
    .join_from(signed_on, devices, and_(devices.c.site == signed_on.c.site, devices.c.device == signed_on.c.device))
    .where(signed_on.c.site == bindparam("of_site"), among(signed_on.c.operator, "names"))
    .where(signed_on.c.device != bindparam("of_device"))
    .where(devices.c.revoked.is_(False), devices.c.pushed_us > bindparam("heard_us"))
    .order_by(signed_on.c.since_us.desc(), signed_on.c.device)
    .limit(SIGNED_ON_MAX * DEVICES_MAX)
)


def _known(connection: Connection, site: str, locked: Sequence[str]) -> tuple[str, ...]:
    """Those whom the site still knows; the device itself, under an empty name, is known because it was heard."""
    if not locked:
        return ()
    table = BY_STRUCT[Operator].table
    names = [name for name in locked if "\0" not in name]
    asked = select(table.c.operator).where(table.c.site == site, table.c.operator.in_(names), table.c.active)
    active = set(connection.execute(asked).scalars())
    return tuple(name for name in locked if not name or name in active)
