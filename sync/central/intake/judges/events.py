"""Words on events: what they name is looked up, and an event that a word has changed is kept and comes back."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.bounds import is_instant_believed
from scanner_app.domain.catalog import Unit
from scanner_app.domain.events.decided import SubjectKind, Word
from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.events.event import span_us
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.saying import Saying, Subject
from scanner_app.domain.quantity import SCALE
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.events.count_told import count_told
from sync.central.events.decode import Arrival
from sync.central.events.reason import Reason
from sync.central.events.stored import Stored, change_events
from sync.central.intake.event_case import EventCase
from sync.central.intake.event_words import APPLYING, CONCERNING, Effect, effect, takers
from sync.central.intake.judges.judge import Judge, SubjectStanding, WordDone, WordsHeard
from sync.central.intake.known import Authority, Known
from sync.central.intake.look_up import known_of
from sync.central.intake.ruling import Ruling
from sync.central.words.came_back import about_event
from sync.central.words.identified_codes import Code, drop_codes, keep_codes
from sync.central.words.kept_words import Became, KeptWord
from sync.central.words.word_verdict import WordSaid, person_of
from sync.protocol import Back, Outcome

_Factors = dict[tuple[str, str], int]


class EventJudge(Judge):
    kinds = (SubjectKind.EVENT,)
    words = APPLYING

    def __init__(self, connection: Connection, site: str, fresh: Mapping[str, EventCase]) -> None:
        super().__init__(connection, site, fresh)
        self._known = Known()
        self._factors: _Factors = {}

    def look_up(self, sayings: Sequence[Saying], operators: Mapping[str, Authority]) -> Mapping[str, Authority]:
        self.events.load({saying.subject.id for saying in sayings})
        self._factors = self._read_factors(sayings)
        arrivals = list(self._variants(sayings))
        more = known_of(self._connection, self._site, arrivals) if arrivals else Known()
        self._known = replace(more, operators={**operators, **more.operators})
        self.approving.look_up(
            (one for one in arrivals if one.fact and _is_of_a_day(one.envelope, one.fact)), self._known
        )
        return self._known.operators

    def _read_factors(self, sayings: Iterable[Saying]) -> _Factors:
        """How much of its item each unit is that somebody names."""
        items = {saying.naming.item for saying in sayings if saying.naming}
        rows = self._connection.execute(_UNITS, {"site": self._site, "items": list(items)}).all() if items else ()
        return {(item, ""): SCALE for item in items} | {(row.item, row.unit): row.factor for row in rows}

    def _variants(self, sayings: Iterable[Saying]) -> Iterator[Arrival]:
        """The events that may come into the book, with all names that they may have there."""
        for saying in sayings:
            case = self.events.get(saying.subject.id)
            if case is None or not (saying.word in CONCERNING or _may_be_known_now(case, saying.word)):
                continue
            code = self._code(saying)
            arrival = case.read_with(*([code] if code else []))
            if arrival is not None:
                yield arrival

    def _code(self, saying: Saying) -> Code | None:
        """The code that a word identifies, if it does and its unit is known."""
        naming = saying.naming
        if naming is None:
            return None
        factor = self._factors.get((naming.item, naming.unit))
        return None if factor is None else Code(naming.code, naming.item, factor)

    @property
    def operators(self) -> Collection[str]:
        return {case.operator for case in self.events}

    def standing(self, subject: Subject, place: int, persons: Mapping[str, str]) -> SubjectStanding | None:
        """Whose event it is: who made it, and who has had a part in what became of it."""
        case = self.events.get(subject.id)
        if case is None or case.place > place:
            return None
        return SubjectStanding(case.said, takers(case.said) | {person_of(persons, case.operator)})

    def do(self, heard: WordsHeard) -> WordDone:
        saying, case = heard.saying, self.events[heard.saying.subject.id]
        code, before = self._code(saying), case.ruling
        if saying.naming and code is None:
            return WordDone(Reason.UNKNOWN_UNIT)
        what = effect(case, saying.word, self._known, code)
        if what.why or what.ruling is None:
            return WordDone(what.why)
        arrival = case.read_with(*([code] if code else []))
        ruling = self.approving.ruled(arrival, what.ruling) if arrival and not before.counts else what.ruling
        waits = ruling.outcome is Outcome.UNAPPROVED
        _change(case, heard, what._replace(is_settled=what.is_settled and not waits), ruling, code)
        arrival = case.read_with()
        became, fact = _became(before, ruling), arrival.fact if arrival else None
        part_in = count_told(arrival.envelope, fact) if arrival and saying.word in CONCERNING else ""
        if before.counts or not ruling.counts or arrival is None:
            return WordDone(became=became, part_in=part_in)
        self.events.booked.append(arrival)
        return WordDone(became=became, spoken=(arrival,) if fact and fact.says else (), part_in=part_in)

    @property
    def changed(self) -> Mapping[str, EventCase]:
        return self.events.changed

    @property
    def booked(self) -> Sequence[Arrival]:
        return self.events.booked

    def tell(self, back: Back, subject: Subject) -> Back:
        case = self.events.get(subject.id)
        return about_event(back, case.arrival if case else None)

    def keep(self, valid: Sequence[KeptWord], kept: Mapping[str, Stored]) -> None:
        """What was identified is kept as it is at the end: what was withdrawn of it is forgotten."""
        stored = {name: kept[name] for name, case in self.changed.items() if case.place < 0}
        change_events(self._connection, self._site, stored)
        withdrawn = {one.saying.subject.id for one in valid if one.saying.word == Word.WITHDRAW}
        drop_codes(self._connection, self._site, withdrawn)
        numbers = {(one.saying.subject.id, one.saying.naming.code): one.number for one in valid if one.saying.naming}
        names = {name for name, _ in numbers}
        codes = [(name, code) for name in names for code in self.events[name].codes if (name, code.code) in numbers]
        keep_codes(self._connection, self._site, [(*one, numbers[one[0], one[1].code]) for one in codes])

    def back(self, kept: Mapping[str, Stored]) -> Iterator[Back]:
        for name, case in self.changed.items():
            if case.before and case.before.outcome is not case.outcome:
                one = kept[name]
                back = Back(
                    number=0, event=name, operator=case.operator, device=case.device, outcome=one.outcome,
                    reasons=one.reasons, by=case.by, when_us=case.by_us, version=one.version,
                )  # fmt: skip
                yield about_event(back, case.read_with())


def _is_of_a_day(envelope: Envelope, fact: Fact) -> bool:
    """Say whether a calendar has the instants of an event; what has none is not booked whatever is said of it."""
    return all(map(is_instant_believed, span_us(envelope, fact)))


def _may_be_known_now(case: EventCase, word: str) -> bool:
    """Say whether a word brings an event back to when nobody knew what it names."""
    return word == Word.WITHDRAW and Reason.UNKNOWN_EVENT in case.first.reasons


def _change(case: EventCase, heard: WordsHeard, what: Effect, ruling: Ruling, code: Code | None) -> None:
    """Make of an event what a word makes of it."""
    before, word, author = case.ruling, heard.saying.word, heard.author
    was = (before.outcome.value, " ".join(before.reasons))
    case.said.append(WordSaid(heard.number, word, author.operator, author.person, heard.at_us, *was))
    if code is not None:
        case.codes.append(code)
    if word == Word.WITHDRAW:
        case.codes.clear()
    case.ruling, case.let_in, case.before = ruling, what.let_in, case.before or before
    case.by, case.by_us = author.operator, heard.at_us
    case.word = heard.number if what.is_settled else 0


def _became(before: Ruling, after: Ruling) -> Became:
    return Became(before.outcome.value, " ".join(before.reasons), after.outcome.value, " ".join(after.reasons))


_units = BY_STRUCT[Unit].table.c
_UNITS = select(_units.item, _units.unit, _units.factor).where(
    _units.site == bindparam("site"), among(_units.item, "items")
)
