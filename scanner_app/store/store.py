"""The store: the device's memory, which is one file, and the rooms that know its tables."""

import contextlib
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec

from scanner_app.errors import StoreDamagedError, StoreError, StoreFailedError, StoreFullError
from scanner_app.ownership import danger_in
from scanner_app.store.back.came_back import CameBack
from scanner_app.store.ballast import Ballast
from scanner_app.store.counts.item_walks import ItemWalks
from scanner_app.store.counts.looks import CountLooks
from scanner_app.store.counts.next_places import NextPlacesLooks
from scanner_app.store.counts.work import WorkLooks
from scanner_app.store.damage import Note, damaged, is_trouble, note_damage, translated
from scanner_app.store.day_sums import DaySums
from scanner_app.store.feed import Feed
from scanner_app.store.file import CacheFile, Own, open_cache
from scanner_app.store.identity import Identity
from scanner_app.store.journal import Journal
from scanner_app.store.log import Log
from scanner_app.store.lookups.answers import Answers
from scanner_app.store.lookups.beside import Beside
from scanner_app.store.lookups.catalog import Catalog
from scanner_app.store.lookups.inquiries import Inquiries
from scanner_app.store.lookups.limits import Limits
from scanner_app.store.lookups.own_events import OwnEvents
from scanner_app.store.lookups.places import Places
from scanner_app.store.lookups.reasons import names_of_reasons, reasons_for
from scanner_app.store.lookups.stock_kinds import stock_kinds
from scanner_app.store.lookups.words_waiting import words_waiting
from scanner_app.store.notices import Copied, Cramped, Notice, Saved
from scanner_app.store.owner import own
from scanner_app.store.sign_in_failures import SignInFailures
from scanner_app.store.unapproved import UnapprovedRows
from scanner_app.store.unfinished import UnfinishedWork
from scanner_app.workflows.lookups.reasons import NamesOfReasons, ReasonsFor
from scanner_app.workflows.lookups.stock import Unapproved
from scanner_app.workflows.lookups.stock_kinds import KindsAt
from scanner_app.workflows.lookups.unfinished import SetAside
from scanner_app.workflows.lookups.words_waiting import WordsWaiting


class Store:
    """Everything here belongs to the thread that owns the writing connection."""

    def __init__(self, file: CacheFile, ballast: Ballast) -> None:
        self.file = file
        self.ballast = ballast
        self.transaction = file.transaction
        self.identity = Identity(file.database)
        self.log = Log(file.database)
        self.journal = Journal(file.database)
        self.catalog = Catalog(file.database)
        self.inquiries = Inquiries(file.database)
        self.places = Places(file.database, self.inquiries, self.catalog.held)
        self.limits = Limits(file.database)
        self.day_sums = DaySums(file.database)
        self.unfinished = UnfinishedWork(file.database)
        beside = Beside(file.database, self.inquiries, self.places)
        self.counts = CountLooks(file.database, self.identity)
        self.work = WorkLooks(file.database)
        self.next_places = NextPlacesLooks(file.database)
        self.item_walks = ItemWalks(file.database, self.places.where)
        self.answers: Answers = {
            **self.catalog.answers,
            **self.inquiries.answers,
            **self.places.answers,
            **beside.answers,
            **self.counts.answers,
            ReasonsFor: partial(reasons_for, file.database),
            NamesOfReasons: partial(names_of_reasons, file.database),
            KindsAt: partial(stock_kinds, file.database),
            WordsWaiting: partial(words_waiting, file.database),
            SetAside: self.unfinished.look_up,
            Unapproved: UnapprovedRows(file.database).of,
        }
        self.feed = Feed(file.database)
        self.failures = SignInFailures(file.database)
        self.came_back = CameBack(file.database)
        self.mine = OwnEvents(file.database)
        told_before = (Copied(),) if self.identity.is_copied else ()
        self._notices: tuple[Notice, ...] = ((file.saved,) if file.saved else ()) + told_before

    def forget(self) -> None:
        """Read again what is kept in memory, after a transaction was rolled back."""
        self.identity.forget()
        self.log.forget()
        self.journal.forget()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What everybody who works here is to know of the file; each session knows which of them were read there."""
        return (*self._notices, Cramped()) if self.ballast.is_gone else self._notices

    def tell(self, notice: Notice) -> None:
        """Have something told in every session, once however often it is met."""
        if notice not in self._notices:
            self._notices = (*self._notices, notice)

    def recover(self, error: BaseException) -> None:
        """Make it possible to write once more after ``error``, and forget what was not written.

        Raises:
            StoreError: the trouble is with the file, and there is no more room to give.
        """
        if is_trouble(error):
            trouble = translated(error)
            if not isinstance(trouble, StoreFullError) or not self.ballast.release():
                raise trouble from error
        self.forget()

    def note_damage(self, reason: str) -> None:
        """Have the file set aside at the next start; a disk that is gone takes no note."""
        with contextlib.suppress(OSError):
            note_damage(self.file.path.parent, Note(reason))

    @contextlib.contextmanager
    def noting_damage(self) -> Iterator[None]:
        """Note the damage that a block meets; without the note the next start would meet it again, and so for ever.

        Raises:
            StoreError: what SQLite said in the block, as one of ours.
        """
        try:
            yield
        except (sqlite3.Error, StoreError) as error:
            trouble = translated(error)
            if isinstance(trouble, StoreDamagedError):
                self.note_damage(str(trouble))
            raise trouble from error

    def close(self) -> None:
        self.file.close()


def open_store(folder: Path, *, is_mending: bool = False, ballast_mb: int = 0, become_owner: Own = own) -> Store:
    """Open or create the store in ``folder`` and become its owner; ``is_mending`` saves what a damaged file has.

    Raises:
        StoreError: it is in use, damaged, written by a newer program, or others can change it.
    """
    if danger := danger_in(folder):
        raise StoreError(f"The cache is not opened: {danger}.")
    ballast = Ballast(folder, ballast_mb)
    mend = _mend if is_mending else None
    try:
        return _opened(open_cache(folder, mend, become_owner), ballast)
    except StoreDamagedError:
        if not is_mending:
            raise
    except (StoreFullError, StoreFailedError):
        if not ballast.is_needed() or not ballast.release():
            raise
    return _opened(open_cache(folder, mend, become_owner), ballast)


def _opened(file: CacheFile, ballast: Ballast) -> Store:
    """A store over a file whose rows may still be nonsense, each page being well-formed: that is damage, too."""
    try:
        return Store(file, ballast)
    except (sqlite3.Error, msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        note_damage(file.path.parent, Note(str(error)))
        file.close()
        raise damaged(str(error)) from error


def _mend(folder: Path, reason: str) -> Saved:
    from scanner_app.store.rescue.mend import mend

    try:
        return mend(folder, reason)
    except OSError as error:
        raise StoreFailedError(
            f"The cache is damaged and cannot be set aside in {folder}: {error.strerror}. Make room, then start again."
        ) from error
