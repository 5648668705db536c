"""The list of devices: a page of those of a site, by their names, with what each was last heard to say."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.sql import literal_column

from scanner_app.domain.desk.asks import ROWS_MAX, AskDevices
from scanner_app.domain.desk.replies import DeviceRow, DevicesPage
from sync.central.database.tables import POSTED, devices, events, signed_on
from sync.protocol import Outcome

_UNDECIDED = (Outcome.HELD.value, Outcome.QUARANTINED.value)


def devices_page(connection: Connection, site: str, ask: AskDevices, now_us: int) -> DevicesPage:
    """Return a page of devices behind the name ``after``."""
    rows_max = max(1, min(ask.rows_max, ROWS_MAX))
    wanted = select(devices).where(devices.c.site == site).order_by(devices.c.name).limit(rows_max + 1)
    if ask.after:
        wanted = wanted.where(devices.c.name > ask.after)
    rows = connection.execute(wanted).all()
    page = rows[:rows_max]
    names = [row.device for row in page]
    people, undecided = _people(connection, site, names), _undecided(connection, site, names)
    after = page[-1].name if len(rows) > rows_max else ""
    shown = tuple(_shown(row, tuple(people[row.device]), undecided.get(row.device, {})) for row in page)
    return DevicesPage(devices=shown, after=after, as_of_us=now_us)


def _shown(row: Any, operators: tuple[str, ...], undecided: dict[str, int]) -> DeviceRow:
    return DeviceRow(
        device=row.device,
        name=row.name,
        is_revoked=bool(row.revoked),
        heard_us=row.pushed_us,
        told_us=row.watermark_us,
        waiting=row.waiting,
        offset_us=row.offset_us,
        uncertainty_us=row.uncertainty_us,
        program=row.program,
        protocol=row.protocol,
        operators=operators,
        undecided=undecided,
    )


def _people(connection: Connection, site: str, names: Sequence[str]) -> dict[str, list[str]]:
    """Who is signed on at each device, as it told last."""
    wanted = select(signed_on.c.device, signed_on.c.operator).where(signed_on.c.site == site)
    wanted = wanted.where(signed_on.c.device.in_(names)).order_by(signed_on.c.since_us, signed_on.c.operator)
    people: dict[str, list[str]] = defaultdict(list)
    for device, operator in connection.execute(wanted).all():
        people[device].append(operator)
    return people


def _undecided(connection: Connection, site: str, names: Sequence[str]) -> dict[str, dict[str, int]]:
    """Count what of each device is out of the book and waits for a word."""
    waits = (events.c.word == literal_column("0"), events.c.outcome != literal_column(f"'{POSTED}'"))
    wanted = select(events.c.device, events.c.outcome, func.count()).group_by(events.c.device, events.c.outcome)
    wanted = wanted.where(events.c.site == site, events.c.outcome.in_(_UNDECIDED), *waits)
    counts: dict[str, dict[str, int]] = {}
    for device, outcome, count in connection.execute(wanted.where(events.c.device.in_(names))).all():
        counts.setdefault(device, {})[outcome] = count
    return counts
