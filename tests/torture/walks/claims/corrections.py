"""What is said of a correction: taken out, brought in, of another status by now, or waiting, and for what."""

from collections.abc import Mapping

from msgspec.structs import replace

from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.corrections.changed import Changed
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.ledger import ADJUSTMENT
from scanner_app.workflows.adjust import phrases as adjust
from scanner_app.workflows.phrases.said import Said
from tests.torture.walks.book import Book
from tests.torture.walks.claims.claim import Claim, micro
from tests.torture.walks.waiting import is_for_a_second, is_too_much, waits


def _corrected(sign: int) -> Claim:
    """So much of an item went out to the account of adjustments, or came in from there, and is stock by now."""

    def is_so(fact: Fact, said: Said, event: Event, book: Book) -> bool:
        del event, book
        if not isinstance(fact, Adjusted) or waits(fact):
            return False
        return _correction(fact) * sign > 0 and _is_as_said(fact, said)

    return is_so


def _waits(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del event, book
    return isinstance(fact, Adjusted | Changed) and _is_as_said(fact, said) and waits(fact)


def _changed(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    """It stayed where it was, and is of the status that is said."""
    del event, book
    if not isinstance(fact, Changed) or waits(fact):
        return False
    stays = {replace(leg.source, status="") for leg in fact.legs} == {
        replace(leg.target, status="") for leg in fact.legs
    }
    return stays and _is_as_said(fact, said) and {leg.target.status for leg in fact.legs} == {said.arguments["status"]}


def _is_as_said(fact: Adjusted | Changed, said: Said) -> bool:
    """One item, and as much of it as is said, with its sign."""
    items = {leg.source.item for leg in fact.legs} | {leg.target.item for leg in fact.legs}
    return items == {said.arguments["item"]} and _correction(fact) == micro(said.arguments["quantity"])


def _correction(fact: Adjusted | Changed) -> int:
    """How much more there is of it; of what changed its status how much that is."""
    if isinstance(fact, Changed):
        return sum(leg.quantity for leg in fact.legs)
    come = sum(leg.quantity for leg in fact.legs if leg.source.place == ADJUSTMENT)
    return come - sum(leg.quantity for leg in fact.legs if leg.target.place == ADJUSTMENT)


def _waits_as_too_much(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del said, event, book
    return is_too_much(fact)


def _waits_by_its_reason(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    """And for nothing else: of two causes the limit is said."""
    del said, event, book
    return is_for_a_second(fact) and not is_too_much(fact)


def _lacks_cost(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    """No limit of value holds here."""
    del fact, said, event, book
    return False


CORRECTIONS: Mapping[str, Claim] = {
    adjust.TAKEN_OUT.key: _corrected(-1),
    adjust.BROUGHT_IN.key: _corrected(1),
    adjust.CHANGED.key: _changed,
    adjust.WAITS.key: _waits,
}

REASONS: Mapping[str, Claim] = {
    adjust.OVER_LIMIT.key: _waits_as_too_much,
    adjust.BY_REASON.key: _waits_by_its_reason,
    adjust.LACKS_COST.key: _lacks_cost,
}
"""Why one waits: said of it if, and only if, it is so."""
