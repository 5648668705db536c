"""Deciding: the words that a batch says, judged in order, each by the judge of its kind of subject.

Words are numbered in the order of their arrival. What a word brings into the book says its own words behind it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.people import Operator
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.events.decode import Arrival
from sync.central.events.reason import Reason
from sync.central.intake.approval.approving import Approving
from sync.central.intake.decisions import Decisions
from sync.central.intake.event_case import EventCase
from sync.central.intake.events_at_hand import EventsAtHand
from sync.central.intake.judges.judge import Judge, WordDone, WordsHeard
from sync.central.intake.judges.kinds import BY_KIND
from sync.central.intake.known import Known
from sync.central.words.kept_words import KeptWord
from sync.central.words.word_verdict import WordAuthor, WordVerdict, judged, person_of


class Speaking(NamedTuple):
    """An event that says words: its place in the batch, at which it arrived, and when (us).

    ``is_centre``: the administrator says them, at the centre itself. The name alone says nothing: anybody can use it.
    """

    place: int
    arrival: Arrival
    received_us: int
    is_centre: bool = False


class Deciding:
    """The words of one batch, round by round: what a round brings into the book may say words itself.

    ``last`` is the number of the site's last word.
    """

    def __init__(self, connection: Connection, site: str, last: int, approving: Approving) -> None:
        self._connection = connection
        self._site = site
        self._number = last
        self._approving = approving
        self._judges: dict[str, Judge] = {}
        self._words: list[KeptWord] = []
        self._persons: dict[str, str] = {}
        self._parts: dict[str, set[str]] = defaultdict(set)

    def decided(self, speaking: Sequence[Speaking], fresh: Mapping[str, EventCase], known: Known) -> Decisions:
        """Judge all that is said, and return what comes of it; ``fresh`` are the events of the batch itself."""
        judges = {judge: judge(self._connection, self._site, fresh) for judge in BY_KIND.values()}
        events = EventsAtHand(self._connection, self._site, fresh)
        for judge in judges.values():
            judge.parts, judge.events, judge.approving = self._parts, events, self._approving
        self._judges = {kind: judges[judge] for kind, judge in BY_KIND.items()}
        while speaking:
            known = self._looked_up(speaking, known)
            speaking = [spoken for one in speaking for spoken in self._heard(one, known)]
        return Decisions(self._words, self._judges, self._persons, known.operators)

    def _looked_up(self, speaking: Sequence[Speaking], known: Known) -> Known:
        """Let every judge look up what the words of a round name."""
        sayings = [saying for one in speaking if one.arrival.fact for saying in one.arrival.fact.says]
        named = {one.arrival.envelope.operator for one in speaking}
        for judge in dict.fromkeys(self._judges.values()):
            if said := [saying for saying in sayings if self._judges.get(saying.subject.kind) is judge]:
                known = replace(known, operators=judge.look_up(said, known.operators))
                named |= {*judge.operators}
        self._persons |= self._persons_of(named - self._persons.keys())
        return known

    def _persons_of(self, operators: set[str]) -> dict[str, str]:
        rows = self._connection.execute(_PERSONS, {"site": self._site, "operators": list(operators)}).all()
        return dict.fromkeys(operators, "") | {row.operator: row.person for row in rows}

    def _heard(self, speaking: Speaking, known: Known) -> list[Speaking]:
        """Hear all that one event says; return those that are in the book by it and say words themselves."""
        envelope, fact = speaking.arrival.envelope, speaking.arrival.fact
        may_decide = speaking.is_centre or known.may_decide(envelope.operator)
        author = WordAuthor(envelope.operator, person_of(self._persons, envelope.operator), may_decide)
        at_us = speaking.received_us
        spoken: list[Speaking] = []
        for saying in fact.says if fact else ():
            self._number += 1
            done = self._done(WordsHeard(self._number, saying, author, at_us), speaking.place)
            kept = (self._number, envelope.id, saying, author, envelope.device, at_us, done.verdict, done.done.became)
            self._words.append(KeptWord(*kept))
            spoken += [Speaking(speaking.place, arrival, at_us) for arrival in done.done.spoken]
        return spoken

    def _done(self, heard: WordsHeard, place: int) -> "_Judged":
        """The verdict on a word, and what it does where it is valid."""
        saying, judge = heard.saying, self._judges.get(heard.saying.subject.kind)
        standing = judge.standing(saying.subject, place, self._persons) if judge else None
        verdict = judged(saying, heard.author, *(reversed(standing) if standing else (None, ())))
        if verdict.why == Reason.UNKNOWN_SUBJECT and judge is None:
            verdict = WordVerdict(Reason.NO_JUDGE)
        if verdict.why or judge is None:
            return _Judged(verdict, WordDone())
        done = judge.do(heard) if saying.word in judge.words else WordDone(Reason.UNKNOWN_WORD)
        if done.part_in:
            self._parts[done.part_in].add(heard.author.person)
        return _Judged(WordVerdict(done.why), done)


class _Judged(NamedTuple):
    verdict: WordVerdict
    done: WordDone


_operators = BY_STRUCT[Operator].table.c
_PERSONS = select(_operators.operator, _operators.person).where(
    _operators.site == bindparam("site"), among(_operators.operator, "operators")
)
