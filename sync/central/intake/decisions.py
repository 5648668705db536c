"""Decisions: what the words of a batch come to, and how that is kept and comes back to whom it concerns."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection

from scanner_app.domain.events.decided import Word
from scanner_app.domain.events.saying import IDENTIFY
from sync.central.book.counters import Counters
from sync.central.events.decode import Arrival
from sync.central.events.stored import Stored, change_events
from sync.central.intake.event_case import EventCase
from sync.central.intake.known import Authority
from sync.central.intake.ruling import Ruling
from sync.central.words.came_back import keep_back
from sync.central.words.identified_codes import drop_codes, keep_codes
from sync.central.words.kept_words import KeptWord, keep_words
from sync.protocol import Back


class Decisions(NamedTuple):
    """The numbered words of a batch, and the events of which they made something.

    ``booked`` came into the book by it, ``about`` is all that was named and is known, ``persons`` and ``operators`` are
    the people concerned.
    """

    words: Sequence[KeptWord] = ()
    cases: Mapping[str, EventCase] = {}
    booked: Sequence[Arrival] = ()
    about: Mapping[str, Arrival | None] = {}
    persons: Mapping[str, str] = {}
    operators: Mapping[str, Authority] = {}

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
        change_events(connection, site, {name: kept[name] for name, case in self.cases.items() if case.place < 0})
        keep_words(connection, site, self.words)
        self._keep_codes(connection, site)
        backs = [replace(back, number=number) for number, back in enumerate(self._back(kept), before.back + 1)]
        keep_back(connection, site, [(back, person_of(self.persons, back.operator)) for back in backs])
        return before._replace(word=before.word + len(self.words), back=before.back + len(backs))

    def _keep_codes(self, connection: Connection, site: str) -> None:
        """What was identified is kept as it is at the end: what was withdrawn of it is forgotten."""
        words = [one for one in self.words if not one.verdict.why]
        drop_codes(connection, site, {one.saying.subject.id for one in words if one.saying.word == Word.WITHDRAW})
        identified = {one.saying.subject.id: one.number for one in words if one.saying.word == IDENTIFY}
        codes = [(name, code, number) for name, number in identified.items() for code in self.cases[name].codes]
        keep_codes(connection, site, codes)

    def _back(self, kept: Mapping[str, Stored]) -> Iterator[Back]:
        """What comes back: an outcome that changed to whose event it is, a word that does not rule to who said it."""
        for name, case in self.cases.items():
            if case.before and case.before.outcome is not case.outcome:
                when_us = max(one.at_us for one in case.said)
                one = kept[name]
                back = Back(
                    number=0, event=name, operator=case.operator, device=case.device, outcome=one.outcome,
                    reasons=one.reasons, by=case.by, when_us=when_us, version=one.version,
                )  # fmt: skip
                yield _about(back, case.read_with())
        yield from self._words_back(kept)

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
                together[same] = _about(back, self.about.get(subject))
            together[same] = replace(together[same], subjects=together[same].subjects + 1)
        yield from together.values()


def _about(back: Back, about: Arrival | None) -> Back:
    """What came back, with a few words of the event that it is ``about``."""
    if about is None:
        return back
    fact, offset_us = about.fact, about.envelope.offset_us
    if fact is None:
        return replace(back, happened_us=about.envelope.wall_us + offset_us)
    back = replace(back, happened_us=fact.last_us + offset_us)
    if stand := fact.stand:
        return replace(back, place=stand.place, item=stand.plate)
    for leg in fact.legs[:1]:
        back = replace(back, place=leg.source.place, item=leg.source.item, quantity=leg.quantity)
    return back


def person_of(persons: Mapping[str, str], operator: str) -> str:
    """Who an operator is, by the ``persons`` of some; one of no person is one."""
    return persons.get(operator) or operator
