"""Status of the store in numbers: what every site holds, and what each of its devices was last heard to say."""

from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Table, func, select

from scanner_app.domain.catalog import Site
from sync.central.database.master_tables import BY_STRUCT, MASTER_KINDS
from sync.central.database.store import CentralStore
from sync.central.database.tables import counters, devices, events, ledger, stock
from sync.protocol import Outcome


class DeviceStatus(Struct, frozen=True):
    """What a device last said; ``pushed_us`` of 0 is one never heard from.

    ``undecided`` counts those of its events that wait for somebody, by their outcome.
    """

    site: str
    device: str
    name: str
    epoch: int
    pushed_us: int
    watermark_us: int
    offset_us: int
    uncertainty_us: int
    program: str
    protocol: int
    revoked: bool
    undecided: dict[str, int]


class SiteStatus(Struct, frozen=True):
    """One site in numbers: ``rows`` of each kind and ``outcomes`` of its events.

    ``noticed_us`` is when its life began because a device showed that the store had been put back; 0 otherwise.
    """

    site: str
    name: str
    version: int
    recorded: int
    store_epoch: str
    noticed_us: int
    rows: dict[str, int]
    outcomes: dict[str, int]
    devices: tuple[DeviceStatus, ...]


class StoreStatus(Struct, frozen=True):
    sites: tuple[SiteStatus, ...]


def status(store: CentralStore) -> StoreStatus:
    """Count what every site holds, from one moment of the store."""
    with store.reading() as connection:
        sites = tuple(_site(connection, site, name) for site, name in sorted(names_of_sites(connection).items()))
    return StoreStatus(sites)


def names_of_sites(connection: Connection) -> dict[str, str]:
    """Return every site with its name."""
    table = BY_STRUCT[Site].table
    return {row.site: row.name for row in connection.execute(select(table.c.site, table.c.name)).all()}


def _site(connection: Connection, site: str, name: str) -> SiteStatus:
    told = (counters.c.version, counters.c.recorded, counters.c.store_epoch, counters.c.noticed_us)
    wanted = select(*told).where(counters.c.site == site)
    version, recorded, store_epoch, noticed_us = connection.execute(wanted).one_or_none() or (0, 0, "", 0)
    rows = {kind.file: _count(connection, kind.table, site) for kind in MASTER_KINDS}
    rows["stock"] = _count(connection, stock, site, stock.c.quantity != 0)
    rows["ledger"] = _count(connection, ledger, site)
    return SiteStatus(
        site=site,
        name=name,
        version=version,
        recorded=recorded,
        store_epoch=store_epoch,
        noticed_us=noticed_us,
        rows=rows,
        outcomes=_outcomes(connection, site),
        devices=_devices(connection, site),
    )


def _count(connection: Connection, table: Table, site: str, *conditions: ColumnElement[bool]) -> int:
    return connection.execute(
        select(func.count()).select_from(table).where(table.c.site == site, *conditions)
    ).scalar_one()


def _outcomes(connection: Connection, site: str) -> dict[str, int]:
    wanted = select(events.c.outcome, func.count()).where(events.c.site == site).group_by(events.c.outcome)
    return {row[0]: row[1] for row in connection.execute(wanted.order_by(events.c.outcome)).all()}


def _devices(connection: Connection, site: str) -> tuple[DeviceStatus, ...]:
    columns: list[Any] = [devices.c[name] for name in DeviceStatus.__struct_fields__[:-1]]
    wanted = select(*columns).where(devices.c.site == site).order_by(devices.c.name)
    undecided = _undecided(connection, site)
    rows = connection.execute(wanted).mappings().all()
    return tuple(DeviceStatus(**row, undecided=undecided.get(row["device"], {})) for row in rows)


def _undecided(connection: Connection, site: str) -> dict[str, dict[str, int]]:
    """Count what waits for somebody, for each device."""
    names = [outcome.value for outcome in Outcome if outcome.waits_for_somebody]
    wanted = select(events.c.device, events.c.outcome, func.count()).group_by(events.c.device, events.c.outcome)
    counts: dict[str, dict[str, int]] = {}
    for device, outcome, count in connection.execute(
        wanted.where(events.c.site == site, events.c.outcome.in_(names)).order_by(events.c.outcome)
    ).all():
        counts.setdefault(device, {})[outcome] = count
    return counts
