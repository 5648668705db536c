"""What is said of goods that went somewhere: how much of what, whence and whereto, on plates or by themselves."""

from collections import Counter
from collections.abc import Mapping

from msgspec.structs import replace

from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.ledger import StockKey, in_hand
from scanner_app.workflows.move import phrases as move
from scanner_app.workflows.parts import phrases as parts
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.plates import phrases as plates
from scanner_app.workflows.supervise import person_phrases as people
from tests.torture.walks.book import Book
from tests.torture.walks.claims.claim import Claim, micro


def net(fact: Moved) -> dict[StockKey, int]:
    """What an event changes at each place, a hand that goods only passed by left out."""
    changes: Counter[StockKey] = Counter()
    for leg in fact.legs:
        changes[leg.source] -= leg.quantity
        changes[leg.target] += leg.quantity
    return {key: change for key, change in changes.items() if change}


def _went(fact: Fact) -> tuple[dict[StockKey, int], set[str], set[str]]:
    """What left a place, from which places, and to which ones; nothing where no stock was moved or some was lost."""
    changes = net(fact) if isinstance(fact, Moved) else {}
    gone = {key: -change for key, change in changes.items() if change < 0}
    come = {key: change for key, change in changes.items() if change > 0}
    if _without_places(gone) != _without_places(come):
        return {}, set(), set()
    return gone, {key.place for key in gone}, {key.place for key in come}


def _without_places(changes: Mapping[StockKey, int]) -> Counter[StockKey]:
    summed: Counter[StockKey] = Counter()
    for key, change in changes.items():
        summed[replace(key, place="")] += change
    return summed


def _is_so_much(fact: Fact, said: Said) -> bool:
    """One item went from one place, as much of it as is said."""
    gone, sources, _targets = _went(fact)
    is_one = len(sources) == 1 and len({key.item for key in gone}) == 1
    return is_one and sum(gone.values()) == micro(said.arguments["quantity"])


def _moved(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del event, book
    return _is_so_much(fact, said) and _went(fact)[2] == {said.arguments["place"]}


def _took(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del book
    return _is_so_much(fact, said) and _went(fact)[2] == {in_hand(event.operator)}


def _took_onto(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del event
    return _is_so_much(fact, said) and _went(fact)[2] <= set(book.plates)


def _set_down(name: str) -> Claim:
    def is_so(fact: Fact, said: Said, event: Event, book: Book) -> bool:
        del event, book
        return isinstance(fact, PlateMoved) and said.arguments[name] in (fact.location, fact.parent)

    return is_so


def _all_of(*, is_plate: bool) -> Claim:
    """So many rows, all from one plate, or one location, to the place."""

    def is_so(fact: Fact, said: Said, event: Event, book: Book) -> bool:
        del event
        gone, sources, targets = _went(fact)
        is_from_one = len(sources) == 1 and (sources <= set(book.plates)) == is_plate
        return is_from_one and targets == {said.arguments["place"]} and len(gone) == int(said.arguments["count"])

    return is_so


def _put_for_another(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del event, book
    gone, sources, targets = _went(fact)
    quantity = micro(said.arguments["quantity"])
    hand, place = in_hand(said.arguments["who"]), said.arguments["place"]
    return (sum(gone.values()), sources, targets) == (quantity, {hand}, {place})


MOVES: Mapping[str, Claim] = {
    parts.MOVED.key: _moved,
    parts.TOOK.key: _took,
    parts.TOOK_ONTO.key: _took_onto,
    move.PUT_DOWN.key: _moved,
    move.PLATE_MOVED.key: _set_down("place"),
    plates.PLATE_BUILT.key: _set_down("place"),
    plates.NESTED.key: _set_down("plate"),
    plates.UNLOADED.key: _all_of(is_plate=True),
    parts.ALL_MOVED.key: _all_of(is_plate=False),
    people.PUT.key: _put_for_another,
}
