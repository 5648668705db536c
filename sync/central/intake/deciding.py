"""Deciding: the words that a batch says, judged in order, and what they make of events; by a handful of statements.

Words are numbered in the order of their arrival. What a word brings into the book says its own words behind it.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.catalog import Unit
from scanner_app.domain.events.decided import SubjectKind, Word
from scanner_app.domain.events.saying import Saying
from scanner_app.domain.people import Operator
from scanner_app.domain.quantity import SCALE
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.events.decode import Arrival
from sync.central.events.reason import Reason
from sync.central.intake.decisions import Decisions, person_of
from sync.central.intake.event_case import EventCase, stored_cases
from sync.central.intake.event_words import CONCERNING, Effect, effect, takers
from sync.central.intake.known import Known
from sync.central.intake.look_up import known_of
from sync.central.intake.ruling import Ruling
from sync.central.words.identified_codes import Code, codes_of
from sync.central.words.kept_words import Became, KeptWord, said_on
from sync.central.words.verdict import VALID, Author, Said, Verdict, judged

EVENT = SubjectKind.EVENT.value


class Speaking(NamedTuple):
    """An event that says words: its place in the batch, at which it arrived, and when (us).

    ``is_centre``: the administrator says them, at the centre itself. The name alone says nothing: anybody can use it.
    """

    place: int
    arrival: Arrival
    received_us: int
    is_centre: bool = False


class _Round(NamedTuple):
    """What is known of all that some words are about."""

    cases: dict[str, EventCase]
    known: Known
    persons: dict[str, str]
    factors: dict[tuple[str, str], int]


class Deciding:
    """The words of one batch, round by round: what a round brings into the book may say words itself."""

    def __init__(self, connection: Connection, site: str, last: int) -> None:
        self._connection = connection
        self._site = site
        self._fresh: Mapping[str, EventCase] = {}
        self._number = last
        self._words: list[KeptWord] = []
        self._cases: dict[str, EventCase] = {}
        self._booked: list[Arrival] = []
        self._persons: dict[str, str] = {}

    def decided(self, speaking: Sequence[Speaking], fresh: Mapping[str, EventCase], known: Known) -> Decisions:
        """Judge all that is said, and return what comes of it; ``fresh`` are the events of the batch itself."""
        self._fresh = fresh
        while speaking:
            around = self._round(speaking, known)
            spoken: list[Speaking] = []
            for one in speaking:
                spoken += self._heard(one, around)
            speaking, known = spoken, dataclasses.replace(known, operators=around.known.operators)
        changed = {name: case for name, case in self._cases.items() if case.is_changed}
        about = {name: case.arrival for name, case in self._cases.items()}
        return Decisions(self._words, changed, self._booked, about, self._persons, known.operators)

    def _round(self, speaking: Sequence[Speaking], known: Known) -> _Round:
        """Look up everything that the words of a round name."""
        sayings = [saying for one in speaking if one.arrival.fact for saying in one.arrival.fact.says]
        subjects = {saying.subject.id for saying in sayings if saying.subject.kind == EVENT}
        self._load(subjects - self._cases.keys())
        factors = self._factors(sayings)
        arrivals = list(self._variants(sayings, factors))
        more = known_of(self._connection, self._site, arrivals) if arrivals else Known()
        operators = {**known.operators, **more.operators}
        named = {one.arrival.envelope.operator for one in speaking}
        named |= {case.operator for case in self._cases.values()}
        self._persons |= self._persons_of(named - self._persons.keys())
        return _Round(self._cases, dataclasses.replace(more, operators=operators), self._persons, factors)

    def _load(self, subjects: set[str]) -> None:
        cases = stored_cases(self._connection, self._site, sorted(subjects - self._fresh.keys()))
        cases |= {name: self._fresh[name] for name in subjects & self._fresh.keys()}
        said = said_on(self._connection, self._site, EVENT, cases.keys())
        codes = codes_of(self._connection, self._site, cases.keys())
        for name, case in cases.items():
            case.said, case.codes = said.get(name, []), codes.get(name, [])
        self._cases |= cases

    def _factors(self, sayings: Iterable[Saying]) -> dict[tuple[str, str], int]:
        """How much of its item each unit is that somebody names."""
        items = {saying.naming.item for saying in sayings if saying.naming}
        rows = self._connection.execute(_UNITS, {"site": self._site, "items": list(items)}).all() if items else ()
        return {(item, ""): SCALE for item in items} | {(row.item, row.unit): row.factor for row in rows}

    def _variants(self, sayings: Iterable[Saying], factors: Mapping[tuple[str, str], int]) -> Iterable[Arrival]:
        """The events that may come into the book, with all names that they may have there."""
        for saying in sayings:
            case = self._cases.get(saying.subject.id)
            if case is None or saying.word not in CONCERNING:
                continue
            code = _code(saying, factors)
            arrival = case.read_with(*([code] if code else []))
            if arrival is not None:
                yield arrival

    def _persons_of(self, operators: set[str]) -> dict[str, str]:
        rows = self._connection.execute(_PERSONS, {"site": self._site, "operators": list(operators)}).all()
        return dict.fromkeys(operators, "") | {row.operator: row.person for row in rows}

    def _heard(self, speaking: Speaking, around: _Round) -> list[Speaking]:
        """Hear all that one event says; return those that are in the book by it and say words themselves."""
        envelope, fact = speaking.arrival.envelope, speaking.arrival.fact
        may_decide = speaking.is_centre or around.known.may_decide(envelope.operator)
        author = Author(envelope.operator, person_of(self._persons, envelope.operator), may_decide)
        spoken: list[Speaking] = []
        for saying in fact.says if fact else ():
            self._number += 1
            case = self._cases.get(saying.subject.id) if saying.subject.kind == EVENT else None
            verdict, done = self._judged(saying, author, case, speaking.place, around)
            became = _became(case.ruling, done.ruling) if case and done.ruling else Became()
            at_us = speaking.received_us
            heard = KeptWord(self._number, envelope.id, saying, author, envelope.device, at_us, verdict, became)
            self._words.append(heard)
            if case and done.ruling:
                booked = self._done(case, heard, done, _code(saying, around.factors))
                spoken += [Speaking(speaking.place, arrival, at_us) for arrival in booked]
        return spoken

    def _judged(
        self, saying: Saying, author: Author, case: EventCase | None, place: int, around: _Round
    ) -> tuple[Verdict, Effect]:
        """The verdict on a word, and what it does where it is valid."""
        if case is not None and case.place > place:
            case = None
        concerned = None if case is None else self._concerned(case)
        verdict = judged(saying, author, concerned, case.said if case else ())
        if saying.subject.kind != EVENT and verdict.why == Reason.UNKNOWN_SUBJECT:
            verdict = Verdict(Reason.NO_JUDGE)
        if verdict.why or case is None:
            return verdict, Effect()
        code = _code(saying, around.factors)
        if saying.naming and code is None:
            return Verdict(Reason.UNKNOWN_UNIT), Effect()
        done = effect(case, saying.word, around.known, code)
        return (Verdict(done.why), Effect()) if done.why else (VALID, done)

    def _concerned(self, case: EventCase) -> frozenset[str]:
        """Whose event it is: who made it, and who has had a part in what became of it."""
        return takers(case.said) | {person_of(self._persons, case.operator)}

    def _done(self, case: EventCase, heard: KeptWord, done: Effect, code: Code | None) -> list[Arrival]:
        """Let a word do what it does; return the event where it is in the book by it and says words."""
        assert done.ruling is not None
        before, saying, author = case.ruling, heard.saying, heard.author
        was = (before.outcome.value, " ".join(before.reasons))
        case.said.append(Said(heard.number, saying.word, author.operator, author.person, heard.at_us, *was))
        if code is not None:
            case.codes.append(code)
        if saying.word == Word.WITHDRAW:
            case.codes.clear()
        case.ruling, case.let_in, case.by, case.before = (
            done.ruling,
            done.let_in,
            author.operator,
            case.before or before,
        )
        case.word = self._number if done.is_settled else 0
        arrival = case.read_with()
        if before.counts or not done.ruling.counts or arrival is None:
            return []
        self._booked.append(arrival)
        return [arrival] if arrival.fact and arrival.fact.says else []


def _became(before: Ruling, after: Ruling) -> Became:
    return Became(before.outcome.value, " ".join(before.reasons), after.outcome.value, " ".join(after.reasons))


def _code(saying: Saying, factors: Mapping[tuple[str, str], int]) -> Code | None:
    """The code that a word identifies, if it does and its unit is known."""
    naming = saying.naming
    if naming is None:
        return None
    factor = factors.get((naming.item, naming.unit))
    return None if factor is None else Code(naming.code, naming.item, factor)


_units, _operators = BY_STRUCT[Unit].table.c, BY_STRUCT[Operator].table.c
_UNITS = select(_units.item, _units.unit, _units.factor).where(
    _units.site == bindparam("site"), among(_units.item, "items")
)
_PERSONS = select(_operators.operator, _operators.person).where(
    _operators.site == bindparam("site"), among(_operators.operator, "operators")
)
