"""Complete until: which devices have not told all up to an instant; shown beside a decision, and never in its way."""

from sqlalchemy import Connection, select

from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.desk.opened_claim import QuietDevice
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import count_lines, devices

HEARD_OF_US = 24 * 3600 * 1_000_000
"""A device that was not heard of for so long is waited for no more."""
_open = BY_STRUCT[CountOpen].table


def quiet_devices(
    connection: Connection, site: str, until_us: int, now_us: int, place: str = ""
) -> tuple[QuietDevice, ...]:
    """The devices that have not told all up to an instant, those with an open count of ``place`` first."""
    known = select(devices.c.device, devices.c.name, devices.c.watermark_us).where(
        devices.c.site == site, devices.c.revoked.is_(False),
        devices.c.pushed_us > now_us - HEARD_OF_US, devices.c.watermark_us < until_us,
    )  # fmt: skip
    rows = connection.execute(known.order_by(devices.c.watermark_us, devices.c.name)).all() if until_us else ()
    counting = _counting(connection, site, place) if rows and place else set()
    quiet = [QuietDevice(name=row.name, told_us=row.watermark_us, is_counting=row.device in counting) for row in rows]
    return tuple(sorted(quiet, key=lambda one: not one.is_counting))


def _counting(connection: Connection, site: str, place: str) -> set[str]:
    """The devices at which a count of a place goes on."""
    of_open = (_open.c.site == site, _open.c.place == place, _open.c.is_ended.is_(False), _open.c.active.is_(True))
    counts = select(_open.c.count).where(*of_open)
    made = select(count_lines.c.device).where(count_lines.c.site == site, count_lines.c.count_id.in_(counts))
    return set(connection.execute(made.distinct()).scalars())
