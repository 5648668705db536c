"""The lessons: what a worker is told to scan, one step after the other, and where each step leads."""

from collections.abc import Iterator

from msgspec import Struct

from scanner_app.demo.handout import Handout
from scanner_app.workflows.menu import number_of
from scanner_app.workflows.phrases import training as say
from scanner_app.workflows.phrases.book import Phrase

BEGINNING = "sign_in/badge"
HOME = "menu/process"
_TO_MENU = ".m"


class Step(Struct, frozen=True):
    """``code`` is scanned or typed, as ``label`` says, and why says ``tell``; ``then`` is the question it leads to."""

    tell: Phrase
    label: Phrase
    code: str
    then: str


def lessons(handout: Handout) -> tuple[tuple[Step, ...], ...]:
    """Sign in, move, a mistake, undo, look up, take and put, count, adjust: each but the first begins at the menu."""
    return tuple(
        tuple(lesson) for lesson in (_sign_in(handout), _move(handout), _mistake(handout), _look_up(handout),
                                     _search(handout), _collect(handout), _count(handout), _adjust(handout))
    )  # fmt: skip


def _sign_in(handout: Handout) -> Iterator[Step]:
    worker = handout.operators[0]
    yield Step(say.YOUR_BADGE, say.L_SCAN, worker.badge, "sign_in/pin")
    yield Step(say.YOUR_PIN, say.L_TYPE, worker.pin, HOME)


def _move(handout: Handout) -> Iterator[Step]:
    find = handout.plain[0]
    yield from _begun("move", "move/source")
    yield Step(say.TAKE_FROM, say.L_SCAN, find.place, "move/goods")
    yield Step(say.TAKE_WHAT, say.L_SCAN, find.barcode, "move/quantity")
    yield Step(say.HOW_MANY, say.L_TYPE, "2", "move/target")
    yield Step(say.PUT_AT, say.L_SCAN, handout.empty_places[0], "move/goods")


def _mistake(handout: Handout) -> Iterator[Step]:
    find = handout.plain[0]
    yield from _begun("move", "move/source")
    yield Step(say.TAKE_FROM, say.L_SCAN, find.place, "move/goods")
    yield Step(say.WRONG_LABEL, say.L_TYPE, "4711-0815", "move/goods!")
    yield Step(say.ACKNOWLEDGE, say.L_PRESS, ".k", "move/goods")
    yield Step(say.TAKE_WHAT, say.L_SCAN, find.barcode, "move/quantity")
    yield Step(say.TAKE_BACK, say.L_PRESS, ".u", "move/goods")


def _look_up(handout: Handout) -> Iterator[Step]:
    find = handout.plain[0]
    yield from _begun("move", "move/source")
    yield Step(say.TAKE_FROM, say.L_SCAN, find.place, "move/goods")
    yield Step(say.LOOK_UP, say.L_PRESS, ".i", "inquiry/subject")
    yield Step(say.TAKE_WHAT, say.L_SCAN, find.barcode, "inquiry/subject/item")
    yield Step(say.USE_IT, say.L_PRESS, ".a", "move/quantity")


def _search(handout: Handout) -> Iterator[Step]:
    beginning = handout.plain[1].name.split()[0][:4].lower()
    yield from _begun("inquiry", "inquiry/subject")
    yield Step(say.BEGIN_OF_NAME, say.L_TYPE, beginning, "inquiry/subject/search")
    yield Step(say.ONE_OF_LIST, say.L_TYPE, "1", "inquiry/subject/item")


def _collect(handout: Handout) -> Iterator[Step]:
    find = handout.plain[1]
    yield Step(say.TO_MENU, say.L_PRESS, _TO_MENU, HOME)
    yield Step(say.COLLECT, say.L_TYPE, number_of("take"), "take/source")
    yield Step(say.TAKE_FROM, say.L_SCAN, find.place, "take/goods")
    yield Step(say.TAKE_WHAT, say.L_SCAN, find.barcode, "take/quantity")
    yield Step(say.HOW_MANY, say.L_TYPE, "3", "take/goods")
    yield Step(say.TO_MENU, say.L_PRESS, _TO_MENU, HOME)
    yield Step(say.SET_DOWN, say.L_TYPE, number_of("put"), "put/goods")
    yield Step(say.TAKE_WHAT, say.L_SCAN, find.barcode, "put/quantity")
    yield Step(say.HOW_MANY, say.L_TYPE, "3", "put/target")
    yield Step(say.PUT_AT, say.L_SCAN, handout.empty_places[1], "put/goods")


def _count(handout: Handout) -> Iterator[Step]:
    """A shelf with two things on it: one scanned piece by piece, of the other how many is typed; then it is closed."""
    first, second = handout.plain[:2]
    place = handout.empty_places[2]
    yield from _begun("count", "count/place")
    yield Step(say.COUNT_WHERE, say.L_SCAN, place, "count/next")
    yield Step(say.COUNT_PIECE, say.L_SCAN, first.barcode, "count/quantity")
    yield Step(say.COUNT_MORE, say.L_SCAN, first.barcode, "count/quantity")
    yield Step(say.COUNT_OTHER, say.L_SCAN, second.barcode, "count/quantity")
    yield Step(say.COUNT_MANY, say.L_TYPE, "12", "count/next")
    yield Step(say.COUNT_DONE, say.L_SCAN, place, "count/close")
    yield Step(say.COUNT_CLOSE, say.L_SCAN, place, "count/place")


def _adjust(handout: Handout) -> Iterator[Step]:
    """Something is broken and thrown away: four answers behind the menu, the last is why."""
    find = handout.plain[1]
    yield from _begun("adjust", "adjust/process")
    yield Step(say.ADJUST_OUT, say.L_TYPE, "1", "take_out/source")
    yield Step(say.ADJUST_WHERE, say.L_SCAN, find.place, "take_out/goods")
    yield Step(say.ADJUST_WHAT, say.L_SCAN, find.barcode, "take_out/quantity")
    yield Step(say.ADJUST_MANY, say.L_TYPE, "1", "take_out/reason")
    yield Step(say.ADJUST_WHY, say.L_TYPE, "1", "take_out/goods")


def _begun(process: str, then: str) -> Iterator[Step]:
    yield Step(say.TO_MENU, say.L_PRESS, _TO_MENU, HOME)
    yield Step(say.CHOOSE, say.L_TYPE, number_of(process), then)
