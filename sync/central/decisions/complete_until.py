"""Complete until: which devices have not told all up to an instant; shown beside a decision, and never in its way."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.desk.opened_claim import QuietDevice
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.prepared import Prepared
from sync.central.database.tables import count_lines, devices

HEARD_OF_US = 24 * 3600 * 1_000_000
"""A device that was not heard of for so long is waited for no more."""
_open = BY_STRUCT[CountOpen].table


class Completeness:
    """How far devices have told all, as of a moment: asked once, however often it is wanted until it is answered."""

    def __init__(self, connection: Connection, site: str, now_us: int) -> None:
        self._connection = connection
        self._site = site
        self.now_us = now_us

    @cached_property
    def _heard_of(self) -> Sequence[Any]:
        """The devices that are waited for, those first that have told least."""
        asked = {"site": self._site, "since_us": self.now_us - HEARD_OF_US}
        return _HEARD_OF.run(self._connection, asked).all()

    def quiet(self, until_us: int, place: str = "") -> tuple[QuietDevice, ...]:
        """The devices that have not told all up to an instant, those with an open count of ``place`` first."""
        rows = [row for row in self._heard_of if row.watermark_us < until_us] if until_us else []
        counting = self._counting(place) if rows and place else set()
        quiet = [
            QuietDevice(name=row.name, told_us=row.watermark_us, is_counting=row.device in counting) for row in rows
        ]
        return tuple(sorted(quiet, key=lambda one: not one.is_counting))

    def _counting(self, place: str) -> set[str]:
        """The devices at which a count of a place goes on."""
        of_open = (_open.c.site == self._site, _open.c.place == place)
        counts = select(_open.c.count).where(*of_open, _open.c.is_ended.is_(False), _open.c.active.is_(True))
        made = select(count_lines.c.device).where(count_lines.c.site == self._site, count_lines.c.count_id.in_(counts))
        return set(self._connection.execute(made.distinct()).scalars())


_HEARD_OF = Prepared(
    select(devices.c.device, devices.c.name, devices.c.watermark_us)
    .where(devices.c.site == bindparam("site"), devices.c.revoked.is_(False))
    .where(devices.c.pushed_us > bindparam("since_us"))
    .order_by(devices.c.watermark_us, devices.c.name)
)
