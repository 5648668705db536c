"""Count news: what a batch tells of counts, by what became of its events and by its words."""

from collections.abc import Iterator, Mapping, Sequence

from sync.central.book.undoing import Undoing
from sync.central.counting.claim_words import is_of_counts
from sync.central.counting.news import CountNews
from sync.central.counting.told import BOOKED, HELD, VOID, Told
from sync.central.events.count_told import count_told
from sync.central.events.decode import Arrival
from sync.central.intake.claims import Claim
from sync.central.intake.decisions import Decisions
from sync.central.intake.event_case import EventCase
from sync.central.intake.known import Known
from sync.central.intake.ruling import Ruling
from sync.protocol import Outcome

_STATES = {
    Outcome.POSTED: BOOKED,
    Outcome.EXCEPTIONS: BOOKED,
    Outcome.HELD: HELD,
    Outcome.VOID: VOID,
}


def told_of_counts(
    fresh: Mapping[str, Claim], rulings: Mapping[str, Ruling], decisions: Decisions, known: Known
) -> Iterator[Told]:
    """The facts of counts that arrive with a batch, or of which its words make something.

    What may not be trusted has not arrived, also where somebody says that it never comes into the book.
    """
    cases = decisions.cases
    for key, claim in fresh.items():
        if key not in cases:
            yield from _told(claim.arrival, rulings[key], known, "")
    events = {one.number: one.event for one in decisions.words}
    for name, case in cases.items():
        is_trusted = case.first.outcome is not Outcome.QUARANTINED or case.ruling.counts
        if is_trusted and (arrival := case.read_with()):
            yield from _told(arrival, rulings.get(name, case.ruling), known, _word_on(case, events))


def _word_on(case: EventCase, events: Mapping[int, str]) -> str:
    return events.get(case.said[-1].number, "") if case.said else ""


def _told(arrival: Arrival, ruling: Ruling, known: Known, word: str) -> Iterator[Told]:
    envelope = arrival.envelope
    if arrival.fact and count_told(envelope, arrival.fact) and ruling.outcome in _STATES:
        yield Told(envelope, arrival.fact, _STATES[ruling.outcome], known.who(envelope.operator), word)


def count_news(
    counted: Sequence[Arrival], undone: Sequence[Undoing], *, fresh: Mapping[str, Claim],
    rulings: Mapping[str, Ruling], decisions: Decisions, known: Known,
) -> CountNews:  # fmt: skip
    """What a batch tells of counts."""
    told = tuple(told_of_counts(fresh, rulings, decisions, known))
    now_us = max((claim.batch.received_us for claim in fresh.values()), default=0)
    return CountNews(counted, undone, told, [one for one in decisions.words if is_of_counts(one)], now_us)
