"""Count: what is at a place, by scanning it; each line is an event of its own, and a small script of its own.

What it asks, in this order, and the file that asks it:

1. the place, the next that is to be counted or any other: ``sent.py``; whether a count goes on or begins: ``begin.py``;
   an item instead is looked for from place to place: ``by_item.py``
2. the next goods, then one more of them or how many: ``line.py``; of a code that nobody knows: ``unknown.py``
3. a plate, the place itself, which closes the count, or another one, which leaves it: ``place.py``
4. which line is wrong: ``lines.py``; whose goods are and of which status, where the worker says so: ``whose.py``

How far a count is stands in the cache beside the journal, and is looked up: nothing is carried in memory from one line
to the next, so a count goes on behind whatever ends the program. Nothing of the book is looked at.
"""

from msgspec.structs import replace

from scanner_app.domain.count_open import ENDS_AFTER_US
from scanner_app.domain.people import Right
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.count import begin, line, lines, place, sent, shown, unknown, whose
from scanner_app.workflows.count import phrases as say
from scanner_app.workflows.count.open import BACK, Count, back
from scanner_app.workflows.engine.script import Part, Post, Script, Start, Steps
from scanner_app.workflows.lookups.counting import CountSoFar, SoFar
from scanner_app.workflows.lookups.details import Details, DetailsOf
from scanner_app.workflows.lookups.samples import ITEM, PLACE
from scanner_app.workflows.lookups.stock_kinds import Kinds, KindsAt
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Answer, Choice, Goods, Place, Text
from scanner_app.workflows.questions.ask.count import AskCount

UNDO, LINES, EMPTY = "undo", "lines", "empty"


def count(operator: str, **given: str) -> Steps:
    """Begin a count, or go on with the one that the arguments tell of, in which a line may just have been corrected.

    ``item`` is what somebody was at who counts it instead of saying by how much it differs: it is as if it was scanned.
    """
    known = Count.of(given)
    if "undo" in given:
        yield lines.corrected_one(known, given)
    elif not known.place:
        end = yield from sent.where(operator, given)
        yield _with_item(end, given)
    elif not known.count:
        start = yield from begin.arrived(operator, known)
        yield _with_item(start, given) if isinstance(start, Start) else start
    elif "item" in given:
        yield (yield from _handed_on(known, given["item"]))
    else:
        yield (yield from _next(operator, known))


def _with_item(end: Start | Post, given: dict[str, str]) -> Start | Post:
    """What a count goes on with that begins with goods."""
    if "item" not in given:
        return end
    item = {"item": given["item"]}
    if isinstance(end, Post):
        return replace(end, again={**end.again, **item})
    return replace(end, arguments={**end.arguments, **item})


def _handed_on(count: Count, item: str) -> Part[Post | Start]:
    """The first line is of goods that somebody was at already."""
    so_far: SoFar = yield CountSoFar(count.count)
    kinds: Kinds = yield KindsAt(count.place, count.within)
    details: Details = yield DetailsOf(item)
    what = Goods(item, "", details.base_unit, SCALE, count.begun_us)
    return (yield from line.counted(count, so_far, kinds, what))


def _next(operator: str, count: Count) -> Part[Post | Start]:
    """The next thing, and what it is."""
    so_far: SoFar = yield CountSoFar(count.count)
    kinds: Kinds = yield KindsAt(count.place, count.within)
    answer: Answer = yield _asked(count, so_far, kinds)
    if so_far.last_us and answer.wall_us - so_far.last_us >= ENDS_AFTER_US:
        anew = Count(count.place, "", answer.wall_us, count.within).again()
        return Start("count", anew, Said(say.OVER.key, "attention"))
    if isinstance(answer, Choice):
        return (yield from _chosen(count, so_far, kinds, answer))
    if isinstance(answer, Goods):
        return (yield from line.counted(count, so_far, kinds, answer))
    if isinstance(answer, Place):
        return (yield from place.scanned(operator, count, so_far, answer))
    assert isinstance(answer, Text), "nothing else answers here"
    return (yield from unknown.counted(count, so_far, kinds, answer))


def _chosen(count: Count, so_far: SoFar, kinds: Kinds, chosen: Choice) -> Part[Post | Start]:
    """What a key or a word behind a dot means."""
    if chosen.value == EMPTY:
        return (yield from place.empty(count, so_far))
    if chosen.value == BACK:
        return (yield from back(count))
    if chosen.value == UNDO and so_far.newest:
        return lines.taken_out(count, so_far.newest[0], chosen.wall_us)
    if chosen.value == whose.WHOSE:
        said, _at_us = yield from whose.asked(kinds, count.whose)
        return Start("count", replace(count, owner=said.owner, status=said.status).again())
    return (yield from lines.corrected(count, so_far, kinds))


def _asked(count: Count, so_far: SoFar, kinds: Kinds) -> AskCount:
    last = so_far.newest[0] if so_far.newest else None
    commands = {"more": LINES} if so_far.newest else {}
    return AskCount(
        slot="next", phrase=say.NEXT, help=say.HELP_NEXT, here=count.place,
        last=(last.plate or last.item) if last else "", last_us=last.wall_us if last else 0,
        dots=(*(() if so_far.lines or so_far.plates else ((".e", EMPTY),)), *whose.dots(kinds)),
        commands={"back": BACK} | commands | ({"undo": UNDO} if count.is_just and last else {}),
        lines=(*shown.total(so_far), *shown.may_be_empty(so_far), *shown.newest(so_far)), beside=count.whose.facts,
    )  # fmt: skip


COUNT = Script(
    name="count",
    title=say.COUNT,
    steps=count,
    slots=(*sent.SLOTS, *begin.SLOTS, "next", *line.SLOTS, *unknown.SLOTS, *place.SLOTS, *lines.SLOTS, *whose.SLOTS),
    right=Right.COUNT,
    hint=say.HINT,
    beginnings=(
        {},
        {"item": ITEM},
        {"place": PLACE, "begun": "1"},
        {"place": PLACE, "count": "count", "begun": "1", "just": "1"},
        {"place": PLACE, "count": "count", "begun": "1", "item": ITEM},
    ),
    labels={"place": labels.PLACE, "item": labels.GOODS},
)
