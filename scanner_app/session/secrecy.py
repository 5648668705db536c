"""Secrecy: which lines of a group of entries may be a PIN, and are not kept as captured.

Away from sign-in no PIN is asked for, but people type one all the same: behind a badge when somebody is still signed
in, or twice in a row. Such a line is interpreted like any other and leaves no trace of its text.
"""

from collections.abc import Callable, Sequence

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.clock import perhaps_passed_us
from scanner_app.domain.people import PIN_DIGITS
from scanner_app.workflows.engine.commands import Command, command_of


class Secrecy:
    """Remembers the last line, because what a line may be depends on the one before it."""

    def __init__(self, is_badge: Callable[[str], bool]) -> None:
        self._is_badge = is_badge
        self._before = b""
        self._was_hidden = False

    def hidden(self, entries: Sequence[Entry]) -> frozenset[int]:
        """Return the places in ``entries`` of lines that may be a PIN."""
        places: set[int] = set()
        for place, entry in enumerate(entries):
            if entry.source is Source.CENTRE:
                continue
            self._was_hidden = _is_like_a_pin(entry.raw) and (self._was_hidden or self._follows_badge())
            if self._was_hidden:
                places.add(place)
            self._before = entry.raw
        return frozenset(places)

    def hid(self, entry: Entry) -> None:
        """Note that an entry at sign-in was not kept."""
        self._before = entry.raw
        self._was_hidden = True

    def _follows_badge(self) -> bool:
        return bool(self._before) and self._is_badge(self._before.decode("utf-8", "replace"))


def together(entries: list[Entry], idle_lock_us: int) -> tuple[list[Entry], list[Entry]]:
    """Split behind the first sign-out and before the first long pause: what follows them may be a secret.

    What the centre answered stands alone.
    """
    for place, entry in enumerate(entries, 1):
        if entry.source is Source.CENTRE:
            alone = max(1, place - 1)
            return entries[:alone], entries[alone:]
        if command_of(entry) is Command.SIGN_OUT or (
            idle_lock_us and place < len(entries) and _passed_us(entry, entries[place]) >= idle_lock_us
        ):
            return entries[:place], entries[place:]
    return entries, []


def _passed_us(before: Entry, after: Entry) -> int:
    return perhaps_passed_us(before.stamp, after.stamp)


def _is_like_a_pin(raw: bytes) -> bool:
    line = raw.strip()
    return len(line) == PIN_DIGITS and line.isdigit()
