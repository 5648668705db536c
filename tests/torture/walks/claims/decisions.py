"""What is said of a decision: the word, on how many, and what became of what was counted."""

from collections.abc import Mapping

from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.identified import Identified
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.supervise import case_phrases as cases
from scanner_app.workflows.supervise import claim_phrases as claimed
from scanner_app.workflows.supervise.morning import phrases as morning
from tests.torture.walks.book import Book
from tests.torture.walks.claims.claim import Claim


def _decided(word: str) -> Claim:
    def is_so(fact: Fact, said: Said, event: Event, book: Book) -> bool:
        del event, book
        is_said = isinstance(fact, Decided) and fact.word == word
        return is_said and said.arguments["count"] == f"{len(fact.subjects):,}"  # type: ignore[union-attr]

    return is_so


def _identified(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del event, book
    return isinstance(fact, Identified) and said.arguments == {"code": fact.code, "item": fact.item}


def _lost(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del said, event
    return isinstance(fact, CountClosed) and fact.closing.lines == 0 and fact.closing.place in book.plates


def _were_moved(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del said, event, book
    is_accepted = isinstance(fact, Decided) and (fact.word, len(fact.subjects)) == ("accept", 2)
    return is_accepted and fact.reason in ("moved", "restated", "mislabelled")  # type: ignore[union-attr]


def _looked_for(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del said, event, book
    is_asked = isinstance(fact, Decided) and fact.word == "recount"
    return is_asked and {subject.kind for subject in fact.subjects} == {"plate"}  # type: ignore[union-attr]


def _taken_back(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del said, event, book
    return isinstance(fact, Decided) and (fact.word, len(fact.subjects)) == ("withdraw", 1)


DECISIONS: Mapping[str, Claim] = {
    claimed.IS_LOST.key: _lost,
    claimed.WERE_MOVED.key: _were_moved,
    claimed.WERE_CHANGED.key: _were_moved,
    claimed.WERE_MISLABELLED.key: _were_moved,
    claimed.LOOKED_FOR.key: _looked_for,
    cases.IDENTIFIED.key: _identified,
    morning.TAKEN_BACK.key: _taken_back,
    **{phrase.key: _decided(word) for word, phrase in cases.DONE.items()},
}
