"""After accepting: what the book will hold of a key once a claim is accepted, with all that is one row with it."""

from collections.abc import Sequence

from sqlalchemy import Connection

from scanner_app.domain.counting.claim import Claim, goods_of
from scanner_app.domain.counting.outlook import after_accepting
from scanner_app.domain.counting.settle import Around, settled
from scanner_app.domain.counting.state import Kept, State
from scanner_app.domain.counting.walk import Window
from scanner_app.domain.counting.word import words_on
from scanner_app.domain.ledger import is_account
from sync.central.counting.claim_rows import goods_name
from sync.central.counting.claim_words import said_of
from sync.central.counting.definitions import Definitions
from sync.central.counting.first_met import FirstMet
from sync.central.counting.lines import Lines
from sync.central.counting.recounts import Firsts
from sync.central.counting.windows import END_US, Loaded, Span, Windows


def book_after(connection: Connection, site: str, accepted: Sequence[Kept], goods: str) -> int:
    """How much more or less of the first one's key the book would have: a later claim that stands by rule may fall.

    A closing that makes no difference so far may make one then.
    """
    times_us = [one.claim.instant.time_us for one in accepted]
    windows = Windows(connection, site, {goods: Span(min(times_us), max(times_us))}, ())
    firsts = Firsts(connection, site)
    while True:
        loaded = windows.load()
        idle = _idle(connection, site, loaded)
        claims = [*(one.claim for one in loaded.kept), *idle]
        if windows.reach(firsts.beyond(claims, {claim.id for claim in claims})):
            continue
        words = said_of(connection, site, claims)
        met = [Kept(claim, settled(claim, State(), Around(words_on(claim, words)))) for claim in idle]
        outlook = after_accepting(Window([*loaded.kept, *met], words, loaded.until), accepted)
        if outlook.is_whole:
            return outlook.more.get(accepted[0].claim.key, 0)
        windows.widen()


def _idle(connection: Connection, site: str, loaded: Loaded) -> list[Claim]:
    """What closings claim within the windows that nobody keeps, as it makes no difference."""
    definitions = Definitions(connection, site, Lines(connection, site))
    keys = definitions.known_keys({goods_of(one.claim.key) for one in loaded.kept})
    spans = {key: loaded.spans[goods_name(key)] for key in keys if not is_account(key.place)}
    made = [claim for claim in definitions.closed_before(spans, spans) if claim.id not in loaded.rows]
    limits = FirstMet(connection, site, made, {}, END_US)
    return [limits.limited(claim) for claim in made]
