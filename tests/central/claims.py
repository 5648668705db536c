"""Counts at the centre: a counter at a device and supervisors at a desk, in the small warehouse."""

from typing import Any

import msgspec
from sqlalchemy import select, update

from scanner_app.domain.catalog import Item
from scanner_app.domain.desk.asks import AskCase, AskCases
from scanner_app.domain.desk.case import Case, CaseKind, Opened
from scanner_app.domain.desk.replies import CasePage, CasesPage
from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.line import Line
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.people import Operator
from scanner_app.domain.quantity import SCALE
from scanner_app.domain.task import Task
from sync.central.database.master_tables import BY_STRUCT, cells, row_of
from sync.central.database.store import CentralStore
from sync.central.database.tables import came_back, stock
from sync.central.decisions.desk import answered
from sync.central.events.sender import Sender
from sync.central.intake.apply import apply_batch
from sync.protocol import Answer
from tests.central.warehouse import NOW_US, OTHER, SENDER, SITE, event, key

MINUTE_US = 60_000_000
AT_US = NOW_US + 60 * MINUTE_US
"""When it is counted: long after the opening of the stock."""
DESK = Sender(SITE, "desk", 1)
_items, _tasks, _operators = (BY_STRUCT[struct].table for struct in (Item, Task, Operator))


class Centre:
    """The centre, a counter at one device and supervisors at a desk; each event gets the next number of its device."""

    def __init__(self, store: CentralStore) -> None:
        self.store = store
        self._numbers = {SENDER: 0, OTHER: 0, DESK: 0}
        with store.writing() as connection:
            connection.execute(update(_items).values(cost=2 * SCALE))
            for name, person, roles in (("s2", "", "supervisor"), ("w2", "", "worker"), ("w9", "s1", "worker")):
                row = Operator(name, name, f"b-{name}", "h", person=person)
                row = msgspec.structs.replace(row, roles=())
                values = dict(zip(BY_STRUCT[Operator].fields, cells(row), strict=True)) | {"roles": roles}
                connection.execute(_operators.insert().values(site=SITE, version=0, **values))

    def made(self, fact: Any, by: str = "w1", sender: Sender = SENDER, **changed: Any) -> Event:
        self._numbers[sender] += 1
        return event(self._numbers[sender], fact, sender, operator=by, **changed)

    def push(self, *events: Event, sender: Sender = SENDER, at_us: int = AT_US) -> list[Answer]:
        with self.store.writing() as connection:
            return apply_batch(connection, sender, [msgspec.json.encode(one) for one in events], at_us)

    def count(self, fact: Any, by: str = "w1", **changed: Any) -> Event:
        made = self.made(fact, by, **changed)
        self.push(made)
        return made

    def say(self, word: str, *subjects: Subject, by: str = "s1", reason: str = "count") -> tuple[str, ...]:
        (answer,) = self.push(self.made(Decided(AT_US, word, subjects, reason), by, DESK), sender=DESK)
        return answer.reasons

    def ask(self, ask: Any, by: str = "s1", now_us: int = AT_US) -> Any:
        with self.store.reading() as connection:
            return answered(connection, DESK, by, ask, now_us)

    def cases(self, by: str = "s1", now_us: int = AT_US, **filters: Any) -> CasesPage:
        page = self.ask(AskCases(**{"kind": CaseKind.CLAIM.value, **filters}), by, now_us)
        assert isinstance(page, CasesPage), page
        return page

    def opened(self, name: str, kind: str = CaseKind.CLAIM, by: str = "s1", now_us: int = AT_US, **more: Any) -> Opened:
        page = self.ask(AskCase(kind=kind, id=name, **more), by, now_us)
        assert isinstance(page, CasePage)
        assert page.opened is not None
        return page.opened

    def held(self, what: Any) -> float:
        with self.store.reading() as connection:
            same = (stock.c[name] == getattr(what, name) for name in what.__struct_fields__)
            return (connection.execute(select(stock.c.quantity).where(*same)).scalar() or 0) / SCALE

    def tasks(self) -> list[Task]:
        kind = BY_STRUCT[Task]
        with self.store.reading() as connection:
            rows = connection.execute(select(*(_tasks.c[name] for name in kind.fields)).order_by(_tasks.c.task)).all()
            return [row_of(kind, tuple(row)) for row in rows]

    def back(self) -> list[tuple[str, str, str, str]]:
        names = ("operator", "reasons", "by", "item")
        with self.store.reading() as connection:
            wanted = select(*(came_back.c[name] for name in names)).order_by(came_back.c.number)
            return [tuple(row) for row in connection.execute(wanted).all()]


def line(count: str, pieces: int, place: str = "A", item: str = "NUT", at_us: int = AT_US, **more: Any) -> Counted:
    said = {"is_owner_said": True, "is_status_said": True, "begun_us": at_us - MINUTE_US, "wall_us": at_us}
    return Counted(Line(count, key(place, item), pieces * SCALE, unit="EA", base_unit="EA", **{**said, **more}))


def closed(count: str, place: str = "A", lines: int = 0, sightings: int = 0, at_us: int = AT_US) -> CountClosed:
    return CountClosed(Closing(count, place, lines, sightings, at_us - MINUTE_US, at_us))


def subject(case: Case, **changed: Any) -> Subject:
    named = {"kind": "claim", "id": case.id, "version": case.version, "seen": case.seen, "amount": case.quantity}
    return Subject(**{**named, **changed})
