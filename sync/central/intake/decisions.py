"""Decisions: what the words of a batch come to, and how that is kept and comes back to whom it concerns."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection

from scanner_app.domain.task import Task
from sync.central.book.counters import Counters
from sync.central.events.decode import Arrival
from sync.central.events.stored import Stored
from sync.central.intake.event_case import EventCase
from sync.central.intake.judges.judge import Judge, Turned
from sync.central.intake.known import Authority
from sync.central.intake.ruling import Ruling
from sync.central.words.came_back import keep_back
from sync.central.words.kept_words import KeptWord, keep_words
from sync.central.words.word_verdict import person_of
from sync.protocol import Back


class Decisions(NamedTuple):
    """The numbered words of a batch, and the judges that know what came of them, by the kinds of their subjects.

    ``persons`` and ``operators`` are the people concerned.
    """

    words: Sequence[KeptWord] = ()
    judges: Mapping[str, Judge] = {}
    persons: Mapping[str, str] = {}
    operators: Mapping[str, Authority] = {}

    @property
    def cases(self) -> dict[str, EventCase]:
        """The events of which words made something."""
        return {name: case for judge in self._each for name, case in judge.changed.items()}

    @property
    def tasks(self) -> list[Task]:
        """What is to be done somewhere by words that were kept."""
        return [task for judge in self._each for task in judge.tasks]

    @property
    def counts_decided(self) -> set[str]:
        """The counts of which words that were kept decide something."""
        return {name for judge in self._each for name in judge.counts_decided}

    @property
    def _each(self) -> list[Judge]:
        """The judges, each once."""
        return list(dict.fromkeys(self.judges.values()))

    @property
    def booked(self) -> list[Arrival]:
        """The events that came into the book by words."""
        return [arrival for judge in self._each for arrival in judge.booked]

    @property
    def turned(self) -> list[tuple[Turned, str]]:
        """The events that words took out of the book, or brought there again, and the event that says the word."""
        said = {word.number: word.event for word in self.words}
        return [(turned, said[turned.number]) for judge in self._each for turned in judge.turned]

    def told(self, rulings: Mapping[str, Ruling]) -> dict[str, Ruling]:
        """The rulings on the events of the batch after its words: those that say some are told why they do not rule."""
        after = dict(rulings)
        for one in self.words:
            if one.verdict.why and one.event in after:
                ruling = after[one.event]
                reasons = tuple(dict.fromkeys((*ruling.reasons, one.verdict.why)))
                after[one.event] = Ruling(ruling.outcome, reasons)
        return after | {name: case.ruling for name, case in self.cases.items() if case.place >= 0}

    def keep(self, connection: Connection, site: str, before: Counters, kept: Mapping[str, Stored]) -> Counters:
        """Keep the words and what they made of events, ``kept`` as they are stored now; return the counters after."""
        if not self.words:
            return before
        keep_words(connection, site, self.words)
        for judge in self._each:
            valid = [one for one in self.words if one.saying.subject.kind in judge.kinds and not one.verdict.why]
            judge.keep(valid, kept)
        backs = [replace(back, number=number) for number, back in enumerate(self._back(kept), before.back + 1)]
        keep_back(connection, site, [(back, person_of(self.persons, back.operator)) for back in backs])
        return before._replace(word=before.word + len(self.words), back=before.back + len(backs))

    def _back(self, kept: Mapping[str, Stored]) -> Iterator[Back]:
        """What comes back: what changed to whose it is, a word that does not rule to who said it."""
        return chain(*(judge.back(kept) for judge in self._each), self._words_back(kept))

    def _words_back(self, kept: Mapping[str, Stored]) -> Iterator[Back]:
        """Words of one event that do not rule for one reason come back as one."""
        together: dict[tuple[str, str, str], Back] = {}
        for one in self.words:
            why, by, by_us = one.verdict
            if not why:
                continue
            same = (one.event, why, by)
            if same not in together:
                subject = one.saying.subject.id
                back = Back(
                    number=0, event=one.event, operator=one.author.operator, device=one.device,
                    outcome=kept[one.event].outcome, reasons=(why,), by=by, when_us=by_us or one.at_us, subject=subject,
                )  # fmt: skip
                together[same] = self._told(back, one)
            together[same] = replace(together[same], subjects=together[same].subjects + 1)
        yield from together.values()

    def _told(self, back: Back, word: KeptWord) -> Back:
        judge = self.judges.get(word.saying.subject.kind)
        return judge.tell(back, word.saying.subject) if judge else back
