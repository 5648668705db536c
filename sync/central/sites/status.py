"""Administration of the store: invitations for devices, and its state in numbers."""

from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Table, func, select

from scanner_app.domain.catalog import Site
from scanner_app.errors import CentralError
from sync.central.database.master_tables import BY_STRUCT, KINDS
from sync.central.database.repeating import ordered
from sync.central.database.store import CentralStore
from sync.central.database.tables import counters, events, ledger, stock
from sync.central.database.tables import devices as devices_table
from sync.central.sites import devices, read_tokens
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
    """One site in numbers: ``rows`` of each kind and ``outcomes`` of its events."""

    site: str
    name: str
    version: int
    recorded: int
    rows: dict[str, int]
    outcomes: dict[str, int]
    devices: tuple[DeviceStatus, ...]


class StoreStatus(Struct, frozen=True):
    store_epoch: str
    sites: tuple[SiteStatus, ...]


def invite(store: CentralStore, site: str, now_us: int, life_s: int = devices.CODE_LIFE_S) -> str:
    """Return a one-time enrolment code for ``site``; it is shown now and never again.

    Raises:
        CentralError: there is no such site.
    """

    def make(connection: Connection) -> str:
        _refuse_unknown(connection, site)
        return devices.invited(connection, site, now_us, life_s)

    return ordered(store, make)


def revoke_device(store: CentralStore, site: str, device: str) -> None:
    """Distrust a device from now on; what it pushes is kept in quarantine.

    Raises:
        CentralError: the site has no such device.
    """
    if not ordered(store, lambda connection: devices.revoke(connection, site, device)):
        raise CentralError(f"Site {site} has no device {device}.")


def read_token(store: CentralStore, site: str, name: str, now_us: int) -> str:
    """Return a token with which ``name`` reads the postings of ``site``; it is shown now and never again.

    Raises:
        CentralError: there is no such site.
    """

    def make(connection: Connection) -> str:
        _refuse_unknown(connection, site)
        return read_tokens.given(connection, site, name, now_us)

    return ordered(store, make)


def withdraw_token(store: CentralStore, site: str, name: str) -> None:
    """Make the token of a reader void.

    Raises:
        CentralError: the site has no such reader.
    """
    if not ordered(store, lambda connection: read_tokens.withdrawn(connection, site, name)):
        raise CentralError(f"Site {site} has no reader {name}.")


def status(store: CentralStore) -> StoreStatus:
    """Count what every site holds, from one moment of the store."""
    with store.reading() as connection:
        sites = tuple(_site(connection, site, name) for site, name in sorted(_names(connection).items()))
    return StoreStatus(store.store_epoch, sites)


def _refuse_unknown(connection: Connection, site: str) -> None:
    if site not in _names(connection):
        raise CentralError(f"There is no site {site}; import its sites.csv first.")


def _names(connection: Connection) -> dict[str, str]:
    table = BY_STRUCT[Site].table
    return {row.site: row.name for row in connection.execute(select(table.c.site, table.c.name)).all()}


def _site(connection: Connection, site: str, name: str) -> SiteStatus:
    wanted = select(counters.c.version, counters.c.recorded).where(counters.c.site == site)
    version, recorded = connection.execute(wanted).one_or_none() or (0, 0)
    rows = {kind.file: _count(connection, kind.table, site) for kind in KINDS}
    rows["stock"] = _count(connection, stock, site, stock.c.quantity != 0)
    rows["ledger"] = _count(connection, ledger, site)
    return SiteStatus(site, name, version, recorded, rows, _outcomes(connection, site), _devices(connection, site))


def _count(connection: Connection, table: Table, site: str, *conditions: ColumnElement[bool]) -> int:
    return connection.execute(
        select(func.count()).select_from(table).where(table.c.site == site, *conditions)
    ).scalar_one()


def _outcomes(connection: Connection, site: str) -> dict[str, int]:
    wanted = select(events.c.outcome, func.count()).where(events.c.site == site).group_by(events.c.outcome)
    return {row[0]: row[1] for row in connection.execute(wanted.order_by(events.c.outcome)).all()}


def _devices(connection: Connection, site: str) -> tuple[DeviceStatus, ...]:
    columns: list[Any] = [devices_table.c[name] for name in DeviceStatus.__struct_fields__[:-1]]
    wanted = select(*columns).where(devices_table.c.site == site).order_by(devices_table.c.name)
    undecided = _undecided(connection, site)
    rows = connection.execute(wanted).mappings().all()
    return tuple(DeviceStatus(**row, undecided=undecided.get(row["device"], {})) for row in rows)


def _undecided(connection: Connection, site: str) -> dict[str, dict[str, int]]:
    """Count what waits for somebody, for each device."""
    names = [outcome.value for outcome in Outcome if outcome.waits_for_somebody]
    wanted = select(events.c.device, events.c.outcome, func.count()).group_by(events.c.device, events.c.outcome)
    found: dict[str, dict[str, int]] = {}
    for device, outcome, count in connection.execute(
        wanted.where(events.c.site == site, events.c.outcome.in_(names)).order_by(events.c.outcome)
    ).all():
        found.setdefault(device, {})[outcome] = count
    return found
