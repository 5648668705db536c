"""Logs that an earlier program has written: each is decoded to the byte, and replayed to the question on screen.

``logs/kept.json`` holds, by what was at work, the rows of a log and the view that it led to. Nobody changes it.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from scanner_app.domain.catalog import Location, Plate, Stock
from scanner_app.domain.quantity import whole
from scanner_app.session.context import Settings
from scanner_app.session.view.view import Tone, View
from scanner_app.workflows.engine.verdict import Verdict
from scanner_app.workflows.lookups.kinds import Value
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.questions.answers import Answer
from scanner_app.workflows.questions.limits import Limits, TypedCodes
from tests.warehouse import Floor

KEPT: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "logs" / "kept.json").read_text(encoding="utf-8"))
PALLET, TOTE, OTHER = "340123450000000017", "340123450000000024", "340123450000000031"
MORE = [
    Plate(TOTE, "A-01-01"),
    Plate(OTHER, "", PALLET),
    Location("C-01-01", "C", 20, "bin", check_digits="47"),
    Stock(PALLET, "100001", "", "", "OWN", "AVAILABLE", whole(20)),
    Stock(PALLET, "100002", "L1", "", "OWN", "AVAILABLE", whole(3)),
    Stock("C-01-01", "100001", "", "", "OWN", "HOLD", whole(4)),
]
CHALLENGED = "4711"
COLUMNS = {
    "session": "session, operator, name, since_us",
    "play": "play, session, parent, script, version, operator, arguments, looks, said, ended",
    "entry": "entry, session, source, key, fault, raw, wall_us, monotonic_us, boot",
    "verdict": "entry, play, question, outcome, facts",
}
SENT = msgspec.json.Decoder(tuple[Answer | Value, ...])


def settings(kept: dict[str, Any]) -> Settings:
    """As the device was set that wrote the log; what is not named was as it is by itself."""
    given = kept["settings"]
    return Settings(
        limits=Limits(typed_codes=TypedCodes(given.get("typed", "allowed"))),
        policies=Policies(given.get("check_digits", "off"), True, given.get("piece_by_piece", False)),
        scans_have_aim=given.get("aim", False),
    )


def written(database: sqlite3.Connection, kept: dict[str, Any]) -> None:
    """Put the rows of a log where a device has them."""
    database.execute("DELETE FROM play")
    for table, columns in COLUMNS.items():
        for row in kept[table]:
            values = [*row[:5], row[5] and row[5].encode(), *row[6:]] if table == "entry" else row
            marks = ",".join("?" * len(row))
            database.execute(f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})", values)


LATER = {"PageUp .l"}
"""Keys that help tells of, and that the program which wrote the logs did not have."""


def shown(view: View) -> dict[str, Any]:
    return {
        "title": view.title,
        "prompt": view.prompt,
        "message": view.message,
        "tone": view.tone.value,
        "lines": [[line.label, line.text] for line in view.lines],
        "listed": [[line.label, line.text] for line in view.listed if line.label not in LATER],
        "halted": view.halted,
        "page": view.page,
    }


RENAMED = {"Count": "Counted"}
"""Labels that were called otherwise by the program that wrote a log."""


def is_shown(wanted: dict[str, Any], found: dict[str, Any]) -> bool:
    """Say whether the question is the same and all that was in sight still is; what is known beside it may be more."""
    lists = ("lines", "listed")
    for name in lists:
        wanted = wanted | {name: [[RENAMED.get(label, label), *rest] for label, *rest in wanted[name]]}
    same = {name: value for name, value in wanted.items() if name not in lists}
    kept = all(line in found[name] for name in lists for line in wanted[name])
    return kept and same == {name: value for name, value in found.items() if name not in lists}


def said(kept: dict[str, Any]) -> Iterator[str]:
    """Each verdict as its bytes."""
    return (row[-1] for row in kept["verdict"])


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_log_leads_to_the_question_that_was_on_screen(name: str, tmp_path: Path) -> None:
    floor = Floor(tmp_path, settings=settings(KEPT[name]), more=MORE)
    with floor.store.transaction:
        written(floor.store.file.database, KEPT[name])
    kept = KEPT[name]["view"]
    if CHALLENGED in kept["prompt"]:
        assert CHALLENGED not in floor.restart().prompt, "drawn digits end with the program that drew them"
    else:
        halted = {"halted": kept["tone"] == Tone.BAD}
        found = shown(floor.restart())
        assert is_shown(kept | halted, found), ("a mistake stops everything today", found)
    floor.close()


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_log_is_written_as_it_was(name: str) -> None:
    for facts in said(KEPT[name]):
        assert msgspec.json.encode(msgspec.json.decode(facts, type=Verdict)).decode() == facts
    for play in KEPT[name]["play"]:
        assert msgspec.json.encode(SENT.decode(play[7])).decode() == play[7]


def test_the_kept_logs_hold_every_kind_of_answer_and_value_that_there_was() -> None:
    tags = set(re.findall(r'"type":"(\w+)"', "".join(row[column] for row, column in cells())))
    assert tags == {
        "amount", "choice", "digits", "flag", "goods", "hits", "item_rules", "my_events", "neighbours", "number",
        "person", "place", "plates", "policies", "rows", "text", "verified", "whereabouts",
    }  # fmt: skip


def cells() -> Iterator[tuple[list[str], int]]:
    """Each cell that holds answers or values, as row and column."""
    for kept in KEPT.values():
        yield from ((row, 7) for row in kept["play"])
        yield from ((row, 4) for row in kept["verdict"])
