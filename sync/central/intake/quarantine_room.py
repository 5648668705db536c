"""The room that a device has in quarantine: so much of it is kept until somebody decides, and no more."""

from sqlalchemy import Connection

from sync.central.events.stored import quarantined_of

EVENTS_MAX = 10_000
BYTES_MAX = 16 * 1024 * 1024


class QuarantineRoom:
    """What is left of it for each sender of a push; asked for only where something is quarantined."""

    def __init__(self, connection: Connection, site: str) -> None:
        self._connection = connection
        self._site = site
        self._held: dict[str, tuple[int, int]] = {}

    def takes(self, device: str, size: int) -> bool:
        """Give room to an event of ``size`` bytes, if there is any."""
        if device not in self._held:
            self._held[device] = quarantined_of(self._connection, self._site, device)
        events, room = self._held[device]
        if events >= EVENTS_MAX or room + size > BYTES_MAX:
            return False
        self._held[device] = (events + 1, room + size)
        return True
