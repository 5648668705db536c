"""Returns: what came back from the centre, told at the next free prompt to the worker whose it is, once.

It is a line and no halt. It stays until it is acknowledged (F8), whatever is scanned meanwhile; a longer list than a
line can tell is in *Today*.
"""

import contextlib
from collections.abc import Sequence

from scanner_app.domain.capture.entry import Entry
from scanner_app.errors import StoreError
from scanner_app.store.log import AtWork
from scanner_app.store.lookups.came_back import Returned
from scanner_app.store.store import Store
from scanner_app.workflows.engine.commands import Command, command_of
from scanner_app.workflows.phrases import back as say
from scanner_app.workflows.phrases.said import Said


class Returns:
    """Those of one session: ``shown`` is what stands on its screen."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shown: tuple[Returned, ...] = ()
        self._whose = ""

    def news(self, who: AtWork, *, is_free: bool) -> tuple[Said, ...]:
        """What is told now: at a free prompt all that was not read, in the middle of work what stood there before."""
        if who.operator != self._whose:
            self._shown, self._whose = (), who.operator
        if is_free:
            self._shown = self._store.came_back.unread(who.operator)
        if not self._shown:
            return ()
        first = self._sentence(self._shown[0])
        others = len(self._shown) - 1
        return (first, Said(say.MORE.key, "bad", {"count": str(others)})) if others else (first,)

    def heard(self, entries: Sequence[Entry], *, is_halted: bool) -> None:
        """Note that it was read, if one of the entries acknowledges it; a mistake is acknowledged before it."""
        if is_halted or not self._shown:
            return
        if any(command_of(entry) is Command.ACKNOWLEDGE for entry in entries):
            with contextlib.suppress(StoreError), self._store.transaction:
                self._store.came_back.read([one.number for one in self._shown])
            self._shown = ()

    def _sentence(self, one: Returned) -> Said:
        words = {"place": one.place, "item": one.item, "by": one.by_whom}
        why = next((say.BECAUSE[reason] for reason in one.reasons if reason in say.BECAUSE), None)
        if why:
            phrase = why
        elif one.subjects:
            phrase = say.CAME_FIRST if one.by_whom else say.NO_EFFECT
        else:
            phrase = say.BECAME.get(one.outcome, say.CHANGED)
        return Said(phrase.key, "good" if phrase is say.BECAME["posted"] and not one.reasons else "bad", words)
