"""A site as a model: what arrived, in whatever order, as the facts that the fold takes; words are judged once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim
from scanner_app.domain.counting.count import CountClosing, CountLine, Reading, Spoken
from scanner_app.domain.counting.fold import Facts, Folded, fold
from scanner_app.domain.counting.frozen import Frozen
from scanner_app.domain.counting.identity import count_name
from scanner_app.domain.counting.posted import Posted
from scanner_app.domain.counting.undone import Undo, undone
from scanner_app.domain.counting.word import ClaimWord
from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.decided import SubjectKind, Word
from scanner_app.domain.events.event import Event, postings
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.line import Line
from scanner_app.domain.events.saying import IDENTIFY, Saying
from scanner_app.domain.ledger import StockKey, in_hand, is_in_hand
from scanner_app.domain.quantity import SCALE
from sync.central.words.word_verdict import WordAuthor, WordSaid, WordVerdict, judged
from tests.counting.floor import PERSONS, SUPERVISORS

ITEMS = frozenset({"NUT", "BOLT", "GLUE", "SAW"})
"""What everybody knows; every other code waits until somebody says what it is."""
WAITING_REASONS = {"out": "stolen", "in": "windfall", "hold": "recalled", "release": "cleared"}
"""What is adjusted for one of these waits until somebody accepts it."""
Limits = Callable[[Claim], Frozen]


class Heard(NamedTuple):
    """A word that arrived: its number, what it says, by whom, and the verdict on it."""

    number: int
    saying: Saying
    author: WordAuthor
    verdict: WordVerdict


class Site:
    """What a centre knows: events as they arrived, words with numbers and verdicts, limits beside claims."""

    def __init__(self, limits: Limits = lambda _claim: Frozen(), supervisors: frozenset[str] = SUPERVISORS) -> None:
        self.events: dict[str, Event] = {}
        self.heard: list[Heard] = []
        self.frozen: dict[str, Frozen] = {}
        self.supervisors = supervisors
        self._limits = limits
        self._concerned: dict[str, frozenset[str]] = {}
        self._said: dict[str, list[WordSaid]] = {}
        self._versions: dict[str, str] = {}
        self._claimed: dict[str, tuple[str, StockKey]] = {}
        self._named: dict[str, Fact] = {}
        self._void: set[str] = set()
        self.accepted: set[str] = set()
        self._released: set[str] = set()
        self._shown: dict[tuple[int, str], int] = {}
        self._undos: list[Undo] = []
        self._facts = Facts()
        self.folded = Folded({}, (), ())

    def arrive(self, event: Event) -> None:
        """Take an event; one that is here already is nothing."""
        if event.id in self.events:
            return
        for saying in event.fact.says:
            self._hear(event, saying)
        self.events[event.id] = event
        self._named.setdefault(event.id, event.fact)
        self._undos = [*self._undos_of_facts()]
        self._fold()

    def _fold(self) -> None:
        """Fold all, and freeze the limits of the claims that are met for the first time."""
        self._facts = self._told()
        folded = fold(self._facts)
        met = [kept.claim for kept in folded.kept if kept.claim.id not in self.frozen]
        self.frozen |= {claim.id: self._limits(claim) for claim in met}
        self.folded = folded if all(claim.frozen == self.frozen[claim.id] for claim in met) else fold(self._facts)
        for kept in (one for one in self.folded.kept if not one.is_idle or one.claim.id in self._versions):
            self._know(kept.claim.id, kept.claim.concerned)
            self._versions[kept.claim.id] = kept.claim.version
            self._claimed[kept.claim.id] = (kept.claim.count, kept.claim.key)
        for one in self.folded.closings:
            self._versions |= dict.fromkeys(self._spoken_of_again(one), one.closing.event)
        for closing in self._facts.closings:
            concerned = {line.person for line in self._facts.lines if line.count == closing.count} | {closing.person}
            self._know(closing.event, frozenset(concerned))

    def _spoken_of_again(self, one: Spoken) -> list[str]:
        """The claims whose lines were all taken back, so that the closing speaks of them, whether or not any is there.

        What was said of the lines is said of these claims: a word on the closing as a whole must have seen it.
        """
        kept = {each.claim.id for each in self.folded.kept}
        known = {} if one.is_inert else self._claimed
        of_count = [(id, key) for id, (count, key) in known.items() if count == one.closing.count and id not in kept]
        return [id for id, key in of_count if key.place == one.closing.place and key not in one.exempt]

    def _know(self, subject: str, persons: frozenset[str]) -> None:
        self._concerned[subject] = self._concerned.get(subject, frozenset()) | persons

    def _hear(self, event: Event, saying: Saying) -> None:
        number = len(self.heard) + 1
        author = WordAuthor(event.operator, PERSONS[event.operator], event.operator in self.supervisors)
        verdict = self._judged(saying, author)
        self.heard.append(Heard(number, saying, author, verdict))
        if not verdict.why:
            said = WordSaid(number, saying.word, author.operator, author.person, event.wall_us)
            self._said.setdefault(saying.subject.id, []).append(said)
            self._name(saying)
            self._show(number, saying)

    def _judged(self, saying: Saying, author: WordAuthor) -> WordVerdict:
        verdict = judged(saying, author, self._whose(saying), self.said_on(saying.subject.id))
        return verdict if verdict.why or self._applies(saying) else WordVerdict("not_waiting")

    def _show(self, number: int, saying: Saying) -> None:
        """Of a word on a closing as a whole keep how far each of its claims was off then."""
        claimed = [kept for kept in self.folded.kept if kept.claim.version == saying.subject.id]
        self._shown |= {(number, claim.id): state.variance for claim, state in claimed}

    def _name(self, saying: Saying) -> None:
        """Keep what a code is now, or that it is no stock."""
        event = self.events.get(saying.subject.id)
        if saying.naming and event:
            self._named[event.id] = event.fact.named(saying.naming.code, saying.naming.item, SCALE)
        elif saying.word == Word.VOID:
            self._void.add(saying.subject.id)
        elif saying.word == Word.RELEASE:
            self._released.add(saying.subject.id)
        elif saying.subject.kind == SubjectKind.ADJUSTMENT:
            rejected = {saying.subject.id} if saying.word == Word.REJECT else set()
            self._void = (self._void - {saying.subject.id}) | rejected
            accepted = {saying.subject.id} if saying.word == Word.ACCEPT else set()
            self.accepted = (self.accepted - {saying.subject.id}) | accepted

    def _whose(self, saying: Saying) -> frozenset[str] | None:
        """Whom a subject concerns; None where it is not here."""
        if saying.subject.kind not in _OF_EVENTS:
            return self._concerned.get(saying.subject.id)
        event = self.events.get(saying.subject.id)
        if event is None:
            return None
        takers = {one.person for one in self._said.get(event.id, ()) if one.word in (IDENTIFY, Word.RELEASE)}
        return frozenset({PERSONS[event.operator], *takers})

    def said_on(self, subject: str) -> Sequence[WordSaid]:
        """The valid words on a subject: of a claim those on its closing, too, and of a closing those on its claims."""
        also = [id for id, version in self._versions.items() if version == subject]
        also += [self._versions[subject]] if subject in self._versions else []
        return sorted(said for name in {subject, *also} for said in self._said.get(name, ()))

    def _applies(self, saying: Saying) -> bool:
        """Say whether an event is such that the word can do something; of claims every word can."""
        if saying.subject.kind not in _OF_EVENTS:
            return True
        event = self.events[saying.subject.id]
        if saying.subject.kind == SubjectKind.ADJUSTMENT:
            is_decided = event.id in self.decided
            return is_decided if saying.word == Word.WITHDRAW else self._waits(event) and not is_decided
        if saying.naming is not None:
            is_open = event.fact.line is not None or self._reading(event) is Reading.HELD
            return is_open and saying.naming.code in _names(event.fact) and event.id not in self._void
        is_its = saying.word == Word.VOID or (saying.word == Word.RELEASE and self.reaches(event))
        return is_its and self._reading(event) is Reading.HELD

    def _reading(self, event: Event) -> Reading:
        if event.id in self._void:
            return Reading.VOID
        is_held = self.reaches(event) and event.id not in self._released
        is_read = _names(self._named[event.id]) <= ITEMS and not self._waits(event) and not is_held
        return Reading.READ if is_read else Reading.HELD

    @property
    def decided(self) -> set[str]:
        """The adjustments that are accepted or rejected."""
        return self._void | self.accepted

    def reaches(self, event: Event) -> bool:
        """Say whether it takes out of another's hand, which nobody may who may not decide."""
        hands = {leg.source.place for leg in event.fact.legs if is_in_hand(leg.source.place)}
        return event.operator not in self.supervisors and bool(hands - {in_hand(event.operator)})

    def _waits(self, event: Event) -> bool:
        """Say whether it is out of the book until somebody accepts it."""
        return event.fact.given[0] in WAITING_REASONS.values() and event.id not in self.accepted

    def facts(self) -> Facts:
        """All that arrived, as the fold takes it."""
        return self._facts

    def _told(self) -> Facts:
        dead = undone(self._undos)
        alive = [event for event in self.events.values() if event.id not in dead]
        return Facts(
            posted=[one for event in alive if self._reading(event) is Reading.READ for one in self._posted(event)],
            lines=list(self._lines(dead)),
            closings=list(self._closings(dead)),
            sighted=self._sighted(),
            undos=self._undos,
            words=self.words(),
            frozen=self.frozen,
        )

    def _undos_of_facts(self) -> list[Undo]:
        """All undos but of words, which are taken back by a word alone."""
        found = (event for event in self.events.values() if event.fact.undoes)
        speaking = {event.id for event in self.events.values() if event.fact.says}
        rows = (Undo(event.id, event.fact.undoes, instant(event), event.operator) for event in found)
        return [undo for undo in rows if undo.undoes not in speaking]

    def _lines(self, dead: frozenset[str]) -> Iterator[CountLine]:
        for event in self.events.values():
            if line := self._named[event.id].line:
                yield self._line(event, line, is_alive=event.id not in dead)

    def _posted(self, event: Event) -> Iterator[Posted]:
        for one in postings(event, self._named[event.id]):
            yield Posted(one.key, one.quantity, one.instant, event.uncertainty_us, event.operator)

    def _line(self, event: Event, line: Line, *, is_alive: bool) -> CountLine:
        said = self._said.get(event.id, ())
        return CountLine(
            event=event.id,
            count=count_name(event.device, line.count),
            key=line.key,
            quantity=line.quantity,
            begun_us=line.begun_us + event.offset_us,
            instant=instant(event),
            uncertainty_us=event.uncertainty_us,
            operator=event.operator,
            person=PERSONS[event.operator],
            reading=self._reading(event),
            is_alive=is_alive,
            is_unsaid=not (line.is_owner_said and line.is_status_said),
            recounts=line.recounts,
            was_shown=line.was_shown,
            identified_by=frozenset(one.person for one in said if one.word == IDENTIFY),
        )

    def _closings(self, dead: frozenset[str]) -> Iterator[CountClosing]:
        for event in self.events.values():
            if closing := event.fact.closing:
                yield _closing(event, closing, is_alive=event.id not in dead)

    def _sighted(self) -> Mapping[str, Sequence[Instant]]:
        found: dict[str, list[Instant]] = {}
        for event in self.events.values():
            if event.fact.stand and event.fact.count:
                found.setdefault(count_name(event.device, event.fact.count), []).append(instant(event))
        return found

    def words(self) -> dict[str, list[ClaimWord]]:
        """The valid words by claim, and by closing for those on the whole."""
        words: dict[str, list[ClaimWord]] = {}
        for one in self.heard:
            subject = one.saying.subject
            if not one.verdict.why and subject.kind not in _OF_EVENTS:
                is_whole = subject.kind == SubjectKind.CLOSING
                version = subject.id if is_whole else subject.version
                word = ClaimWord(one.number, one.saying.word, version, subject.amount, is_whole)
                words.setdefault(subject.id, []).append(word)
                for number, claim in self._shown:
                    if number == one.number:
                        shown = word._replace(amount=self._shown[number, claim])
                        words.setdefault(claim, []).append(shown)
        return words


_OF_EVENTS = (SubjectKind.EVENT, SubjectKind.ADJUSTMENT)


def instant(event: Event) -> Instant:
    """The settled instant of an event without legs."""
    return Instant(event.fact.last_us + event.offset_us, event.device, event.epoch, event.sequence, 0)


def _names(fact: Fact) -> frozenset[str]:
    """The goods that a fact names."""
    return frozenset({*fact.items, *(leg.source.item for leg in fact.legs)}) - ({*fact.items} if fact.says else set())


def _closing(event: Event, closing: Closing, *, is_alive: bool) -> CountClosing:
    return CountClosing(
        event=event.id,
        count=count_name(event.device, closing.count),
        place=closing.place,
        lines=closing.lines,
        sightings=closing.sightings,
        begun_us=closing.begun_us + event.offset_us,
        instant=instant(event),
        uncertainty_us=event.uncertainty_us,
        operator=event.operator,
        person=PERSONS[event.operator],
        is_alive=is_alive,
        item=closing.of_item,
    )
