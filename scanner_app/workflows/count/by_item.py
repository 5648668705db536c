"""Count item: one item from place to place; at each it is a small count by itself, which speaks of that item only.

What it asks, in this order, and the file that asks it:

1. the next place of it, in walk order where the worker is told of the book: ``item_places.py``; then ``begin.py``
2. what is there of it, one more or how many: ``line.py``; a place: the next one closes this one, ``item_places.py``
3. which line is wrong: ``lines.py``; whose goods are and of which status: ``whose.py``

Each closing says that no more of the item is at its place, and nothing of other goods, plates and places.
"""

from msgspec.structs import replace

from scanner_app.domain.count_open import ENDS_AFTER_US
from scanner_app.domain.people import Right
from scanner_app.workflows.count import begin, item_places, line, lines, place, sent, shown, whose
from scanner_app.workflows.count import item_phrases as say
from scanner_app.workflows.count import phrases as count_say
from scanner_app.workflows.count.count import EMPTY, LINES, UNDO
from scanner_app.workflows.count.open import BACK, BY_ITEM, WHOLE, Count, back
from scanner_app.workflows.engine.script import Part, Post, Script, Start, Steps
from scanner_app.workflows.lookups.counting import CountSoFar, SoFar
from scanner_app.workflows.lookups.samples import ITEM, PLACE
from scanner_app.workflows.lookups.stock_kinds import Kinds, KindsAt
from scanner_app.workflows.lookups.work import ItemWalk, WalkOfItem
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Answer, Choice, Goods, Place
from scanner_app.workflows.questions.ask.count import AskCount
from scanner_app.workflows.questions.shown import Shown

ALL = "all"


def count_item(operator: str, **given: str) -> Steps:
    """Look for an item where nothing is said of a place, or go on with the small count that the arguments tell of.

    Where that is through, its counter is sent to whatever is to be counted next, as :func:`count` does.
    """
    known = Count.of(given)
    if "undo" in given:
        yield lines.corrected_one(known, given)
    elif known.place and not known.count:
        yield (yield from begin.arrived(operator, known))
    elif known.place:
        yield (yield from _next(operator, known))
    elif known.only:
        near, is_done = given.get("near", ""), "done" in given
        yield (yield from item_places.where(operator, known, near, is_done=is_done))
    else:
        yield (yield from sent.where(operator, given))


def _next(operator: str, count: Count) -> Part[Post | Start]:
    """What is there of it, and what is next."""
    so_far: SoFar = yield CountSoFar(count.count)
    kinds: Kinds = yield KindsAt(count.place, count.within)
    walk: ItemWalk = yield WalkOfItem(operator, count.only, count.walk, count.place, count.place)
    answer: Answer = yield _asked(count, so_far, kinds, walk)
    if so_far.last_us and answer.wall_us - so_far.last_us >= ENDS_AFTER_US:
        anew = replace(count, count="", begun_us=answer.wall_us, recounts="").again()
        return Start(BY_ITEM, anew, Said(count_say.OVER.key, "attention"))
    if isinstance(answer, Choice):
        return (yield from _chosen(count, so_far, kinds, answer))
    if isinstance(answer, Goods):
        return (yield from line.counted(count, so_far, kinds, answer))
    assert isinstance(answer, Place), "nothing else answers here"
    if answer.place == count.place:
        return (yield from place.scanned(operator, count, so_far, answer))
    return (yield from item_places.gone_on(count, so_far, answer))


def _chosen(count: Count, so_far: SoFar, kinds: Kinds, chosen: Choice) -> Part[Post | Start]:
    """What a key or a word behind a dot means."""
    if chosen.value == EMPTY:
        return (yield from place.empty(count, so_far))
    if chosen.value == BACK:
        return (yield from back(count))
    if chosen.value == ALL:
        return Start(WHOLE, replace(count, only="").again())
    if chosen.value == UNDO and so_far.newest:
        return lines.taken_out(count, so_far.newest[0], chosen.wall_us)
    if chosen.value == whose.WHOSE:
        said, _at_us = yield from whose.asked(kinds, count.whose)
        return Start(BY_ITEM, replace(count, owner=said.owner, status=said.status).again())
    return (yield from lines.corrected(count, so_far, kinds))


def _asked(count: Count, so_far: SoFar, kinds: Kinds, walk: ItemWalk) -> AskCount:
    last = so_far.newest[0] if so_far.newest else None
    commands = {"more": LINES} if so_far.newest else {}
    none = () if so_far.lines else ((".e", EMPTY),)
    whole = () if count.walk else ((".t", ALL),)
    return AskCount(
        slot="next", phrase=say.SCAN_MORE if so_far.lines else say.SCAN_IT, help=say.HELP_NEXT, here=count.place,
        only=count.only, last=last.item if last else "", last_us=last.wall_us if last else 0,
        dots=(*none, *whole, *whose.dots(kinds)),
        commands={"back": BACK} | commands | ({"undo": UNDO} if count.is_just and last else {}),
        lines=(*_below(count, so_far, walk), *shown.newest(so_far)),
        beside=(item_places.of_item(count, walk), *count.whose.facts),
    )  # fmt: skip


def _below(count: Count, so_far: SoFar, walk: ItemWalk) -> tuple[Shown, ...]:
    """What is counted of it, and how far the walk is; without one, how all that is there is counted instead."""
    total = shown.total(so_far) if so_far.lines else ()
    return (*total, *(item_places.progress(walk, is_next=True) if count.walk else (Shown(phrase=say.ALL_OF_IT),)))


COUNT_ITEM = Script(
    name=BY_ITEM,
    title=say.COUNT_ITEM,
    steps=count_item,
    slots=(*sent.SLOTS, *begin.SLOTS, "next", *line.SLOTS, "close", "empty", "next_digits", *lines.SLOTS,
           *whose.SLOTS),
    right=Right.COUNT,
    hint=count_say.HINT,
    beginnings=(
        {},
        {"of": ITEM, "walk": "1"},
        {"of": ITEM, "place": PLACE, "begun": "1"},
        {"of": ITEM, "place": PLACE, "count": "count", "begun": "1", "just": "1"},
        {"of": ITEM, "walk": "1", "place": PLACE, "count": "count", "begun": "1"},
    ),
    labels={"place": labels.PLACE},
)  # fmt: skip
