"""A person's own events, as the journal of this device and what the centre answered tell of them."""

import sqlite3
from collections.abc import Collection

import msgspec
from msgspec.structs import astuple, replace

from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.ledger import Leg, StockKey, is_virtual
from scanner_app.store.lookups.came_back import Returned, Returns
from scanner_app.store.lookups.people import same_person
from scanner_app.workflows.lookups.own_events import Mine, MyEvent, MyEvents, OneOfMine

DAY_US = 24 * 3600 * 1_000_000
COUNTS = ("waiting", "posted", "posted_with_exceptions")
CAME_BACK = ("held", "quarantined", "not_accepted")
"""Outcomes that ask the worker who made the event to look at it."""
_GONE = ("annulled", "put_back", "not_accepted")
"""What the centre did not take is nothing there, and what was taken back in one way is not in the other."""
WILL_WAIT = "will_wait"
"""Of what is not sent, and waits then for somebody to accept it, as far as this device knows."""
_READ_MAX = 1_000
_IS_ANNULLED = "EXISTS (SELECT 1 FROM event a WHERE a.annuls = {0}.id AND a.outcome <> 'not_accepted')"
_EVENTS = f"""SELECT e.id, e.payload, e.outcome, e.reasons, {_IS_ANNULLED.format("e")},
EXISTS (SELECT 1 FROM event p WHERE p.puts_back = e.id AND p.outcome <> 'not_accepted'
AND NOT {_IS_ANNULLED.format("p")}), e.waits FROM event e """
_NEWEST = f"{_EVENTS} WHERE e.annuls IS NULL ORDER BY e.number DESC LIMIT ?"
_NOT_TAKEN = f"{_EVENTS} INDEXED BY event_not_taken WHERE e.outcome NOT IN {COUNTS!r} ORDER BY e.number DESC LIMIT ?"
_ONE = f"{_EVENTS} WHERE e.id = ?"
_BACK = f"""SELECT e.payload FROM event e WHERE e.outcome NOT IN {COUNTS!r} AND e.outcome IN {CAME_BACK!r}
AND NOT {_IS_ANNULLED.format("e")}"""
_KEY = "place = ? AND item = ? AND lot = ? AND serial = ? AND owner = ? AND status = ?"
_HELD = f"""SELECT coalesce(sum(quantity), 0) FROM (
SELECT quantity FROM stock WHERE {_KEY} UNION ALL SELECT quantity FROM laid WHERE {_KEY})"""
_event = msgspec.json.Decoder(Event).decode
_texts = msgspec.json.Decoder(tuple[str, ...]).decode
Row = tuple[str, bytes, str, str, int, int, int]


class _Made(msgspec.Struct):
    operator: str = ""


_made = msgspec.json.Decoder(_Made).decode


def came_back(database: sqlite3.Connection) -> dict[str, int]:
    """How many events of each operator came back and are still to be looked at."""
    counts: dict[str, int] = {}
    for (payload,) in database.execute(_BACK):
        try:
            operator = _made(payload).operator
        except msgspec.DecodeError:  # what a damaged file has left of one
            continue
        counts[operator] = counts.get(operator, 0) + 1
    return counts


class OwnEvents:
    """Looks only; what is done about an event is another event."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._came_back = Returns(database)

    def newest(self, wanted: Mine, now_us: int) -> MyEvents:
        """Those of the last day and all that the centre has not simply taken, the newest first; no words of theirs."""
        events = self._read(_NEWEST, (_READ_MAX,), wanted.operator)
        recent = [event for event in events if event.wall_us > now_us - DAY_US]
        known = {event.id for event in recent}
        older = [event for event in self._read(_NOT_TAKEN, (_READ_MAX,), wanted.operator) if event.id not in known]
        known = {event.id for event in (*recent, *older)}
        own = [event for event in (*recent, *older) if _is_of_something(event)]
        whole = (*own, *self._back(wanted.operator, known))
        return MyEvents(whole[: wanted.rows_max], int(len(whole) > wanted.rows_max))

    def one(self, wanted: OneOfMine) -> MyEvents:
        """The event as it is now; nothing when it has left the device."""
        events = self._read(_ONE, (wanted.event,), wanted.operator)
        if not any(_is_of_something(event) for event in events):
            events = [back for back in self._back(wanted.operator, ()) if back.id == wanted.event] or events
        return MyEvents(tuple(map(self._whole, events)))

    def _read(self, query: str, values: tuple[object, ...], operator: str) -> list[MyEvent]:
        rows: list[Row] = self._database.execute(query, values).fetchall()
        me = same_person(self._database, operator)
        return [self._mine(row) for row in rows if _made(row[1]).operator in me]

    def _whole(self, event: MyEvent) -> MyEvent:
        """An event with who changed it since, and how much of its stock is where it was put."""
        event = replace(event, by=event.by or self._came_back.by_whom(event.id))
        return replace(event, held=self._held(event)) if event.key.item and event.target else event

    def _back(self, operator: str, known: Collection[str]) -> list[MyEvent]:
        """What came back of events that other devices have, and of words: the newest of each."""
        backs: dict[str, MyEvent] = {}
        for one in self._came_back.newest(operator):
            if one.event not in backs and (one.subjects or one.event not in known):
                backs[one.event] = self._returned(one)
        return list(backs.values())

    def _returned(self, one: Returned) -> MyEvent:
        name, unit = self._item(one.item)
        state = "word" if one.subjects else one.outcome
        return MyEvent(
            one.event, one.happened_us, state, one.reasons, key=StockKey(one.place, one.item), name=name, unit=unit,
            quantity=one.quantity, source=one.place, by=one.by_whom,
        )  # fmt: skip

    def _mine(self, row: Row) -> MyEvent:
        identity, payload, outcome, reasons, is_annulled, is_put_back, waits = row
        event = _event(payload)
        outcome = WILL_WAIT if waits and outcome == "waiting" else outcome
        state = "annulled" if is_annulled else "put_back" if is_put_back else outcome
        can_annul = event.fact.can_annul and state not in _GONE
        mine = MyEvent(
            identity, event.wall_us, state, _texts(reasons), typed=event.typed or (), can_annul=can_annul,
            is_count=bool(event.fact.count),
        )  # fmt: skip
        if stand := event.fact.stand:
            return replace(mine, plate=stand.plate, source=stand.place_before, target=stand.place)
        if closing := event.fact.closing:
            return self._closed(mine, closing)
        if line := event.fact.line:
            name, unit = self._item(line.key.item)
            return replace(
                mine,
                key=line.key,
                name=name,
                unit=line.base_unit or unit,
                quantity=line.quantity,
                source=line.key.place,
            )
        return self._with_goods(mine, event.fact) if event.fact.legs else mine

    def _closed(self, mine: MyEvent, closing: Closing) -> MyEvent:
        name = self._item(closing.of_item)[0] if closing.of_item else ""
        key = StockKey("", closing.of_item)
        return replace(mine, closed=closing.place, source=closing.place, key=key, name=name)

    def _with_goods(self, mine: MyEvent, fact: Fact) -> MyEvent:
        """Pieces of one kind are one stock here, and told together."""
        legs = fact.legs
        key = legs[0].source
        name, unit = self._item(key.item)
        there = [leg for leg in legs if leg.source.place == key.place]
        kinds, serials = {replace(leg.source, serial="") for leg in there}, [leg.source.serial for leg in there]
        are_pieces = len(kinds) == 1 and all(serials)
        return replace(
            mine, key=key, name=name, unit=unit, source=key.place, target=legs[-1].target.place,
            quantity=sum(leg.quantity for leg in there) if are_pieces else legs[0].quantity,
            others=0 if are_pieces else len({leg.source for leg in there}) - 1,
            serials=tuple(serials) if are_pieces and len(serials) > 1 else (),
            can_put_back=fact.can_put_back and mine.state in COUNTS and _is_one_stock(legs),
        )  # fmt: skip

    def _held(self, event: MyEvent) -> int:
        """How much of its stock is known to be where it was put."""
        (held,) = self._database.execute(_HELD, astuple(replace(event.key, place=event.target)) * 2).fetchone()
        return int(held)

    def _item(self, item: str) -> tuple[str, str]:
        row = self._database.execute("SELECT name, base_unit FROM item WHERE item = ?", (item,)).fetchone()
        return (row[0], row[1]) if row else ("", "")


def _is_of_something(event: MyEvent) -> bool:
    return bool(event.key.item or event.plate or event.closed)


def _is_one_stock(legs: tuple[Leg, ...]) -> bool:
    """One quantity of one stock went all the way from a place, which is no hand, to the last target."""
    where: StockKey = legs[0].source
    if is_virtual(where.place):
        return False
    for leg in legs:
        if leg.source != where or leg.quantity != legs[0].quantity:
            return False
        where = leg.target
    return replace(where, place="") == replace(legs[0].source, place="")
