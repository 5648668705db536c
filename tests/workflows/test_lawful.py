"""No script makes an event that breaks the law of kinds, whatever the goods are and whichever way is gone."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.catalog import Tracking
from scanner_app.domain.desk.replies import InHand, PeoplePage
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.law import Maker, offences
from scanner_app.domain.item_rules import StockRules
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.people import Role, rights_of
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.charts.runs import Path
from scanner_app.workflows.engine.script import ENDS, Post, Script
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.lookups.counting import CountRows
from scanner_app.workflows.lookups.goods import ItemRules
from scanner_app.workflows.lookups.own_events import MyEvent, MyEvents
from scanner_app.workflows.lookups.samples import ITEM, LOT, PLACE
from scanner_app.workflows.lookups.stock import HeldRow, Rows
from scanner_app.workflows.questions.answers import Replied
from tests.ways import ways

OPERATOR = "operator"
"""Who goes through the scripts when charts are drawn."""
STEPS_MAX = 80
WORKER = Maker(OPERATOR, OPERATOR, rights_of((Role.WORKER,)))


def _posts(script: Script) -> list[tuple[Path, Fact]]:
    """What every way through a script ends in, as far as it is an event."""
    return [(path, end.fact) for path, end in ways(script.name) if isinstance(end, Post)]


POSTS = {name: posts for name, script in SCRIPTS.items() if (posts := _posts(script))}


def test_the_scripts_of_the_floor_are_tried() -> None:
    adjusting = {"take_out", "bring_in", "change_status"}
    assert {"move", "put", "take", "unload", "build", "nest", "today", *adjusting} <= POSTS.keys()


def _keys(fact: Fact) -> Iterator[StockKey]:
    for leg in fact.legs:
        yield leg.source
        yield leg.target


def _rules_that_fit(fact: Fact) -> dict[str, StockRules]:
    """The rules of an item of which there can be the goods that a script was given."""
    rules = {}
    for key in _keys(fact):
        word = "_".join(name for name, value in (("lot", key.lot), ("serial", key.serial)) if value) or "none"
        rules[key.item] = StockRules(Tracking(word), 6)
    return rules


def _maker(name: str, fact: Fact) -> Maker:
    """Somebody with the right that a script asks for before it begins."""
    wanted = SCRIPTS[name].right
    return WORKER._replace(rights=WORKER.rights | {fact.right} | ({wanted} if wanted else set()))


@pytest.mark.parametrize("name", POSTS)
def test_no_way_through_a_script_ends_in_what_the_law_forbids(name: str) -> None:
    for path, fact in POSTS[name]:
        assert not offences(fact, _maker(name, fact), _rules_that_fit(fact)), path


class _Floor(Struct, frozen=True):
    """What is drawn of a floor: how its item is tracked, and the rows of stock that there are."""

    tracking: Tracking
    rows: tuple[HeldRow, ...]


@st.composite
def floors(draw: st.DrawFn) -> _Floor:
    """A floor whose stock is as its item wants it, of any owners, statuses and quantities."""
    tracking = draw(st.sampled_from(Tracking))
    rows = []
    for number in range(draw(st.integers(0, 4))):
        lot = draw(st.sampled_from([LOT, "L2"])) if tracking.wants_lot else ""
        serial = f"S{number}" if tracking.wants_serial else ""
        owner, status = draw(st.sampled_from(["OWN", "ACME"])), draw(st.sampled_from(["AVAILABLE", "HOLD"]))
        quantity = SCALE if serial else draw(st.integers(1, 9_000)) * SCALE
        rows.append(HeldRow(PLACE, ITEM, lot, serial, owner, status, quantity, "name", "EA"))
    return _Floor(tracking, tuple(rows))


def _told(value: object, floor: _Floor) -> object:
    """What a look-up finds on such a floor."""
    if isinstance(value, Rows):
        return replace(value, rows=floor.rows)
    if isinstance(value, MyEvents):
        return replace(value, events=tuple(_of(event, row) for event in value.events for row in floor.rows))
    if isinstance(value, CountRows):
        lot, serial = LOT * floor.tracking.wants_lot, "S1" * floor.tracking.wants_serial
        return replace(value, rows=tuple(replace(row, lot=lot, serial=serial) for row in value.rows))
    if isinstance(value, Replied) and isinstance(value.reply, PeoplePage):
        people = tuple(replace(one, in_hand=tuple(map(_in_hand, floor.rows))) for one in value.reply.people)
        return replace(value, reply=replace(value.reply, people=people))
    return replace(value, tracking=floor.tracking) if isinstance(value, ItemRules) else value


def _in_hand(row: HeldRow) -> InHand:
    """Such goods in somebody's hand, as the centre tells of them."""
    return InHand(
        item=row.item, name="name", quantity=row.quantity, unit="EA", lot=row.lot, serial=row.serial, owner=row.owner,
        status=row.status,
    )  # fmt: skip


def _of(event: MyEvent, row: HeldRow) -> MyEvent:
    """An event of one's own that had moved such goods."""
    key = StockKey(row.place, row.item, row.lot, row.serial, row.owner, row.status)
    return replace(event, key=key, quantity=row.quantity)


def _walked(script: Script, data: st.DataObject, floor: _Floor) -> Fact | None:
    """Go through a script at random; return the event it ends in, if it does."""
    steps = script.steps(OPERATOR, **data.draw(st.sampled_from(script.beginnings)))
    request: Any = next(steps)
    for _ in range(STEPS_MAX):
        if isinstance(request, ENDS):
            return request.fact if isinstance(request, Post) else None
        _label, value = data.draw(st.sampled_from(request.examples()))
        request = steps.send(_told(value, floor))
    return None


@pytest.mark.parametrize("name", POSTS)
@settings(max_examples=40, deadline=None)
@given(data=st.data(), floor=floors())
def test_whatever_is_there_a_script_moves_it_as_it_is(name: str, data: st.DataObject, floor: _Floor) -> None:
    fact = _walked(SCRIPTS[name], data, floor)
    rules = {ITEM: StockRules(floor.tracking, 6)}
    assert fact is None or not offences(fact, _maker(name, fact), rules), fact
