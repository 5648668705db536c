"""What a counter types to see everything: each process, question, command, detour and barcode, from the lists of them.

A way is what is entered in one process behind its number at the menu; each stands here because it meets a question that
no other one does. That none is missing is seen by the questions that a walk has met (``met``).
"""

from collections.abc import Iterable, Iterator
from random import Random

from scanner_app.workflows.engine.commands import _KEYS, _TYPED, Command, barcodes
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.menu import number_of
from tests.blind.books import CHECKED, EMPTY, HERE, INNER, OTHER, PLATE
from tests.blind.terminal import EXCHANGE, LATER, Frame
from tests.warehouse import CASE_GTIN, GTIN, PIN

NEW = "340123450000000055"
COUNTING = [
    number_of("count"), HERE, GTIN, "3", "100003", "S-77", "100002", "L7", "2.5", "SHARED", "1", "1", PLATE,
    "key:F7", "1", "1", ".d", "2", ".d", "0",
]  # fmt: skip
"""A count of the place: goods that are there and that are not, and a plate."""
BACK = [number_of("count"), HERE, "1"]
CLOSING = [HERE, HERE]
_CENTRE_ONLY = {
    "devices": "the centre answers nothing here; what it tells of devices is of no place",
    "people": "the centre answers nothing here; what it tells of people is of no place",
    "my_pin": "an order that the centre carries out; only its first question is asked here",
    "decided": "the centre answers nothing here; it is told which places are hidden, as for the list of cases",
    "decide": "what is listed and opened of a place is left out; what is asked about it is asked of other places",
}
_WAYS: dict[str, list[list[str]]] = {
    "move": [
        [HERE, GTIN, "1", "2", "A-01-01"],
        [HERE, GTIN, "2", "2", "2", GTIN, "1", "A-01-05", "A-01-05"],
        [HERE, "100002", "L7", "1", "1", "A-01-01", "A-01-01"],
        [HERE, "100003", "S-77", "1", "A-01-01", "A-01-01"],
        [GTIN, HERE, "1", "900", "1", "a note", "A-01-05", "1", "a note"],
        ["A-01-01", GTIN, "1", HERE, HERE],
        ["A-01-01", GTIN, "1", PLATE, PLATE],
        ["A-01-01", GTIN, CASE_GTIN, "A-01-01"],
        [CHECKED, "47", GTIN, "1", "1", "A-01-01", "A-01-01"],
        ["A-01-01", GTIN, "1", CHECKED, "47"],
        [HERE, "SHARED", "1", "1", "1", "A-01-05", "A-01-05"],
        [PLATE, GTIN],
        [OTHER, "100004", "1", "A-01-05"],
        [OTHER, OTHER, "A-01-05", "A-01-05"],
        ["A-01-04", "100003", "S-2", "A-01-05", "2", "1"],
        ["A-01-05", GTIN, "2", GTIN, "1", "A-01-04"],
        ["A-01-02", "100002", "L1", "900", "900", "A-01-05", "1", "a note"],
    ],
    "take": [
        [HERE, CASE_GTIN, "1", "1", HERE],
        [HERE, GTIN, "2", "2", "2", GTIN, "1", "1"],
        [HERE, "100002", "L7", "1", "1"],
        ["A-01-05", GTIN, "2", "1"],
        ["A-01-04", "100003", "S-1", "2", "1"],
        [CHECKED, "47", GTIN],
        [OTHER, "100004", "5", OTHER, "A-01-05"],
        ["A-01-02", "100002", "L1", "900", "900", "1", "a note"],
    ],
    "put": [["1", "1", HERE, HERE], [GTIN, "1", "1", "A-01-05", "A-01-05"], ["1", "1", CHECKED, "47"], ["100002", "1"]],
    "build": [
        [EMPTY, "A-01-02", HERE, GTIN, "1", "1"],
        [EMPTY, HERE, "100002", "L7", "2", "2", "2", "100002", "1"],
        [EMPTY, "A-01-05", GTIN, "1", "1"],
        [NEW, HERE, HERE, "100003", "S-77", "1"],
        [NEW, CHECKED, "47", GTIN],
        ["340123450000000062", CHECKED, "47", "A-01-01", GTIN, "900", "1", "a note"],
    ],
    "unload": [
        [OTHER, "100004", "1", "A-01-05"], [EMPTY, "100002", "L7", "100002", "1", CHECKED, "47"],
        [EMPTY, "A-01-05", "A-01-05"],
        [NEW, "100003", "S-77"], [PLATE, "1"], [INNER],
    ],
    "nest": [[EMPTY, OTHER], [EMPTY, PLATE], [PLATE, HERE, HERE], [EMPTY, "A-01-02"]],
    "inquiry": [
        [HERE, ".n", ".l", GTIN, ".n", "100002", "100003", "L7", "S-77", "S-2", "ACME", "pen", "1", "A-01-04", ".n"],
        [PLATE, INNER, OTHER, "A-01-02", "A-01-0", "SHARED", "1", "B-1002", "NOBODY-KNOWS"],
    ],
    "today": [["1", "1"], ["2", "2", "4711"], ["3", "1"], ["4", "3", "1", "A-01-01"], ["6", "3", "1", HERE]],
    "more": [["1"]],
    "status": [[]], "plates": [[]], "menu": [[]], "my_pin": [[]], "supervise": [[]], "practice": [[]],
    "count": [
        ["A-01-02", "100002", "L1", "1", OTHER, OTHER, "100004", "6", OTHER, OTHER, "A-01-02", "A-01-02"],
        [CHECKED, "47", ".e", CHECKED],
        ["A-01-04", "100003", "S-2", "WHAT-IS-IT", ".w", "a box", "2", CHECKED, "47", CHECKED],
        ["A-01-05", GTIN, "4", ".n", "1", "3", "5", ".n", "1", "4", "2", ".u"],
        ["A-01-05", "2", ".e", "A-01-05"],
        ["A-01-01", "A-01-01", GTIN, "100", "A-01-01", "A-01-01"],
        [GTIN, "A-01-05", GTIN, "4", ".n", "1", "3", "5", ".n", "1", "4", "2", CHECKED, "47", ".e", CHECKED],
        ["100002", CHECKED, "47", "100002", "L7", "1", ".d", "1", HERE, "100002", "L7", "2", "A-01-02", HERE, "1"],
        ["100003", "A-01-04", "100003", "S-2", "100004", "key:F8", "A-01-04", "A-01-04"],
        [GTIN, "key:F5", HERE, GTIN, "3", OTHER, ".e", OTHER, "A-01-05", GTIN, "1", "A-01-04", "A-01-05", "1"],
    ],
    "adjust": [
        ["1", HERE, GTIN, "1", "2", "1", "a note", "A-01-01", GTIN, "1", "1"],
        ["1", HERE, "100002", "L7", "2", "2", "2", "1", "1"],
        ["2", HERE, GTIN, "1", "1", "1", "a note"], ["2", HERE, "100003", "S-77", "1", "1"],
        ["3", HERE, GTIN, "1", "1", "1", "1"], ["3", "A-01-01", GTIN, "1", "1", "1", "a note"], ["4", HERE, "1"],
    ],
    "decide": [["1", "4"], ["0", "4", "1"], [".f", "1", "1"], [".r"]],
    "decided": [[]], "devices": [[]], "people": [[]],
    "sign_in": [],
    "lock": [], "leave": [], "count_item": [], "unfinished": [], "take_out": [], "bring_in": [], "change_status": [],
}  # fmt: skip
"""By the name of the process; those behind no number are met by the commands."""
_LEAVING = {Command.SIGN_OUT, Command.LEAVE}


def ways(names: Iterable[str] = _WAYS) -> Iterator[str]:
    """All of them, from the menu each."""
    for name in names:
        for way in _WAYS[name]:
            yield from ("key:F8", ".m", *(() if name == "menu" else tuple(number_of(name))), *way)


def commands() -> Iterator[str]:
    """Each command by its key, as it is typed, and by its barcode, at a question about the place."""
    leaving = {name for name, command in _KEYS.items() if command in _LEAVING}
    typed = [text.decode() for text, command in _TYPED.items() if command not in _LEAVING]
    codes = [code for name, code in barcodes().items() if Command(name) not in _LEAVING]
    for said in (*(f"key:{key}" for key in _KEYS if key not in leaving), *typed, *codes, f"S-77{barcodes()['ok']}"):
        yield from ("key:F8", ".m", number_of("move"), HERE, said, "key:F8")


def going(badge: str) -> Iterator[str]:
    """Signing out in the middle of something and coming back, the lock, and the wish to leave."""
    yield from ("key:F8", ".m", number_of("move"), HERE, GTIN, "key:F9", badge, PIN, "1", "key:F8")
    yield from (f"{LATER.decode()}1000", PIN, "key:F10", "key:F3")


def few(badge: str) -> Iterator[str]:
    """A count and its end, with the centre heard between, and of everything else what differs most."""
    yield from (badge, PIN, *COUNTING, *ways(("inquiry", "put")), EXCHANGE.decode(), *CLOSING)
    for name, number in (
        ("move", 5),
        ("take", 3),
        ("put", 1),
        ("build", 2),
        ("unload", 2),
        ("inquiry", 2),
        ("today", 2),
    ):
        for way in _WAYS[name][:number]:
            yield from ("key:F8", ".m", *number_of(name), *way)


def in_lines(entries: Iterable[str]) -> list[str]:
    """The same for line mode, where there are no keys: as they are typed."""
    forms = {name: text.decode() for name, command in _KEYS.items() for text, same in _TYPED.items() if same is command}
    return [forms[one.removeprefix("key:")] if one.startswith("key:") else one for one in entries]


def walk(badge: str, *, exchanged: bool, closed: bool) -> Iterator[str]:
    """A count, and everything else while it is open or behind its end, with or without having heard the centre."""
    exchange = [EXCHANGE.decode()] if exchanged else []
    yield from (badge, PIN, *COUNTING)
    yield from (*exchange, *(CLOSING if closed else ()), *ways(), *commands(), *exchange, *going(badge))
    yield from (*ways(("inquiry", "today")), "key:F8", ".m", *BACK, *(() if closed else CLOSING))
    yield from ways(("inquiry", "today", "move"))


_DAY = "a day on a label: what the book says of a lot's day is master data, the same at every place"
_LIMIT = "asked by the same part as in Move and Take, where it is met"
_AT_HAND = "of what is in the hand or on a plate one has the book is told, and it is asked as in Move"
_WHOLE = "all of a place is moved where the book is told of it; of one that is counted there is nothing to choose"
_ALONE = "wants somebody else: another counter, or another person's PIN at the lock"
_SENT = "of a task, and asked as in Count, where it is met"
_LEFT = "wants a place that a move empties; a way that does so stands in the tests of Count"
NEVER_ASKED: dict[tuple[str, str], str] = {
    **{(name, "expiry"): _DAY for name in ("move", "take", "put", "build", "unload")},
    **{(name, slot): _LIMIT for name in ("put", "build", "unload", "today") for slot in ("reason", "note")},
    **{
        (name, slot): _AT_HAND
        for name in ("put", "unload")
        for slot in ("kind", "stock_owner", "stock_status", "stock", "serial", "on_hold", "lot", "quantity", "target")
    },
    **{("move", slot): _WHOLE for slot in ("all_to", "all_again")},
    ("take", "onto"): _WHOLE,
    ("count", "others"): _ALONE,
    ("count_item", "others"): _ALONE,
    ("count_item", "cannot"): _SENT,
    ("lock", "pin"): _ALONE,
    **{(name, slot): _LEFT for name in ("move", "take", "build") for slot in ("offer", "empty", "piece")},
}
"""Questions that no way need come to, each with the reason."""


def met(frames: Iterable[Frame]) -> set[tuple[str, str]]:
    return {(frame.script, frame.slot) for frame in frames}


def never_met(frames: Iterable[Frame], rights: Iterable[str]) -> set[tuple[str, str]]:
    """The questions of scripts that somebody with these rights can begin, and that were not asked."""
    known = met(frames)
    may = frozenset(rights)
    wanted = {
        (name, slot)
        for name, script in SCRIPTS.items()
        if name not in _CENTRE_ONLY and (script.right is None or script.right.value in may)
        for slot in script.slots
    }
    return wanted - known


def at_random(chance: Random, badge: str, entries_max: int) -> Iterator[str]:
    """A count, and then anything in any order; whoever was signed out or locked out comes back."""
    pool = sorted({one for name in _WAYS for way in _WAYS[name] for one in way})
    pool += [f"key:{key}" for key, command in _KEYS.items() if command not in _LEAVING]
    pool += [HERE, GTIN, PLATE, "1", "2", "3"] * 6 + ["key:F8"] * 30
    yield from (badge, PIN, *COUNTING)
    for number in range(entries_max):
        if number % 40 == 39:
            yield from ("key:F8", ".m", chance.choice([EXCHANGE.decode(), "key:F3"]), *BACK, GTIN, "1")
        begins = number_of(chance.choice([name for name in _WAYS if _WAYS[name] and name != "menu"]))
        yield from ("key:F8", ".m", *begins) if chance.random() < 0.1 else (chance.choice(pool),)
