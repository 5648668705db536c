"""A takeover: a screen that is opened asks the one that has the cache to end, waits, and ends it.

What that one acknowledged is on the disk, so nothing is lost by it. Only a screen at work is asked, only by the same
user or root, and only once: none that was ended tries again by itself, so two screens never fight.
"""

import os
import signal
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from scanner_app.errors import StoreBusyError
from scanner_app.store.owner import LOCK_NAME, Owner, holder_of, is_free, note, noted, open_lock, release
from scanner_app.store.process import Held, held, user_of

CLAIM_NAME = "cache.next"
"""The lock of whoever takes over: of two at once one wins, and the screen that ends knows that its work goes on."""
_LOOK_S = 0.02
_TOLD_AFTER_S = 0.4
_WAYS = ((4.0, signal.SIGHUP), (2.0, signal.SIGTERM), (5.0, signal.SIGKILL))
"""How long to wait after which signal. The first is that of a terminal that went away."""


class Hindrance(StrEnum):
    """Why there was no takeover."""

    OTHER_WORK = "other work"
    OTHER_USER = "other user"
    OTHER_SCREEN = "other screen"
    DEAF = "deaf"


class Takeover:
    """Becomes the owner of a cache, in the place of an older screen where there is one.

    ``tell`` is called when that takes a while; ``has_ended_one`` says afterwards whether there was one.
    """

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self.has_ended_one = False

    def own(self, folder: Path) -> int:
        """Return the lock.

        Raises:
            StoreBusyError: what has the cache may not be ended, or does not end; ``why`` is a ``Hindrance``.
        """
        lock = open_lock(folder / LOCK_NAME)
        try:
            if not is_free(lock):
                self._claim(folder, lock)
        except BaseException:
            os.close(lock)
            raise
        note(lock, "")
        return lock

    def _claim(self, folder: Path, lock: int) -> None:
        claim = open_lock(folder / CLAIM_NAME)
        try:
            if not is_free(claim):
                raise _refused(Hindrance.OTHER_SCREEN, noted(claim))
            note(claim, "")
            self._succeed(lock)
        finally:
            release(claim)

    def _succeed(self, lock: int) -> None:
        owner = noted(lock)
        with held(owner.pid, owner.birth) as process:
            if process is None or not owner.screen:
                if not is_free(lock):  # it may have ended since
                    raise _refused(Hindrance.OTHER_WORK, owner)
                return
            if os.geteuid() not in (0, process.uid):
                raise _refused(Hindrance.OTHER_USER, owner, f"of user {user_of(process.uid)}")
            self._end(lock, owner, process)
            self.has_ended_one = True

    def _end(self, lock: int, owner: Owner, process: Held) -> None:
        began_s = time.monotonic()
        is_told = False
        for patience_s, number in _WAYS:
            process.tell(number)
            asked_s = time.monotonic()
            while time.monotonic() < asked_s + patience_s:
                process.has_ended(_LOOK_S)
                if is_free(lock):
                    return
                if (now := noted(lock)).pid not in (0, owner.pid):  # somebody was quicker, and is not ended for it
                    raise _refused(Hindrance.OTHER_SCREEN, now)
                if not is_told and time.monotonic() > began_s + _TOLD_AFTER_S:
                    is_told = True
                    self._tell()
        raise _refused(Hindrance.DEAF, owner)


def is_claimed(folder: Path) -> bool:
    """Say whether another screen is taking over from this process."""
    return holder_of(folder / CLAIM_NAME) is not None


def _refused(why: Hindrance, owner: Owner, whose: str = "") -> StoreBusyError:
    return StoreBusyError(f"The cache is in use by {owner.told} {whose}".rstrip() + ".", why)
