"""Words on adjustments that wait: accept, reject, and taking back a reject.

An accepted one is booked at its own instant, by what is known of it now; what somebody has accepted is no case again.
A rejected one is void, and comes back to whoever made it. What is in the book is not withdrawn: it is undone.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from scanner_app.domain.adjusting.reason_given import ReasonFault
from scanner_app.domain.events.decided import SubjectKind, Word
from scanner_app.domain.events.saying import Saying, Subject
from sync.central.events.reason import Reason
from sync.central.events.stored import Stored
from sync.central.intake.approval.approving import MAY_NOT
from sync.central.intake.event_case import EventCase
from sync.central.intake.event_words import judged_again, takers
from sync.central.intake.judges.judge import Judge, SubjectStanding, WordDone, WordsHeard
from sync.central.intake.known import Authority, Known
from sync.central.intake.look_up import known_of
from sync.central.intake.ruling import POSTED, Ruling
from sync.central.words.came_back import about_event
from sync.central.words.kept_words import Became, KeptWord, said_on
from sync.central.words.word_verdict import WordSaid, person_of
from sync.protocol import Back, Outcome


class AdjustmentJudge(Judge):
    """Events are kept, and come back, by their own judge: it is told of what words on adjustments make of them."""

    kinds = (SubjectKind.ADJUSTMENT,)
    words = frozenset({Word.ACCEPT, Word.REJECT, Word.WITHDRAW})

    def __init__(self, connection: Connection, site: str, fresh: Mapping[str, EventCase]) -> None:
        super().__init__(connection, site, fresh)
        self._known = Known()
        self._said: dict[str, list[WordSaid]] = defaultdict(list)
        self._authors: set[str] = set()

    def look_up(self, sayings: Sequence[Saying], operators: Mapping[str, Authority]) -> Mapping[str, Authority]:
        names = {saying.subject.id for saying in sayings}
        self.events.load(names)
        said = said_on(self._connection, self._site, SubjectKind.ADJUSTMENT, sorted(names - self._said.keys()))
        self._said |= {name: said.get(name, []) for name in names - self._said.keys()}
        cases = [case for name in sorted(names) if (case := self.events.get(name))]
        self._authors |= {case.operator for case in cases}
        arrivals = [arrival for case in cases if (arrival := case.read_with())]
        more = known_of(self._connection, self._site, arrivals) if arrivals else Known()
        self._known = replace(more, operators={**operators, **more.operators})
        return self._known.operators

    @property
    def operators(self) -> Collection[str]:
        return self._authors

    def standing(self, subject: Subject, place: int, persons: Mapping[str, str]) -> SubjectStanding | None:
        """Whose it is: who made it, and who let it in or released it."""
        case = self.events.get(subject.id)
        fact = case.arrival.fact if case and case.arrival else None
        if case is None or case.place > place or fact is None or not fact.wants_approval:
            return None
        return SubjectStanding(self._said[subject.id], takers(case.said) | {person_of(persons, case.operator)})

    def do(self, heard: WordsHeard) -> WordDone:
        name = heard.saying.subject.id
        case, said = self.events[name], self._said[name]
        before = case.ruling
        after = self._after(case, heard.saying.word, said)
        if isinstance(after, Reason):
            return WordDone(after)
        was = (before.outcome.value, " ".join(before.reasons))
        author = heard.author
        said.append(WordSaid(heard.number, heard.saying.word, author.operator, author.person, heard.at_us, *was))
        case.ruling, case.before, case.by, case.by_us = after, case.before or before, author.operator, heard.at_us
        case.word = 0 if after.outcome is Outcome.UNAPPROVED else heard.number
        arrival = case.read_with()
        if after.counts and arrival:
            self.events.booked.append(arrival)
        return WordDone(became=Became(*was, after.outcome.value, " ".join(after.reasons)))

    def _after(self, case: EventCase, word: str, said: Sequence[WordSaid]) -> Ruling | Reason:
        """What a word makes of an adjustment, or why it can make nothing of it."""
        if word == Word.WITHDRAW:
            return _taken_back(case, said)
        if case.outcome is not Outcome.UNAPPROVED:
            return Reason.NOT_WAITING
        if word == Word.REJECT:
            return Ruling(Outcome.VOID, (Reason.REJECTED,))
        ruling = judged_again(case, case.read_with(), self._known)
        if not ruling.counts:
            return Reason.STILL_HELD
        kept = [reason for reason in case.ruling.reasons if reason in {*ReasonFault}]
        reasons = tuple(dict.fromkeys([*(one for one in ruling.reasons if one not in MAY_NOT), *kept]))
        return Ruling(Outcome.EXCEPTIONS, reasons) if reasons else POSTED

    def tell(self, back: Back, subject: Subject) -> Back:
        case = self.events.get(subject.id)
        return about_event(back, case.arrival if case else None)

    def keep(self, valid: Sequence[KeptWord], kept: Mapping[str, Stored]) -> None:
        """The judge of events keeps them."""


def _taken_back(case: EventCase, said: Sequence[WordSaid]) -> Ruling | Reason:
    """What was rejected waits again, for the reasons that it waited for before."""
    if case.outcome.is_booked:
        return Reason.BOOKED_ALREADY
    if case.outcome is not Outcome.VOID or not said or said[-1].word != Word.REJECT:
        return Reason.NOT_WAITING
    return Ruling(Outcome(said[-1].outcome_before), tuple(said[-1].reasons_before.split()))
