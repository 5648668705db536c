"""Identity: what the device knows of itself and of its centre: enrolment, token, cursor, clock offset."""

import sqlite3

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.clock import Offset
from scanner_app.domain.people import SHIFT_US

NO_EPOCH = 0
"""The epoch of events made after a restore, until the centre gives one; real epochs begin at 1."""
_decode_offset = msgspec.json.Decoder(Offset).decode


class Enrolment(Struct, frozen=True):
    """Who this device is to the centre; the epoch changes when it is enrolled again, restored or cloned.

    ``name`` is what it was enrolled as: enrolled again under that name, it stays the same device.
    """

    device: str
    epoch: int
    site: str
    url: str
    token: str
    name: str = ""


class Position(Struct, frozen=True):
    """How far the device has pulled, from which life of the centre's database, and the mark of how far that was."""

    store_epoch: str = ""
    cursor: int = 0
    mark: str = ""


class OtherDevice(Struct, frozen=True):
    """Another device at which ``operator`` is signed on, since when, and when it was last heard of.

    By the centre's clock (us); 0 in an answer that an older program has kept.
    """

    operator: str
    device: str
    since_us: int
    heard_us: int = 0

    def is_heard(self, now_us: int) -> bool:
        """Say whether the device was heard of in this shift: else it died, or somebody forgot to sign out of it."""
        return now_us - max(self.heard_us, self.since_us) < SHIFT_US


_decode_elsewhere = msgspec.json.Decoder(tuple[OtherDevice, ...]).decode


class Identity:
    """``site_version`` is how far the centre was at the last exchange, ``is_whole`` says that all was pulled once."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.site_version = 0
        self.forget()

    def forget(self) -> None:
        """Read everything again after a rollback."""
        kept = dict(self._database.execute("SELECT name, value FROM meta").fetchall())
        decode = msgspec.json.decode
        self.enrolment = decode(kept["enrolment"], type=Enrolment) if "enrolment" in kept else None
        self.position = decode(kept["position"], type=Position) if "position" in kept else Position()
        self.offset: Offset | None = _decode_offset(kept["offset"]) if "offset" in kept else None
        self.exchanged_us = int(kept.get("exchanged_us", "0"))
        self.restarted = int(kept["restarted"]) if "restarted" in kept else None
        self.is_renewing = "renewing" in kept
        self.is_unordered = "unordered" in kept
        self.is_copied = "copied" in kept
        self.elsewhere: tuple[OtherDevice, ...] = _decode_elsewhere(kept["elsewhere"]) if "elsewhere" in kept else ()
        self.is_whole = "unfinished" not in kept

    @property
    def epoch(self) -> int:
        """The epoch of new events."""
        return NO_EPOCH if self.is_renewing or self.enrolment is None else self.enrolment.epoch

    def enrol(self, enrolment: Enrolment) -> None:
        self.enrolment = enrolment
        self._keep("enrolment", msgspec.json.encode(enrolment).decode())
        self._database.execute("DELETE FROM meta WHERE name = 'renewing'")
        self.is_renewing = False

    def move_centre(self, url: str) -> None:
        """Note that the centre is at ``url`` from now on; ``enrolment`` must be there."""
        assert self.enrolment is not None
        self.enrolment = replace(self.enrolment, url=url)
        self._keep("enrolment", msgspec.json.encode(self.enrolment).decode())

    def renew(self) -> None:
        """Ask for a new epoch: this file was restored or salvaged, and may not know which numbers were used.

        What waits may stand behind what is later from now on, until nothing waits (``is_unordered``).
        """
        for name in ("renewing", "unordered"):
            self._keep(name, "1")
        self.is_renewing = self.is_unordered = True

    def set_in_order(self) -> None:
        """Note that what will wait from now on stands in the order in which it happened."""
        self._database.execute("DELETE FROM meta WHERE name = 'unordered'")
        self.is_unordered = False

    def set_copied(self, *, is_copied: bool) -> None:
        """Note that this file was found to be an older one put back, or a copy; False when somebody has been told."""
        self.is_copied = is_copied
        if is_copied:
            self._keep("copied", "1")
        else:
            self._database.execute("DELETE FROM meta WHERE name = 'copied'")

    def renewed(self, epoch: int) -> None:
        """The centre has given this epoch."""
        if self.enrolment is not None:
            self.enrol(replace(self.enrolment, epoch=epoch))

    def move_to(self, position: Position) -> None:
        self.position = position
        self._keep("position", msgspec.json.encode(position).decode())

    def set_offset(self, offset: Offset) -> None:
        self.offset = offset
        self._keep("offset", msgspec.json.encode(offset).decode())

    def set_exchanged(self, wall_us: int) -> None:
        self.exchanged_us = wall_us
        self._keep("exchanged_us", str(wall_us))

    def set_elsewhere(self, others: tuple[OtherDevice, ...]) -> None:
        """Note where else the operator is signed on, as of the last exchange."""
        if others != self.elsewhere:
            self.elsewhere = others
            self._keep("elsewhere", msgspec.json.encode(others).decode())

    def set_whole(self, is_whole: bool) -> None:
        """Note that the first pull of the site is not finished, or that it is."""
        self.is_whole = is_whole
        if is_whole:
            self._database.execute("DELETE FROM meta WHERE name = 'unfinished'")
        else:
            self._keep("unfinished", "1")

    def set_restarted(self, number: int | None) -> None:
        """Note that the device is beginning again with a restored centre; up to ``number`` its events are queued again.

        None is the end of it.
        """
        self.restarted = number
        if number is None:
            self._database.execute("DELETE FROM meta WHERE name = 'restarted'")
        else:
            self._keep("restarted", str(number))

    def _keep(self, name: str, value: str) -> None:
        self._database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
