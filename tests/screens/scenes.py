"""Scenes of a shift: what a worker enters, and the screen that this leads to, from a real session at the small site."""

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from scanner_app.domain.desk.decided_words import DecidedPage, DecidedWord
from scanner_app.domain.desk.overview import ORDER, KindWaiting, OverviewPage
from scanner_app.domain.desk.replies import CasePage, CasesPage, Refused, Reply, Why
from scanner_app.domain.limits.limit import Limit
from scanner_app.domain.quantity import SCALE
from scanner_app.domain.reasons import ADJUST as ADJUSTING
from scanner_app.session.condition import Condition
from scanner_app.session.lock import lock_if_idle
from scanner_app.session.view.view import Line, Link, Pull, Scanner, StatusLine, View
from scanner_app.session.way import Way
from scanner_app.workflows.menu import number_of
from scanner_app.workflows.shift.status import STATUS
from tests.desk import CASES, DEVICES, DIGITS, OPENED, PEOPLE, Desk
from tests.desk_adjustments import OPENED as ADJUSTED
from tests.desk_counts import COUNTED as COUNT_OPENED
from tests.desk_counts import COUNTS
from tests.desk_pages.accuracy import LINES, PAGE, PAIRS
from tests.training.test_coach import Pupil
from tests.warehouse import GTIN, PIN, Floor

LOT, SERIAL, PLATE = "4006381333948", "4006381333955", "340123450000000017"
SIGNED_IN = ("B-1001", PIN)
AGE_US = 12_000_000


def process(name: str) -> tuple[str, ...]:
    """Sign in and choose a process from the menu."""
    return (*SIGNED_IN, number_of(name))


MOVE, TAKE, PUT, PLATES, INQUIRY, TODAY = map(process, ("move", "take", "put", "plates", "inquiry", "today"))
ADJUST = process("adjust")
COUNT = process("count")
COUNTED = (*COUNT, "A-01-01", LOT, "L1", "2.5", "100005", "2", GTIN, GTIN)
TAKEN = (*TAKE, "A-01-01", GTIN, "12")

SCENES: dict[str, tuple[str, ...]] = {
    "sign_in": (),
    "pin": ("B-1001",),
    "pin_wrong": ("B-1001", "000000"),
    "menu": SIGNED_IN,
    "menu_in_german": ("B-1003", PIN),
    "move_source": MOVE,
    "move_goods": (*MOVE, "A-01-01"),
    "move_lot": (*MOVE, "A-01-02", LOT),
    "move_serial": (*MOVE, "A-01-04", SERIAL),
    "move_stock": (*MOVE, "A-01-03", GTIN),
    "move_quantity": (*MOVE, "A-01-01", GTIN),
    "move_quantity_in_german": ("B-1003", *MOVE[1:], "A-01-01", GTIN),
    "move_more_than_known": (*MOVE, "A-01-01", GTIN, "999"),
    "move_target": (*MOVE, "A-01-01", GTIN, "12"),
    "move_target_blocked": (*MOVE, "A-01-01", GTIN, "12", "BLOCKED"),
    "move_done": (*MOVE, "A-01-01", GTIN, "12", "A-01-05"),
    "move_plate": (*MOVE, PLATE),
    "mistake": (*MOVE, "A-01-01", "4711-0815"),
    "mistake_and_scans_aside": (*MOVE, "A-01-01", "4711-0815", GTIN, "12", ".k"),
    "mistake_at_target": (*MOVE, "A-01-01", GTIN, "12", "A-01-01"),
    "undone": (*MOVE, "A-01-01", GTIN, ".u"),
    "take_goods": (*TAKE, "A-01-01"),
    "take_done": TAKEN,
    "put_goods": (*TAKEN, ".m", PUT[-1]),
    "put_target": (*TAKEN, ".m", PUT[-1], "1", "12"),
    "adjust": ADJUST,
    "take_out_of_the_hand": (*TAKEN, ".m", ADJUST[-1], "1", "1"),
    "take_out_quantity": (*ADJUST, "1", "A-01-01", GTIN),
    "wrong_behind_a_move": (*MOVE, "A-01-01", "2"),
    "count_place": COUNT,
    "count_next": (*COUNTED, "3"),
    "count_quantity": (*COUNTED, GTIN),
    "count_unknown": (*COUNTED, "4711-0815-NEW"),
    "count_plate": (*COUNTED, PLATE),
    "count_close": (*COUNTED, PLATE, "4711-0815-NEW", "2", "A-01-01"),
    "count_empty": (*COUNT, "A-01-02", ".e"),
    "count_leave": (*COUNTED, "A-01-02"),
    "count_lines": (*COUNTED, "3", ".n"),
    "count_in_german": ("B-1003", *COUNT[1:], "A-01-01", LOT, "L1", "2.5", GTIN),
    "count_again": (*COUNTED, "3", ".m", *COUNT[2:], "A-01-01"),
    "plates": PLATES,
    "plate_build": (*PLATES, "1"),
    "inquiry": INQUIRY,
    "inquiry_place": (*INQUIRY, "A-01-03"),
    "inquiry_item": (*INQUIRY, GTIN),
    "inquiry_plate": (*INQUIRY, PLATE),
    "inquiry_search": (*INQUIRY, "shared"),
    "inquiry_as_detour": (*MOVE, ".i", "A-01-03"),
    "help_at_sign_in": (".h",),
    "help_at_goods": (*MOVE, "A-01-01", ".h"),
    "help_at_quantity": (*MOVE, "A-01-01", GTIN, ".h", ".n"),
    "status": (*SIGNED_IN, ".s"),
    "today": (*TAKEN, ".m", TODAY[-1]),
    "today_one": (*TAKEN, ".m", TODAY[-1], "1"),
    "signed_out": (*SIGNED_IN, ".o"),
    "leave": (*SIGNED_IN, ".q"),
    "leave_wrong": (*SIGNED_IN, ".q", "0000"),
}
"""What is entered, line by line, each after its prompt."""


CONDITIONS: dict[str, tuple[str, StatusLine]] = {
    "off_line_for_long": ("move_goods", StatusLine(Link.OFFLINE, waiting=1204)),
    "refused": ("sign_in", StatusLine(Link.REFUSED, waiting=12)),
    "first_pull": ("menu", StatusLine(Link.ONLINE, pull=Pull(1200, 4946, is_first=True))),
    "scanner_lost": ("move_goods", StatusLine(Link.ONLINE, scanner=Scanner.LOST, scanner_name="/dev/ttyACM0")),
    "came_back": ("menu", StatusLine(Link.ONLINE, held=2)),
    "elsewhere": ("menu", StatusLine(Link.ONLINE, elsewhere="gun 12")),
}
"""A scene, and how the device is doing meanwhile."""


MORNING = OverviewPage(
    kinds=tuple(
        KindWaiting(kind=kind, waiting=waiting, late=waiting % 2, down=waiting * 50 * SCALE)
        for kind, waiting in zip(ORDER, (1, 2, 14, 1, 3, 120, 2, 4, 36), strict=True)
    ),
    late_tasks=12,
)
"""All kinds wait."""
SAID = DecidedWord(case=ADJUSTED.case, word="accept", by="2001", at_us=1_700_000_000_000_000)


def _at(desk: Desk, script: str, reply: Reply) -> View:
    desk.begin(script)
    return desk.answer(reply)


def _opened(desk: Desk) -> View:
    _at(desk, "decide", CASES)
    desk.say("1")
    return desk.answer(CasePage(opened=OPENED))


def _taken_out(desk: Desk, *answers: str) -> View:
    """A supervisor may adjust no more than ten here."""
    with desk.floor.store.transaction:
        desk.floor.store.feed.put([(900, Limit("one", ADJUSTING, case_quantity=10 * SCALE))])
    return desk.say(".m", number_of("adjust"), "1", "A-01-01", GTIN, *answers)


def _adjustment_opened(desk: Desk) -> View:
    _at(desk, "decide", CasesPage(cases=(ADJUSTED.case,), waiting=1))
    desk.say("1")
    return desk.answer(CasePage(opened=ADJUSTED))


def _count_opened(desk: Desk) -> View:
    _at(desk, "decide", COUNTS)
    desk.say("1")
    return desk.answer(CasePage(opened=COUNT_OPENED))


DESK: dict[str, Callable[[Desk], View]] = {
    "asking": lambda desk: desk.begin("decide"),
    "refused_by_the_centre": lambda desk: _at(desk, "decide", Refused(why=Why.UNREACHABLE)),
    "what_waits": lambda desk: (desk.say(".m", number_of("decide")), desk.answer(MORNING))[1],
    "decided": lambda desk: _at(desk, "decided", DecidedPage(words=(SAID,))),
    "cases": lambda desk: _at(desk, "decide", CASES),
    "case": _opened,
    "case_word": lambda desk: (_opened(desk), desk.say("1", "1", PIN))[1],
    "take_out_reason": lambda desk: _taken_out(desk, "40"),
    "take_out_waits": lambda desk: _taken_out(desk, "40", "1"),
    "adjustment_opened": _adjustment_opened,
    "accuracy": lambda desk: _at(desk, "accuracy", PAGE),
    "accuracy_lines": lambda desk: (_at(desk, "accuracy", PAGE), desk.say("1"), desk.answer(LINES))[2],
    "checkers": lambda desk: _at(desk, "checkers", PAIRS),
    "counts_wait": lambda desk: _at(desk, "decide", COUNTS),
    "count_opened": _count_opened,
    "count_opened_behind": lambda desk: (_count_opened(desk), desk.say("key:F7"))[1],
    "cases_at_once": lambda desk: (_at(desk, "decide", CASES), desk.say("0", "4", "1", "1"))[1],
    "devices": lambda desk: _at(desk, "devices", DEVICES),
    "device": lambda desk: (_at(desk, "devices", DEVICES), desk.say("1"))[1],
    "device_order": lambda desk: (_at(desk, "devices", DEVICES), desk.say("1", "2", "1", DIGITS, PIN))[1],
    "people": lambda desk: _at(desk, "people", PEOPLE),
    "person": lambda desk: (_at(desk, "people", PEOPLE), desk.say("1"))[1],
    "new_pin": lambda desk: desk.say(".m", number_of("my_pin")),
}
"""What a supervisor does at a desk, and what the centre answers."""

ALL = (*SCENES, *CONDITIONS, *DESK, "locked", "training")


@cache
def view(name: str) -> View:
    """The screen at the end of a scene, twelve seconds after the last exchange."""
    if name in CONDITIONS:
        scene, status = CONDITIONS[name]
        seen = view(scene)
        status = replace(status, exchanged_us=seen.status.exchanged_us, operator=seen.status.operator)
        also_at = (Line(status.elsewhere, "Also at"),) if status.elsewhere else ()
        return replace(seen, status=status, lines=(*also_at, *seen.lines))
    if name == "locked":
        return _played(_locked)
    if name in DESK:
        return _at_desk(DESK[name])
    if name == "training":
        return _training()
    return _played(lambda floor: floor.say(*SCENES[name]) if SCENES[name] else floor.desk.view())


def _locked(floor: Floor) -> View:
    floor.say(*SCENES["move_quantity"])
    floor.clock.now_us += 3_600_000_000
    lock_if_idle(floor.session, floor.clock.stamp())
    return floor.desk.view()


def _training() -> View:
    """The second lesson, from the coach."""
    with tempfile.TemporaryDirectory() as folder:
        pupil = Pupil(Path(folder))
        seen = pupil.does(*pupil.coach.codes[:4])
        pupil.station.close()
    return replace(seen, status=StatusLine(Link.NEVER, 1_700_000_000_000_000, operator=seen.status.operator))


def _at_desk(play: Callable[[Desk], View]) -> View:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        seen = play(desk)
        status = StatusLine(Link.ONLINE, desk.floor.clock.now_us - AGE_US, 0, desk.floor.session.who.name)
        desk.floor.close()
    return replace(seen, status=status)


def _played(play: Callable[[Floor], View]) -> View:
    with tempfile.TemporaryDirectory() as folder:
        floor = Floor(Path(folder))
        seen = play(floor)
        status = StatusLine(Link.ONLINE, floor.clock.now_us - AGE_US, 2, floor.session.who.name)
        if floor.session.play.script is STATUS:
            seen = replace(seen, listed=Condition(floor.session, Way(floor.store, floor.clock.stamp)).lines(status))
        floor.close()
    return replace(seen, status=status)


def now_us(seen: View) -> int:
    """When the screen is looked at."""
    return seen.status.exchanged_us + AGE_US
