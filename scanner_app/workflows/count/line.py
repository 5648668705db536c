"""A line: goods as their label and rules say, one more of them with each scan, or how many there are."""

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.line import Line
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE, in_units
from scanner_app.workflows.count import phrases as say
from scanner_app.workflows.count import whose
from scanner_app.workflows.count.open import Count
from scanner_app.workflows.count.whose import Whose
from scanner_app.workflows.engine.script import Part, Post, Start
from scanner_app.workflows.lookups.counting import CountedOf, SameCounted, SoFar
from scanner_app.workflows.lookups.goods import ItemRules, Rules
from scanner_app.workflows.lookups.stock_kinds import Kinds
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Amount, Answer, Choice, Goods, Place, Text
from scanner_app.workflows.questions.ask.count import AskCount
from scanner_app.workflows.questions.ask.text import AskText
from scanner_app.workflows.questions.part import code
from scanner_app.workflows.questions.shown import Shown

SLOTS = ("lot", "serial", "quantity")


class Found(Struct, frozen=True):
    """Goods that a worker found: which, by which rules, ``what`` was scanned of them first, what is said of them."""

    rules: ItemRules
    what: Goods
    lot: str = ""
    serial: str = ""
    whose: Whose = Whose()

    def key(self, place: str) -> StockKey:
        return self.whose.of(StockKey(place, self.what.item, self.lot, self.serial))

    def words(self, quantity: int) -> str:
        return in_units(quantity, self.what.factor, self.what.unit, self.rules.base_unit)


class Confirmed(Struct, frozen=True):
    """So much of it, confirmed at ``wall_us`` by a number, or by the next thing, which comes ``first`` behind it."""

    quantity: int
    wall_us: int
    first: Answer | None = None


def counted(count: Count, so_far: SoFar, kinds: Kinds, what: Goods) -> Part[Post | Start]:
    """Ask what the label leaves open, then for one more, how many, or the next thing, which confirms the line."""
    rules: ItemRules = yield Rules(what.item)
    found = Found(rules, what, whose=count.whose.over(Whose(kinds.owner, kinds.status)))
    wall_us = what.wall_us
    if rules.tracking.wants_lot:
        lot: Text = yield _mark("lot", what.item)
        found = replace(found, lot=lot.text)
    if rules.tracking.wants_serial:
        serial: Text = yield _mark("serial", what.item)
        found = replace(found, serial=serial.text)
        wall_us = max(wall_us, serial.wall_us)
    if found.serial:
        twice: CountedOf = yield SameCounted(count.count, what.item, found.lot, found.serial)
        return _piece(count, so_far, found, twice, wall_us)
    found, quantity, answer = yield from _how_many(count, kinds, found)
    first = None if isinstance(answer, Amount) else answer
    key = found.key(count.place)
    same: CountedOf = yield SameCounted(count.count, what.item, found.lot, owner=key.owner, status=key.status)
    return _posted(count, so_far, found, same, Confirmed(quantity, answer.wall_us, first))


def _mark(slot: str, item: str) -> AskText:
    """A lot or a serial as it is printed: none is expected, so none is doubted."""
    is_lot = slot == "lot"
    return AskText(
        slot=slot, phrase=say.WHICH_LOT if is_lot else say.WHICH_SERIAL, help=say.HELP_NEXT,
        label=labels.LOT if is_lot else labels.SERIAL, item=item, again=say.WHICH_LOT, takes_any=True,
    )  # fmt: skip


def _how_many(count: Count, kinds: Kinds, found: Found) -> Part[tuple[Found, int, Answer]]:
    """What was counted when it was confirmed, how much, and by what: a number, or the next thing that was scanned."""
    quantity, what, last_us = found.what.factor, found.what, found.what.wall_us
    while True:
        answer: Goods | Amount | Place | Text | Choice = yield AskCount(
            slot="quantity", phrase=say.HOW_MANY, help=say.HELP_MANY, arguments={"unit": what.unit}, here=count.place,
            label=labels.QUANTITY, item=what.item, lot=found.lot, serial=found.serial, unit=what.unit,
            base_unit=found.rules.base_unit, factor=what.factor, decimals=found.rules.decimals, counted=quantity,
            last=what.item, last_us=last_us, beside=_counted(found, quantity), dots=whose.dots(kinds),
            lines=whose.hint(kinds), only=count.only,
        )  # fmt: skip
        if isinstance(answer, Choice):
            said, _at_us = yield from whose.asked(kinds, found.whose)
            found = replace(found, whose=said)
            continue
        if isinstance(answer, Amount):
            return found, answer.quantity, answer
        if not (isinstance(answer, Goods) and answer.is_more):
            return found, quantity, answer
        quantity, last_us = quantity + answer.factor, answer.wall_us


def _counted(found: Found, quantity: int) -> tuple[Shown, ...]:
    return Shown(labels.COUNTED, parts=(code(found.words(quantity)),)), *found.whose.facts


def _piece(count: Count, so_far: SoFar, found: Found, same: CountedOf, wall_us: int) -> Post | Start:
    """A serial is one piece, and there is only one of it: counted twice it would be two."""
    if same.quantity:
        return Start(count.script, count.again(), Said(say.SERIAL_TWICE.key, "attention", {"serial": found.serial}))
    return _posted(count, so_far, found, same, Confirmed(SCALE, wall_us))


def _posted(count: Count, so_far: SoFar, found: Found, same: CountedOf, confirmed: Confirmed) -> Post:
    """The line; where the same goods were counted before, in another corner, their sum is told."""
    line = Line(
        count.count, found.key(count.place), confirmed.quantity, found.what.wall_us, confirmed.wall_us,
        unit=found.what.unit, base_unit=found.rules.base_unit, is_owner_said=bool(found.whose.owner),
        is_status_said=bool(found.whose.status), recounts=count.recounted(found.what.item),
    )  # fmt: skip
    said = {"sum": found.words(line.quantity), "item": found.what.item, "line": str(next_line(so_far))}
    key = say.LINE.key
    if same.lines:
        key, said["all"] = say.LINE_SUM.key, found.words(same.quantity + line.quantity)
    first = confirmed.first
    return Post(Counted(line), count.again(just=first is None), Said(key, "good", said), first)


def next_line(so_far: SoFar) -> int:
    """The number of the line that comes next."""
    return so_far.lines_made + so_far.plates_made + 1
