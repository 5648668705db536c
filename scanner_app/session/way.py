"""The way to the centre: the link (connection), why it is down and since when, and how far a pull has come.

One for the device, whatever sessions there are; each says it in its own language.
"""

from collections.abc import Callable

from scanner_app.domain.clock import Stamp
from scanner_app.session.view.view import Link, Pull
from scanner_app.store.store import Store
from scanner_app.workflows.phrases.said import Said

PULL_ROWS_MIN = 2_000
"""Fewer are not worth a word, unless the site is fetched for the first time."""
PULL_STEPS = 50
"""A pull changes the picture so often at most: each change is painted."""
_DOWN = frozenset({Link.OFFLINE, Link.REFUSED})


class Way:
    """``since_us`` is the wall clock since when the link is down, or 0. Belongs to the work thread."""

    def __init__(self, store: Store, stamp: Callable[[], Stamp]) -> None:
        self._store = store
        self._stamp = stamp
        self.link = Link.NEVER
        self.trouble: Said | None = None
        self.since_us = 0
        self._pulled_from: int | None = None

    def set_link(self, link: Link, trouble: Said | None) -> None:
        """Note how the link is, and why it is down; since when is the last exchange, or when it broke."""
        if link is Link.ONLINE:
            self.since_us = 0
        elif link in _DOWN and not self.since_us:
            was_up = self.link is Link.ONLINE
            self.since_us = self._stamp().wall_us if was_up else self._store.identity.exchanged_us
        self.link, self.trouble = link, trouble if link in _DOWN else None

    def pull(self) -> Pull | None:
        """How far a pull has come: versions of the site stand for rows, since each row has one."""
        identity = self._store.identity
        cursor, version = identity.position.cursor, identity.site_version
        has_many = version - cursor >= PULL_ROWS_MIN or self._pulled_from is not None
        if cursor >= version or (identity.is_whole and not has_many):
            self._pulled_from = None
            return None
        if self._pulled_from is None:
            self._pulled_from = cursor if identity.is_whole else 0
        expected = version - self._pulled_from
        step = max(1, expected // PULL_STEPS)
        return Pull((cursor - self._pulled_from) // step * step, expected, is_first=not identity.is_whole)
