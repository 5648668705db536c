"""Claims: the sentences that say what was booked, or something of it, each held against the event of the journal."""

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal

from msgspec.structs import replace

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.corrections.changed import Changed
from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.identified import Identified
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.events.sighted import Sighted
from scanner_app.domain.ledger import ADJUSTMENT, StockKey, in_hand
from scanner_app.domain.limits.limit import Load
from scanner_app.domain.limits.motion import set_off
from scanner_app.domain.quantity import SCALE
from scanner_app.domain.task import name_of
from scanner_app.domain.work.lease import RELEASED
from scanner_app.workflows.adjust import phrases as adjust
from scanner_app.workflows.count import phrases as counts
from scanner_app.workflows.count import sent_phrases as sent
from scanner_app.workflows.engine.script import Post
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.move import phrases as move
from scanner_app.workflows.parts import phrases as parts
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.plates import phrases as plates
from scanner_app.workflows.supervise import case_phrases as cases
from scanner_app.workflows.supervise import claim_phrases as claimed
from scanner_app.workflows.supervise import person_phrases as people
from scanner_app.workflows.tasks import phrases as tasks
from scanner_app.workflows.today import phrases as today
from tests.torture.walks.book import Book
from tests.torture.walks.place import LIMIT, UNITS
from tests.torture.walks.waiting import is_for_a_second, is_too_much, waits
from tests.ways import endings

Claim = Callable[[Fact, Said, Event, Book], bool]


def micro(words: str) -> int:
    """So much, as it is said, in millionths of the base unit."""
    number, _, unit = words.partition(" ")
    return int(Decimal(number) * UNITS[unit] * SCALE)


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


def _gone(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del said, event
    return isinstance(fact, Annulled) and fact.event in book.events


def _put_for_another(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del event, book
    gone, sources, targets = _went(fact)
    quantity = micro(said.arguments["quantity"])
    hand, place = in_hand(said.arguments["who"]), said.arguments["place"]
    return (sum(gone.values()), sources, targets) == (quantity, {hand}, {place})


def _decided(word: str) -> Claim:
    def is_so(fact: Fact, said: Said, event: Event, book: Book) -> bool:
        del event, book
        is_said = isinstance(fact, Decided) and fact.word == word
        return is_said and said.arguments["count"] == f"{len(fact.subjects):,}"  # type: ignore[union-attr]

    return is_so


def _identified(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del event, book
    return isinstance(fact, Identified) and said.arguments == {"code": fact.code, "item": fact.item}


def _counted(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    """One line, of which as much was counted as is said; goods that nobody knows have no unit."""
    del event, book
    if not isinstance(fact, Counted) or said.arguments["item"] != fact.line.key.item:
        return False
    so_much = said.arguments["sum"]
    return micro(so_much if " " in so_much else f"{so_much} EA") == fact.line.quantity


def _closed(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del event, book
    return isinstance(fact, CountClosed) and said.arguments["place"] == fact.closing.place


def _seen(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del event, book
    return isinstance(fact, Sighted) and said.arguments["plate"] == fact.plate


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


def _ended(*, is_over: bool) -> Claim:
    """The task of that place ends, or only its lease does."""

    def is_so(fact: Fact, said: Said, event: Event, book: Book) -> bool:
        del event, book
        ends = fact.ends
        return bool(ends and ends.task == name_of(said.arguments["place"]) and (ends.reason != RELEASED) is is_over)

    return is_so


def _wished(name: str) -> Claim:
    """That place is to be counted, or that item."""

    def is_so(fact: Fact, said: Said, event: Event, book: Book) -> bool:
        del event, book
        wish = fact.wishes
        return wish is not None and said.arguments[name] in (wish.place, wish.item)

    return is_so


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


CLAIMS: Mapping[str, Claim] = {
    adjust.TAKEN_OUT.key: _corrected(-1),
    adjust.BROUGHT_IN.key: _corrected(1),
    adjust.CHANGED.key: _changed,
    adjust.WAITS.key: _waits,
    counts.LINE.key: _counted,
    counts.LINE_SUM.key: _counted,
    counts.TAKEN_OUT.key: _gone,
    counts.REOPENED.key: _gone,
    counts.PLATE_NOTED.key: _seen,
    counts.CLOSED.key: _closed,
    sent.PUT_OFF.key: _ended(is_over=False),
    sent.ENDED.key: _ended(is_over=True),
    tasks.RELEASED.key: _ended(is_over=False),
    tasks.ENDED.key: _ended(is_over=True),
    tasks.ASKED.key: _wished("what"),
    cases.ASKED_FOR.key: _wished("place"),
    claimed.IS_LOST.key: _lost,
    claimed.WERE_MOVED.key: _were_moved,
    claimed.WERE_CHANGED.key: _were_moved,
    claimed.WERE_MISLABELLED.key: _were_moved,
    claimed.LOOKED_FOR.key: _looked_for,
    parts.MOVED.key: _moved,
    parts.TOOK.key: _took,
    parts.TOOK_ONTO.key: _took_onto,
    move.PUT_DOWN.key: _moved,
    move.PLATE_MOVED.key: _set_down("place"),
    plates.PLATE_BUILT.key: _set_down("place"),
    plates.NESTED.key: _set_down("plate"),
    plates.UNLOADED.key: _all_of(is_plate=True),
    parts.ALL_MOVED.key: _all_of(is_plate=False),
    today.GONE.key: _gone,
    people.PUT.key: _put_for_another,
    cases.IDENTIFIED.key: _identified,
    **{phrase.key: _decided(word) for word, phrase in cases.DONE.items()},
}


def _over_limit(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    """Some item is moved from its place, or several, that is more than the one limit of the site."""
    del said, event, book
    left: Counter[str] = Counter()
    for (_place, item), quantity in set_off(fact.legs if isinstance(fact, Moved) else ()).items():
        left[item] += quantity
    return any(LIMIT.second.are_passed(Load(quantity, 0)) for quantity in left.values())


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


BESIDE: Mapping[str, Claim] = {
    parts.OVER_LIMIT.key: _over_limit,
    adjust.OVER_LIMIT.key: _waits_as_too_much,
    adjust.BY_REASON.key: _waits_by_its_reason,
    adjust.LACKS_COST.key: _lacks_cost,
}
"""What is said of an event beside what was booked: said if, and only if, it is so."""


def posted() -> set[str]:
    """The key of every sentence that a script ends with when it books, from the scripts."""
    ends = (end for name in SCRIPTS for end in endings(name))
    return {one.key for end in ends if isinstance(end, Post) and end.said for one in end.said.in_order}


def is_true(said: Said, event: Event, book: Book) -> bool:
    """Whether the event is what the sentence says."""
    return CLAIMS[said.key](event.fact, said, event, book)


def beside(event: Event, book: Book) -> set[str]:
    """The keys of what must be said of an event beside what was booked."""
    return {key for key, is_so in BESIDE.items() if is_so(event.fact, Said(key, ""), event, book)}
