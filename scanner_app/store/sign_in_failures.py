"""Wrong PINs that this device remembers, and how they lock a sign-in: for each operator, and for each session.

An operator's are counted for the whole device: who has used up the tries at one session must not have as many at the
next. Those of all who try at one session are counted there alone: a right PIN at another forgets nothing of them, and
somebody who tries the badges of all keeps only that session waiting.
"""

import sqlite3
from collections.abc import Iterable

import msgspec

from scanner_app.domain.lockout import OF_DEVICE, OF_OPERATOR, Failures, Threshold, is_locked, lifted
from scanner_app.store.log import MAIN

_SESSION = "@session:"
NAME = "failures"
Kept = dict[str, Failures]
_decode = msgspec.json.Decoder(Kept).decode


def of_session(session: str) -> str:
    """Under which name those of a session are kept: an empty one where there is only one, as it always was."""
    return "" if session == MAIN else f"{_SESSION}{session}"


def is_session(whose: str) -> bool:
    """Say whether a name stands for a session and not for an operator."""
    return not whose or whose.startswith(_SESSION)


def threshold_of(whose: str) -> Threshold:
    return OF_DEVICE if is_session(whose) else OF_OPERATOR


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
        others = {name: failures for name, failures in kept.items() if name not in whose}
        if len(others) < len(kept):
            self._keep(others)

    def locked(self) -> tuple[str, ...]:
        """Who waits for the centre, operators and sessions."""
        return tuple(
            sorted(whose for whose, failures in self.all().items() if is_locked(failures, threshold_of(whose)))
        )

    def lift(self, whose: Iterable[str]) -> None:
        """The centre was reached after the lock, and knows them still."""
        kept = self.all()
        again = {name: lifted(kept[name], threshold_of(name)) for name in whose if name in kept}
        if again:
            self._keep({**kept, **again})

    def _keep(self, kept: Kept) -> None:
        value = msgspec.json.encode(kept).decode()
        self._database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (NAME, value))
