"""An event that waits, opened: what it says of itself, what was said of it, and what happened around it."""

from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.desk.case import Case, CaseKind, Leaf, Opened
from scanner_app.domain.desk.marks import YOURS
from scanner_app.domain.desk.words_of import WORDS
from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.events.event import postings
from scanner_app.domain.events.saying import IDENTIFY
from scanner_app.domain.ledger import Posting, StockKey
from sync.central.database.tables import devices, events
from sync.central.decisions.asker import Asker
from sync.central.decisions.movements import movements
from sync.central.decisions.sources.unknown_codes import known_as, named_of, unknown_codes
from sync.central.events.decode import Arrival, NotAnEvent, read
from sync.central.intake.event_words import takers
from sync.central.words.kept_words import said_on
from sync.central.words.word_verdict import WordSaid

_WHOLE = (
    select(events.c.payload, events.c.received_us, events.c.device, events.c.kind, devices.c.name)
    .select_from(events.outerjoin(devices, (events.c.site == devices.c.site) & (events.c.device == devices.c.device)))
    .where(events.c.site == bindparam("site"), events.c.id == bindparam("id"))
)


def opened_event(connection: Connection, asker: Asker, case: Case, _now_us: int) -> Opened:
    """Open an event that waits."""
    row = connection.execute(_WHOLE, {"site": asker.site, "id": case.id}).one()
    arrival = read(bytes(row.payload), asker.site)
    rows = _postings(arrival)
    is_held = case.kind in (CaseKind.HELD, CaseKind.UNKNOWN_CODE)
    codes = unknown_codes(connection, asker.site, case.id, _items(arrival)) if is_held else ()
    named = named_of(connection, asker.site, case.id) if is_held else ()
    opened = Opened(
        case=case,
        device_name=row.name or "",
        received_us=row.received_us,
        happened_us=_happened_us(arrival),
        leaves=_leaves(row.kind, rows),
        words=(*(word.value for word in WORDS[case.kind]), *((IDENTIFY,) if codes or named else ())),
        codes=codes,
        named=named,
        known_as=known_as(connection, asker.site, codes),
        movements=movements(connection, asker.site, case.id, rows),
    )
    return _with_words(opened, said_on(connection, asker.site, SubjectKind.EVENT, [case.id]).get(case.id, []), asker)


def _with_words(opened: Opened, said: Sequence[WordSaid], asker: Asker) -> Opened:
    """The last word on it, and by whom; whoever had a part in what became of it does not decide about it again."""
    case = opened.case
    if asker.operator.who in takers(said) and YOURS not in case.marks:
        opened = replace(opened, case=replace(case, marks=(*case.marks, YOURS)))
    if not said:
        return opened
    last = said[-1]
    return replace(opened, decided_word=last.word, decided_by=last.operator, decided_us=last.at_us)


def _postings(arrival: Arrival | NotAnEvent) -> list[Posting]:
    if isinstance(arrival, NotAnEvent) or arrival.fact is None:
        return []
    return postings(arrival.envelope, arrival.fact)


def _items(arrival: Arrival | NotAnEvent) -> list[str]:
    """What its goods are called, in its order."""
    if isinstance(arrival, NotAnEvent) or arrival.fact is None:
        return []
    return [row.key.item for row in _postings(arrival)] + list(arrival.fact.items)


def _happened_us(arrival: Arrival | NotAnEvent) -> int:
    if isinstance(arrival, NotAnEvent):
        return 0
    envelope, fact = arrival.envelope, arrival.fact
    return (fact.last_us if fact else envelope.wall_us) + envelope.offset_us


def _leaves(kind: str, rows: list[Posting]) -> tuple[Leaf, ...]:
    """The kind of the event, where goods left and came, and which goods exactly."""
    leaves = [Leaf(name="kind", text=kind)]
    leaves += [Leaf(name="from", text=place) for place in _places(rows, -1)]
    leaves += [Leaf(name="to", text=place) for place in _places(rows, 1)]
    for name in ("lot", "serial", "owner", "status"):
        leaves += [Leaf(name=name, text=text) for text in _different(rows, name)]
    return tuple(leaves)


def _places(rows: list[Posting], sign: int) -> list[str]:
    nets: dict[StockKey, int] = {}
    for row in rows:
        nets[row.key] = nets.get(row.key, 0) + row.quantity
    return list(dict.fromkeys(key.place for key, net in nets.items() if net * sign > 0))


def _different(rows: list[Posting], name: str) -> list[str]:
    return [text for text in dict.fromkeys(getattr(row.key, name) for row in rows) if text]
