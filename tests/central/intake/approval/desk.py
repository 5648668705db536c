"""Workers who adjust, and supervisors who accept: the small warehouse with limits, costs and reasons."""

from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select, text

from scanner_app.domain.desk.asks import AskCase, AskCases
from scanner_app.domain.desk.case import Case, CaseKind, Opened
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.corrections.changed import Changed
from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.ledger import ADJUSTMENT, Leg, StockKey
from scanner_app.domain.quantity import SCALE
from sync.central.database.store import CentralStore
from sync.central.database.tables import events
from sync.central.decisions.desk import answered
from sync.central.events.sender import Sender
from sync.central.imports.run import Wish, run_import
from sync.central.intake.apply import apply_batch
from sync.protocol import Answer, Outcome
from tests.central.warehouse import NOW_US, OTHER, SENDER, SITE, VERIFIER, event, key

DESK = Sender(SITE, "desk", 1)
HEAD = "limit,process,role,item,abc,per,case_quantity,case_percent,case_value\n"
ITEMS = (
    "item,name,base_unit,tracking,decimals,cost,abc\n"
    "NUT,Nut,EA,none,1,2,A\nBOLT,Bolt,EA,none,0,3,B\nGLUE,Glue,EA,lot,0,4,A\nFREE,Free,EA,none,0,,A\n"
    "TOOL,Tool,EA,serial,0,5,A\n"
)
OPERATORS = (
    "operator,name,badge,verifier,roles,person\n"
    f'w1,Worker 1,b-w1,"{VERIFIER}",worker,ANN\nw2,Worker 2,b-w2,"{VERIFIER}",worker,\n'
    f'w1b,Worker 1,b-w1b,"{VERIFIER}",counter worker,ANN\nc1,Counter,b-c1,"{VERIFIER}",counter,\n'
    f's1,Supervisor 1,b-s1,"{VERIFIER}",worker supervisor,\ns2,Supervisor 2,b-s2,"{VERIFIER}",supervisor,\n'
    f's1b,Supervisor 1,b-s1b,"{VERIFIER}",supervisor,ANN\n'
)
REASONS = (
    "reason,en,direction,process,needs_note,needs_approval,active\n"
    "lost,Lost,out,adjust,no,no,yes\nfound,Found,in,adjust,no,no,yes\nother,Other,none,adjust,yes,no,yes\n"
    "theft,Stolen,out,adjust,no,yes,yes\nold,Old,out,adjust,no,no,no\nhold,Hold,hold,adjust,no,no,yes\n"
    "good,Good,release,adjust,no,no,yes\norder,Order,none,move,no,no,yes\n"
)


def out(pieces: int, place: str = "A", item: str = "NUT", reason: str = "lost", **more: Any) -> Adjusted:
    """So many pieces are gone."""
    note, at_us = more.pop("note", ""), more.pop("at_us", NOW_US)
    source = key(place, item, **more)
    return Adjusted((Leg(at_us, pieces * SCALE, source, _account(source)),), reason, note)


def into(pieces: int, place: str = "A", item: str = "NUT", reason: str = "found", **more: Any) -> Adjusted:
    """So many pieces are there that the book does not have."""
    note, at_us = more.pop("note", ""), more.pop("at_us", NOW_US)
    target = key(place, item, **more)
    return Adjusted((Leg(at_us, pieces * SCALE, _account(target), target),), reason, note)


def held(
    pieces: int, place: str = "A", before: str = "AVAILABLE", after: str = "DAMAGED", reason: str = "hold"
) -> Changed:
    """So many pieces are of another status."""
    return Changed((Leg(NOW_US, pieces * SCALE, key(place, status=before), key(place, status=after)),), reason)


def _account(at: StockKey) -> StockKey:
    return msgspec.structs.replace(at, place=ADJUSTMENT)


class Floor:
    """A site with some limits; each device numbers its own events."""

    def __init__(self, store: CentralStore, folder: Path, *limits: str) -> None:
        self.store = store
        self._numbers: dict[str, int] = {}
        self._folder = folder
        self.limited(*limits, items=ITEMS, operators=OPERATORS, reasons=REASONS)

    def limited(self, *limits: str, **tables: str) -> None:
        """Bring other limits, and other tables."""
        self._folder.mkdir(exist_ok=True)
        for old in self._folder.iterdir():
            old.unlink()
        for name, rows in {"limits": HEAD + "\n".join(limits), **tables}.items():
            (self._folder / f"{name}.csv").write_text(rows, encoding="utf-8")
        assert run_import(self.store, self._folder, NOW_US, Wish(SITE)).refusals == ()

    def made(self, fact: Fact, by: str = "w1", sender: Sender = SENDER, **changed: Any) -> Event:
        self._numbers[sender.device] = number = self._numbers.get(sender.device, 0) + 1
        return event(number, fact, sender, operator=by, **changed)

    def push(self, *made: Event, sender: Sender = SENDER, at_us: int = NOW_US) -> list[Answer]:
        with self.store.writing() as connection:
            return apply_batch(connection, sender, [msgspec.json.encode(one) for one in made], at_us)

    def told(self, fact: Fact, by: str = "w1", sender: Sender = SENDER, **changed: Any) -> tuple[str, tuple[str, ...]]:
        """Push one event, and return what became of it."""
        (answer,) = self.push(self.made(fact, by, sender, **changed), sender=sender)
        return answer.outcome.value, answer.reasons

    def waiting(self, fact: Fact, by: str = "w1", sender: Sender = SENDER) -> Event:
        """An adjustment that waits."""
        made = self.made(fact, by, sender)
        (answer,) = self.push(made, sender=sender)
        assert answer.outcome is Outcome.UNAPPROVED, answer
        return made

    def undo(self, one: Event, by: str = "w1", sender: Sender = SENDER) -> Event:
        made = self.made(Annulled(NOW_US, one.id), by, sender)
        self.push(made, sender=sender)
        return made

    def say(self, word: str, *names: str, by: str = "s1", seen: int = 0, kind: str = "adjustment") -> tuple[str, ...]:
        """Say a word; return why it does not rule."""
        subjects = tuple(Subject(kind, name, seen=seen) for name in names)
        (answer,) = self.push(self.made(Decided(NOW_US, word, subjects, "checked"), by, DESK), sender=DESK)
        assert answer.outcome.is_booked
        return answer.reasons

    def cases(self, by: str = "s1", **filters: Any) -> tuple[Case, ...]:
        with self.store.reading() as connection:
            asked = AskCases(**{"kind": CaseKind.ADJUSTMENT.value, **filters})
            return tuple(answered(connection, DESK, by, asked, NOW_US).cases)  # type: ignore[union-attr]

    def opened(self, name: str, by: str = "s1") -> Opened | None:
        with self.store.reading() as connection:
            asked = AskCase(kind=CaseKind.ADJUSTMENT.value, id=name)
            return answered(connection, DESK, by, asked, NOW_US).opened  # type: ignore[union-attr]

    def state(self, one: Event) -> tuple[str, str]:
        wanted = select(events.c.outcome, events.c.reasons).where(events.c.id == one.id)
        with self.store.reading() as connection:
            outcome, reasons = connection.execute(wanted).one()
        return outcome, reasons

    def pieces(self, place: str, item: str = "NUT", status: str = "AVAILABLE") -> float:
        asked = (
            "SELECT coalesce(sum(quantity), 0) FROM stock WHERE place = :place AND item = :item AND status = :status"
        )
        with self.store.reading() as connection:
            row = connection.execute(text(asked), {"place": place, "item": item, "status": status}).scalar_one()
        return int(row) / SCALE


__all__ = ["DESK", "OTHER", "Floor", "held", "into", "out"]
