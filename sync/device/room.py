"""Room at the centre: what it did not take for want of it is sent once more, so that nothing is lost by that.

A few at a time: as long as there is no room they cost next to nothing, and they hold up what is behind them for once.
"""

from collections.abc import Sequence

from scanner_app.store.journal import Answered, Journal

NO_ROOM = "quarantine_full"
"""The centre's word for it; it is kept on the device as it came."""
ASKED_EVERY_S = 3_600.0
EVENTS_MAX = 100


class Room:
    """Asked for at the start of the program, too: the device may have been enrolled again since."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._next_s = 0.0

    def is_due(self, answers: Sequence[Answered], now_s: float) -> bool:
        """Say whether it is time to ask, as ``answers`` have come just now."""
        if any(NO_ROOM in answer.reasons for answer in answers):
            self._next_s = now_s + ASKED_EVERY_S
        return now_s >= self._next_s

    def ask(self, now_s: float) -> int:
        """Queue some of those events; return how many wait then. Where there are none, that is so for a while."""
        if not self._journal.send_refused(NO_ROOM, EVENTS_MAX):
            self._next_s = now_s + ASKED_EVERY_S
        return self._journal.waiting
