"""Words on adjustments that wait: accept, reject, and taking back either.

An accepted one is booked at its own instant, by what is known of it now; what somebody has accepted is no case again.
A rejected one is void, and comes back to whoever made it. What is withdrawn waits again: it leaves the book at its own
instant, and counts that have absorbed it follow, as they do when it never happened. What nobody had to accept is
undone, and not withdrawn.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection

from scanner_app.domain.adjusting.reason_given import ReasonFault
from scanner_app.domain.events.decided import SubjectKind, Word
from scanner_app.domain.events.saying import Saying, Subject
from sync.central.events.decode import Arrival
from sync.central.events.reason import Reason
from sync.central.events.stored import Stored
from sync.central.intake.approval.approving import MAY_NOT
from sync.central.intake.event_case import EventCase
from sync.central.intake.event_words import judged_again, takers
from sync.central.intake.judges.judge import Judge, SubjectStanding, Turned, WordDone, WordsHeard
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
        self._turned: dict[str, _Turns] = {}

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
        author, was_there = heard.author, _was_accepted(said)
        said.append(WordSaid(heard.number, heard.saying.word, author.operator, author.person, heard.at_us, *was))
        case.ruling, case.before, case.by, case.by_us = after, case.before or before, author.operator, heard.at_us
        case.word = 0 if after.outcome is Outcome.UNAPPROVED else heard.number
        if after.counts is not before.counts:
            self._turn(case, heard.number, is_first=not was_there)
        return WordDone(became=Became(*was, after.outcome.value, " ".join(after.reasons)))

    def _turn(self, case: EventCase, number: int, *, is_first: bool) -> None:
        """What is accepted first writes its own rows; from then on words take these back, or bring them again."""
        arrival = case.read_with()
        if arrival is None:
            return
        if is_first:
            self.events.booked.append(arrival)
        before, was_out = self._turned.get(case.id), case.ruling.counts and not is_first
        self._turned[case.id] = _Turns(arrival, number, before.was_in if before else not was_out)

    @property
    def turned(self) -> Sequence[Turned]:
        now = ((turns, self.events[name].ruling.counts) for name, turns in self._turned.items())
        return [Turned(turns.arrival, turns.number, is_in) for turns, is_in in now if turns.was_in is not is_in]

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


class _Turns(NamedTuple):
    """An adjustment that words of a batch are about: the last of them, and whether it was in the book before them."""

    arrival: Arrival
    number: int
    was_in: bool


def _was_accepted(said: Sequence[WordSaid]) -> bool:
    """Say whether it was in the book already, as it is only by a word."""
    return any(one.word == Word.ACCEPT for one in said)


def _taken_back(case: EventCase, said: Sequence[WordSaid]) -> Ruling | Reason:
    """What was accepted or rejected waits again, for the reasons that it waited for before."""
    last = said[-1] if said else None
    if last is None or last.word not in (Word.ACCEPT, Word.REJECT):
        return Reason.BOOKED_ALREADY if case.outcome.is_booked else Reason.NOT_WAITING
    return Ruling(Outcome(last.outcome_before), tuple(last.reasons_before.split()))
