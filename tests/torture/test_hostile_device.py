"""A hostile device at the real service: events of every kind, each field at its bounds and beyond, names of others.

Whoever is behind its token has no right to most of it: what is booked without a word is what a person there may do.
Honest devices beside it get their answers, the ledger balances, every export runs.
"""

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select

from scanner_app.domain.bounds import INSTANT_US_MAX, INSTANT_US_MIN, QUANTITY_BELIEVED_MAX
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.corrections.changed import Changed
from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.decided import Decided, SubjectKind, Word
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import KINDS, Fact, tag_of
from scanner_app.domain.events.identified import Identified
from scanner_app.domain.events.line import Line
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.events.sighted import Sighted
from scanner_app.domain.events.work.ended import Ended
from scanner_app.domain.events.work.leased import Leased
from scanner_app.domain.events.work.requested import Requested
from scanner_app.domain.ledger import ACCOUNTS, ADJUSTMENT, Leg, StockKey, in_hand
from scanner_app.domain.quantity import QUANTITY_MAX, SCALE
from sync.central.audit.verification import verify
from sync.central.book.as_of import BookMoment
from sync.central.database.store import CentralStore, open_store
from sync.central.database.tables import events, ledger
from sync.central.exchange.threads import now_us
from sync.central.exports.lines import FORMATS, export_lines
from sync.central.exports.listings import LISTINGS, Selection
from sync.central.imports.run import Wish, run_import
from sync.central.service.terms import Terms
from sync.central.sites.administration import invite
from sync.protocol import Answer, Outcome
from tests.central.serving import Handheld, served
from tests.central.warehouse import NOW_US, SITE, event, move
from tests.extent import SEED, extent

EVENTS = extent(2_000, 20_000)
BATCH = 100
PATIENT = Terms(device_requests_per_s_max=10_000, device_requests_burst_max=100_000)
WORKER, SUPERVISOR = "w1", "s1"
OPERATORS = (WORKER, WORKER, SUPERVISOR, "eve", "", "centre", "@adjustment", "@hand:w1", "W1", "\u202ew1", "w" * 200)
PLACES = (
    "A", "B", "C", "P1", "BLOCKED", "CLOSED", "NOWHERE", "", "@", "@moon", in_hand(""), in_hand(WORKER),
    in_hand(SUPERVISOR), in_hand("eve"), *sorted(ACCOUNTS), "x" * 200,
)  # fmt: skip
ITEMS = ("NUT", "NUT", "BOLT", "GLUE", "WHAT", "")
MARKS = ("", "", "", "L1", "L2", "\x1b[2J", "x" * 200)
OWNERS, STATUSES = ("OWN", "OWN", "ACME", "NOBODY", ""), ("AVAILABLE", "AVAILABLE", "DAMAGED", "ODD", "")
QUANTITIES = (
    1, SCALE, SCALE, SCALE, 7 * SCALE, SCALE // 2, 0, -SCALE, QUANTITY_BELIEVED_MAX, QUANTITY_BELIEVED_MAX + 1,
    QUANTITY_MAX, QUANTITY_MAX + 1, 2**63 - 1,
)  # fmt: skip
INSTANTS = (
    NOW_US, NOW_US, NOW_US, NOW_US + 1, 0, -1, INSTANT_US_MIN - 1, INSTANT_US_MIN, INSTANT_US_MAX, INSTANT_US_MAX + 1,
    2**61, -(2**62), 2**63 - 1,
)  # fmt: skip
REASONS = ("found", "lost", "broken", "good", "adjust_other", "order", "ghost", "")
DAY_MAX = 5
"""Pieces: what a person may adjust on a day."""
COUNTS = ("", "c-1", "c-1", "c-2", "x" * 200)
NEVER_BOOKED = {"instant", "quantity", "account", "place"}
"""What no hand can have done, and no calendar can show: it is held, whoever says so."""
JUNK: tuple[Any, ...] = (None, True, -1, 2**63, 1.5, "", "x" * 300, "\x00", [], {}, [[[[]]]])


@pytest.fixture
def store(warehouse_url: str) -> Iterator[CentralStore]:
    with closing(open_store(warehouse_url)) as store:
        yield store


@pytest.fixture
def devices(store: CentralStore) -> Iterator[tuple[Handheld, Handheld]]:
    """The hostile device, and an honest one."""
    with served(store, PATIENT) as address:
        both = tuple(Handheld(address, invite(store, SITE, now_us()), name) for name in ("hostile", "honest"))
        yield both[0], both[1]
        for device in both:
            device.http.close()


class _Hostile:
    """Draws events; ``makers`` says under whose name each of them was made."""

    def __init__(self, device: Handheld) -> None:
        self._dice = random.Random(SEED)
        self._device = device
        self._sequence = 0
        self.makers: dict[str, str] = {}

    def batch(self) -> list[Event | dict[str, Any]]:
        return [self._one() for _ in range(BATCH)]

    def _one(self) -> Event | dict[str, Any]:
        dice = self._dice
        self._sequence += dice.choice((1, 1, 1, 1, 1, 1, 0, 2))
        operator = dice.choice(OPERATORS)
        offset_us = dice.choice((0, 0, 0, 0, 1, 10**9, 2**61))
        name = f"hostile-{dice.getrandbits(48):x}"
        made = event(
            max(1, self._sequence), self._fact(operator), self._device.sender, id=name, operator=operator,
            offset_us=offset_us,
        )  # fmt: skip
        self.makers[name] = operator
        if dice.random() < 0.9:
            return made
        whole = msgspec.to_builtins(made)
        part = whole if dice.random() < 0.5 else whole["fact"]
        part[dice.choice([name for name in part if name != "id"])] = dice.choice(JUNK)
        return dict(whole)

    def _fact(self, operator: str) -> Fact:
        """A fact of any kind, half of them with nothing but what the maker might do, but for one thing."""
        dice = self._dice
        at_us, kind = dice.choice(INSTANTS), dice.choice(sorted(KINDS))
        named = dice.choice([*self.makers, "ghost"]) if self.makers else "ghost"
        facts: dict[str, Fact] = {
            "moved": Moved(tuple(self._leg(operator) for _ in range(dice.choice((1, 1, 2, 3))))),
            "adjusted": Adjusted((self._adjusted(operator),), dice.choice(REASONS)),
            "changed": Changed((self._changed(operator),), dice.choice(REASONS)),
            "plate_moved": PlateMoved(at_us, dice.choice(PLACES), dice.choice(PLACES)),
            "annulled": Annulled(at_us, named),
            "decided": Decided(at_us, dice.choice([*Word, "x"]), (Subject(SubjectKind.EVENT, named),), "because"),
            "identified": Identified(at_us, named, dice.choice(ITEMS), dice.choice(ITEMS)),
            "counted": Counted(self._line(at_us)),
            "sighted": Sighted(
                at_us, dice.choice(COUNTS), dice.choice(PLACES), dice.choice(PLACES), dice.choice(PLACES)
            ),
            "count_closed": CountClosed(self._closing(at_us)),
            "requested": Requested(at_us, dice.choice((*PLACES, "")), dice.choice((*ITEMS, ""))),
            "leased": Leased(at_us, (named,), dice.choice((at_us, *INSTANTS))),
            "ended": Ended(at_us, dice.choice((named, "task", "")), dice.choice(MARKS), reason=dice.choice(REASONS)),
        }
        assert facts.keys() == KINDS.keys(), "a kind that is new is drawn here, too"
        return facts[kind]

    def _line(self, at_us: int) -> Line:
        dice = self._dice
        begun_us, recounts = dice.choice((at_us, *INSTANTS)), dice.choice(COUNTS)
        return Line(dice.choice(COUNTS), self._key(), dice.choice(QUANTITIES), begun_us, at_us, recounts=recounts)

    def _closing(self, at_us: int) -> Closing:
        dice = self._dice
        said = dice.choice((0, 1, 2, -1, 2**61)), dice.choice((0, 1, -1, 2**61))
        return Closing(dice.choice(COUNTS), dice.choice(PLACES), *said, dice.choice((at_us, *INSTANTS)), at_us)

    def _leg(self, operator: str) -> Leg:
        dice = self._dice
        if dice.random() < 0.5:
            return Leg(dice.choice(INSTANTS), dice.choice(QUANTITIES), self._key(), self._key())
        key = StockKey(dice.choice("ABC"), "NUT")
        other = msgspec.structs.replace(key, place=in_hand(operator))
        if dice.random() < 0.6:
            name = dice.choice(("place", "lot", "serial", "owner", "status"))
            pools = {"place": PLACES, "lot": MARKS, "serial": MARKS, "owner": OWNERS, "status": STATUSES}
            other = msgspec.structs.replace(other, **{name: dice.choice(pools[name])})
        return Leg(NOW_US, SCALE, *((key, other) if dice.random() < 0.5 else (other, key)))

    def _adjusted(self, operator: str) -> Leg:
        if self._dice.random() < 0.5:
            return self._leg(operator)
        return Leg(NOW_US, SCALE, StockKey(ADJUSTMENT, "NUT"), StockKey(self._dice.choice("ABC"), "NUT"))

    def _changed(self, operator: str) -> Leg:
        if self._dice.random() < 0.5:
            return self._leg(operator)
        key = StockKey(self._dice.choice(("A", "B", "C", in_hand(operator))), "NUT")
        return Leg(NOW_US, SCALE, key, msgspec.structs.replace(key, status="DAMAGED"))

    def _key(self) -> StockKey:
        dice = self._dice
        marks = dice.choice(MARKS), dice.choice(MARKS), dice.choice(OWNERS), dice.choice(STATUSES)
        return StockKey(dice.choice(PLACES), dice.choice(ITEMS), *marks)


def _wrongs(one: Event, makers: dict[str, str]) -> Iterator[str]:
    """What is wrong about an event, by rules of this trial's own."""
    who, fact = one.operator, one.fact
    if who not in (WORKER, SUPERVISOR):
        yield "nobody"
    if tag_of(fact) in ("changed", "decided", "identified") and who != SUPERVISOR:
        yield "right"
    if fact.undoes and who != SUPERVISOR and makers.get(fact.undoes) != who:
        yield "another's"
    if not INSTANT_US_MIN <= fact.last_us + one.offset_us <= INSTANT_US_MAX:
        yield "instant"
    for leg in fact.legs:
        yield from _wrongs_of(leg, who, tag_of(fact))


def _wrongs_of(leg: Leg, who: str, kind: str) -> Iterator[str]:
    is_adjusted, is_change = kind == "adjusted", kind == "changed"
    before, after = (msgspec.structs.astuple(key)[1:] for key in (leg.source, leg.target))
    places = {leg.source.place, leg.target.place}
    virtual = {place for place in places if place.startswith("@")}
    if is_change and (leg.source.place != leg.target.place or before[:-1] != after[:-1]):
        yield "differs"
    if not is_change and before != after:
        yield "differs"
    if leg.source.serial or (leg.source.lot and leg.source.item != "GLUE"):
        yield "tracking"
    if not 0 < leg.quantity <= QUANTITY_BELIEVED_MAX:
        yield "quantity"
    if is_adjusted and virtual != {ADJUSTMENT}:
        yield "account" if virtual - {ADJUSTMENT, in_hand(who)} else "way"
    hands = {in_hand(who)} if who == WORKER else {in_hand(name) for name in OPERATORS}
    if not is_adjusted and not virtual <= hands:
        yield "place"


def _days(store: CentralStore) -> dict[tuple[str, str], int]:
    """What each person has adjusted on each day that is in the book and not undone, in micro-units."""
    days: dict[tuple[str, str], int] = {}
    with store.reading() as connection:
        for row in connection.exec_driver_sql(_BOOKED):
            days[row.person, row.day] = days.get((row.person, row.day), 0) + abs(row.quantity)
    return days


_BOOKED = """SELECT a.person, a.day, a.quantity FROM adjustments a JOIN events e ON e.site = a.site AND e.id = a.event
WHERE e.outcome IN ('posted', 'posted_with_exceptions')
AND NOT EXISTS (SELECT 1 FROM undos u WHERE u.site = e.site AND u.event = e.id AND u.depth = 1)"""
_BROUGHT_BACK = (
    select(func.count())
    .select_from(events)
    .where(events.c.site == SITE, events.c.kind == "annulled", events.c.reasons.contains("over_limit"))
)


def _pushed(device: Handheld, batch: list[Event | dict[str, Any]]) -> tuple[Answer, ...]:
    """Push a batch; whatever is in it, the request is answered event by event."""
    raws = [msgspec.json.encode(one) for one in batch]
    body = b'{"protocol":3,"epoch":%d,"events":[%s]}' % (device.enrolled.epoch, b",".join(raws))
    answer = device.http.post("/v1/exchange", content=body, headers=device.headers)
    assert answer.status_code == 200, answer.text
    return tuple(msgspec.convert(msgspec.json.decode(answer.content)["answers"], list[Answer]))


def _exports(store: CentralStore) -> int:
    """Read every listing in every form, now and as of a moment; return how many lines they have."""
    wanted = [Selection(what, SITE) for what in LISTINGS]
    wanted.append(Selection("stock", SITE, moment=BookMoment(NOW_US)))
    return sum(1 for selection in wanted for form in FORMATS for _ in export_lines(store, selection, form))


def test_what_nobody_there_may_do_is_named_or_held(
    store: CentralStore, devices: tuple[Handheld, Handheld], tmp_path: Path
) -> None:
    device, honest = devices
    (tmp_path / "limits.csv").write_text(f"limit,process,per,case_quantity\nday,adjust,day,{DAY_MAX}\n")
    assert run_import(store, tmp_path, NOW_US, Wish(SITE)).is_taken
    hostile = _Hostile(device)
    told: set[Outcome] = set()
    for number in range(EVENTS // BATCH):
        batch = hostile.batch()
        answers = _pushed(device, batch)
        assert len(answers) == BATCH
        for one, answer in zip(batch, answers, strict=True):
            told.add(answer.outcome)
            if isinstance(one, Event) and answer.outcome.is_booked and not answer.duplicate:
                wrongs = {*_wrongs(one, hostile.makers)}
                assert not wrongs & (NEVER_BOOKED if answer.reasons else wrongs), one
        (mine,) = honest.exchange(event(number + 1, move("A", "B"), honest.sender)).answers
        assert (mine.outcome, mine.reasons) == (Outcome.POSTED, ())
    assert {Outcome.POSTED, Outcome.EXCEPTIONS, Outcome.UNAPPROVED, Outcome.HELD, Outcome.NOT_ACCEPTED} <= told
    days = _days(store)
    with store.reading() as connection:
        above = connection.execute(_BROUGHT_BACK).scalar_one()
    assert days
    past = [day for day, quantity in days.items() if quantity > DAY_MAX * SCALE]
    assert len(past) <= above, "nobody gets past a day unseen"
    assert verify(store) == []
    with store.reading() as connection:
        assert not connection.execute(select(func.sum(ledger.c.quantity))).scalar_one()
    assert _exports(store) > EVENTS // 2
