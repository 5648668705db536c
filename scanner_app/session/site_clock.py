"""The clock of the site: the device's wall clock, put right by the centre's, in the time zone of the site."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from scanner_app.domain.clock import Stamp
from scanner_app.store.store import Store

_QUARTER_US = 15 * 60 * 1_000_000


class SiteClock:
    """Reads the zone once and asks it again each quarter of an hour, when summer time may begin or end.

    Loading time zones takes as long as a paint; until it has been told to ``learn`` it, the zone is UTC.
    """

    def __init__(self, store: Store, stamp: Callable[[], Stamp]) -> None:
        self._store = store
        self._stamp = stamp
        self._zone: tuple[str, tzinfo] = ("", UTC)
        self._asked = (-1, "")
        self._zone_us = 0
        self._has_learned = False

    def learn(self) -> None:
        """Go by the zone of the site from now on."""
        self._has_learned = True

    def local_us(self) -> int:
        """What to add to the device's wall clock to get the time of day at the site."""
        shift_us = self.behind_us()
        return shift_us + self._zone_offset_us(self._stamp().wall_us + shift_us)

    def now_us(self) -> int:
        """The device's wall clock."""
        return self._stamp().wall_us

    def behind_us(self) -> int:
        """What to add to the device's wall clock to get the centre's; 0 as long as that is not known."""
        offset = self._store.identity.offset
        return offset.offset_us if offset is not None and offset.at.boot == self._stamp().boot else 0

    def words(self, wall_us: int) -> str:
        """A time in words, with its day unless that is today: ``13:40`` or ``2026-11-24 13:40``."""
        self.learn()
        local_us = self.local_us()
        then, today = _naive(wall_us + local_us), _naive(self._stamp().wall_us + local_us).date()
        return f"{then:%H:%M}" if then.date() == today else f"{then:%Y-%m-%d %H:%M}"

    def today(self) -> str:
        """The day at the site, as ``2026-11-24``."""
        self.learn()
        return f"{_naive(self._stamp().wall_us + self.local_us()):%Y-%m-%d}"

    def _zone_offset_us(self, utc_us: int) -> int:
        if not self._has_learned:
            return 0
        name = self._store.catalog.zone()
        asked = (utc_us // _QUARTER_US, name)
        if asked != self._asked:
            self._asked = asked
            at = datetime.fromtimestamp(utc_us / 1e6, UTC).astimezone(self._zone_of(name)).utcoffset()
            self._zone_us = (at or timedelta()) // timedelta(microseconds=1)
        return self._zone_us

    def _zone_of(self, name: str) -> tzinfo:
        """The zone of a site; UTC where the system does not know it."""
        if name != self._zone[0]:
            from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

            try:
                self._zone = (name, ZoneInfo(name))
            except (ZoneInfoNotFoundError, ValueError, OSError):
                self._zone = (name, UTC)
        return self._zone[1]


def _naive(local_us: int) -> datetime:
    return datetime(1970, 1, 1) + timedelta(microseconds=local_us)
