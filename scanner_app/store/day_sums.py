"""Day sums: what each person did here on a day, under each limit that counts by the day; so that no history is read."""

import sqlite3

from scanner_app.domain.events.event import Event
from scanner_app.domain.limits.judged import Seen, Sum, judged
from scanner_app.store.lookups.limits import Limits
from scanner_app.store.lookups.people import person_of

_HAS = "SELECT 1 FROM \"limit\" INDEXED BY limit_of_days WHERE per = 'day' LIMIT 1"
_ROLES = "SELECT roles FROM operator WHERE operator = ?"
_OF = 'SELECT quantity, value FROM day_sum WHERE day = ? AND person = ? AND "limit" = ?'
_KEEP = "INSERT OR REPLACE INTO day_sum VALUES (?,?,?,?,?)"


class DaySums:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._limits = Limits(database)

    @property
    def are_kept(self) -> bool:
        """Say whether a limit of the site counts by the day."""
        return self._database.execute(_HAS).fetchone() is not None

    def count(self, event: Event, day: str, sign: int) -> None:
        """Add what an event did to a ``day``, or take it off (``sign`` -1); days before are forgotten."""
        left = dict(event.fact.limited)
        limits = self._limits.ruling(event.fact.process, left)
        row = self._database.execute(_ROLES, (event.operator,)).fetchone()
        told = judged(left, limits, row[0].split() if row else (), Seen(self._limits.goods(left)))
        person = person_of(self._database, event.operator)
        for limit, more in told.added.items():
            before = Sum(*(self._database.execute(_OF, (day, person, limit)).fetchone() or ()))
            after = before.plus(more) if sign > 0 else before.less(more)
            self._database.execute(_KEEP, (day, person, limit, *after))
        self._database.execute("DELETE FROM day_sum WHERE day < ?", (day,))
