"""The owner of a cache: the lock that one process holds, and the note in it that says which one and what it does."""

import contextlib
import fcntl
import os
from pathlib import Path

import msgspec
from msgspec import Struct

from scanner_app.errors import StoreBusyError, StoreError
from scanner_app.store.process import birth_of, user_of

LOCK_NAME = "cache.lock"
_NOTE_BYTES = 240
"""Every note is as long, so that one write replaces one."""


class Owner(Struct, frozen=True):
    """Which process, told apart from later ones of its number by its birth; ``screen`` names the face that is at work.

    ``screen`` is empty for all that nobody may interrupt: other commands, pipes, and a screen that is still opening.
    """

    pid: int = 0
    birth: str = ""
    screen: str = ""

    @property
    def told(self) -> str:
        return f"process {self.pid or '?'}" + (f" (scanner {self.screen})" if self.screen else "")


_decode_note = msgspec.json.Decoder(Owner).decode


def own(folder: Path) -> int:
    """Become the owner of the cache in ``folder``; closing the descriptor ends it.

    Raises:
        StoreBusyError: another process owns it.
    """
    lock = open_lock(folder / LOCK_NAME)
    if not is_free(lock):
        owner = noted(lock)
        os.close(lock)
        raise StoreBusyError(f"The cache in {folder} is in use by {owner.told}. Use that one, or stop it first.")
    note(lock, "")
    return lock


def hold(path: Path) -> int:
    """Lock the database itself, beside the lock file, which a cleaner may remove; closing the descriptor ends it.

    Raises:
        StoreBusyError: another process holds it.
    """
    lock = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    if not is_free(lock):
        os.close(lock)
        raise StoreBusyError(
            f"The cache in {path.parent} is in use by another process. Use that one, or stop it first."
        )
    return lock


def open_lock(path: Path) -> int:
    """Open a lock file, which nobody holds by that.

    Raises:
        StoreError: it is another user's.
    """
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as error:
        if not path.exists() or path.stat().st_uid == os.geteuid():
            raise
        user = user_of(path.stat().st_uid)
        raise StoreError(
            f"The cache in {path.parent} belongs to user {user}. Sign in to this computer as {user}, "
            "or set data_dir in [device] of config.toml to another folder."
        ) from error


def is_free(lock: int) -> bool:
    """Take the lock if nobody has it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def note(lock: int, screen: str) -> None:
    """Note who holds the lock, and the face it is at work in."""
    _write(lock, msgspec.json.encode(Owner(os.getpid(), birth_of(os.getpid()), screen)))


def _write(lock: int, text: bytes) -> None:
    """Over what stands there, which keeps its room; a full disk that has none keeps nobody from working."""
    with contextlib.suppress(OSError):
        os.pwrite(lock, text.ljust(_NOTE_BYTES), 0)


def noted(lock: int) -> Owner:
    """What the owner has noted; a program before this one noted only its number."""
    text = os.pread(lock, _NOTE_BYTES, 0).strip(b"\0 \n")
    try:
        return Owner(int(text)) if text.isdigit() else _decode_note(text)
    except msgspec.DecodeError:
        return Owner()


def release(lock: int) -> None:
    """Let it go: the note goes first, so that it never names a process that holds nothing."""
    _write(lock, b"")
    os.close(lock)


def holder_of(path: Path) -> Owner | None:
    """Who holds the lock at ``path`` and lives on this machine; ``None`` when nobody does. Takes no lock itself."""
    try:
        lock = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        owner = noted(lock)
    finally:
        os.close(lock)
    return owner if owner.birth and birth_of(owner.pid) == owner.birth else None
