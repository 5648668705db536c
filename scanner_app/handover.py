"""A hand-over: a screen takes the device over from an older one, in words for whoever stands before either of them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scanner_app.errors import StoreBusyError, StoreError
from scanner_app.languages.language import Language, language
from scanner_app.store.file import looking
from scanner_app.store.log import MAIN, Log
from scanner_app.store.lookups.catalog import Catalog
from scanner_app.store.takeover import Hindrance, Takeover, is_claimed
from scanner_app.workflows.phrases import notices as say
from scanner_app.workflows.phrases.book import Phrase

Tell = Callable[[str], None]
_WORDS = {
    Hindrance.OTHER_WORK: say.OTHER_WORK,
    Hindrance.OTHER_USER: say.OTHER_USER,
    Hindrance.OTHER_SCREEN: say.OTHER_SCREEN,
    Hindrance.DEAF: say.DEAF,
}


class Handover:
    """``otherwise`` is the language of the device, spoken where nobody knows that of the worker."""

    def __init__(self, folder: Path, otherwise: str, tell: Tell) -> None:
        self._folder = folder
        self._otherwise = otherwise
        self._tell = tell
        self._takeover = Takeover(lambda: tell(self._words(say.TAKING_OVER)))

    @property
    def has_ended_one(self) -> bool:
        return self._takeover.has_ended_one

    def own(self, folder: Path) -> int:
        """Become the owner of the cache, in the place of an older screen where there is one.

        Raises:
            StoreBusyError: that cannot be, in words for a worker, and behind them for support what has it.
        """
        try:
            return self._takeover.own(folder)
        except StoreBusyError as error:
            raise StoreBusyError(f"{self._words(_WORDS[Hindrance(error.why)])} ({error})", error.why) from error

    @contextmanager
    def ending(self) -> Iterator[None]:
        """A block that another screen may end, also by a signal that its face does not hear yet, or hears no more."""
        try:
            yield
        except KeyboardInterrupt:
            if not is_claimed(self._folder):
                raise

    def last_words(self, spoken: Language) -> str:
        """What a screen says when it has ended because another takes over; nothing when it has not."""
        return spoken.words(say.ELSEWHERE) if is_claimed(self._folder) else ""

    def _words(self, phrase: Phrase) -> str:
        return _spoken_at(self._folder, self._otherwise).words(phrase)


def _spoken_at(folder: Path, otherwise: str) -> Language:
    """The language of whoever is signed in at this device, as the cache has it."""
    try:
        with looking(folder) as reader:
            who = Catalog(reader).operator(Log(reader).signed_on(MAIN).operator)
    except (StoreError, sqlite3.Error, ValueError):  # a cache that cannot be read is told of by whoever opens it
        who = None
    return language(who.language if who else "", otherwise)
