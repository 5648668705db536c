"""Blind: the places of which an operator is told nothing of the book, as they count there or have just done so.

A place is such as long as its count is open, and then until a person has decided something of it or for as long as the
site says (``blind_minutes``). So are the plates that such a count has seen, and all that stand there by the book, or on
one another: it lasts whatever the book says.
"""

from collections.abc import Callable

from scanner_app.session.site_clock import SiteClock
from scanner_app.store.store import Store

Hidden = frozenset[str]
NOTHING: Hidden = frozenset()


class Blind:
    """``told_roles`` are the roles that the configuration lets see the book while they count."""

    def __init__(self, store: Store, clock: SiteClock, who: Callable[[], str], told_roles: frozenset[str]) -> None:
        self._store = store
        self._clock = clock
        self._who = who
        self._told_roles = told_roles

    def hidden(self) -> Hidden:
        """The places that the operator at work is told nothing of."""
        operator = self._who()
        if not operator:
            return NOTHING
        wall_us = self._clock.now_us()
        found = self._store.counts.blind(operator, wall_us, self._clock.behind_us())
        return NOTHING if not found or self.is_told(operator) else found

    def is_told(self, operator: str) -> bool:
        """Say whether an operator sees the book while they count."""
        known = self._store.catalog.operator(operator)
        return known is not None and any(role.value in self._told_roles for role in known.roles)
