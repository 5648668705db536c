"""Notices in words: what the device's memory has to tell, once to everybody who works with it."""

import contextlib
from collections.abc import Iterator

from scanner_app.errors import StoreError
from scanner_app.store.notices import Copied, Cramped, Damaged, Notice, Saved, TakenOver
from scanner_app.store.store import Store
from scanner_app.workflows.phrases import notices as say
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said


class Notices:
    """Those of one session: what was read at one terminal is still news at the next."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shown: frozenset[Notice] = frozenset()
        self._read: frozenset[Notice] = frozenset()

    def unread(self) -> tuple[Said, ...]:
        """The sentences that the operator has not read yet; a full disk is told as long as it is full."""
        unread = [notice for notice in self._store.notices if notice not in self._read or isinstance(notice, Cramped)]
        self._shown = frozenset(unread)
        return tuple(said for notice in unread for said in _sentences(notice))

    def was_read(self) -> None:
        """The operator has entered something since: what was on the screen has been seen."""
        self._read |= self._shown
        if self._store.identity.is_copied and Copied() in self._shown:
            with contextlib.suppress(StoreError), self._store.transaction:
                self._store.identity.set_copied(is_copied=False)


def _sentences(notice: Notice) -> Iterator[Said]:
    """Where a damaged file is kept is the doctor's to say."""
    match notice:
        case Saved():
            yield _said(say.MENDED, notice.unsent)
            yield _said(say.SCANS_SAVED, notice.entries)
            if not notice.is_whole:
                yield _said(say.PARTLY)
            if not notice.is_enrolled:
                yield _said(say.UNKNOWN_DEVICE)
        case Damaged():
            yield _said(say.DAMAGED)
        case Cramped():
            yield _said(say.CRAMPED)
        case TakenOver():
            yield _said(say.TAKEN_OVER)
        case Copied():
            yield _said(say.COPIED)


def _said(phrase: Phrase, count: int = 0) -> Said:
    return Said(phrase.key, "attention", {"count": str(count)})
