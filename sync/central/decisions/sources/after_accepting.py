"""After accepting: what the book will hold of a key once a claim is accepted, with all that is one row with it."""

from collections.abc import Sequence

from sqlalchemy import Connection

from scanner_app.domain.counting.outlook import after_accepting
from scanner_app.domain.counting.state import Kept
from scanner_app.domain.counting.walk import Window
from sync.central.counting.claim_words import said_of
from sync.central.counting.windows import Span, Windows


def book_after(connection: Connection, site: str, accepted: Sequence[Kept], goods: str) -> int:
    """How much more or less of the first one's key the book would have: a later claim that stands by rule may fall."""
    times_us = [one.claim.instant.time_us for one in accepted]
    windows = Windows(connection, site, {goods: Span(min(times_us), max(times_us))}, ())
    while True:
        loaded = windows.load()
        words = said_of(connection, site, [one.claim for one in loaded.kept])
        outlook = after_accepting(Window(loaded.kept, words, loaded.until), accepted)
        if outlook.is_whole:
            return outlook.more.get(accepted[0].claim.key, 0)
        windows.widen()
