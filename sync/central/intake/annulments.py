"""Annulments: what never happened leaves the book at its own instant, and comes back when that is taken back.

It is a toggle, and of each person the last word counts: *it never happened* names the event, *it did* names one of
the first. An event is out of the book as long as the last word of anybody is the first. So neither the number of words
on an event nor their order of arrival changes what they cost, or what they come to.

The last words are kept by who said the event never happened, also where somebody else takes that back. A word that
comes before what it names waits for it.

What somebody must accept is out of the book, too, as long as nobody does.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from itertools import starmap
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select

from scanner_app.domain.people import may_annul
from sync.central.book.undoing import Undoing
from sync.central.database.among import among
from sync.central.database.bulk import upsert_rows
from sync.central.database.tables import undos, undos_waiting
from sync.central.events.decode import Arrival, NotAnEvent, read
from sync.central.events.stored import stored_events
from sync.central.intake.event_case import read_with
from sync.central.intake.known import Known
from sync.central.intake.persons import persons_of
from sync.central.words.identified_codes import codes_of

_UNDONE, _BACK = 1, 2
"""How deep a word is: it never happened, or that is taken back."""


class _Word(NamedTuple):
    """The annulment ``id``, made by ``operator`` at an instant, names ``event``; ``may_decide`` about anybody's."""

    at_us: int
    id: str
    event: str
    operator: str
    may_decide: bool


class _Last(NamedTuple):
    """A last word, in the order in which they follow each other; one that takes back is later than what it names."""

    at_us: int
    depth: int
    id: str


_Heard = tuple[_Word, Arrival]
"""A word, and what it names."""
_NONE = _Last(0, 0, "")
_Slot = tuple[str, str]
"""An event, and the operator who said that it never happened."""


class Decided(NamedTuple):
    """Events that were in the book before: those that are ``back`` by a word, and those that are not there any more.

    ``causes`` are the events that say these words, by what they are about.
    """

    back: Mapping[str, Arrival]
    gone: Mapping[str, Arrival]
    causes: Mapping[str, str]


class Added(NamedTuple):
    """The events that a batch adds to the book, and those that it has ``decided``.

    Annulments may have waited for those of ``waited``, and for what is back, and for no other.
    """

    counted: Sequence[Arrival]
    waited: Set[str]
    decided: Decided


def undoings(connection: Connection, site: str, added: Added, known: Known) -> list[Undoing]:
    """Keep what the annulments of a batch say; return what comes of it, and of what is decided.

    Of each event that they are about there is one: what the words of a batch come to together.
    """
    decided = added.decided
    fresh = {arrival.envelope.id: arrival for arrival in added.counted}
    said = _waited_for(connection, site, (fresh.keys() & added.waited) | decided.back.keys())
    said += [_word(arrival, known) for arrival in added.counted if _undone_by(arrival)]
    if not said and not decided.causes:
        return []
    here = {**fresh, **decided.back}
    named = here | _stored(connection, site, {word.event for word in said} - here.keys() - decided.gone.keys())
    _keep_waiting(connection, site, [word for word in said if word.event not in named])
    heard = [(word, named[word.event]) for word in said if word.event in named]
    refused = _refused(connection, site, [one for one in heard if one[0].event in fresh])
    slots = _slots([one for one in heard if one[0] not in refused])
    roots = {**named, **decided.gone}
    roots |= _stored(connection, site, {event for event, _ in slots} - roots.keys())
    return list(_flipped(connection, site, slots, _Roots(roots, fresh.keys(), decided)))


def _word(arrival: Arrival, known: Known) -> _Word:
    envelope = arrival.envelope
    may_decide = known.may_decide(envelope.operator)
    return _Word(_instant_us(arrival), envelope.id, _undone_by(arrival), envelope.operator, may_decide)


def _instant_us(arrival: Arrival) -> int:
    return (arrival.fact.last_us if arrival.fact else 0) + arrival.envelope.offset_us


def _undone_by(arrival: Arrival) -> str:
    """The id of the event that one annuls; empty where it annuls none."""
    return arrival.fact.undoes if arrival.fact else ""


def _refused(connection: Connection, site: str, heard: Sequence[_Heard]) -> set[_Word]:
    """Those of some words that nobody could judge before what they name arrived, and that their author may not say."""
    operators = {name for word, target in heard for name in (word.operator, target.envelope.operator)}
    persons = persons_of(connection, site, operators)
    refused = set()
    for word, target in heard:
        who, author = (persons.get(name, name) for name in (word.operator, target.envelope.operator))
        if not may_annul(who, author, may_decide=word.may_decide):
            refused.add(word)
    return refused


def _slots(heard: Iterable[_Heard]) -> dict[_Slot, _Last]:
    """The last of some words on each slot."""
    slots: dict[_Slot, _Last] = {}
    for word, target in heard:
        slot, last = _meant(word, target)
        slots[slot] = max(last, slots.get(slot, last))
    return slots


def _meant(word: _Word, target: Arrival) -> tuple[_Slot, _Last]:
    if undone := _undone_by(target):
        slot = undone, target.envelope.operator
        return slot, _Last(max(word.at_us, _instant_us(target)), _BACK, word.id)
    return (word.event, word.operator), _Last(word.at_us, _UNDONE, word.id)


class _Roots(NamedTuple):
    """The events that words name: those that are in the book, or were until now, and which a batch adds."""

    arrivals: Mapping[str, Arrival]
    fresh: Set[str]
    decided: Decided


def _flipped(connection: Connection, site: str, said: dict[_Slot, _Last], roots: _Roots) -> Iterator[Undoing]:
    """Keep the last words, and say what they come to for those events that they name and that are in the book."""
    decided = roots.decided
    events = {event for event, _ in said} | decided.causes.keys()
    before = _last_words(connection, site, events)
    later = {slot: last for slot, last in said.items() if slot not in before or last > before[slot]}
    upsert_rows(connection, undos, [(site, *slot, *last) for slot, last in later.items()])
    was_out = {event for (event, _), last in before.items() if last.depth == _UNDONE} - roots.fresh
    was_out |= decided.back.keys()
    is_out = {event for (event, _), last in (before | later).items() if last.depth == _UNDONE} | decided.gone.keys()
    causes = {event: last for (event, _), last in sorted((said | later).items(), key=lambda each: each[1])}
    for event in sorted(events):
        root = roots.arrivals.get(event)
        if root is not None and root.fact is not None and not root.fact.undoes:
            sign = (event in was_out) - (event in is_out)
            word = decided.causes.get(event, "")
            cause = word or _cause(event, sign, later) or causes[event].id
            yield Undoing(cause, root.envelope, root.fact, sign, is_decided=bool(word))


def _cause(event: str, sign: int, later: Mapping[_Slot, _Last]) -> str:
    """The word that took an event out, or brought it back; empty where neither was done."""
    depth = {-1: _UNDONE, 1: _BACK}.get(sign)
    return max((last for (name, _), last in later.items() if name == event and last.depth == depth), default=_NONE).id


def _stored(connection: Connection, site: str, ids: Set[str]) -> dict[str, Arrival]:
    """The events of ``ids`` that are in the book."""
    arrivals: dict[str, Arrival] = {}
    codes = codes_of(connection, site, ids) if ids else {}
    for name, stored in stored_events(connection, site, ids).items():
        if not stored.outcome.counts_as_stock or isinstance(arrival := read(stored.payload, site), NotAnEvent):
            continue
        if whole := read_with(arrival, codes.get(name, ())):
            arrivals[name] = whole
    return arrivals


def _waited_for(connection: Connection, site: str, fresh: Collection[str]) -> list[_Word]:
    """Words that waited for one of ``fresh``; they wait no more."""
    if not fresh:
        return []
    wanted = {"site": site, "ids": list(fresh)}
    words = [_Word(*row) for row in connection.execute(_WAITED, wanted)]
    if words:
        connection.execute(_WAIT_NO_MORE, wanted)
    return words


def _keep_waiting(connection: Connection, site: str, words: Sequence[_Word]) -> None:
    """Keep the last of the words of each operator on what has not arrived: one is as good as any number."""
    if not words:
        return
    waiting = connection.execute(_WAITED, {"site": site, "ids": list({word.event for word in words})})
    last = {(word.event, word.operator, word.may_decide): word for word in sorted([*starmap(_Word, waiting), *words])}
    upsert_rows(connection, undos_waiting, [(site, *key, word.at_us, word.id) for key, word in last.items()])


def _last_words(connection: Connection, site: str, events: Collection[str]) -> dict[_Slot, _Last]:
    rows = connection.execute(_LAST, {"site": site, "ids": list(events)}).all() if events else ()
    return {(event, operator): _Last(*last) for event, operator, *last in rows}


_WAITING = undos_waiting.c
_OF_WAITED = (_WAITING.site == bindparam("site"), among(_WAITING.event, "ids"))
_WAITED = select(_WAITING.at_us, _WAITING.id, _WAITING.event, _WAITING.operator, _WAITING.may_decide).where(*_OF_WAITED)
_WAIT_NO_MORE = delete(undos_waiting).where(*_OF_WAITED)
_LAST = select(undos.c.event, undos.c.operator, undos.c.at_us, undos.c.depth, undos.c.id).where(
    undos.c.site == bindparam("site"), among(undos.c.event, "ids")
)
