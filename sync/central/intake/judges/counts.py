"""Words on counts: accept, reject, recount, withdraw, said on a claim or on a closing as a whole.

A word on the whole is one on each of its claims, those that nobody knows of yet included: of the one and the other each
must have seen the other. What a valid word does to the book is for the walk to say (``sync/central/counting``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from scanner_app.domain.events.decided import SubjectKind, Word
from scanner_app.domain.events.saying import Saying, Subject
from scanner_app.domain.task import COUNT, MADE, Task
from sync.central.events.reason import Reason
from sync.central.events.stored import Stored, stored_events
from sync.central.intake.event_case import EventCase
from sync.central.intake.judges.count_subjects import NOTHING_NAMED, Arriving, CountSubject, stored
from sync.central.intake.judges.judge import Judge, SubjectStanding, WordDone, WordsHeard
from sync.central.intake.known import Authority
from sync.central.words.kept_words import KeptWord
from sync.central.words.word_verdict import WordSaid, person_of
from sync.protocol import Back, Outcome

_DECIDING = (Word.ACCEPT, Word.REJECT)


class CountJudge(Judge):
    kinds = (SubjectKind.CLAIM, SubjectKind.CLOSING)
    words = frozenset({Word.ACCEPT, Word.REJECT, Word.RECOUNT, Word.WITHDRAW})

    def __init__(self, connection: Connection, site: str, fresh: Mapping[str, EventCase]) -> None:
        super().__init__(connection, site, fresh)
        self._named = NOTHING_NAMED
        self._arriving = Arriving({})
        self._heard: dict[tuple[str, str], list[WordSaid]] = defaultdict(list)
        self._rejected: Sequence[KeptWord] = ()
        self._persons: Mapping[str, str] = {}
        self._known_people: dict[frozenset[str], frozenset[str]] = {}

    def look_up(self, sayings: Sequence[Saying], operators: Mapping[str, Authority]) -> Mapping[str, Authority]:
        """A later round names little: it is read anew together with what was named before."""
        self._arriving = Arriving(self._fresh)
        self._known_people = {}
        claims = {one.subject.id for one in sayings if one.subject.kind == SubjectKind.CLAIM}
        closings = {one.subject.id for one in sayings if one.subject.kind == SubjectKind.CLOSING}
        claims, closings = claims | self._named.claims.keys(), closings | self._named.closings.keys()
        self._named = stored(self._connection, self._site, claims, closings)
        return operators

    @property
    def operators(self) -> Collection[str]:
        subjects = [*self._named.claims.values(), *self._named.closings.values()]
        subjects += [one.subject for fresh in self._arriving.counters.values() for one in fresh]
        return {name for one in subjects for name in one.people}

    def standing(self, subject: Subject, place: int, persons: Mapping[str, str]) -> SubjectStanding | None:
        """Whose it is: all who counted it, closed it, or said what a code of it is."""
        self._persons, found = persons, self._subject(subject, place)
        if found is None:
            return None
        people = self._people(found.people) | self.parts.get(found.count_id, set())
        is_claim = subject.kind == SubjectKind.CLAIM
        concerned = people | self._named.takers.get(subject.id, frozenset()) if is_claim else people
        return SubjectStanding(self._said(subject, found), concerned)

    def _people(self, operators: frozenset[str]) -> frozenset[str]:
        """Which persons some operators are; most of what is decided together was counted by the same."""
        if operators not in self._known_people:
            self._known_people[operators] = frozenset(person_of(self._persons, name) for name in operators)
        return self._known_people[operators]

    def _subject(self, subject: Subject, place: int) -> CountSubject | None:
        """What a word names, with those whose it is by then; None where the centre does not have it."""
        if subject.kind == SubjectKind.CLAIM:
            found = self._named.claims.get(subject.id)
            fresh = [one.subject for one in self._arriving.claims.get(subject.id, ()) if one.place <= place]
        else:
            found, own = self._named.closings.get(subject.id), self._arriving.closings.get(subject.id)
            found = own.subject if found is None and own and own.place <= place else found
            counters = self._arriving.counters.get(found.count_id, ()) if found else ()
            fresh = [one.subject for one in counters if one.place <= place]
        if found is None and not fresh:
            return None
        whole = found or fresh[-1]
        return whole._replace(people=whole.people.union(*(one.people for one in fresh))) if fresh else whole

    def _said(self, subject: Subject, found: CountSubject) -> list[WordSaid]:
        """The valid words on it, on the closing that makes it, and on what it makes, by their numbers."""
        if subject.kind == SubjectKind.CLAIM:
            names = [(SubjectKind.CLAIM.value, subject.id), (SubjectKind.CLOSING.value, found.closing)]
        else:
            made = self._named.claims_of.get(subject.id, ())
            names = [(SubjectKind.CLOSING.value, subject.id), *((SubjectKind.CLAIM.value, name) for name in made)]
        said = (one for name in names for one in (*self._named.said.get(name, ()), *self._heard.get(name, ())))
        return sorted(said, key=lambda one: one.number)

    def do(self, heard: WordsHeard) -> WordDone:
        author, saying = heard.author, heard.saying
        was = WordSaid(heard.number, saying.word, author.operator, author.person, heard.at_us)
        self._heard[saying.subject.kind, saying.subject.id].append(was)
        return WordDone()

    def tell(self, back: Back, subject: Subject) -> Back:
        found = self._subject(subject, len(self._fresh))
        return found.told(back) if found else back

    def keep(self, valid: Sequence[KeptWord], kept: Mapping[str, Stored]) -> None:  # noqa: ARG002  no event changes
        """A word on a count is kept as it was said; it does what it does to the book in the walk."""
        self._rejected = [one for one in valid if one.saying.word == Word.REJECT]
        named = [(one, self._subject(one.saying.subject, len(self._fresh))) for one in valid]
        found = [(one, subject) for one, subject in named if subject]
        self.tasks = [self._task(one, subject) for one, subject in found if one.saying.word == Word.RECOUNT]
        self.counts_decided = {subject.count_id for one, subject in found if one.saying.word in _DECIDING}

    def _task(self, word: KeptWord, subject: CountSubject) -> Task:
        """Count it again, by somebody else; of a closing as a whole, all that is there."""
        not_by = person_of(self._persons, subject.counter)
        return Task(MADE + subject.id, COUNT, subject.place, subject.item, word.at_us, not_by)

    def back(self, kept: Mapping[str, Stored]) -> Iterator[Back]:
        """What was not taken comes back to who counted it; there is nothing to do about it, and the event stays."""
        pairs = [(one, self._subject(one.saying.subject, len(self._fresh))) for one in self._rejected]
        rejected = [(one, found) for one, found in pairs if found and found.counter]
        as_is = self._as_is({found.event for _, found in rejected}, kept)
        for one, found in rejected:
            if found.event in as_is:
                outcome, version = as_is[found.event]
                back = Back(
                    number=0, event=found.event, operator=found.counter, device=found.device, outcome=outcome,
                    reasons=(Reason.NOT_TAKEN,), by=one.author.operator, when_us=one.at_us, version=version,
                )  # fmt: skip
                yield found.told(back)

    def _as_is(self, events: set[str], kept: Mapping[str, Stored]) -> dict[str, tuple[Outcome, int]]:
        """What events are, and as of which version."""
        stored = stored_events(self._connection, self._site, events - kept.keys()) if events - kept.keys() else {}
        return {name: (one.outcome, one.version) for name, one in {**stored, **kept}.items() if name in events}
