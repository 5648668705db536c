"""Every view of every script with the longest data: each script is run on all its examples, made as long as may be."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import fields, replace

from scanner_app.languages.language import language
from scanner_app.session.view.play import view_of
from scanner_app.session.view.view import Link, StatusLine, View
from scanner_app.workflows.engine.runner import Play
from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.lookups import samples
from scanner_app.workflows.lookups.load import Load
from scanner_app.workflows.lookups.look import Look
from scanner_app.workflows.lookups.own_events import MyEvents
from scanner_app.workflows.lookups.plates import Plates
from scanner_app.workflows.lookups.search import Hits
from scanner_app.workflows.lookups.stock import Rows
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.today.phrases import LINES

ROWS = 12
NAME = "最長品目名称見本二十四個入段" * 2 + "終端番号一二三四五六七八"
"""40 characters, each two cells wide."""
PLACE, PLATE, ITEM = "WAREHOUSE-7/A-101-02-03-004", "00395210000000000019", "ITEM-4006381333931-XXL-0042"
LOT, SERIAL = "LOT20261124-ABCDEFGH", "SN-00000000-0000-0001"
QUANTITY = 987_654_321_123_456
"""15 digits, six of them behind the point."""
UNIT, OWNER, STATUS_NAME, TIME = "KARTON", "CONSIGNMENT-OWNER-01", "QUARANTINE", "2026-11-24 13:40"
_LONG = {
    samples.PLACE: PLACE, samples.PLATE: PLATE, samples.ITEM: ITEM, samples.LOT: LOT, samples.SERIAL: SERIAL,
    "name": NAME, "other": OWNER, "HOLD": STATUS_NAME, "EA": UNIT, "operator": "1001",
}  # fmt: skip


def longest(value: Any) -> Any:
    """A value of an example with all that it holds as long as may be, and a row of a list a dozen times."""
    if isinstance(value, Choice):
        return value
    if isinstance(value, str):
        return _LONG.get(value, value)
    if isinstance(value, tuple):
        return tuple(longest(one) for one in value)
    if not isinstance(value, Struct):
        return value
    long = replace(value, **{field.name: longest(getattr(value, field.name)) for field in fields(value)})
    return _many(_named(long))


def _named(value: Any) -> Any:
    """With a name, a unit and a quantity where it has room for them."""
    names = {field.name for field in fields(value)}
    filled: dict[str, Any] = {}
    if {"quantity", "unit"} <= names:
        filled = {"quantity": QUANTITY, "unit": UNIT, **({"name": NAME} if "name" in names else {})}
    if "state" in names and "at" in names and "key" in names:
        filled["at"] = TIME
    return replace(value, **filled)


def _many(value: Any) -> Any:
    """Rows that differ only in the tail of a serial, hits and plates in that of a code, events in what came of them."""
    if isinstance(value, Rows) and value.rows:
        row = value.rows[0]
        rows = tuple(replace(row, lot=LOT, serial=f"{SERIAL}{n:02}") for n in range(ROWS))
        return replace(value, rows=(*rows, *value.rows[1:]), as_of=TIME, waiting=3, name=NAME)
    if isinstance(value, Load) and value.rows:
        rows = tuple(replace(value.rows[0], lot=LOT, serial=f"{SERIAL}{n:02}") for n in range(ROWS))
        return Load(rows, tuple(f"{PLATE}{n:02}" for n in range(ROWS)), 1)
    if isinstance(value, Hits) and value.hits:
        return Hits(tuple(replace(value.hits[0], code=f"{ITEM}-{n:02}", name=NAME) for n in range(ROWS)), 1)
    if isinstance(value, Plates) and value.here:
        return replace(value, here=tuple(f"{PLATE}{n:02}" for n in range(ROWS)))
    if isinstance(value, MyEvents) and value.events:
        return MyEvents(tuple(replace(value.events[0], state=state, others=99) for state in (*LINES, "unheard-of")), 1)
    return value


def plays() -> Iterator[tuple[str, Play]]:
    """Every script at every question that it asks, each in as many forms as it has options and lines."""
    seen: set[tuple[object, ...]] = set()
    for script in SCRIPTS.values():
        for arguments in (*script.beginnings, *_looked_at(script)):
            given = {name: longest(text) for name, text in arguments.items()}
            for play in _onward(script, given, (), frozenset(), seen):
                yield f"{script.name}/{play.slot}/{len(seen)}", play


def _looked_at(script: Script) -> list[dict[str, str]]:
    """What a look-up shows is what it begins with."""
    sample = {"place": samples.PLACE, "item": samples.ITEM, "lot": samples.LOT, "serial": samples.SERIAL}
    return [{name: code} for name, code in (*sample.items(), ("owner", "other"), ("search", "name"))] * bool(
        script.carried
    )


def _form(play: Play, question: Question) -> tuple[object, ...]:
    counts = (len(question.options), len(question.lines), len(question.context), bool(play.given))
    return play.script.name, question.slot, question.phrase.key, *play.arguments, *counts


def _onward(
    script: Script,
    arguments: dict[str, str],
    path: tuple[Any, ...],
    taken: frozenset[tuple[str, str]],
    seen: set[tuple[object, ...]],
) -> Iterator[Play]:
    play = Play(script, "1001", arguments)
    for value in path:
        play.resend(value)
    request = play.request
    if isinstance(request, Question):
        if (form := _form(play, request)) in seen:
            return
        seen.add(form)
        yield play
    if isinstance(request, Question | Look):
        name = request.slot if isinstance(request, Question) else type(request).__name__
        for label, value in request.examples():
            if (name, label) not in taken:
                step = frozenset({(name, label)}) if isinstance(request, Question) else frozenset[tuple[str, str]]()
                yield from _onward(script, arguments, (*path, longest(value)), taken | step, seen)


STATUS = StatusLine(Link.OFFLINE, 1_700_000_000_000_000, 98765, NAME, held=12)
GOOD = Said("good.moved", "good", {"quantity": f"987654321.123456 {UNIT}", "place": PLACE})
BAD = Said("bad.unknown", "bad", {"read": ITEM + SERIAL})


@cache
def _plays() -> dict[str, Play]:
    return dict(plays())


def longest_views() -> list[str]:
    return [*_plays(), *(f"help at {name}" for name in _plays())]


def view(name: str, code: str) -> View:
    """The view of that name in a language; every third says something good, every third a mistake."""
    play = _plays()[name.removeprefix("help at ")]
    play.is_helped = name.startswith("help at ")
    number = list(_plays()).index(name.removeprefix("help at "))
    play.said = (
        Said(play.question.help.key, "plain")
        if play.is_helped and play.question
        else (None, None if play.script.secret else GOOD, BAD)[number % 3]
    )
    play.halted = play.said is BAD
    return replace(view_of(play, language(code)), status=STATUS, counter=123_456)


def stopped(name: str, code: str) -> View:
    """The view of that name when a mistake waits to be acknowledged."""
    play = _plays()[name.removeprefix("help at ")]
    play.is_helped, play.said, play.halted = name.startswith("help at "), BAD, True
    return replace(view_of(play, language(code)), status=STATUS)
