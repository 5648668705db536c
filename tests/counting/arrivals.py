"""How the facts of a history arrive: in any order, some twice, and between them what people say of what is there."""

from collections import defaultdict
from collections.abc import Iterator

from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.saying import Subject
from tests.counting.adjusting import Adjusting
from tests.counting.floor import DAY_US, MINUTE_US, SECOND_US
from tests.counting.ground import Ground
from tests.counting.shelves import CODE, DECIDERS
from tests.counting.site import Site

_WORDS = ("accept", "accept", "accept", "reject", "recount", "withdraw")


class Arrivals:
    def __init__(self, ground: Ground, site: Site, adjusting: Adjusting) -> None:
        self._ground = ground
        self._site = site
        self._adjusting = adjusting
        self._word_us = DAY_US + 600 * MINUTE_US
        self._talks = ground.dice.choice((0.1, 0.4))
        self._seen: dict[str, set[str]] = defaultdict(set)

    def arrived(self) -> Iterator[Event]:
        """The events as they arrive, in any order, and between them what people say of what has arrived."""
        dice = self._ground.dice
        order = list(self._ground.made)
        dice.shuffle(order)
        order += dice.sample(order, len(order) // 6)
        if dice.random() < 0.5:
            order.sort(key=lambda event: event.fact.last_us + dice.randrange(20 * MINUTE_US))
        for event in order:
            yield self._take_in(event)
            while dice.random() < self._talks and (said := self._say()) is not None:
                yield self._take_in(said)
        for _ in range(dice.randint(0, 6)):
            if (said := self._say()) is not None:
                yield self._take_in(said)

    def _take_in(self, event: Event) -> Event:
        self._site.arrive(event)
        for kept in self._site.folded.kept:
            self._seen[kept.claim.id].add(kept.claim.version)
        return event

    def _say(self) -> Event | None:
        """Somebody says a word on a claim or a closing, or what a code is, or that it is no stock."""
        self._word_us += SECOND_US
        if self._adjusting.is_done and (said := self._adjusting.said(self._site, self._word_us, DECIDERS)):
            return said
        dice, by = self._ground.dice, self._ground.dice.choice(DECIDERS)
        unknown = [event for event in self._site.events.values() if self._is_unknown(event)]
        if unknown and dice.random() < 0.4:
            event = dice.choice(unknown)
            if dice.random() < 0.2:
                return self._ground.floor.said("void", [Subject(SubjectKind.EVENT, event.id)], self._word_us, by)
            return self._ground.floor.identified(event, CODE, dice.choice(("BOLT", "BOLT", "NUT")), self._word_us, by)
        subject = self._subject()
        return self._ground.floor.said(dice.choice(_WORDS), [subject], self._word_us, by) if subject else None

    def _is_unknown(self, event: Event) -> bool:
        if event.fact.undoes or event.fact.says:
            return False
        line = event.fact.line
        return (line is not None and line.code == CODE) or any(leg.source.item == CODE for leg in event.fact.legs)

    def _subject(self) -> Subject | None:
        """A claim or its closing as a whole: mostly as it is now, with all that was said on it seen.

        What a closing claims of a key that held nothing is on nobody's screen: no word names it alone.
        """
        dice, kept = self._ground.dice, self._site.folded.kept
        if not kept:
            return None
        one = dice.choice(kept)
        version = one.claim.version if dice.random() < 0.8 else dice.choice(sorted(self._seen[one.claim.id]))
        subject = Subject(SubjectKind.CLAIM, one.claim.id, version, 0, one.state.variance)
        if one.is_idle or (one.claim.kind == "closing" and dice.random() < 0.5):
            subject = Subject(SubjectKind.CLOSING, one.claim.version, one.claim.version)
        said = self._site.said_on(subject.id)
        seen = said[-1].number if said and dice.random() < 0.8 else 0
        return Subject(subject.kind, subject.id, subject.version, seen, subject.amount)
