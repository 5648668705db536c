"""After accepting: what the book will hold of a key once a claim is accepted, by the walk that would be made then."""

from sqlalchemy import Connection

from scanner_app.domain.counting.state import Kept
from scanner_app.domain.counting.walk import News, Window, walk
from scanner_app.domain.counting.word import ClaimWord
from scanner_app.domain.events.decided import Word
from sync.central.counting.claim_words import said_of
from sync.central.counting.windows import Span, Windows

_LAST = 2**62


def book_after(connection: Connection, site: str, kept: Kept, goods: str) -> int:
    """How much more or less of the key the book would have: a later claim that stands by rule may fall by it."""
    claim, at_us = kept.claim, kept.claim.instant.time_us
    windows = Windows(connection, site, {goods: Span(at_us, at_us)}, ())
    while True:
        loaded = windows.load()
        words = dict(said_of(connection, site, [one.claim for one in loaded.kept]))
        accept = ClaimWord(_LAST, Word.ACCEPT.value, claim.version, kept.state.variance)
        words[claim.id] = [*words.get(claim.id, ()), accept]
        walked = walk(Window(loaded.kept, words, loaded.until), News(touched={claim.id}))
        if not walked.unended:
            return sum(row.quantity for row in walked.rows if row.key == claim.key)
        windows.widen()
