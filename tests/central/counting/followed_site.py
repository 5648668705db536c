"""The model of a site that takes the centre's own verdicts on words, and what the centre has written beside them.

A verdict is that of the model, too, where the word comes alone. Within a push that brings what it is about, a claim
that a closing makes is not known yet: nobody has seen it.
"""

from collections.abc import Iterable
from random import Random

from sqlalchemy import select

from scanner_app.domain.events.event import Event
from scanner_app.domain.events.saying import Saying
from sync.central.database.store import CentralStore
from sync.central.database.tables import claim_amounts, words
from sync.central.events.reason import Reason
from sync.central.words.word_verdict import WordAuthor, WordSaid, WordVerdict
from tests.central.counting.centre import Centre, Rules, hold, rolled_back
from tests.counting.floor import PERSONS
from tests.counting.histories import history
from tests.counting.shelves import COSTS, RECOUNT_VALUE, TOLERANCES, TWO_COUNT, limits
from tests.counting.site import Heard, Limits, Site

RULES = Rules(TOLERANCES, COSTS, RECOUNT_VALUE, (TWO_COUNT,))
_SIZES = (1, 1, 2, 3, 8, 30)
"""How many events are pushed at once."""


class FollowedSite(Site):
    """A site that hears what a centre has heard, push by push."""

    def __init__(self, limits: Limits, centre: Centre) -> None:
        super().__init__(limits)
        self._centre = centre
        self._verdicts: dict[int, str] = {}
        self._is_alone = False

    def push(self, events: Iterable[Event]) -> None:
        """Push events to the centre, and take them in."""
        batch = list(events)
        self._is_alone = len(batch) == 1
        self._centre.push(batch)
        connection = self._centre.connection
        self._verdicts = {row.number: row.why for row in connection.execute(select(words.c.number, words.c.why))}
        self._shown = {(row.number, row.claim): row.amount for row in connection.execute(select(claim_amounts))}
        for event in batch:
            self.arrive(event)

    def _hear(self, event: Event, saying: Saying) -> None:
        number = len(self.heard) + 1
        author = WordAuthor(event.operator, PERSONS[event.operator], event.operator in self.supervisors)
        verdict = WordVerdict(self._verdicts[number])
        if self._is_alone:
            assert _as_told(verdict) == _as_told(self._judged(saying, author)), saying
        self.heard.append(Heard(number, saying, author, verdict))
        if not verdict.why:
            said = WordSaid(number, saying.word, author.operator, author.person, event.wall_us)
            self._said.setdefault(saying.subject.id, []).append(said)
            self._name(saying)


def _as_told(verdict: WordVerdict) -> str:
    """Why a word does not rule; the model does not tell apart all ways of not waiting."""
    return "not_waiting" if verdict.why in (Reason.BOOKED_ALREADY, Reason.STILL_HELD) else str(verdict.why)


def follow(store: CentralStore, seed: int) -> None:
    """Tell a history to a centre in pushes of any size, and hold what it keeps after each; verify finds nothing."""
    dice, events = Random(seed), list(history(seed).events)
    with rolled_back(store, RULES) as centre:
        site = FollowedSite(limits, centre)
        while events:
            size = dice.choice(_SIZES)
            site.push(events[:size])
            events = events[size:]
            hold(centre, site)
        assert centre.breaches() == []
