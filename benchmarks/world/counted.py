"""A floor that is counted: its goods, a ledger of many postings on each of them, and the events of counters."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from benchmarks.world.world import SITE
from scanner_app.domain.catalog import Item, Location, Site, Tolerance
from scanner_app.domain.counting.identity import claim_id, count_name, version_of
from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.decided import Decided, SubjectKind, Word
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.line import Line
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.ledger import ADJUSTMENT, Leg, StockKey, in_hand, is_on_device
from scanner_app.domain.limits.limit import Limit, Per
from scanner_app.domain.people import Operator, Role
from scanner_app.domain.quantity import SCALE
from scanner_app.domain.reasons import ADJUST, Direction, Reason
from sync.central.book.master_rows import write_master_rows
from sync.central.book.timelines import catch_up
from sync.central.database.bulk import insert_rows
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.database.tables import counters, ledger, stock

BEGIN_US = 1_700_000_000_000_000
APART_US = 30_000_000
"""There is a posting every half minute."""
PLACE = "A-01"
COUNTER, MOVER, SUPERVISOR = "1001", "1002", "2001"
TOLERATED = 5
"""So many pieces a count may be off."""
_CHUNK = 20_000


def key_of(number: int) -> StockKey:
    return StockKey(PLACE, f"{100_000 + number}")


def write_floor(store: CentralStore, goods: int, tolerated: int = TOLERATED) -> None:
    """Write the master data of a place with so many goods."""
    people = [Operator(name, "Counter", f"b{name}", "h") for name in (COUNTER, MOVER)]
    people.append(Operator(SUPERVISOR, "Supervisor", "b", "h", roles=(Role.WORKER, Role.SUPERVISOR)))
    tables: dict[type, list[Any]] = {
        Site: [Site(SITE, "Site")],
        Item: [Item(key_of(number).item, f"Goods number {number}", "EA", cost=SCALE) for number in range(goods)],
        Location: [Location(PLACE, "Z", 1, "")],
        Tolerance: [Tolerance("all", quantity=tolerated * SCALE)],
        Operator: people,
    }
    with store.writing() as connection:
        for struct, rows in tables.items():
            write_master_rows(connection, BY_STRUCT[struct], SITE, [rows], lambda _written, _total: None)


def write_book(store: CentralStore, quantities: Sequence[tuple[StockKey, int]], unsorted: int) -> None:
    """Write postings, one after the other, and what they come to; so many of them are in no timeline yet."""
    held: dict[StockKey, int] = {}
    for key, quantity in quantities:
        held[key] = held.get(key, 0) + quantity
    rows = _postings(quantities)
    cut = len(quantities) - unsorted
    for begin, end in ((0, cut), (cut, len(quantities))):
        with store.writing() as connection:
            for size in _chunks(end - begin):
                insert_rows(connection, ledger, list(islice(rows, size)))
            set_counters(connection, recorded=end)
        if begin == 0:
            catch_up(store, SITE)
    with store.writing() as connection:
        lines = [
            (SITE, *msgspec.structs.astuple(key), quantity, is_on_device(key.place), number + 1, "")
            for number, (key, quantity) in enumerate(held.items())
        ]
        insert_rows(connection, stock, lines)
        set_counters(connection, version=len(lines))


def set_counters(connection: Any, **cells: int) -> None:
    """Set some counters of the site, which are made where there are none."""
    if not connection.execute(counters.update().where(counters.c.site == SITE).values(**cells)).rowcount:
        given = {"version": 0, "recorded": 0, "head": b"", **cells}
        connection.execute(counters.insert().values(site=SITE, **given))


def _chunks(count: int) -> Iterator[int]:
    for begin in range(0, count, _CHUNK):
        yield min(_CHUNK, count - begin)


def _postings(quantities: Sequence[tuple[StockKey, int]]) -> Iterator[tuple[Any, ...]]:
    columns = list(ledger.c.keys())
    for number, (key, quantity) in enumerate(quantities, 1):
        cells = {
            **msgspec.structs.asdict(key), "site": SITE, "recorded": number, "cause": f"event-{number}", "leg": 0,
            "quantity": quantity, "effective_us": BEGIN_US + number * APART_US, "device": "d0", "epoch": 1,
            "sequence": number, "hash": b"",
        }  # fmt: skip
        yield tuple(cells.get(name, "") for name in columns)


def event(fact: Fact, number: int, operator: str, device: str) -> Event:
    return Event(
        id=f"{device}-{number}", device=device, epoch=1, sequence=number, entry=number, site=SITE, operator=operator,
        wall_us=fact.last_us, monotonic_us=5, boot="boot", program="bench", uncertainty_us=1, fact=fact,
    )  # fmt: skip


def counted(number: int, key: StockKey, pieces: int, at_us: int) -> Event:
    """A line of the one count that there is."""
    line = Line("count", key, pieces * SCALE, at_us, at_us, "EA", "EA", is_owner_said=True, is_status_said=True)
    return event(Counted(line), number, COUNTER, "d1")


def closed(number: int, lines: int, begun_us: int, at_us: int) -> Event:
    return event(CountClosed(Closing("count", PLACE, lines, 0, begun_us, at_us)), number, COUNTER, "d1")


def accepted(lines: Sequence[Event], amount: int, at_us: int) -> Event:
    """One word of a supervisor on the claims of some lines, each of another key."""
    claims = [(claim_id(count_name(one.device, "count"), one.fact.line.key), one.id) for one in lines if one.fact.line]
    subjects = tuple(Subject(SubjectKind.CLAIM, claim, version_of((line,)), 0, amount) for claim, line in claims)
    return event(Decided(at_us, Word.ACCEPT, subjects, reason="count"), 1, SUPERVISOR, "d9")


def adjusted(number: int, key: StockKey, pieces: int, at_us: int) -> Event:
    """So many pieces are gone."""
    leg = Leg(at_us, pieces * SCALE, key, StockKey(ADJUSTMENT, key.item))
    return event(Adjusted((leg,), "lost"), number, MOVER, "d3")


def accept_adjusted(waiting: Sequence[Event], at_us: int) -> Event:
    """One word of a supervisor on adjustments that wait."""
    subjects = tuple(Subject(SubjectKind.ADJUSTMENT, one.id) for one in waiting)
    return event(Decided(at_us, Word.ACCEPT, subjects, reason="checked"), 1, SUPERVISOR, "d9")


def write_limits(store: CentralStore, pieces: int) -> None:
    """Write how much may be adjusted by one event, and on one day, and a reason for it."""
    limits = [
        Limit("one", ADJUST, case_quantity=pieces * SCALE),
        Limit("day", ADJUST, per=Per.DAY, case_value=10**9 * SCALE),
    ]
    reason = Reason("lost", "Lost", direction=Direction.OUT, process=ADJUST)
    with store.writing() as connection:
        for struct, rows in ((Limit, limits), (Reason, [reason])):
            write_master_rows(connection, BY_STRUCT[struct], SITE, [rows], lambda _written, _total: None)


def taken(number: int, key: StockKey, at_us: int) -> Event:
    """One piece goes into a hand."""
    hand = StockKey(in_hand(MOVER), key.item)
    return event(Moved((Leg(at_us, SCALE, key, hand),)), number, MOVER, "d2")
