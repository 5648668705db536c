"""Annulments: what never happened leaves the book at its own instant, and comes back when its annulment is annulled.

An event is alive as long as none of the annulments that name it is. So any number of them is one, in whatever order
they arrive; one that comes before the event it names waits for it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, select, update

from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.people import may_annul
from sync.central.book.undoing import Undoing
from sync.central.database.bulk import insert_rows
from sync.central.database.tables import annulments
from sync.central.events.decode import Arrival, NotAnEvent, read
from sync.central.events.stored import stored_events
from sync.central.intake.event_case import read_with
from sync.central.intake.known import Annulment, Known
from sync.central.words.identified_codes import codes_of


def undoings(connection: Connection, site: str, counted: Sequence[Arrival], known: Known) -> list[Undoing]:
    """Keep the annulments among ``counted``, the events that a batch adds, and return what they do, in order."""
    fresh = {arrival.envelope.id: arrival for arrival in counted}
    named = [_annulment(arrival, known) for arrival in counted if _undone_by(arrival)]
    arrived = _arrived(known, fresh)
    if not named and not arrived:
        return []
    graph = _Graph(connection, site, fresh, [*arrived, *named])
    effects = [undoing for edge in (*arrived, *named) if (undoing := graph.added(edge))]
    rows = [
        (site, edge.id, edge.event, fresh[edge.id].envelope.operator, edge.may_decide, graph.waits(edge))
        for edge in named
    ]
    insert_rows(connection, annulments, rows)
    _wait_no_more(connection, site, arrived)
    return effects


def _annulment(arrival: Arrival, known: Known) -> Annulment:
    envelope = arrival.envelope
    operator = envelope.operator
    return Annulment(envelope.id, _undone_by(arrival), known.who(operator), known.may_decide(operator))


def _arrived(known: Known, fresh: dict[str, Arrival]) -> list[Annulment]:
    """Annulments that waited for one of ``fresh``; of one who may not annul it after all nothing is heard again."""
    return [edge for edge in known.waiting if edge.event in fresh and _may(edge, fresh[edge.event].envelope, known)]


def _wait_no_more(connection: Connection, site: str, arrived: Iterable[Annulment]) -> None:
    for edge in arrived:
        whose = (annulments.c.site == site, annulments.c.id == edge.id)
        connection.execute(update(annulments).where(*whose).values(is_waiting=False))


def _may(edge: Annulment, target: Envelope, known: Known) -> bool:
    return may_annul(edge.who, known.who(target.operator), may_decide=edge.may_decide)


def _undone_by(arrival: Arrival | None) -> str:
    """The id of the event that one annuls; empty where it annuls none, or is not there."""
    return arrival.fact.undoes if arrival and arrival.fact else ""


class _Graph:
    """Which annulments name which events, around those that a batch is about."""

    def __init__(
        self, connection: Connection, site: str, fresh: dict[str, Arrival], edges: Iterable[Annulment]
    ) -> None:
        self._connection = connection
        self._site = site
        self._events: dict[str, Arrival | None] = dict(fresh)
        self._named_by: dict[str, set[str]] = {}
        self._load({edge.event for edge in edges} | {edge.id for edge in edges})

    def _load(self, ids: set[str]) -> None:
        """Read the events of ``ids``, what they annul and what annuls them, one statement a generation."""
        while ids:
            unread = ids - self._events.keys()
            for name, arrival in self._read(unread).items():
                self._events[name] = arrival
            namers = self._namers(ids)
            above = {undone for name in ids if (undone := _undone_by(self._events.get(name)))}
            ids = (namers | above) - self._named_by.keys()

    def _read(self, ids: set[str]) -> dict[str, Arrival | None]:
        arrivals: dict[str, Arrival | None] = dict.fromkeys(ids)
        codes = codes_of(self._connection, self._site, ids)
        for name, stored in stored_events(self._connection, self._site, ids).items():
            arrival = read(stored.payload, self._site)
            if stored.outcome.counts_as_stock and not isinstance(arrival, NotAnEvent):
                arrivals[name] = read_with(arrival, codes.get(name, ()))
        return arrivals

    def _namers(self, ids: set[str]) -> set[str]:
        for name in ids:
            self._named_by.setdefault(name, set())
        wanted = select(annulments.c.event, annulments.c.id).where(
            annulments.c.site == self._site,
            annulments.c.event.in_(sorted(ids)),
            annulments.c.is_waiting.is_(False),
        )
        rows = self._connection.execute(wanted).all()
        for row in rows:
            self._named_by[row.event].add(row.id)
        return {row.id for row in rows}

    def added(self, edge: Annulment) -> Undoing | None:
        """Let an annulment count; return what it does to the event behind it, if that is in the book."""
        root = self._root(edge.event)
        before = root is not None and is_alive(root.envelope.id, self._named_by)
        self._named_by.setdefault(edge.event, set()).add(edge.id)
        if root is None or root.fact is None:
            return None
        after = is_alive(root.envelope.id, self._named_by)
        return Undoing(edge.id, root.envelope, root.fact, after - before)

    def waits(self, edge: Annulment) -> bool:
        """Say whether the event that an annulment names has not arrived."""
        return self._events.get(edge.event) is None

    def _root(self, name: str) -> Arrival | None:
        """The event at the end of a row of annulments; None when one of them has not arrived."""
        seen: set[str] = set()
        while name not in seen:
            seen.add(name)
            arrival = self._events.get(name)
            undone = _undone_by(arrival)
            if not undone:
                return arrival
            name = undone
        return None


def is_alive(name: str, named_by: Mapping[str, Collection[str]]) -> bool:
    """Say whether an event has happened, by the annulments that each event is ``named_by``.

    It has as long as none of those that name it is alive itself. So they are gone through from the last to the first:
    ``a1`` says that the move never happened, ``a2`` says so of ``a1``, and the move is alive; until ``a3`` names it.

    >>> is_alive("move", {"move": {"a1"}, "a1": {"a2"}})
    True
    >>> is_alive("move", {"move": {"a1", "a3"}, "a1": {"a2"}})
    False

    One that closes a ring counts as dead. Each of them names one event, so that no ring can be met but one through the
    event itself.

    >>> is_alive("a1", {"a1": {"a2"}, "a2": {"a1"}})
    False
    """
    order = [name]
    for event in order:
        order += set(named_by.get(event, ())) - {name}
    alive: set[str] = set()
    for event in reversed(order):
        if alive.isdisjoint(named_by.get(event, ())):
            alive.add(event)
    return name in alive
