"""Wrong PINs that this device remembers: for each operator, and under an empty name for the device as a whole."""

import sqlite3
from collections.abc import Iterable

import msgspec

from scanner_app.domain.lockout import OF_DEVICE, OF_OPERATOR, Failures, Tolerance, is_locked, lifted

DEVICE = ""
NAME = "failures"
Kept = dict[str, Failures]
_decode = msgspec.json.Decoder(Kept).decode


def tolerance_of(whose: str) -> Tolerance:
    return OF_OPERATOR if whose else OF_DEVICE


class SignInFailures:
    """A handful of rows at the most, so that they are one value of ``meta``."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def all(self) -> Kept:
        row = self._database.execute("SELECT value FROM meta WHERE name = ?", (NAME,)).fetchone()
        return _decode(row[0]) if row else {}

    def of(self, whose: str) -> Failures | None:
        return self.all().get(whose)

    def keep(self, whose: str, failures: Failures) -> None:
        self._keep({**self.all(), whose: failures})

    def forget(self, *whose: str) -> None:
        """The right PIN was given."""
        kept = self.all()
        left = {one: failures for one, failures in kept.items() if one not in whose}
        if len(left) < len(kept):
            self._keep(left)

    def locked(self) -> tuple[str, ...]:
        """Who waits for the centre."""
        return tuple(
            sorted(whose for whose, failures in self.all().items() if is_locked(failures, tolerance_of(whose)))
        )

    def lift(self, whose: Iterable[str]) -> None:
        """The centre was reached after the lock, and knows them still."""
        kept = self.all()
        found = {one: lifted(kept[one], tolerance_of(one)) for one in whose if one in kept}
        if found:
            self._keep({**kept, **found})

    def _keep(self, kept: Kept) -> None:
        value = msgspec.json.encode(kept).decode()
        self._database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (NAME, value))
